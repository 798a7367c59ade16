import Kernel
import Methods
import Storage

/// Counts who answered, level by level, against everybody on it. A look at every customer, so a job does it.
enum NPSMixStore {
    static func mix(_ about: Answer.About, in connection: any Connection) throws -> NPSMix? {
        var levels: [NPSLevel] = []
        var prospects = 0
        var found: (answers: ClosedRange<LocalDate>, levels: ClosedRange<LocalDate>, at: Instant)?
        try connection.each(
            """
            SELECT level, people, promoters, passives, detractors, from_day, to_day, level_from, level_to, computed_at
            FROM answer_mix WHERE kind = 'nps' AND about = \(about)
            """
        ) { row in
            let counts = try PromoterCounts(
                promoters: try row.int(2), passives: try row.int(3), detractors: try row.int(4))
            let level: Level = try row.word(0)
            found = (
                try row.day(5)...(try row.day(6)), try row.day(7)...(try row.day(8)), try row.instant(9)
            )
            if level == .prospect {
                prospects = counts.total
            } else {
                levels.append(NPSLevel(level: level, people: try row.int(1), counts: counts))
            }
        }
        guard let found, levels.contains(where: { $0.counts.total > 0 }) else { return nil }
        let order: [Level] = [.advocate, .repeating, .first, .lapsed]
        return NPSMix(
            levels: levels.sorted {
                (order.firstIndex(of: $0.level) ?? 9) < (order.firstIndex(of: $1.level) ?? 9)
            },
            answers: found.answers, levelWindow: found.levels, computedAt: found.at, prospects: prospects)
    }

    /// Whether anything happened since the counts were made that may change them.
    static func isStale(at now: Instant, in connection: any Connection) throws -> Bool {
        guard try connection.exists("SELECT 1 FROM answer LIMIT 1") else {
            return try connection.exists("SELECT 1 FROM answer_mix LIMIT 1")
        }
        let known = try connection.first(
            "SELECT max(event_id), max(computed_at) FROM answer_mix",
            { (event: try $0.optionalInt64(0), at: try $0.optionalInt64(1)) })
        guard let event = known?.event, let at = known?.at else { return true }
        let last = try connection.number("SELECT max(id) FROM event")
        guard Int64(last) > event else { return false }
        let isLate = now.milliseconds - at > 15 * 60_000
        return try isLate
            || connection.exists(
                """
                SELECT 1 FROM event WHERE id > \(event) AND kind IN ('import.completed', 'import.undone',
                    'sample.loaded', 'sample.removed') LIMIT 1
                """)
    }

    /// Counts anew, in one snapshot.
    static func rows(
        _ organisation: Organisation, at now: Instant, in connection: any Connection
    ) throws -> [NPSMixRow] {
        let today = organisation.zone.day(of: now)
        let window = try LevelStore.currentWindow(organisation, today: today, in: connection)
        let answers = try NPSStore.standardWindow(today: today, in: connection)
        // Where the last answer went, so does the mix.
        guard try connection.exists("SELECT 1 FROM answer LIMIT 1") else { return [] }
        let event = try connection.number("SELECT max(id) FROM event")
        let accounts = try accounts(in: connection)
        let advocates = try advocates(window, accounts, in: connection)
        return try Answer.About.allCases.flatMap { about in
            var census = NPSCensus(said: try latest(about, answers, accounts, in: connection))
            try connection.each(
                "SELECT party_id, first_day, last_day, occasions FROM standing ORDER BY party_id"
            ) { row in
                let id = try row.int64(0)
                let summary = StandingSummary(
                    firstDay: try row.day(1), lastDay: try row.day(2), occasions: try row.int(3),
                    lastAct: advocates[id])
                census.count(id, on: summary.level(in: window))
            }
            for (id, day) in advocates {
                census.count(id, on: StandingSummary(lastAct: day).level(in: window))
            }
            census.countRest()
            return census.rows(
                about, answers: answers, window: window, event: Int64(event), at: now)
        }
    }

    /// The organisation that buys, for persons who answered or told others and never bought themselves: one relationship,
    /// not two.
    private static func accounts(in connection: any Connection) throws -> [Int64: Int64] {
        let members: SQL = """
            SELECT m.person_id, min(m.account_id) FROM membership m
            JOIN standing bought ON bought.party_id = m.account_id
            WHERE (m.person_id IN (SELECT party_id FROM answer WHERE party_id IS NOT NULL)
                    OR m.person_id IN (SELECT person_id FROM advocacy WHERE counts))
                AND NOT EXISTS (SELECT 1 FROM standing s WHERE s.party_id = m.person_id)
            GROUP BY m.person_id
            """
        var found: [Int64: Int64] = [:]
        try connection.each(members) { found[try $0.int64(0)] = try $0.int64(1) }
        return found
    }

