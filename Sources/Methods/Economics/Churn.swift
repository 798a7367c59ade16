/// The share of customers lost per period while that share stays the same for all.
///
/// The simplest picture of loss: everyone has the same chance c of leaving, whatever their age, so
/// (1 − c)ᵗ are left after t periods. Real bases lose their loose customers first and then slow down
/// (`ShiftedBetaGeometric`); use this to restate a quoted number, not to forecast.
public struct Churn<Period: TimeUnit>: Sendable, Hashable, Comparable {
    /// c: the share lost in one period, 0…1.
    public let share: Double

    /// - Throws: `OutOfRange` naming `churn` unless it is from 0 to 1.
    public init(_ share: Double) throws(OutOfRange) {
        try OutOfRange.check(share, "churn", in: 0...1)
        self.share = share
    }

    /// 1 − c: the share that stays for another period, 0…1.
    public var retention: Double { 1 - share }

    /// The loss per another unit that leaves as many customers: 1 − (1 − c)^(length of the other / own).
    ///
    /// Compounded, never multiplied: 2 % a month is 21.5 % a year, not 24 %.
    ///
    /// - Returns: relative error below 10⁻¹⁴, also for tiny shares.
    public func converted<Other: TimeUnit>(to unit: Other.Type = Other.self) -> Churn<Other> {
        guard share < 1 else { return Churn<Other>(checked: 1) }
        return Churn<Other>(checked: -expm1(Other.seconds / Period.seconds * log1p(-share)))
    }

    /// The share of customers left after a length of time, (1 − c)ᵗ.
    ///
    /// - Throws: `OutOfRange` naming `time` unless it is from 0 to 10¹² periods.
    public func remaining(after time: Time<Period>) throws(OutOfRange) -> Double {
        try OutOfRange.check(time.value, "time", in: 0...1e12)
        guard share < 1 else { return time.value == 0 ? 1 : 0 }
        return exp(time.value * log1p(-share))
    }

    /// How long until half are gone, ln 2 / −ln(1 − c); nil when nobody ever leaves.
    ///
    /// The same length of time in whatever unit the churn was stated.
    public var halfLife: Time<Period>? {
        guard share < 1 else { return 0 }
        return share > Self.noticeable ? Time(log(2) / -log1p(-share)) : nil
    }

    /// Below this nobody can be said to leave: the mean life would pass all counting.
    private static var noticeable: Double { 1e-300 }

    /// How many periods a customer begins on average, 1/c; nil when nobody ever leaves.
    ///
    /// Whole periods are counted, so the answer depends on the period: 20 % a year gives 5 years, the
    /// same loss stated per month 54.3 months.
    public var meanLife: Time<Period>? { share > Self.noticeable ? Time(1 / share) : nil }

    /// The steady rate of loss that leaves as many, −ln(1 − c) per period; nil when all leave at once.
    public var hazard: Rate<Period>? { share < 1 ? Rate(-log1p(-share)) : nil }

    /// Whether the left is less.
    public static func < (left: Self, right: Self) -> Bool { left.share < right.share }

    private init(checked share: Double) { self.share = min(max(share, 0), 1) }
}

extension Churn {
    /// The inverse of `halfLife`: the churn at which half are gone after the given time.
    ///
    /// "Half of them leave in five years" is 12.9 % a year.
    ///
    /// - Throws: `OutOfRange` naming `half` unless it is from 10⁻⁶ to 10¹² periods.
    public init(halvingIn half: Time<Period>) throws(OutOfRange) {
        try OutOfRange.check(half.value, "half", in: 1e-6...1e12)
        self.init(checked: -expm1(-log(2) / half.value))
    }
}
