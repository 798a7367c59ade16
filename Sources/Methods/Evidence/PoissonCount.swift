/// What a count of things that happen now and then says of how many to expect: 3 complaints could well
/// be the luck of a year that deserved 8.
///
/// The exact interval of a Poisson mean: quantiles of Gamma(k, 1) and Gamma(k + 1, 1).
///
/// Accuracy of both ends: 10⁻¹² relative. Source: F. Garwood, 1936, *Biometrika* 28, 437–442.
public struct PoissonCount: Sendable, Equatable {
    /// How often it happened.
    public let count: Int
    /// How surely the interval holds the mean, above 0 and below 1.
    public let confidence: Double
    /// The ends of the expected count over the same time; 0 ≤ lower ≤ count ≤ upper.
    public let lower, upper: Double

    /// - Throws: `OutOfRange` naming `count` (0 to 10¹²) or `confidence`.
    public init(_ count: Int, confidence: Double = 0.95) throws(OutOfRange) {
        try OutOfRange.check(count: count, "count")
        let mass = try massOutside(confidence: confidence)
        let observed = Double(count)
        self.count = count
        self.confidence = confidence
        let low = count == 0 ? 0 : GammaDistribution(checked: observed).quantile(below: mass)
        lower = min(observed, low)
        upper = max(observed, GammaDistribution(checked: observed + 1).quantile(above: mass))
    }

    /// The rate at which it happens, with its interval, when the count was taken over a length of time.
    ///
    /// - Throws: `OutOfRange` naming `time` unless it is from 10⁻⁹ to 10¹⁵ of its unit.
    public func rate<Unit: TimeUnit>(over time: Time<Unit>) throws(OutOfRange) -> RateEstimate<Unit> {
        try OutOfRange.check(time.value, "time", in: 1e-9...1e15)
        return RateEstimate(
            rate: Rate(Double(count) / time.value), lower: Rate(lower / time.value),
            upper: Rate(upper / time.value), confidence: confidence)
    }
}

/// A rate with the range it credibly lies in.
public struct RateEstimate<Unit: TimeUnit>: Sendable, Equatable {
    /// The count divided by the time.
    public let rate: Rate<Unit>
    /// The ends of the interval, lower ≤ rate ≤ upper.
    public let lower, upper: Rate<Unit>
    /// How surely the interval holds the true rate, above 0 and below 1.
    public let confidence: Double
}
