/// A net promoter score with everything a report must show beside it.
///
/// 100 (p − d) points: p the share of promoters, d of detractors. From −100 to 100, never a percentage.
/// The variance of one answer is p + d − (p − d)², on the scale −1, 0, 1.
///
/// Relational answers (about us, in general) and transactional ones (about one contact) are different
/// questions: count them apart and never add them up.
public struct NetPromoterScore: Sendable, Equatable {
    /// The answers behind the score.
    public let counts: PromoterCounts
    /// The score itself, in points, untouched by the method of the interval.
    public let value: Double
    /// p + d − (p − d)², 0…1.
    public let variance: Double
    /// How the interval was found.
    public let method: ScoreMethod
    /// The range the true score credibly lies in.
    public let interval: ScoreInterval
    /// Under this many answers a report shows counts, no score.
    public let minimumAnswers: Int
    let estimate: ScoreEstimate

    /// - Parameters:
    ///   - counts: one answer or more.
    ///   - method: how the interval is found.
    ///   - confidence: how surely the interval holds the true score, above 0 and below 1.
    ///   - population: how many people could have answered, if that is a known and finite number; the
    ///     interval then is about these people alone.
    ///   - minimumAnswers: a proposal of 30; no law of nature.
    /// - Throws: `OutOfRange` naming `counts.total` when it is 0, `confidence`, `population` when it is less
    ///   than the answers (or above 10¹²) or `minimumAnswers`.
    public init(
        _ counts: PromoterCounts, method: ScoreMethod = .adjustedWald, confidence: Double = 0.95,
        population: Int? = nil, minimumAnswers: Int = 30
    ) throws(OutOfRange) {
        try OutOfRange.check(count: minimumAnswers, "minimumAnswers")
        let remaining = try counts.remaining(of: population)
        let raw = ScoreEstimate(counts, extra: 0)
        self.counts = counts
        self.method = method
        self.minimumAnswers = minimumAnswers
        value = raw.centre
        variance = counts.variance
        estimate = ScoreEstimate(counts, extra: method.extraAnswers, remaining: remaining)
        interval = try estimate.interval(method, confidence: confidence)
    }

    /// What a report may show: the score, or the bare counts while they are few.
    public var reading: ScoreReading {
        counts.total < minimumAnswers ? .counts(counts) : .score(value, interval)
    }
}

/// What may be shown of a score.
public enum ScoreReading: Sendable, Equatable {
    /// In points, and never without its interval.
    case score(Double, ScoreInterval)
    /// Too few answers for a score to mean anything: show who said what.
    case counts(PromoterCounts)
}

extension PromoterCounts {
    /// p + d − (p − d)², 0…1; 0 without answers.
    var variance: Double {
        guard total > 0 else { return 0 }
        let plus = Double(promoters) / Double(total)
        let minus = Double(detractors) / Double(total)
        return max(0, plus + minus - (plus - minus) * (plus - minus))
    }

    /// (N − n)/(N − 1), or 1 for an endless population.
    func remaining(of population: Int?) throws(OutOfRange) -> Double {
        guard total > 0 else {
            throw OutOfRange(input: "counts.total", value: 0, allowed: "1 or more")
        }
        guard let population else { return 1 }
        try OutOfRange.check(count: population, "population", from: total)
        return population == total ? 0 : Double(population - total) / Double(population - 1)
    }

    /// Student's t interval of the answers counted as −1, 0 and 1, as a statistics package gives it.
    ///
    /// The standard error is 100 √(variance/(n − 1)). Of no width when all agree, and it may reach beyond
    /// ±100; for comparison with other tools.
    ///
    /// - Throws: `OutOfRange` naming `counts.total` when it is under 2, or `confidence`.
    public func studentInterval(confidence: Double = 0.95) throws(OutOfRange) -> ScoreInterval {
        let mass = try massOutside(confidence: confidence)
        guard total >= 2 else {
            throw OutOfRange(input: "counts.total", value: Double(total), allowed: "2 or more")
        }
        let degrees = Double(total - 1)
        let centre = ScoreEstimate(self, extra: 0).centre
        let estimate = ScoreEstimate(centre: centre, standardError: 100 * (variance / degrees).squareRoot())
        let deviate = studentDeviate(degrees: degrees, massOutside: mass)
        return ScoreInterval(estimate, deviate: deviate, bounds: nil)
    }
}
