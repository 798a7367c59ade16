/// How well a model fitted to the past foretold what came after: its own data as judge.
///
/// Histories are cut at one day, purchases after it counted to another; a model fitted to `calibration` is then
/// asked what it expects in between.
public struct Backtest<Unit: TimeUnit>: Sendable {
    /// What was known on the day of the cut; fit to this.
    public let calibration: CustomerBase<Unit>
    /// The time between the cut and the end.
    public let horizon: Time<Unit>
    /// Repeat purchases in that time of all customers with one history, in the order of the groups.
    private let purchases: [Int]

    /// - Parameters:
    ///   - unit: what the histories count time in.
    ///   - customers: everyone's purchases by day, in any order.
    ///   - cut: the last day of the calibration.
    ///   - end: the last day of the holdout.
    /// - Throws: `OutOfRange` naming `end` unless it is after `cut`, or `cut` outside ±10⁹.
    public init(
        _ customers: some Sequence<PurchaseDays>, cut: Int, end: Int, in unit: Unit.Type = Unit.self
    ) throws(OutOfRange) {
        for (day, name) in [(cut, "cut"), (end, "end")] where !PurchaseDays.dayRange.contains(day) {
            throw OutOfRange(input: name, value: Double(day), allowed: "from -10⁹ to 10⁹")
        }
        guard end > cut else {
            throw OutOfRange(input: "end", value: Double(end), allowed: "after cut")
        }
        var later: [PurchaseHistory<Unit>: Int] = [:]
        var histories: [PurchaseHistory<Unit>] = []
        for customer in customers {
            guard let history = customer.history(through: cut, in: unit) else { continue }
            histories.append(history)
            let count = customer.repeats(after: cut, through: end)
            if count > 0 { later[history, default: 0] += count }
        }
        calibration = try CustomerBase(histories)
        purchases = calibration.groups.map { later[$0.history] ?? 0 }
        horizon = Time<Days>(Double(end - cut)).converted()
    }

    /// What the model expected and what happened, in all and by the number of repeats at the cut.
    ///
    /// - Parameters:
    ///   - model: one that was fitted to `calibration`.
    ///   - openBin: the number of repeats from which on customers are taken together.
    /// - Throws: `OutOfRange` naming `openBin` (1 to 1,000), or what the model refuses.
    public func report(
        on model: some BuyingProcess<Unit>, openBin: Int = 7
    ) throws(OutOfRange) -> BacktestReport {
        guard (1...1000).contains(openBin) else {
            throw OutOfRange(input: "openBin", value: Double(openBin), allowed: "from 1 to 1000")
        }
        var bins = (0...openBin).map { BacktestReport.Bin(repeats: $0, isOpen: $0 == openBin) }
        for (group, purchases) in zip(calibration.groups, purchases) {
            let bin = min(group.history.repeats, openBin)
            let expected = try model.expectedPurchases(of: group.history, within: horizon)
            bins[bin].add(expected: expected, actual: purchases, customers: group.customers)
        }
        return BacktestReport(bins: bins)
    }
}

/// Expected against actual purchases of a holdout.
public struct BacktestReport: Sendable, Equatable {
    /// Customers with the same number of repeats at the cut.
    public struct Bin: Sendable, Equatable {
        /// Repeat purchases at the cut; where the bin is open, the fewest.
        public let repeats: Int
        /// Whether customers with more repeats are in it too.
        public let isOpen: Bool
        /// How many customers had so many repeats at the cut.
        public private(set) var customers = 0
        /// Purchases of all of them, as the model expected and as they came.
        public private(set) var expected = 0.0
        /// How many purchases they made after it.
        public private(set) var actual = 0

        init(repeats: Int, isOpen: Bool) {
            self.repeats = repeats
            self.isOpen = isOpen
        }

        mutating func add(expected each: Double, actual: Int, customers: Int) {
            self.customers += customers
            expected += each * Double(customers)
            self.actual += actual
        }

        /// Expected purchases per customer; nil for an empty bin.
        public var expectedMean: Double? { customers > 0 ? expected / Double(customers) : nil }
        /// Actual purchases per customer; nil for an empty bin.
        public var actualMean: Double? { customers > 0 ? Double(actual) / Double(customers) : nil }
    }

    /// By repeats at the cut, ascending; the last bin is open.
    public let bins: [Bin]

    /// All purchases the model expected.
    public var expected: Double { bins.reduce(0) { $0 + $1.expected } }
    /// All purchases that came.
    public var actual: Int { bins.reduce(0) { $0 + $1.actual } }
    /// By how much of the actual the model was off, −0.12 for 12 % too few; nil when there was none.
    public var deviation: Double? { actual > 0 ? expected / Double(actual) - 1 : nil }
}
