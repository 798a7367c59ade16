/// How much one customer's repeat purchases were worth: how many, and their mean.
///
/// The first purchase is left out, as in the calibration of the model; so is whoever never came back.
public struct SpendHistory: Sendable, Hashable, Comparable {
    /// x: repeat purchases, 1 to 1,000,000.
    public let repeats: Int
    /// z̄: their mean value, above zero and at most 10¹⁵ minor units.
    public let mean: Amount

    /// - Throws: `OutOfRange` naming `repeats` or `mean`.
    public init(repeats: Int, mean: Amount) throws(OutOfRange) {
        guard (1...1_000_000).contains(repeats) else {
            throw OutOfRange(input: "repeats", value: Double(repeats), allowed: "from 1 to 1000000")
        }
        guard mean.minorUnits > 0, mean.minorUnits <= 1e15 else {
            throw OutOfRange(input: "mean", value: mean.minorUnits, allowed: "above 0, up to 10¹⁵")
        }
        self.repeats = repeats
        self.mean = mean
    }

    /// Fewer repeats first, then the smaller mean.
    public static func < (left: Self, right: Self) -> Bool {
        left.repeats != right.repeats ? left.repeats < right.repeats : left.mean < right.mean
    }
}
