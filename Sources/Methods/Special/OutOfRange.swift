/// An input for which the question has no answer: which one it is, what it was, what it may be.
///
/// Thrown instead of ever returning a NaN, so a report can say what is wrong in words.
public struct OutOfRange: Error, Equatable, CustomStringConvertible {
    /// The input's name as the caller wrote it, such as `levels.repeating`.
    public let input: String
    /// What was given.
    public let value: Double
    /// What would have been accepted, in words.
    public let allowed: String

    /// For functions of one's own that keep the same manners.
    public init(input: String, value: Double, allowed: String) {
        self.input = input
        self.value = value
        self.allowed = allowed
    }

    public var description: String { "\(input) is \(value), but must be \(allowed)" }
}

extension OutOfRange {
    /// The most people any one count may hold. Sums of a great many such counts still fit an `Int`.
    static let largestCount = 1_000_000_000_000

    /// Passes a count of people or days, refusing negative and absurd ones.
    static func check(count: Int, _ input: String, from least: Int = 0) throws(OutOfRange) {
        guard count < least || count > largestCount else { return }
        throw OutOfRange(input: input, value: Double(count), allowed: "from \(least) to \(largestCount)")
    }

    /// Passes a number inside a closed range; NaN is outside every range.
    static func check(
        _ value: Double, _ input: String, in range: ClosedRange<Double>
    ) throws(OutOfRange) {
        guard !range.contains(value) else { return }
        let allowed = "from \(range.lowerBound) to \(range.upperBound)"
        throw OutOfRange(input: input, value: value, allowed: allowed)
    }
}
