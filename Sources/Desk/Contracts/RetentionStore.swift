import Kernel
import Storage

/// Counts the contracts a stretch at a time, and keeps what came out of it.
struct RetentionStore: Sendable {
    let database: any Database
    let clock: any WallClock

    private static let stretch = 20_000

    struct Kept: Sendable {
        let figures: ContractRetention
        let computedAt: Instant
        let marker: String
    }

    func latest() async throws -> Kept? {
        let row = try await database.read { connection in
            try connection.first(
                "SELECT document, computed_at, marker FROM retention WHERE name = 'current'"
            ) { (try $0.text(0), try $0.instant(1), try $0.text(2)) }
        }
        guard let row else { return nil }
        return Kept(figures: try Stored.value(of: row.0), computedAt: row.1, marker: row.2)
    }

    /// What the figures depend on: another text, other figures.
    func marker() async throws -> String {
        try await database.read { connection in
            let contracts = try connection.number("SELECT max(changed_at) FROM contract")
            let imports = try connection.number(
                "SELECT max(phase_at) FROM import WHERE state IN ('complete', 'undone')")
            let settings = try connection.number(
                "SELECT max(id) FROM setting WHERE name = 'economics.discount'")
            return "\(contracts).\(imports).\(settings)"
        }
    }

    @discardableResult
    func compute(
        _ organisation: Organisation, _ keepGoing: @Sendable () async throws -> Void = {}
    ) async throws -> Kept {
        let began = ContinuousClock.now
        let marker = try await marker()
        _ = try await database.write {
            try $0.run("UPDATE retention SET marker = 'begun' WHERE marker = 'asked'")
        }
        let (startedAt, today) = (clock.now, organisation.zone.day(of: clock.now))
        let count = try await count(today: today, keepGoing)
        let figures = ContractRetention(
            groups: try count.groups(), through: today.daysSinceEpoch, discount: organisation.discount,
            isCut: count.isCut, milliseconds: Int(began.duration(to: .now).seconds * 1000))
        let kept = Kept(figures: figures, computedAt: startedAt, marker: marker)
        try await keep(kept)
        return kept
    }

    private func count(
        today: LocalDate, _ keepGoing: @Sendable () async throws -> Void
    ) async throws -> RetentionCount {
        var count = RetentionCount()
        var last: Int64 = 0
        while true {
            let after = last
            let contracts = try await database.read { connection in
                try connection.all(
                    """
                    SELECT \(Contract.columns) FROM contract c WHERE c.id > \(after)
                    ORDER BY c.id LIMIT \(RetentionStore.stretch)
                    """, Contract.init)
            }
            guard let end = contracts.last else { return count }
            for contract in contracts { count.add(contract, today: today) }
            last = end.id.value
            try await keepGoing()
        }
    }

    private func keep(_ kept: Kept) async throws {
        let document = Stored.text(of: kept.figures)
        try await database.write { connection in
            _ = try connection.run(
                """
                INSERT INTO retention (name, computed_at, marker, document)
                VALUES ('current', \(kept.computedAt), \(kept.marker), \(document))
                ON CONFLICT (name) DO UPDATE SET computed_at = excluded.computed_at, document = excluded.document,
                    marker = CASE WHEN retention.marker = 'asked' THEN 'asked' ELSE excluded.marker END
                """)
        }
        await database.announce("events")
    }

    /// Has the next look find the figures out of date.
    func ask(at now: Instant) async throws {
        try await database.write { connection in
            try connection.run("UPDATE retention SET marker = 'asked' WHERE name = 'current'")
            try connection.run(
                """
                UPDATE job SET run_at = \(now) WHERE unique_key = \(ReckonRetention.order) AND state = 'waiting'
                """)
        }
    }
}

/// Moves renewals on that have passed, and computes what contracts say: every night, and after every change to them.
struct ReckonRetention: Worker {
    static let order = "reckon-retention"

    let desk: Desk

    var kind: String { ReckonRetention.order }
    var rhythm: Duration? { .seconds(60) }

    func run(_ job: Job, holding lease: Lease) async throws {
        guard let organisation = try await desk.organisations.current() else { return }
        let today = organisation.zone.day(of: desk.clock.now)
        let contracts = ContractStore(database: desk.database)
        while try await contracts.moveDueDays(today: today) > 0 { try await lease.extend() }
        let store = RetentionStore(database: desk.database, clock: desk.clock)
        let kept = try await store.latest()
        let marker = try await store.marker()
        guard
            ReckonRetention.isDue(kept, marker, organisation.zone, at: desk.clock.now)
        else { return }
        try await store.compute(organisation) { try await lease.extend() }
    }

    static func isDue(
        _ kept: RetentionStore.Kept?, _ marker: String, _ zone: Zone, at now: Instant
    ) -> Bool {
        guard let kept, kept.marker == marker else { return true }
        let night = zone.instant(of: zone.day(of: now), secondOfDay: ReckonEconomics.nightHour * 3600)
        return kept.computedAt < night && now >= night
    }
}
