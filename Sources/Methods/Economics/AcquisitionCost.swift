/// What it costs to win a customer: the spend of a period over the customers it won a sales cycle later.
///
/// Spend of period i pays for the customers won in period i + cycle. Without the lag a growing business
/// looks dear and one that stopped advertising looks brilliant. The spend is taken as given; "fully
/// loaded" means with the salaries, tools and commissions in it.
public struct AcquisitionCost<Period: TimeUnit>: Sendable, Equatable {
    /// Customers won in each period, in order.
    public let won: [Int]
    /// Sales and marketing spend of each period, in order.
    public let spend: [Amount]
    /// How many whole periods pass from spend to signature.
    public let salesCycle: Int

    /// - Parameters:
    ///   - spend: one amount per period, each 0 to 10¹⁵ minor units.
    ///   - won: one count per period, the same periods.
    ///   - salesCycle: whole periods, 0 or more and fewer than there are periods.
    /// - Throws: `OutOfRange` naming `spend`, `won` or `salesCycle`.
    public init(spend: [Amount], won: [Int], salesCycle: Int = 0) throws(OutOfRange) {
        guard !spend.isEmpty, spend.count == won.count else {
            throw OutOfRange(
                input: "won", value: Double(won.count), allowed: "as many periods as spend, at least one")
        }
        guard (0..<spend.count).contains(salesCycle) else {
            throw OutOfRange(
                input: "salesCycle", value: Double(salesCycle), allowed: "from 0 to \(spend.count - 1)")
        }
        for amount in spend { try OutOfRange.check(amount.minorUnits, "spend", in: MoneyRange.unsigned) }
        for count in won { try OutOfRange.check(count: count, "won") }
        self.spend = spend
        self.won = won
        self.salesCycle = salesCycle
    }

    /// The cost per customer won in each period; nil where the spend behind them lies before the records
    /// and where nobody was won.
    public var perCustomer: [Amount?] {
        won.enumerated().map { period, count in
            guard period >= salesCycle, count > 0 else { return nil }
            return spend[period - salesCycle] * (1 / Double(count))
        }
    }

    /// All matched spend over all customers it won; nil if it won nobody.
    ///
    /// Spend of the last periods, whose customers are still to come, is left out.
    public var overall: Amount? {
        let count = won.dropFirst(salesCycle).reduce(0) { $0 + Double($1) }
        guard count > 0 else { return nil }
        return spend.dropLast(salesCycle).reduce(.zero, +) * (1 / count)
    }
}
