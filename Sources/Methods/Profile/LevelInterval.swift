/// The range a level's rate credibly lies in: the whiskers on the picture of a profile.
///
/// The posterior of a Poisson rate after counting n people, with Jeffreys' prior, is Gamma(n + 1/2, 1);
/// the range runs between its (1 − mass)/2 and (1 + mass)/2 quantiles. Exact, also for a count of zero.
public struct LevelInterval: Sendable, Equatable {
    /// The people counted.
    public let count: Int
    /// The probability that the rate lies inside, above 0 and below 1.
    public let mass: Double
    /// People per window.
    public let rate: ClosedRange<Double>

    /// - Throws: `OutOfRange` naming `count` (0 to 10¹²) or `mass`.
    public init(count: Int, mass: Double = 0.95) throws(OutOfRange) {
        try OutOfRange.check(count: count, "count")
        guard mass > 0, mass < 1 else {
            throw OutOfRange(input: "mass", value: mass, allowed: "above 0 and below 1")
        }
        let posterior = GammaDistribution(checked: Double(count) + 0.5)
        let outside = (1 - mass) / 2
        let lower = posterior.quantile(below: outside)
        self.count = count
        self.mass = mass
        rate = lower...max(lower, posterior.quantile(above: outside))
    }
}

/// The credible range of a level's rate in people per window; see `LevelInterval`.
///
/// - Throws: `OutOfRange` naming `count` or `mass`.
public func credibleInterval(count: Int, mass: Double = 0.95) throws(OutOfRange) -> ClosedRange<Double> {
    try LevelInterval(count: count, mass: mass).rate
}
