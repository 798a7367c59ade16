import Kernel
import Storage

/// Computes the offers anew: three passes over the purchases, a stretch of customers at a time, in memory that depends
/// on the number of products looked at and not on the number of purchases.
struct OfferRun: Sendable {
    /// The most products looked at: those most customers bought.
    static let products = 3000
    /// How many customers one read looks at.
    static let stretch = 10_000
    /// An offer that led to nothing stands no longer than this.
    static let longest = 365

    let store: OfferStore
    let organisation: Organisation
    /// Shows that somebody is still at work; throws where the work is no longer wanted.
    var beat: @Sendable () async throws -> Void = {}

    private var database: any Database { store.database }

    func run(at now: Instant) async throws -> OfferReport {
        let began = ContinuousClock.now
        let marker = try await store.marker()
        let today = organisation.zone.day(of: now)
        let day = try await database.read { try LevelStore.lastOccasion(notAfter: today, in: $0) } ?? today
        var report = OfferReport()
        report.day = day
        report.support = organisation.offerSupport
        let (chosen, sold) = try await choose(&report)
        let (count, names) = try await pairs(chosen, &report)
        let rules = try OfferRules(count, support: report.support) { place in
            day.daysSinceEpoch - (sold[place] ?? .min / 2) <= OfferRules.freshDays
        }
        (report.tested, report.found) = (rules.tested, rules.found)
        report.kept = rules.rules.count
        let book = try await store.publish(rules.rules, chosen.map { names[$0] ?? "" })
        try await write(OfferChoice(rules.rules), book, chosen, at: day)
        try await store.settle(book, at: day, &report)
        report.seconds = began.duration(to: .now) / .seconds(1)
        try await store.keep(report, marker, at: now)
        return report
    }

    /// First pass.
    private func choose(_ report: inout OfferReport) async throws -> ([UInt64], [Int: Int]) {
        var count = ProductCount()
        for range in try await ranges() {
            let day = report.day
            count.merge(
                try await database.read { connection in
                    var part = ProductCount()
                    try OfferRun.baskets(range, through: day, in: connection) { part.add($1) }
                    return part
                })
            try await beat()
        }
        report.customers = count.customers
        let (chosen, leftOut) = count.chosen(support: report.support, most: OfferRun.products)
        (report.products, report.productsLeftOut) = (chosen.count, leftOut)
        let sold = chosen.enumerated().map { ($0.offset, count.products[$0.element]?.lastDay ?? .min / 2) }
        return (chosen, Dictionary(uniqueKeysWithValues: sold))
    }

    /// Second pass: what goes together, and what the products looked at are called.
    private func pairs(
        _ chosen: [UInt64], _ report: inout OfferReport
    ) async throws -> (PairCount, [UInt64: String]) {
        let places = Dictionary(uniqueKeysWithValues: chosen.enumerated().map { ($0.element, $0.offset) })
        var count = PairCount(products: chosen.count)
        var names: [UInt64: String] = [:]
        guard !chosen.isEmpty else { return (count, names) }
        let day = report.day
        for range in try await ranges() {
            let (part, met) = try await database.read { connection in
                var part = PairCount(products: chosen.count)
                var numbers = ProductNumbers()
                numbers.wanted = Set(chosen)
                try OfferRun.baskets(range, through: day, naming: &numbers, in: connection) {
                    part.add($1.holdings.compactMap { places[$0.product] }.sorted())
                }
                return (part, numbers.names)
            }
            count.merge(part)
            names.merge(met) { min($0, $1) }
            try await beat()
        }
        report.broadCustomers = count.leftOut
        return (count, names)
    }

    /// Third pass: who may be offered what.
    private func write(
        _ choice: OfferChoice, _ book: OfferBook, _ chosen: [UInt64], at day: LocalDate
    ) async throws {
        let places = Dictionary(uniqueKeysWithValues: chosen.enumerated().map { ($0.element, $0.offset) })
        let matching = OfferMatching(
            choice: choice, book: book, places: places, day: day, repeatAfter: organisation.offerRepeatDays,
            holdout: organisation.listHoldout)
        for range in try await ranges() {
            let store = store
            let change = try await database.read { connection in
                let standing = try store.standing(range, at: day, in: connection)
                let barred = try store.barred(range, in: connection)
                var change = OfferChange()
                var seen: Set<Int64> = []
                try OfferRun.baskets(range, through: day, in: connection) { party, basket in
                    seen.insert(party)
                    matching.match(
                        party, basket, standing[party] ?? [], isBarred: barred.contains(party), &change)
                }
                for (party, entries) in standing where !seen.contains(party) {
                    change.gone += entries.filter { $0.isOpen }.map(\.id)
                }
                return change
            }
            try await store.write(change, at: day)
            try await beat()
        }
    }

    /// Neighbouring ranges of customers' ids.
    private func ranges() async throws -> [ClosedRange<Int64>] {
        var ranges: [ClosedRange<Int64>] = []
        var last: Int64 = 0
        while true {
            let from = last
            let end = try await database.read { connection in
                try connection.number(
                    """
                    SELECT max(party_id) FROM (
                        SELECT party_id FROM standing WHERE party_id > \(from)
                        ORDER BY party_id LIMIT \(OfferRun.stretch)
                    ) AS oldest
                    """)
            }
            guard end > 0 else { return ranges }
            ranges.append(from + 1...Int64(end))
            last = Int64(end)
        }
    }

    private static func baskets(
        _ range: ClosedRange<Int64>, through day: LocalDate, in connection: any Connection,
        _ body: (Int64, Basket) throws -> Void
    ) throws {
        var numbers = ProductNumbers()
        try baskets(range, through: day, naming: &numbers, in: connection, body)
    }

    /// Sales that name a product, customer by customer. Refunds and uses of service are none.
    private static func baskets(
        _ range: ClosedRange<Int64>, through day: LocalDate, naming numbers: inout ProductNumbers,
        in connection: any Connection, _ body: (Int64, Basket) throws -> Void
    ) throws {
        let sales: SQL = """
            SELECT account_id, product, day FROM purchase
            WHERE account_id >= \(range.lowerBound) AND account_id <= \(range.upperBound) AND kind = 'sale'
                AND amount >= 0 AND product <> '' AND day <= \(day)
            ORDER BY account_id
            """
        var current: Int64 = 0
        var purchases: [(product: UInt64, day: Int)] = []
        try connection.each(sales) { row in
            let party = try row.int64(0)
            if party != current {
                if !purchases.isEmpty { try body(current, Basket(purchases)) }
                current = party
                purchases.removeAll(keepingCapacity: true)
            }
            purchases.append((numbers.number(of: try row.text(1)), try row.int(2)))
        }
        if !purchases.isEmpty { try body(current, Basket(purchases)) }
    }
}
