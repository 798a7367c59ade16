public import Kernel
import Methods
public import Storage

/// Reads purchases past the count, a stretch of customers at a time, and keeps what came out of it.
public struct EconomicsStore: Sendable {
    let database: any Database
    let clock: any WallClock

    public init(database: any Database, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    /// Figures as they were last computed, and when.
    struct Kept: Sendable {
        let figures: EconomicsFigures
        let computedAt: Instant
        let marker: String
    }

    /// What stands in the books now; nil before the first computation.
    func latest() async throws -> Kept? {
        let row = try await database.read { connection in
            try connection.first(
                "SELECT document, computed_at, marker FROM economics WHERE name = 'current'"
            ) { (try $0.text(0), try $0.instant(1), try $0.text(2)) }
        }
        guard let row else { return nil }
        return Kept(figures: try Stored.value(of: row.0), computedAt: row.1, marker: row.2)
    }

    /// What the figures depend on beside the purchases that come one by one: imports, spend and settings. Different
    /// text, other figures.
    func marker() async throws -> String {
        try await database.read { connection in
            let imports = try connection.first(
                """
                SELECT count(*), max(phase_at) FROM import WHERE state IN ('complete', 'undone')
                """
            ) { "\(try $0.int(0)).\(try $0.optionalInt64(1) ?? 0)" }
            let spend = try connection.number("SELECT max(changed_at) FROM spend")
            let settings = try connection.number(
                """
                SELECT max(id) FROM setting
                WHERE name IN ('economics.margin', 'economics.discount', 'organisation.currency')
                """)
            return "\(imports ?? "").\(spend).\(settings)"
        }
    }

    /// Computes everything anew and keeps it. Until it is complete the figures before it stand.
    @discardableResult
    func compute(
        _ organisation: Organisation, _ keepGoing: @Sendable () async throws -> Void = {}
    ) async throws -> Kept {
        let began = ContinuousClock.now
        let marker = try await marker()
        // Whoever asks from here on asks for another computation than this one.
        _ = try await database.write {
            try $0.run("UPDATE economics SET marker = 'begun' WHERE marker = 'asked'")
        }
        let (startedAt, today) = (clock.now, organisation.zone.day(of: clock.now))
        let counted = try await count(organisation, today: today, keepGoing)
        let figures = counted.map { counted in
            EconomicsReckoning(
                count: counted.count, spend: counted.spend, currency: organisation.currency.code,
                rate: organisation.margin, discount: organisation.discount
            ).figures(milliseconds: EconomicsStore.milliseconds(since: began))
        }
        let kept = Kept(
            figures: figures
                ?? EconomicsReckoning.nothing(
                    currency: organisation.currency.code, rate: organisation.margin,
                    discount: organisation.discount),
            computedAt: startedAt, marker: marker)
        try await keep(kept)
        return kept
    }

    private static func milliseconds(since began: ContinuousClock.Instant) -> Int {
        let (seconds, attoseconds) = began.duration(to: .now).components
        return Int(seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }

    private func keep(_ kept: Kept) async throws {
        let document = Stored.text(of: kept.figures)
        try await database.write { connection in
            _ = try connection.run(
                """
                INSERT INTO economics (name, computed_at, marker, document)
                VALUES ('current', \(kept.computedAt), \(kept.marker), \(document))
                ON CONFLICT (name) DO UPDATE SET computed_at = excluded.computed_at, document = excluded.document,
                    marker = CASE WHEN economics.marker = 'asked' THEN 'asked' ELSE excluded.marker END
                """)
        }
        await database.announce("events")
    }

    /// Has the next look find the figures out of date.
    func ask(at now: Instant) async throws {
        try await database.write { connection in
            try connection.run("UPDATE economics SET marker = 'asked' WHERE name = 'current'")
            try connection.run(
                """
                UPDATE job SET run_at = \(now) WHERE unique_key = \(ReckonEconomics.order) AND state = 'waiting'
                """)
        }
    }
}

extension EconomicsStore {
    private typealias Counted = (count: EconomicsCount, spend: SpendCount)

    /// How many customers one read looks at.
    private static let stretch = 20_000

    /// How far back acquisition looks.
    private static let longestSpend = 36

    private struct Plan: Sendable {
        let calendar: EconomicsCalendar
        let wonFrom: Int?
        let spend: SpendCount
        let currency: String
        /// Whether one index answers all: every purchase is in our currency and none says its cost.
        let isPlain: Bool
        /// Whether the service was ever used without a sale, which is no purchase.
        let hasUses: Bool
        /// Customers who are part of our own organisation: what they are charged is no revenue.
        let ours: Set<Int64>
    }

    private func count(
        _ organisation: Organisation, today: LocalDate, _ keepGoing: @Sendable () async throws -> Void
    ) async throws -> Counted? {
        guard let plan = try await plan(organisation, today: today) else { return nil }
        var total = EconomicsCount(plan.calendar, wonFrom: plan.wonFrom)
        var last: Int64 = 0
        while let end = try await end(after: last) {
            let from = last
            let part = try await database.read { connection in
                try EconomicsStore.part(of: plan, from, end, in: connection)
            }
            total.merge(part)
            last = end
            try await keepGoing()
        }
        return (total, plan.spend)
    }

    private func plan(_ organisation: Organisation, today: LocalDate) async throws -> Plan? {
        let currency = organisation.currency.code
        return try await database.read { connection in
            guard let through = try LevelStore.lastOccasion(notAfter: today, in: connection) else {
                return nil
            }
            let calendar = EconomicsCalendar(through: through)
            let spend = try SpendStore.standing(notAfter: calendar.through, in: connection)
            let far = (through + 1).adding(months: -EconomicsStore.longestSpend).daysSinceEpoch
            let wonFrom = spend.first.map { max(far, $0.days.lowerBound.daysSinceEpoch) }
            let isPlain = try !connection.exists(
                "SELECT 1 FROM purchase WHERE currency <> \(currency) OR cost IS NOT NULL LIMIT 1")
            let hasUses = try connection.exists("SELECT 1 FROM purchase WHERE kind = 'use' LIMIT 1")
            let ours = try connection.all("SELECT id FROM party WHERE internal ORDER BY id") {
                try $0.int64(0)
            }
            return Plan(
                calendar: calendar, wonFrom: wonFrom,
                spend: SpendCount(
                    spend, currency: currency, in: (wonFrom ?? calendar.through)...calendar.through),
                currency: currency, isPlain: isPlain, hasUses: hasUses, ours: Set(ours))
        }
    }

    /// The last customer of the next stretch; nil where none is left.
    private func end(after last: Int64) async throws -> Int64? {
        let find: SQL = """
            SELECT max(party_id) FROM (
                SELECT party_id FROM standing WHERE party_id > \(last) ORDER BY party_id LIMIT \(EconomicsStore.stretch)
            ) AS oldest
            """
        return try await database.read { try $0.first(find) { try $0.optionalInt64(0) } ?? nil }
    }

    private static func part(
        of plan: Plan, _ from: Int64, _ end: Int64, in connection: any Connection
    ) throws -> EconomicsCount {
        var count = EconomicsCount(plan.calendar, wonFrom: plan.wonFrom)
        if let wonFrom = plan.wonFrom {
            let days = wonFrom...max(wonFrom, plan.calendar.through)
            count.places =
                plan.hasUses
                ? try placesOfSales(from, end, days, in: connection)
                : try places(from, end, days, in: connection)
        }
        let sold: SQL = plan.hasUses ? " AND kind = 'sale'" : ""
        if plan.isPlain {
            let rows: SQL = """
                SELECT account_id, day, amount FROM purchase
                WHERE account_id > \(from) AND account_id <= \(end)\(sold)
                ORDER BY account_id, day, amount DESC
                """
            try connection.each(rows) {
                let customer = try $0.int64(0)
                if plan.ours.contains(customer) { return }
                count.add(customer: customer, day: try $0.int(1), amount: try $0.int(2))
            }
        } else {
            let rows: SQL = """
                SELECT account_id, day, amount, currency, cost FROM purchase
                WHERE account_id > \(from) AND account_id <= \(end)\(sold)
                ORDER BY account_id, day, amount DESC
                """
            try connection.each(rows) {
                let customer = try $0.int64(0)
                if plan.ours.contains(customer) { return }
                count.add(
                    customer: customer, day: try $0.int(1), amount: try $0.int(2),
                    isOurs: try $0.text(3) == plan.currency, cost: try $0.optionalInt(4))
            }
        }
        try count.finish()
        return count
    }

    /// The same where a customer's first occasion may have been a use of the service: the first sale is looked for.
    private static func placesOfSales(
        _ from: Int64, _ end: Int64, _ days: ClosedRange<Int>, in connection: any Connection
    ) throws -> [Int64: String] {
        let sales: SQL = """
            SELECT account_id, day, channel, source FROM purchase
            WHERE account_id > \(from) AND account_id <= \(end) AND amount >= 0 AND kind = 'sale'
            ORDER BY account_id, day, id
            """
        var places: [Int64: String] = [:]
        var last: Int64?
        try connection.each(sales) { row in
            let id = try row.int64(0)
            guard id != last else { return }
            last = id
            guard days.contains(try row.int(1)) else { return }
            let channel = try row.text(2)
            places[id] = channel.isEmpty ? try row.text(3) : channel
        }
        return places
    }

    /// Where customers were won: the channel of their first purchase, else where it was recorded from.
    private static func places(
        _ from: Int64, _ end: Int64, _ days: ClosedRange<Int>, in connection: any Connection
    ) throws -> [Int64: String] {
        let firsts: SQL = """
            SELECT s.party_id, p.channel, p.source FROM standing s
            JOIN purchase p ON p.account_id = s.party_id AND p.day = s.first_day
            WHERE s.party_id > \(from) AND s.party_id <= \(end) AND s.first_day >= \(days.lowerBound)
                AND s.first_day <= \(days.upperBound) AND p.amount >= 0
            ORDER BY s.party_id, p.id
            """
        var places: [Int64: String] = [:]
        try connection.each(firsts) { row in
            let id = try row.int64(0)
            guard places[id] == nil else { return }
            let channel = try row.text(1)
            places[id] = channel.isEmpty ? try row.text(2) : channel
        }
        return places
    }
}
