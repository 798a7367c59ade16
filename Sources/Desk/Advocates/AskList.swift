import Kernel
import Storage

/// Makes the list of whom to ask anew, a stretch of customers at a time. The list before stands until the last is written.
struct AskList: Sendable {
    /// How many customers one read looks at.
    static let stretch = 20_000

    let desk: Desk
    let organisation: Organisation
    let keepGoing: @Sendable () async throws -> Void

    private var database: any Database { desk.database }

    /// What the list depends on besides single purchases, answers and askings: files brought in or taken back, the
    /// figures, and the settings.
    static func marker(in connection: any Connection) throws -> String {
        let imports = try connection.number(
            "SELECT max(phase_at) FROM import WHERE state IN ('complete', 'undone')")
        let figures = try FigureStore.latest(in: connection)?.id ?? 0
        let settings = try connection.number(
            "SELECT max(id) FROM setting WHERE name = \(AdvocacySettings.Name.askDays.rawValue)")
        return "\(imports).\(figures).\(settings)"
    }

    /// Answers how many may be asked.
    @discardableResult
    func make() async throws -> Int {
        let (now, zone) = (desk.clock.now, organisation.zone)
        let today = zone.day(of: now)
        let begun = try await database.write { connection in
            let settings = try AdvocacySettings.read(at: now, in: connection)
            let marker = try AskList.marker(in: connection)
            // What another process left unfinished is nobody's list.
            try connection.run(
                "DELETE FROM ask_row WHERE run_id IN (SELECT id FROM ask_run WHERE state = 'writing')")
            try connection.run("DELETE FROM ask_run WHERE state = 'writing'")
            let run = try connection.first(
                """
                INSERT INTO ask_run (state, marker, day, started_at, people)
                VALUES ('writing', \(marker), \(today), \(now), 0) RETURNING id
                """
            ) { try $0.int64(0) }
            return (run: run ?? 0, figures: try FigureStore.latest(in: connection)?.id, settings: settings)
        }
        let rules = AskRules(
            today: today, askDays: begun.settings.askDays, levelMonths: organisation.levelMonths)
        var (last, ready, looked): (Int64, Int, Int) = (0, 0, 0)
        while let end = try await end(after: last) {
            let range = last..<end
            let people = try await database.read { connection in
                try AskReading(after: range.lowerBound, through: range.upperBound, figures: begun.figures)
                    .people(in: connection)
            }
            let rows = people.compactMap { person in rules.wish(for: person).map { (person, $0) } }
            if !rows.isEmpty { try await append(rows, to: begun.run) }
            (last, ready, looked) = (end, ready + rows.count, looked + people.count)
            try await keepGoing()
        }
        try await complete(begun.run, ready: ready, looked: looked)
        return ready
    }

    private func end(after last: Int64) async throws -> Int64? {
        let find: SQL = """
            SELECT max(id) FROM (SELECT id FROM party WHERE id > \(last) ORDER BY id LIMIT \(AskList.stretch)) AS oldest
            """
        return try await database.read { try $0.first(find) { try $0.optionalInt64(0) } ?? nil }
    }

    private func append(_ rows: [(AskEvidence, Ask.Wish)], to run: Int64) async throws {
        func numbers(_ value: (AskEvidence) -> Int64?) -> Batch.Column {
            .optionalIntegers(rows.map { value($0.0) ?? Batch.null })
        }
        let batch = Batch(
            into: "ask_row", count: rows.count,
            columns: [
                ("run_id", .constant(.integer(run))), ("party_id", .integers(rows.map(\.0.party))),
                ("place", .integers(rows.map { AskRules.place($0.0) })),
                ("wish", .texts(rows.map(\.1.rawValue))), ("account_id", .integers(rows.map(\.0.account))),
                ("occasions", .integers(rows.map { Int64($0.0.occasions) })),
                ("last_day", .integers(rows.map { Int64($0.0.lastDay.daysSinceEpoch) })),
                ("alive_millionths", numbers { $0.alive.map { Int64(($0 * 1_000_000).rounded()) } }),
                ("part", numbers { $0.part.map { Int64($0.rawValue) } }),
                ("answered_day", numbers { $0.answeredDay.map { Int64($0.daysSinceEpoch) } }),
                ("asked_day", numbers { $0.lastAsked.map { Int64($0.daysSinceEpoch) } }),
            ])
        try await database.write { try $0.load(batch) }
    }

    private func complete(_ run: Int64, ready: Int, looked: Int) async throws {
        let now = desk.clock.now
        try await database.write { connection in
            try connection.run(
                """
                UPDATE ask_run SET state = 'complete', finished_at = \(now), people = \(looked) WHERE id = \(run)
                """)
            try AdvocacyCount.set(.ready, to: ready, in: connection)
            try connection.run("DELETE FROM ask_row WHERE run_id < \(run)")
            try connection.run("DELETE FROM ask_run WHERE id < \(run)")
        }
        await database.announce("events")
    }
}

