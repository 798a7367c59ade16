/// How much less a payment is worth for every period one waits for it.
///
/// A payment one period away is worth 1/(1 + d) now. The period is part of the type, so a yearly rate
/// cannot meet a monthly model by accident.
public struct DiscountRate<Period: TimeUnit>: Sendable, Hashable, Comparable {
    /// d: the share lost per period, 0 or from 10⁻¹² to 10; 0.1 is 10 %.
    public let perPeriod: Double

    /// - Throws: `OutOfRange` naming `discount` unless it is 0 or from 10⁻¹² to 10.
    public init(_ perPeriod: Double) throws(OutOfRange) {
        guard perPeriod == 0 || (1e-12...10).contains(perPeriod) else {
            throw OutOfRange(input: "discount", value: perPeriod, allowed: "0 or from 1e-12 to 10")
        }
        self.perPeriod = perPeriod
    }

    /// The worth now of 1 due after one period: 1/(1 + d), above 0 and at most 1.
    public var factor: Double { 1 / (1 + perPeriod) }

    /// The same discount per another unit, compounded: (1 + d)^(length of the other / own length) − 1.
    ///
    /// 12 % a year is .949 % a month, not 1 %.
    ///
    /// - Throws: `OutOfRange` naming `discount` when the converted rate leaves the permitted range.
    public func converted<Other: TimeUnit>(
        to unit: Other.Type = Other.self
    ) throws(OutOfRange) -> DiscountRate<Other> {
        try DiscountRate<Other>(expm1(Other.seconds / Period.seconds * log1p(perPeriod)))
    }

    /// What equal payments at the end of each of the next periods are worth now, a (1 − (1 + d)⁻ⁿ)/d.
    ///
    /// - Parameters:
    ///   - amount: a, each payment, from −10¹⁵ to 10¹⁵ minor units.
    ///   - periods: n, how many, 0 to 10¹².
    /// - Throws: `OutOfRange` naming `amount` or `periods`.
    public func presentValue(of amount: Amount, forPeriods periods: Int) throws(OutOfRange) -> Amount {
        try OutOfRange.check(amount.minorUnits, "amount", in: MoneyRange.signed)
        try OutOfRange.check(count: periods, "periods")
        guard perPeriod > 0 else { return amount * Double(periods) }
        return amount * (-expm1(-Double(periods) * log1p(perPeriod)) / perPeriod)
    }

    /// Whether the left is less.
    public static func < (left: Self, right: Self) -> Bool { left.perPeriod < right.perPeriod }
}
