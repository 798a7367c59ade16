/// Whether several groups could all have the same share: Pearson's chi-square.
///
/// χ² = Σ (kᵢ − nᵢ p̄)² / (nᵢ p̄ (1 − p̄)) over the groups that hold anyone, one degree of freedom fewer
/// than those groups. For an order among the groups ask `TrendTest`, which sees it sooner.
public struct HomogeneityTest: Sendable, Equatable {
    /// 0 or more; nil when nothing varies (nobody or everybody succeeded, or fewer than two groups).
    public let chiSquare: Double?
    /// Groups that hold anyone, less one; 0 when there is nothing to compare.
    public let degrees: Int
    /// 0…1; 1 when nothing varies.
    public let pValue: Double
    /// The smallest count to be expected in any cell; nil when nothing varies. Under 5, distrust the
    /// p-value and merge groups (Cochran 1954).
    public let leastExpected: Double?

    /// - Parameter groups: in any order; a group of nobody says nothing and does no harm.
    public init(_ groups: [ShareCount]) {
        let held = groups.filter { $0.total > 0 }
        let (successes, total) = ShareCount.sum(held)
        degrees = max(0, held.count - 1)
        guard degrees > 0, successes > 0, successes < total else {
            (chiSquare, pValue, leastExpected) = (nil, 1, nil)
            return
        }
        let share = successes / total
        var sum = 0.0
        var least = Double.infinity
        for group in held {
            let expected = Double(group.total) * share
            let excess = Double(group.successes) - expected
            sum += excess * excess / (expected * (1 - share))
            least = min(least, expected, Double(group.total) - expected)
        }
        chiSquare = sum
        pValue = upperChiSquare(sum, degrees: degrees)
        leastExpected = least
    }
}

/// P(χ² > x); 1 for no degrees of freedom. `x` must be 0 or more.
func upperChiSquare(_ x: Double, degrees: Int) -> Double {
    guard degrees > 0 else { return 1 }
    let shape = Double(degrees) / 2
    return GammaDistribution(checked: shape).tails(at: x / 2, offset: x / 2 - shape).above
}
