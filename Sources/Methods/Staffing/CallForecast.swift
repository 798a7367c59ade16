/// How many calls an interval will bring, with the doubt about it.
///
/// Poisson with a known rate; or negative binomial, which is Poisson with a gamma-distributed rate of shape
/// k: mean m, variance m + m²/k. Staff on a quantile of it: the mean is too little every other day.
public struct CallForecast: Sendable, Equatable {
    /// Calls expected.
    public let mean: Double
    /// The shape k of the rate; nil for a rate known exactly.
    public let shape: Double?

    /// - Parameters:
    ///   - mean: 0 to 10⁹.
    ///   - shape: 10⁻³ to 10⁹, or nil for Poisson.
    /// - Throws: `OutOfRange` naming `mean` or `shape`.
    public init(mean: Double, shape: Double?) throws(OutOfRange) {
        try OutOfRange.check(mean, "mean", in: StaffingLimit.calls)
        if let shape { try OutOfRange.check(shape, "shape", in: Self.shapes) }
        self.init(checked: mean, shape: shape)
    }

    /// A forecast whose variance is `ratio` times its mean, for this very interval length.
    ///
    /// - Parameters:
    ///   - mean: 0 to 10⁹.
    ///   - ratio: variance/mean, 1 (Poisson) to 10⁶.
    /// - Throws: `OutOfRange` naming `mean` or `ratio`.
    public init(mean: Double, ratio: Double) throws(OutOfRange) {
        try OutOfRange.check(mean, "mean", in: StaffingLimit.calls)
        try OutOfRange.check(ratio, "ratio", in: 1...1e6)
        self.init(checked: mean, shape: mean / (ratio - 1))
    }

    /// Without uncertainty worth the name the shape is dropped; with nearly nothing but, it is bounded.
    init(checked mean: Double, shape: Double?) {
        self.mean = mean
        self.shape = shape.flatMap { $0 > Self.shapes.upperBound ? nil : max($0, Self.shapes.lowerBound) }
    }

    private static let shapes = 1e-3...1e9

    /// m + m²/k.
    public var variance: Double { mean + (shape.map { mean * mean / $0 } ?? 0) }

    /// Variance over mean, 1 or more; 1 for a mean of 0.
    public var ratio: Double { 1 + (shape.map { mean / $0 } ?? 0) }

    /// The probability of at most `calls` calls, 0…1; 10⁻¹² absolute.
    ///
    /// - Parameter calls: 0 to 10¹².
    /// - Throws: `OutOfRange` naming `calls`.
    public func probability(atMost calls: Int) throws(OutOfRange) -> Double {
        try OutOfRange.check(count: calls, "calls")
        return tails(at: calls).below
    }

    private func tails(at calls: Int) -> Tails {
        guard mean > 0 else { return .allBelow }
        let next = Double(calls) + 1
        guard let shape else {
            let above = GammaDistribution(checked: next).tails(at: mean, offset: mean - next)
            return Tails(below: above.above, above: above.below)
        }
        let total = shape + mean
        return BetaDistribution(checked: shape, next).tails(at: shape / total, complement: mean / total)
    }

    /// The smallest number of calls not exceeded with probability `probability`: 0.8 is the 80th percentile.
    ///
    /// - Parameter probability: above 0 and below 1.
    /// - Throws: `OutOfRange` naming `probability`.
    public func quantile(_ probability: Double) throws(OutOfRange) -> Int {
        try OutOfRange.check(inside: probability, "probability")
        // Past the median the small tail is compared, so that 1 − 10⁻¹⁵ still means something.
        let reaches = { (calls: Int) in
            let tails = tails(at: calls)
            return probability > 0.5 ? tails.above <= 1 - probability : tails.below >= probability
        }
        var enough = Int(mean)
        var step = max(1, Int(sqrt(variance)))
        while enough < OutOfRange.largestCount, !reaches(enough) {
            (enough, step) = (enough + step, step * 2)
        }
        var failing = -1
        step = max(1, Int(sqrt(variance)))
        while enough - step > failing {
            if reaches(enough - step) {
                (enough, step) = (enough - step, step * 2)
            } else {
                failing = enough - step
            }
        }
        while enough - failing > 1 {
            let middle = failing + (enough - failing) / 2
            if reaches(middle) { enough = middle } else { failing = middle }
        }
        return enough
    }
}
