import Kernel
import Storage

/// Plans, every night and after a rhythm was changed, who is to hear from us.
struct PlanTouches: Worker {
    /// The local hour from which a night's planning may begin: after the figures.
    static let hour = 3

    let desk: Desk

    var kind: String { "plan-touches" }
    var rhythm: Duration? { .seconds(15) }

    func run(_ job: Job, holding lease: Lease) async throws {
        guard let organisation = try await desk.organisations.current() else { return }
        let now = desk.clock.now
        let today = organisation.zone.day(of: now)
        let tonight = organisation.zone.instant(of: today, secondOfDay: PlanTouches.hour * 3600)
        let planning = TouchPlanning(database: desk.database, clock: desk.clock, organisation: organisation)
        for rhythm in try await RhythmStore(database: desk.database, clock: desk.clock).all()
        where !rhythm.isPaused && PlanTouches.isDue(rhythm, tonight: tonight, now: now) {
            try await planning.plan(rhythm, today: today) { try await lease.extend() }
        }
    }

    static func isDue(_ rhythm: Rhythm, tonight: Instant, now: Instant) -> Bool {
        guard let planned = rhythm.plannedAt else { return true }
        return planned < tonight && now >= tonight
    }
}

/// One rhythm's planning: what is overtaken is dropped, then the audience is walked through and the longest due are put
/// on the list, as many as there is room for. Safe to do twice.
struct TouchPlanning: Sendable {
    /// Customers read together.
    static let portion = 2000

    let database: any Database
    let clock: any WallClock
    let organisation: Organisation

    func plan(_ rhythm: Rhythm, today: LocalDate, _ beat: () async throws -> Void) async throws {
        try await drop(rhythm, today: today)
        let open = try await database.read {
            try $0.number("SELECT count(*) FROM touch WHERE rhythm_id = \(rhythm.id) AND state = 'open'")
        }
        var chosen = DueFirst(limit: rhythm.mostOpen - open)
        var after: Int64 = 0
        while chosen.limit > 0 {
            let start = after
            let portion = try await database.read { try customers(of: rhythm, after: start, today, in: $0) }
            for (party, facts) in portion.customers {
                guard let day = rhythm.occurrence(for: facts, today: today) else { continue }
                chosen.add(DueFirst.Due(party: party, day: day, lastDay: facts.lastDay))
            }
            guard let last = portion.last else { break }
            after = last
            try await beat()
        }
        try await keep(chosen.sorted, for: rhythm)
    }

    private struct Portion {
        var customers: [(Int64, TouchFacts)] = []
        /// The last id looked at; nil where there was none.
        var last: Int64?
    }

    /// The next customers of the audience who may be approached.
    private func customers(
        of rhythm: Rhythm, after: Int64, _ today: LocalDate, in connection: any Connection
    ) throws -> Portion {
        var portion = Portion()
        let member: SQL =
            rhythm.audience.segment.map { Segments.holds($0, party: "s.party_id") } ?? "TRUE"
        // A refusal is looked up in a condition of its own: as a column it says who was seen and may not be approached.
        let rows: SQL = """
            SELECT s.party_id, s.first_day, s.last_day,
                (SELECT max(t.handled_day) FROM touch t WHERE t.rhythm_id = \(rhythm.id) AND t.party_id = s.party_id),
                (SELECT max(t.occurrence) FROM touch t WHERE t.rhythm_id = \(rhythm.id) AND t.party_id = s.party_id),
                CASE WHEN \(Consent.isRefused(rhythm.purpose, party: "s.party_id")) OR NOT (\(member)) THEN 1 ELSE 0 END
            FROM standing s WHERE s.party_id > \(after) ORDER BY s.party_id LIMIT \(TouchPlanning.portion)
            """
        try connection.each(rows) { row in
            let party = try row.int64(0)
            portion.last = party
            guard try row.int(5) == 0 else { return }
            let facts = TouchFacts(
                firstDay: try row.day(1), lastDay: try row.day(2), handled: try row.optionalDay(3),
                planned: try row.optionalDay(4))
            portion.customers.append((party, facts))
        }
        if case .level(let level) = rhythm.audience {
            let window = try LevelStore.currentWindow(organisation, today: today, in: connection)
            let known = try LevelStore.summaries(of: portion.customers.map(\.0), in: connection)
            portion.customers.removeAll { known[$0.0]?.level(in: window) != level }
        }
        return portion
    }

    /// Drops what waits for customers who came by themselves, left the audience, or refused since. Postponed touches and
    /// those somebody has taken stay until they refuse.
    private func drop(_ rhythm: Rhythm, today: LocalDate) async throws {
        let waiting: SQL = """
            SELECT t.id, t.party_id, t.occurrence, s.first_day, s.last_day, t.assignee_id,
                CASE WHEN \(Consent.isRefused(rhythm.purpose, party: "t.party_id")) THEN 1 ELSE 0 END
            FROM touch t LEFT JOIN standing s ON s.party_id = t.party_id
            WHERE t.rhythm_id = \(rhythm.id) AND t.state = 'open'
            """
        let gone = try await database.read { connection in
            var gone: [Int64] = []
            try connection.each(waiting) { row in
                let isRefused = try row.int(6) == 1
                guard !isRefused, !row.isNull(3) else { return gone.append(try row.int64(0)) }
                let facts = TouchFacts(firstDay: try row.day(3), lastDay: try row.day(4))
                if row.isNull(5), rhythm.isOvertaken(try row.day(2), by: facts) {
                    gone.append(try row.int64(0))
                }
            }
            return gone
        }
        guard !gone.isEmpty else { return }
        _ = try await database.write {
            try $0.run("UPDATE touch SET state = 'dropped' WHERE id IN (\(list: gone)) AND state = 'open'")
        }
    }

    private func keep(_ chosen: [DueFirst.Due], for rhythm: Rhythm) async throws {
        let now = clock.now
        try await database.write { connection in
            for due in chosen {
                try connection.run(
                    """
                    INSERT INTO touch (rhythm_id, party_id, occurrence, due_day, state, assignee_id, note)
                    SELECT \(rhythm.id), p.id, \(due.day), \(due.day), 'open',
                        (SELECT a.person_id FROM agent a WHERE a.person_id = p.owner_id AND NOT a.suspended), ''
                    FROM party p WHERE p.id = \(due.party)
                    ON CONFLICT DO NOTHING
                    """)
            }
            try connection.run("UPDATE rhythm SET planned_at = \(now) WHERE id = \(rhythm.id)")
        }
        if !chosen.isEmpty { await database.announce("events") }
    }
}

/// The customers longest due, so many and no more; of those due on one day, who has stayed away longest.
struct DueFirst {
    struct Due: Equatable, Comparable {
        let party: Int64
        let day: LocalDate
        let lastDay: LocalDate

        static func < (one: Due, other: Due) -> Bool {
            (one.day, one.lastDay, one.party) < (other.day, other.lastDay, other.party)
        }
    }

    let limit: Int
    private var kept: [Due] = []
    /// The last of those kept, once there are enough.
    private var border: Due?

    init(limit: Int) { self.limit = limit }

    mutating func add(_ due: Due) {
        if let border, due > border { return }
        kept.append(due)
        guard kept.count >= 2 * limit else { return }
        trim()
    }

    private mutating func trim() {
        kept = Array(kept.sorted().prefix(limit))
        border = kept.count == limit ? kept.last : nil
    }

    var sorted: [Due] {
        var copy = self
        copy.trim()
        return copy.kept
    }
}
