/// All that the models of repeat purchase need to know of one customer: how often, how recently, how long.
///
/// Three numbers in one unit of time, counted from the customer's first purchase: x repeat purchases, the
/// last of them at tₓ, watched until T. In the models' own terms (x, tₓ, T). Several purchases on one day are
/// one purchase; `PurchaseDays` merges them and does the subtraction.
public struct PurchaseHistory<Unit: TimeUnit>: Sendable, Hashable {
    /// x: purchases after the first, 0 to 1,000,000.
    public let repeats: Int
    /// tₓ: from the first to the last purchase; zero without a repeat, and never beyond `observed`.
    public let last: Time<Unit>
    /// T: from the first purchase to the end of observation, 0 to 10⁹.
    public let observed: Time<Unit>

    /// - Throws: `OutOfRange` naming `repeats`, `last` or `observed`.
    public init(repeats: Int, last: Time<Unit>, observed: Time<Unit>) throws(OutOfRange) {
        guard (0...1_000_000).contains(repeats) else {
            throw OutOfRange(input: "repeats", value: Double(repeats), allowed: "from 0 to 1000000")
        }
        try OutOfRange.check(observed.value, "observed", in: 0...1e9)
        let latest = repeats == 0 ? 0 : observed.value
        try OutOfRange.check(last.value, "last", in: 0...latest)
        self.init(checked: repeats, last.value, observed.value)
    }

    /// For callers inside the module whose numbers are known to be in order; turns −0 into 0.
    init(checked repeats: Int, _ last: Double, _ observed: Double) {
        self.repeats = repeats
        self.last = Time(last + 0)
        self.observed = Time(observed + 0)
    }

    /// Someone who has just bought for the first time.
    public static var new: Self { Self(checked: 0, 0, 0) }

    /// The same history counted in another unit.
    public func converted<Other: TimeUnit>(to unit: Other.Type = Other.self) -> PurchaseHistory<Other> {
        let last: Time<Other> = last.converted()
        let observed: Time<Other> = observed.converted()
        // Rounding is monotone, so the order of the two survives.
        return PurchaseHistory<Other>(checked: repeats, last.value, observed.value)
    }
}

extension PurchaseHistory: Comparable {
    /// Fewer repeats first, then the earlier last purchase, then the shorter watch.
    public static func < (left: Self, right: Self) -> Bool {
        if left.repeats != right.repeats { return left.repeats < right.repeats }
        if left.last != right.last { return left.last < right.last }
        return left.observed < right.observed
    }
}
