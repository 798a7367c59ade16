/// A model of how often customers buy while they stay, and of when they leave without saying so.
///
/// For the non-contractual setting, where nobody cancels. The unit of time belongs to the type: histories,
/// horizons, periods and discount rates of another unit do not compile, and are converted in plain sight.
public protocol BuyingProcess<Unit>: Sendable {
    /// The unit of the model's times, such as `Weeks`.
    associatedtype Unit: TimeUnit

    /// ln of the chance of this history, per customer; its density where time is continuous.
    func logLikelihood(of history: PurchaseHistory<Unit>) -> Double

    /// Whether the customer is still active at the end of the history.
    func alive(_ history: PurchaseHistory<Unit>) -> AliveEstimate

    /// How many purchases to expect in the time after the history, 0 or more.
    ///
    /// A new customer is `.new`, for whom the purchases are repeats.
    ///
    /// - Throws: `OutOfRange` naming `time` unless it is from 0 to 10⁹.
    func expectedPurchases(
        of history: PurchaseHistory<Unit>, within time: Time<Unit>
    ) throws(OutOfRange) -> Double

    /// How many purchases to expect in all the future, each discounted at a continuous rate to the end of the
    /// history: discounted expected residual transactions (DERT).
    ///
    /// A yearly rate of i per cent compounded is a continuous rate of ln(1 + i/100) per year.
    ///
    /// - Throws: `OutOfRange` naming `discount` unless it is from 10⁻⁹ to 10³ per unit.
    func discountedPurchases(
        of history: PurchaseHistory<Unit>, discount: Rate<Unit>
    ) throws(OutOfRange) -> Double

    /// P(X = 0), P(X = 1), … P(X = `most`): the number of repeat purchases of a new customer within a time.
    ///
    /// - Throws: `OutOfRange` naming `time` (0 to 10⁹) or `most` (0 to 10,000).
    func repeatCounts(within time: Time<Unit>, upTo most: Int) throws(OutOfRange) -> [Double]
}

extension BuyingProcess {
    /// ln of the likelihood of a whole base at these parameters.
    public func logLikelihood(of base: CustomerBase<Unit>) -> Double {
        base.groups.reduce(0) { $0 + Double($1.customers) * logLikelihood(of: $1.history) }
    }

    /// How many repeat purchases to expect from someone who buys for the first time today.
    ///
    /// - Throws: `OutOfRange` naming `time` unless it is from 0 to 10⁹.
    public func expectedPurchases(within time: Time<Unit>) throws(OutOfRange) -> Double {
        try expectedPurchases(of: .new, within: time)
    }

    static func check(_ time: Time<Unit>) throws(OutOfRange) {
        try OutOfRange.check(time.value, "time", in: 0...1e9)
    }

    static func check(_ discount: Rate<Unit>) throws(OutOfRange) {
        try OutOfRange.check(discount.value, "discount", in: 1e-9...1e3)
    }

    static func check(most: Int) throws(OutOfRange) {
        guard (0...10_000).contains(most) else {
            throw OutOfRange(input: "most", value: Double(most), allowed: "from 0 to 10000")
        }
    }
}