    /// Who told others in the window, and when last; an organisation's acts are those of its persons.
    private static func advocates(
        _ window: ClosedRange<LocalDate>, _ accounts: [Int64: Int64], in connection: any Connection
    ) throws -> [Int64: LocalDate] {
        let acts: SQL = """
            SELECT person_id, max(day) FROM advocacy
            WHERE day BETWEEN \(window.lowerBound) AND \(window.upperBound) AND counts GROUP BY person_id
            UNION ALL
            SELECT m.account_id, max(a.day) FROM advocacy a JOIN membership m ON m.person_id = a.person_id
            WHERE a.day BETWEEN \(window.lowerBound) AND \(window.upperBound) AND a.counts GROUP BY m.account_id
            """
        var days: [Int64: LocalDate] = [:]
        try connection.each(acts) { row in
            let (id, day) = (try row.int64(0), try row.day(1))
            let customer = accounts[id] ?? id
            days[customer] = max(days[customer] ?? day, day)
        }
        return days
    }

    /// The part that each customer's latest answer falls to.
    private static func latest(
        _ about: Answer.About, _ days: ClosedRange<LocalDate>, _ accounts: [Int64: Int64],
        in connection: any Connection
    ) throws -> [Int64: Answer.Part] {
        var parts: [Int64: Answer.Part] = [:]
        try connection.each(
            """
            SELECT party_id, part FROM answer
            WHERE party_id IS NOT NULL AND about = \(about) AND day BETWEEN \(days.lowerBound) AND \(days.upperBound)
            ORDER BY day, id
            """
        ) { row in
            let id = try row.int64(0)
            parts[accounts[id] ?? id] = Answer.Part(rawValue: try row.int(1))
        }
        return parts
    }

    static func keep(_ rows: [NPSMixRow], in connection: any Connection) throws {
        try connection.run("DELETE FROM answer_mix")
        for row in rows {
            try connection.run(
                """
                INSERT INTO answer_mix (kind, about, level, people, promoters, passives, detractors, from_day, to_day,
                    level_from, level_to, event_id, computed_at)
                VALUES ('nps', \(row.about), \(row.level), \(row.people), \(row.said[.promoter] ?? 0),
                    \(row.said[.passive] ?? 0), \(row.said[.detractor] ?? 0), \(row.answers.lowerBound),
                    \(row.answers.upperBound), \(row.window.lowerBound), \(row.window.upperBound), \(row.event),
                    \(row.at))
                """)
        }
    }
}

/// One level's line of the mix.
struct NPSMixRow: Sendable {
    let about: Answer.About
    let level: Level
    let people: Int
    let said: [Answer.Part: Int]
    let answers: ClosedRange<LocalDate>
    let window: ClosedRange<LocalDate>
    let event: Int64
    let at: Instant
}

/// Puts customers on their levels, each once, with what they said.
struct NPSCensus {
    private var said: [Int64: Answer.Part]
    private var told: Set<Int64> = []
    private var people: [Level: Int] = [:]
    private var parts: [Level: [Answer.Part: Int]] = [:]

    init(said: [Int64: Answer.Part]) { self.said = said }

    mutating func count(_ id: Int64, on level: Level) {
        // Advocates come by twice where they bought as well.
        if level == .advocate, !told.insert(id).inserted { return }
        people[level, default: 0] += 1
        if let part = said.removeValue(forKey: id) { parts[level, default: [:]][part, default: 0] += 1 }
    }

    /// Whoever answered and is on no level yet.
    mutating func countRest() {
        for part in said.values { parts[.prospect, default: [:]][part, default: 0] += 1 }
        people[.prospect] = said.count
        said = [:]
    }

    func rows(
        _ about: Answer.About, answers: ClosedRange<LocalDate>, window: ClosedRange<LocalDate>, event: Int64,
        at now: Instant
    ) -> [NPSMixRow] {
        Level.allCases.map { level in
            NPSMixRow(
                about: about, level: level, people: people[level] ?? 0, said: parts[level] ?? [:],
                answers: answers, window: window, event: event, at: now)
        }
    }
}

/// Counts anew who answered, soon after a file came in and else every quarter of an hour while things happen.
struct WeighAnswers: Worker {
    let desk: Desk

    var kind: String { "weigh-answers" }
    var rhythm: Duration? { .seconds(20) }

    func run(_ job: Job, holding lease: Lease) async throws { try await weigh() }

    func weigh() async throws {
        guard let organisation = try await desk.organisations.current() else { return }
        let now = desk.clock.now
        guard try await desk.database.read({ try NPSMixStore.isStale(at: now, in: $0) }) else { return }
        let rows = try await desk.database.read { try NPSMixStore.rows(organisation, at: now, in: $0) }
        try await desk.database.write { try NPSMixStore.keep(rows, in: $0) }
        await desk.database.announce("events")
    }
}
