/// How much of the revenue hangs on a few customers.
///
/// A business of regulars looks stable and is not when two of them pay half the bills.
public struct Concentration: Sendable, Equatable {
    /// Revenue of the largest customer, of the two largest and so on, in minor units.
    private let running: [Int]
    /// The Herfindahl index, Σ share²: from 1/customers, all alike, to 1, only one.
    public let herfindahl: Double

    /// - Parameter revenue: one amount per customer over the same window, in whole minor units, each 0 to
    ///   10¹², together above 0 and at most 9·10¹⁸; net of refunds. O(n log n).
    /// - Throws: `OutOfRange` naming `revenue`.
    public init(revenue: [Int]) throws(OutOfRange) {
        var running: [Int] = []
        running.reserveCapacity(revenue.count)
        var total = 0
        var squares = 0.0
        for amount in revenue.sorted(by: >) {
            try OutOfRange.check(count: amount, "revenue")
            let (sum, overflow) = total.addingReportingOverflow(amount)
            guard !overflow else {
                throw OutOfRange(input: "revenue", value: Double(amount), allowed: "at most 9e18 in all")
            }
            total = sum
            squares += Double(amount) * Double(amount)
            running.append(sum)
        }
        guard total > 0 else {
            throw OutOfRange(input: "revenue", value: Double(total), allowed: "above 0 in all")
        }
        self.running = running
        herfindahl = squares / Double(total) / Double(total)
    }

    /// All revenue, in minor units.
    public var total: Int { running.last ?? 0 }

    /// 1/Herfindahl: how many customers of equal size would be as concentrated.
    public var effectiveCustomers: Double { 1 / herfindahl }

    /// The revenue of the `count` largest customers, in minor units.
    ///
    /// - Throws: `OutOfRange` naming `count` unless it is 0 or more.
    public func revenue(ofTop count: Int) throws(OutOfRange) -> Int {
        try OutOfRange.check(count: count, "count")
        return count == 0 ? 0 : running[min(count, running.count) - 1]
    }

    /// The share of revenue from the `count` largest customers, 0…1.
    ///
    /// - Throws: `OutOfRange` naming `count` unless it is 0 or more.
    public func share(ofTop count: Int) throws(OutOfRange) -> Double {
        try Double(revenue(ofTop: count)) / Double(total)
    }

    /// How long new business takes at its present rate to replace the largest customers.
    ///
    /// - Parameters:
    ///   - period: the unit of that window; the answer counts in it.
    ///   - count: how many of them leave.
    ///   - newBusiness: what the customers won in one period bring over a window as long as the one the
    ///     revenue was counted over, 0 to 10¹⁵ minor units. Both sides must count the same window.
    /// - Returns: periods; nil when there is no new business to replace them with.
    /// - Throws: `OutOfRange` naming `count` or `newBusiness`.
    public func time<Period: TimeUnit>(
        toReplaceTop count: Int, newBusiness: Amount, per period: Period.Type = Period.self
    ) throws(OutOfRange) -> Time<Period>? {
        try OutOfRange.check(newBusiness.minorUnits, "newBusiness", in: MoneyRange.unsigned)
        let periods = try Double(revenue(ofTop: count)) / newBusiness.minorUnits
        return periods.isFinite ? Time(periods) : nil
    }
}

/// What is known of a customer's going, for counting who was lost in a window.
public enum CustomerStanding: Sendable, Equatable {
    /// A contract, and whether it ended inside the window.
    case contract(ended: Bool)
    /// No contract: the probabilities of still being a customer at the window's start and end, 0…1.
    case aliveProbability(start: Double, end: Double)
}

/// New customers over lost ones: above one the base fills faster than it drains.
///
/// Lost in the window are customers whose contract ended in it, and customers without a contract whose
/// probability of being alive was at least `threshold` when it began and is below at its end. Those below
/// already were lost before and are not counted again.
public struct RenewalRatio: Sendable, Equatable {
    /// Customers won and lost in the window.
    public let new, lost: Int
    /// The probability below which a customer without a contract counts as lost, above 0 and at most 1.
    public let threshold: Double

    /// - Throws: `OutOfRange` naming `new`, `threshold` or `aliveProbability`.
    public init(
        new: Int, customers: some Sequence<CustomerStanding>, threshold: Double = 0.2
    ) throws(OutOfRange) {
        try OutOfRange.check(count: new, "new")
        try OutOfRange.check(threshold, "threshold", in: 1e-9...1)
        var lost = 0
        for customer in customers {
            switch customer {
            case .contract(let ended):
                if ended { lost += 1 }
            case .aliveProbability(let start, let end):
                try OutOfRange.check(start, "aliveProbability", in: 0...1)
                try OutOfRange.check(end, "aliveProbability", in: 0...1)
                if start >= threshold, end < threshold { lost += 1 }
            }
        }
        self.new = new
        self.lost = lost
        self.threshold = threshold
    }

    /// new/lost; nil when nobody was lost.
    public var ratio: Double? { lost > 0 ? Double(new) / Double(lost) : nil }

    /// The 95 % range of the ratio of the two flows; nil when nothing happened, no upper end when nobody
    /// was lost.
    ///
    /// Of two Poisson flows, given their sum, the new ones are binomial: Wilson's range of that share p,
    /// turned into p/(1 − p).
    public var range: (lower: Double, upper: Double?)? {
        guard let share = try? wilson(successes: new, of: new + lost) else { return nil }
        let upper = share.upper / (1 - share.upper)
        return (share.lower / (1 - share.lower), lost > 0 && upper.isFinite ? upper : nil)
    }
}
