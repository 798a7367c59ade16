/// What a customer's purchases of the coming periods are worth today.
///
/// Horizon and unit live in the type: a period is a length of the model's own unit, so a model of weeks cannot
/// be asked about a period of days by mistake.
public struct ValueHorizon<Unit: TimeUnit>: Sendable, Equatable {
    /// The length of one period, such as `Time<Months>(1).converted()`.
    public let period: Time<Unit>
    /// How many periods, 1 to 10,000.
    public let periods: Int
    /// d, by which value fades per period, 0.01 for one per cent; 0 to 1.
    public let discountPerPeriod: Double

    /// - Throws: `OutOfRange` naming `period` (10⁻⁶ to 10⁶ units), `periods` or `discountPerPeriod`.
    public init(period: Time<Unit>, periods: Int, discountPerPeriod: Double) throws(OutOfRange) {
        try OutOfRange.check(period.value, "period", in: 1e-6...1e6)
        guard (1...10_000).contains(periods) else {
            throw OutOfRange(input: "periods", value: Double(periods), allowed: "from 1 to 10000")
        }
        guard period.value * Double(periods) <= 1e9 else {
            throw OutOfRange(
                input: "periods", value: Double(periods), allowed: "so many that all last 10⁹ units at most")
        }
        try OutOfRange.check(discountPerPeriod, "discountPerPeriod", in: 0...1)
        self.period = period
        self.periods = periods
        self.discountPerPeriod = discountPerPeriod
    }
}

extension BuyingProcess {
    /// Σᵢ m E[X(i f)] − E[X((i−1) f)] / (1+d)ⁱ over the periods of the horizon, f one period and m the value
    /// of a purchase times the margin: the customer's discounted value, without what is past.
    ///
    /// - Parameters:
    ///   - history: the customer's purchases so far.
    ///   - horizon: how many periods count, and what each discounts.
    ///   - spend: the value of a purchase, such as `GammaGamma.expectedSpend(of:)`; finite.
    ///   - margin: the share of it that is kept, −1…1.
    /// - Throws: `OutOfRange` naming `spend` (within ±10¹⁵ minor units) or `margin`.
    public func discountedValue(
        of history: PurchaseHistory<Unit>, spend: Amount, over horizon: ValueHorizon<Unit>, margin: Double = 1
    ) throws(OutOfRange) -> Amount {
        try OutOfRange.check(spend.minorUnits, "spend", in: -1e15...1e15)
        try OutOfRange.check(margin, "margin", in: -1...1)
        var (value, factor, before) = (0.0, 1.0, 0.0)
        for count in 1...horizon.periods {
            let purchases = try expectedPurchases(of: history, within: horizon.period * Double(count))
            factor /= 1 + horizon.discountPerPeriod
            value += max(purchases - before, 0) * factor
            before = purchases
        }
        return spend * (value * margin)
    }
}
