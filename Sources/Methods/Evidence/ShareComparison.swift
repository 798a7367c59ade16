/// Two shares side by side: do advocates hear from us more often than others?
///
/// Everything compares the first with the second; `difference` is the first less the second.
///
/// Sources: the pooled z test as in Fleiss, *Statistical Methods for Rates and Proportions*; the interval
/// of R. G. Newcombe, 1998, *Statistics in Medicine* 17, 873–890 (method 10, from two Wilson intervals);
/// R. A. Fisher's exact test; the rule of W. G. Cochran, 1954, *Biometrics* 10, 417–451.
public struct ShareComparison: Sendable, Equatable {
    /// The two sides, neither of them of nobody.
    public let first, second: ShareCount
    /// The first share less the second, −1…1.
    public let difference: Double
    private let firstShare, secondShare: Double

    /// - Throws: `OutOfRange` naming `first.total` or `second.total` when it is 0.
    public init(_ first: ShareCount, versus second: ShareCount) throws(OutOfRange) {
        guard let firstShare = first.share else {
            throw OutOfRange(input: "first.total", value: 0, allowed: "1 or more")
        }
        guard let secondShare = second.share else {
            throw OutOfRange(input: "second.total", value: 0, allowed: "1 or more")
        }
        self.first = first
        self.second = second
        self.firstShare = firstShare
        self.secondShare = secondShare
        difference = firstShare - secondShare
    }

    /// The z test: difference / √(p̄ (1 − p̄)(1/n₁ + 1/n₂)), p̄ the share of both together.
    ///
    /// For samples large enough; `test(_:)` knows when they are not.
    public var z: ZStatistic {
        let pooled = ShareCount.sum([first, second])
        guard pooled.successes > 0, pooled.successes < pooled.total else { return ZStatistic(nil) }
        let share = pooled.successes / pooled.total
        let spread = share * (1 - share) * (1 / Double(first.total) + 1 / Double(second.total))
        return ZStatistic(difference / spread.squareRoot())
    }

    /// The range the true difference credibly lies in: Newcombe's interval, inside −1…1.
    ///
    /// It holds `difference` and never collapses, also when both shares are 0 or 1.
    ///
    /// - Throws: `OutOfRange` naming `confidence`.
    public func interval(confidence: Double = 0.95) throws(OutOfRange) -> ClosedRange<Double> {
        let deviate = try NormalDistribution.deviate(confidence: confidence)
        let one = try wilson(successes: first.successes, of: first.total, z: deviate)
        let two = try wilson(successes: second.successes, of: second.total, z: deviate)
        let down = length(one.share - one.lower, two.upper - two.share)
        let up = length(one.upper - one.share, two.share - two.lower)
        return max(-1, difference - down)...min(1, difference + up)
    }

    private func length(_ one: Double, _ two: Double) -> Double { (one * one + two * two).squareRoot() }

    /// The smallest of the four counts to be expected if the shares were equal.
    public var leastExpected: Double {
        let pooled = ShareCount.sum([first, second])
        let rarer = min(pooled.successes, pooled.total - pooled.successes)
        return Double(min(first.total, second.total)) / pooled.total * rarer
    }

    /// The test that suits the size: Fisher's exact test where an expected count is under five, else z.
    public func test(_ alternative: Alternative = .twoSided) -> ShareTest {
        guard leastExpected < 5 else {
            return ShareTest(method: .normal, pValue: z.pValue(alternative))
        }
        return ShareTest(method: .exact, pValue: exactPValue(alternative))
    }
}

/// The p-value of a comparison and how it was come by.
public struct ShareTest: Sendable, Equatable {
    /// Where a p-value comes from.
    public enum Method: Sendable {
        /// The z test, a normal approximation.
        case normal
        /// Fisher's exact test.
        case exact
    }

    /// The test that suited the size.
    public let method: Method
    /// 0…1; 1 where nobody or everybody succeeded.
    public let pValue: Double
}
