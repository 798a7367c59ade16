/// A share with an interval that is never too narrow: the exact one of Clopper and Pearson.
///
/// Its ends are the shares at which so many successes, or so few, would happen with a chance of
/// (1 − confidence)/2: quantiles of Beta(k, n − k + 1) and Beta(k + 1, n − k). Wider than `wilson`, whose
/// coverage is right on average; use it where a promise must hold, such as a defect rate in an audit.
///
/// Accuracy of both ends: 10⁻¹⁰ relative. Source: C. J. Clopper & E. S. Pearson, 1934, *Biometrika* 26,
/// 404–413.
public struct ExactShare: Sendable, Equatable {
    /// The share observed, 0…1.
    public let share: Double
    /// The ends, 0 ≤ lower ≤ share ≤ upper ≤ 1.
    public let lower, upper: Double

    /// Both ends as a range of shares.
    public var range: ClosedRange<Double> { lower...upper }

    /// - Throws: `OutOfRange` naming `total` when it is 0, or `confidence`.
    public init(_ count: ShareCount, confidence: Double = 0.95) throws(OutOfRange) {
        guard let share = count.share else {
            throw OutOfRange(input: "total", value: 0, allowed: "1 or more")
        }
        let mass = try massOutside(confidence: confidence)
        let odds = exactLogOdds(count.successes, of: count.total, massOutside: mass)
        self.share = share
        lower = odds.lower.map { min(share, 1 / (1 + exp(-$0))) } ?? 0
        upper = odds.upper.map { max(share, 1 / (1 + exp(-$0))) } ?? 1
    }
}

/// The ends of the exact interval of a share as logarithms of odds; nil where a share of 0 or 1 is meant.
func exactLogOdds(
    _ successes: Int, of total: Int, massOutside mass: Double
) -> (lower: Double?, upper: Double?) {
    let count = Double(successes)
    let others = Double(total - successes)
    let lower = successes == 0 ? nil : betaLogOdds(count, others + 1, below: mass)
    let upper = successes == total ? nil : -betaLogOdds(others, count + 1, below: mass)
    return (lower, upper)
}
