/// One customer's purchases by day: what is on record, before any model.
///
/// Purchases of the same day count once, their money added up. Days are whole numbers on any calendar that
/// counts days without gaps. Refunds are left out by the caller: a day whose money is not above zero still
/// counts as a purchase, as a free order does.
public struct PurchaseDays: Sendable, Equatable {
    /// The days with a purchase, ascending, each once; at least one.
    public let days: [Int]
    /// The money of each day in `days`; nil when none was given.
    public let amounts: [Amount]?

    static let dayRange = -1_000_000_000...1_000_000_000

    /// - Throws: `OutOfRange` naming `days` when there is none, or a `day` outside ±10⁹.
    public init(_ days: some Sequence<Int>) throws(OutOfRange) {
        var merged: [Int] = []
        for day in days.sorted() where day != merged.last { merged.append(day) }
        try Self.check(merged)
        self.days = merged
        amounts = nil
    }

    /// - Throws: `OutOfRange` naming `days` when there is none, a `day` outside ±10⁹, or an `amount` that is
    ///   not a number within ±10¹⁵ minor units.
    public init(purchases: some Sequence<(day: Int, amount: Amount)>) throws(OutOfRange) {
        var days: [Int] = []
        var amounts: [Amount] = []
        for purchase in purchases.sorted(by: { $0.day < $1.day }) {
            try OutOfRange.check(purchase.amount.minorUnits, "amount", in: -1e15...1e15)
            if purchase.day == days.last {
                amounts[amounts.count - 1] = amounts[amounts.count - 1] + purchase.amount
            } else {
                days.append(purchase.day)
                amounts.append(purchase.amount)
            }
        }
        try Self.check(days)
        self.days = days
        self.amounts = amounts
    }

    private static func check(_ days: [Int]) throws(OutOfRange) {
        guard let first = days.first, let last = days.last else {
            throw OutOfRange(input: "days", value: 0, allowed: "at least one")
        }
        for day in [first, last] where !dayRange.contains(day) {
            throw OutOfRange(input: "day", value: Double(day), allowed: "from -10⁹ to 10⁹")
        }
    }

    /// How many of the days lie on or before `end`.
    private func count(through end: Int) -> Int {
        var (low, high) = (0, days.count)
        while low < high {
            let middle = (low + high) / 2
            if days[middle] <= end { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// What was known of the customer on the evening of `end`, in the unit the model is to think in.
    ///
    /// Purchases after `end` are not looked at; T runs from the first purchase day to `end`.
    ///
    /// - Returns: nil when the customer had not bought by then, or bought on more than 1,000,001 days.
    public func history<Unit: TimeUnit>(
        through end: Int, in unit: Unit.Type = Unit.self
    ) -> PurchaseHistory<Unit>? {
        guard let known = counted(through: end, daysPerUnit: Unit.seconds / Days.seconds) else { return nil }
        return PurchaseHistory(checked: known.repeats, known.last, known.observed)
    }

    /// The same three numbers bare, for passing over many customers.
    func counted(through end: Int, daysPerUnit: Double) -> (repeats: Int, last: Double, observed: Double)? {
        let known = count(through: end)
        guard (1...1_000_001).contains(known), Self.dayRange.contains(end) else { return nil }
        let (last, observed) = (days[known - 1] - days[0], end - days[0])
        return (known - 1, Double(last) / daysPerUnit, Double(observed) / daysPerUnit)
    }

    /// On how many days after `start`, up to and with `end`, the customer bought again.
    public func repeats(after start: Int, through end: Int) -> Int {
        guard start < end else { return 0 }
        return max(count(through: end) - max(count(through: start), 1), 0)
    }

    /// How much the repeat purchases until `end` were worth on average, for `GammaGamma`.
    ///
    /// - Returns: nil without amounts, without a repeat purchase, or when the mean is not above zero.
    public func spend(through end: Int) -> SpendHistory? {
        let known = count(through: end)
        guard let amounts, known > 1, known <= 1_000_001 else { return nil }
        let total = amounts[1..<known].reduce(0) { $0 + $1.minorUnits }
        return try? SpendHistory(repeats: known - 1, mean: Amount(minorUnits: total / Double(known - 1)))
    }
}