/// Reads what is known of the persons of one stretch, each table once.
struct AskReading {
    let after: Int64
    let through: Int64
    let figures: Int64?
    private var people: [Int64: AskEvidence] = [:]

    init(after: Int64, through: Int64, figures: Int64?) {
        self.after = after
        self.through = through
        self.figures = figures
    }

    private func stretch(_ column: SQL) -> SQL { "\(column) > \(after) AND \(column) <= \(through)" }

    func people(in connection: any Connection) throws -> [AskEvidence] {
        var reading = self
        try reading.readVisits(in: connection)
        guard !reading.people.isEmpty else { return [] }
        try reading.readAnswers(in: connection)
        try reading.readAsks(in: connection)
        try reading.readActs(in: connection)
        try reading.readRefusals(in: connection)
        return reading.people.values.sorted { $0.party < $1.party }
    }

    /// The person's own visits, or, where they have fewer, those of the organisation they come for most.
    private mutating func readVisits(in connection: any Connection) throws {
        let run = figures ?? 0
        let visits: SQL = """
            SELECT p.id, s.party_id, s.occasions, s.last_day, f.alive_millionths
            FROM party p JOIN standing s ON s.party_id = p.id
            LEFT JOIN figure f ON f.run_id = \(run) AND f.party_id = s.party_id
            WHERE \(stretch("p.id")) AND p.kind = 'person' AND NOT p.serves AND s.occasions >= \(AskRules.leastOccasions)
            UNION ALL
            SELECT p.id, s.party_id, s.occasions, s.last_day, f.alive_millionths
            FROM membership m JOIN party p ON p.id = m.person_id JOIN standing s ON s.party_id = m.account_id
            JOIN party o ON o.id = m.account_id
            LEFT JOIN figure f ON f.run_id = \(run) AND f.party_id = s.party_id
            WHERE \(stretch("m.person_id")) AND p.kind = 'person' AND NOT p.serves AND NOT o.internal
                AND s.occasions >= \(AskRules.leastOccasions)
            """
        try connection.each(visits) { row in
            let person = AskEvidence(
                party: try row.int64(0), account: try row.int64(1), occasions: try row.int(2),
                lastDay: try row.day(3), alive: try row.optionalInt64(4).map { Double($0) / 1_000_000 })
            if let known = people[person.party], known.occasions >= person.occasions { return }
            people[person.party] = person
        }
    }

    private mutating func readAnswers(in connection: any Connection) throws {
        let answers: SQL = """
            SELECT party_id, part, day, length(words) FROM answer
            WHERE party_id IS NOT NULL AND \(stretch("party_id")) ORDER BY party_id, day, id
            """
        try connection.each(answers) { row in
            let id = try row.int64(0)
            guard people[id] != nil else { return }
            let part = Answer.Part(rawValue: try row.int(1)) ?? .detractor
            people[id]?.part = part
            people[id]?.answeredDay = try row.day(2)
            people[id]?.wroteMuch = try row.int(3) >= AskRules.manyBytes
            if part == .detractor { people[id]?.hasWarned = true }
        }
    }

    private mutating func readAsks(in connection: any Connection) throws {
        let asks: SQL = """
            SELECT person_id, asked_day, state, waits FROM ask WHERE \(stretch("person_id"))
            ORDER BY person_id, asked_day, id
            """
        try connection.each(asks) { row in
            let id = try row.int64(0)
            guard people[id] != nil else { return }
            people[id]?.lastAsked = try row.day(1)
            if try row.text(2) == "open" || row.bool(3) { people[id]?.waitsForAnswer = true }
        }
    }

    private mutating func readActs(in connection: any Connection) throws {
        let acts: SQL = """
            SELECT person_id, kind FROM advocacy WHERE \(stretch("person_id"))
                AND kind IN ('referral', 'testimonial') GROUP BY person_id, kind
            """
        try connection.each(acts) { row in
            let id = try row.int64(0)
            if try row.text(1) == "referral" {
                people[id]?.hasReferred = true
            } else {
                people[id]?.hasTestified = true
            }
        }
    }

    private mutating func readRefusals(in connection: any Connection) throws {
        let refused: SQL = """
            SELECT p.id FROM party p WHERE \(stretch("p.id")) AND \(Consent.isRefused(.advocacy, party: "p.id"))
            """
        try connection.each(refused) { people[try $0.int64(0)]?.isRefused = true }
        let complaining: SQL = """
            SELECT p.id FROM party p WHERE \(stretch("p.id")) AND \(OpenComplaint.exists(party: "p.id"))
            """
        try connection.each(complaining) { people[try $0.int64(0)]?.hasComplaint = true }
    }
}
