/// How a score moved between two periods, or differs between two groups, never without its interval.
///
/// z = (difference of the centres) / √(SE₁² + SE₂²), each by the method of its own score. The two sets of
/// answers must come from different people or at least be chosen anew; the same panel asked twice needs a
/// paired test.
public struct ScoreChange: Sendable, Equatable {
    /// The later score less the earlier one as a report shows them, in points, −200…200.
    public let difference: Double
    /// Around the difference of the centres; inside −200…200 unless both methods are plain.
    public let interval: ScoreInterval
    /// Nil only when neither score has any uncertainty: nothing to measure the difference by.
    public let z: Double?
    /// Two-sided, 0…1; nil as `z`.
    public let pValue: Double?
    /// Whether both scores rest on enough answers to be shown at all.
    public let isShowable: Bool

    /// - Throws: `OutOfRange` naming `confidence`.
    public init(
        from earlier: NetPromoterScore, to later: NetPromoterScore, confidence: Double = 0.95
    ) throws(OutOfRange) {
        try self.init(
            (earlier.value, earlier.estimate, earlier.method), (later.value, later.estimate, later.method),
            confidence, isShowable: earlier.isShowable && later.isShowable)
    }

    /// The same for two scores weighted by level.
    ///
    /// - Throws: `OutOfRange` naming `confidence`.
    public init(
        from earlier: WeightedScore, to later: WeightedScore, confidence: Double = 0.95
    ) throws(OutOfRange) {
        try self.init(
            (earlier.value, earlier.estimate, earlier.method), (later.value, later.estimate, later.method),
            confidence, isShowable: earlier.isShowable && later.isShowable)
    }

    private typealias Side = (value: Double, estimate: ScoreEstimate, method: ScoreMethod)

    private init(
        _ earlier: Side, _ later: Side, _ confidence: Double, isShowable: Bool
    ) throws(OutOfRange) {
        let deviate = try NormalDistribution.deviate(confidence: confidence)
        let (one, two) = (earlier.estimate.standardError, later.estimate.standardError)
        let estimate = ScoreEstimate(
            centre: later.estimate.centre - earlier.estimate.centre,
            standardError: (one * one + two * two).squareRoot())
        let isPlain = earlier.method == .wald && later.method == .wald
        difference = later.value - earlier.value
        interval = ScoreInterval(estimate, deviate: deviate, bounds: isPlain ? nil : -200...200)
        z = estimate.standardError > 0 ? estimate.centre / estimate.standardError : nil
        pValue = z.map { erfc(abs($0) / 2.0.squareRoot()) }
        self.isShowable = isShowable
    }
}

extension NetPromoterScore {
    /// Whether there are answers enough for a score to be shown.
    public var isShowable: Bool { counts.total >= minimumAnswers }
}
