/// How long callers are ready to wait, estimated from those who hung up and those who did not.
///
/// Who is answered after 40 seconds was ready to wait 40 seconds and more: their patience is censored, not
/// missing. With exponential patience the maximum-likelihood mean is the waiting time of *all* callers over
/// the number who hung up. The mean wait of those who hung up is far too short: only the least patient are
/// among them.
///
/// The interval takes the number who hung up as Poisson (Garwood 1936): total wait over half the χ² quantiles
/// with 2d + 2 and 2d degrees of freedom.
public struct Patience: Sendable, Equatable {
    /// What all callers waited, added up.
    public let totalWait: Time<Seconds>
    /// How many hung up.
    public let abandoned: Int
    /// The estimate; nil where nobody hung up, and nothing but a lower bound is known.
    public let mean: Time<Seconds>?
    /// The shortest mean patience that is credible.
    public let lower: Time<Seconds>
    /// The longest mean patience that is credible; nil (no bound) where nobody hung up.
    public let upper: Time<Seconds>?

    /// - Parameters:
    ///   - totalWait: the waiting of everybody, answered or not; above 0, up to 10¹⁵ seconds.
    ///   - abandoned: 0 to 10¹².
    ///   - confidence: how sure the interval is to hold the truth, above 0 and below 1.
    /// - Throws: `OutOfRange` naming the input.
    public init(
        totalWait: Time<Seconds>, abandoned: Int, confidence: Double = 0.95
    ) throws(OutOfRange) {
        try OutOfRange.check(totalWait.value, "totalWait", in: 1e-9...1e15)
        try OutOfRange.check(count: abandoned, "abandoned")
        try OutOfRange.check(inside: confidence, "confidence")
        let side = (1 - confidence) / 2
        let many = GammaDistribution(checked: Double(abandoned) + 1).quantile(above: side)
        self.totalWait = totalWait
        self.abandoned = abandoned
        lower = Time(totalWait.value / many)
        guard abandoned > 0 else {
            mean = nil
            upper = nil
            return
        }
        let few = GammaDistribution(checked: Double(abandoned)).quantile(below: side)
        mean = Time(totalWait.value / Double(abandoned))
        upper = Time(totalWait.value / few)
    }

    /// From every single wait.
    ///
    /// - Parameters:
    ///   - confidence: how often such ranges hold the truth, above 0 and below 1.
    ///   - answered: the waits of those who were answered, 0 for at once.
    ///   - abandoned: the waits of those who hung up.
    /// - Throws: `OutOfRange` naming a negative or unbounded wait, or `totalWait` when nobody waited.
    public init(
        answered: [Time<Seconds>], abandoned: [Time<Seconds>], confidence: Double = 0.95
    ) throws(OutOfRange) {
        var total = 0.0
        for wait in answered {
            try OutOfRange.check(wait.value, "a wait in answered", in: 0...1e12)
            total += wait.value
        }
        for wait in abandoned {
            try OutOfRange.check(wait.value, "a wait in abandoned", in: 0...1e12)
            total += wait.value
        }
        try self.init(totalWait: Time(total), abandoned: abandoned.count, confidence: confidence)
    }
}
