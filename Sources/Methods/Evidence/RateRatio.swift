/// How many times as often something happens here as there: complaints after a fix against before it.
///
/// Given both counts together, the first is binomial with share ρ e₁ / (ρ e₁ + e₂), ρ the true ratio and
/// e the exposures, so test and interval are exact. The two-sided p-value doubles the smaller tail: it is
/// at most 1 − confidence exactly when the interval of that confidence leaves the ratio out. (The other
/// convention, adding up what is no more probable, can contradict its own interval.)
///
/// Accuracy: 10⁻¹⁰ relative. Sources: J. Przyborowski & H. Wilenski, 1940, *Biometrika* 31, 313–323;
/// Clopper & Pearson 1934; on the two-sided p-value M. P. Fay, 2010, *The R Journal* 2(1), 53–58.
public struct RateRatio: Sendable, Equatable {
    /// How often it happened here and there, 0 to 10¹².
    public let first, second: Int
    /// What each count was taken over, in one and the same unit: days, customers, orders. Above 0.
    public let firstExposure, secondExposure: Double

    /// - Throws: `OutOfRange` naming `first` or `second` (0 to 10¹²), `firstExposure` or `secondExposure`
    ///   (10⁻⁹ to 10¹⁵).
    public init(
        _ first: Int, per firstExposure: Double, versus second: Int, per secondExposure: Double
    ) throws(OutOfRange) {
        try OutOfRange.check(count: first, "first")
        try OutOfRange.check(count: second, "second")
        try OutOfRange.check(firstExposure, "firstExposure", in: 1e-9...1e15)
        try OutOfRange.check(secondExposure, "secondExposure", in: 1e-9...1e15)
        self.first = first
        self.second = second
        self.firstExposure = firstExposure
        self.secondExposure = secondExposure
    }

    /// The same for counts over lengths of time, which the compiler keeps in one unit.
    public init<Unit: TimeUnit>(
        _ first: Int, over firstTime: Time<Unit>, versus second: Int, over secondTime: Time<Unit>
    ) throws(OutOfRange) {
        try self.init(first, per: firstTime.value, versus: second, per: secondTime.value)
    }

    /// The first rate divided by the second, 0 or more; nil when the second count is 0.
    public var ratio: Double? {
        second == 0 ? nil : Double(first) / Double(second) * (secondExposure / firstExposure)
    }

    /// The range the true ratio credibly lies in. No upper end when the second count is 0.
    ///
    /// - Throws: `OutOfRange` naming `confidence`.
    public func interval(confidence: Double = 0.95) throws(OutOfRange) -> RatioInterval {
        let mass = try massOutside(confidence: confidence)
        let odds = exactLogOdds(first, of: first + second, massOutside: mass)
        let scale = secondExposure / firstExposure
        return RatioInterval(
            lower: odds.lower.map { exp($0) * scale } ?? 0,
            upper: second == 0 ? nil : odds.upper.map { exp($0) * scale })
    }

    /// How surprising the counts are if the true ratio is `ratio`, 0…1; 1 when nothing happened at all.
    ///
    /// - Throws: `OutOfRange` naming `ratio` unless it is from 10⁻⁹ to 10⁹.
    public func pValue(
        _ alternative: Alternative = .twoSided, ratio: Double = 1
    ) throws(OutOfRange) -> Double {
        try OutOfRange.check(ratio, "ratio", in: 1e-9...1e9)
        let odds = ratio * firstExposure / secondExposure
        let (share, rest) = (odds / (1 + odds), 1 / (1 + odds))
        let atLeast = Self.atLeast(first, against: second, share, rest)
        let atMost = Self.atLeast(second, against: first, rest, share)
        return switch alternative {
        case .twoSided: min(1, 2 * min(atLeast, atMost))
        case .greater: atLeast
        case .less: atMost
        }
    }

    /// P(X ≥ count) for X binomial out of count + others.
    private static func atLeast(
        _ count: Int, against others: Int, _ share: Double, _ rest: Double
    ) -> Double {
        guard count > 0 else { return 1 }
        return BetaDistribution(checked: Double(count), Double(others) + 1)
            .tails(at: share, complement: rest).below
    }
}

/// The ends of the interval of a ratio.
public struct RatioInterval: Sendable, Equatable {
    /// 0 or more.
    public let lower: Double
    /// Nil when nothing was counted to divide by, so that no ratio is too large.
    public let upper: Double?

    /// Whether the interval holds a ratio.
    public func contains(_ ratio: Double) -> Bool { ratio >= lower && upper.map { ratio <= $0 } ?? true }
}
