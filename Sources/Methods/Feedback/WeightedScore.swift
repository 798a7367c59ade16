/// One level of customers, how many there are and what those who answered said.
public struct LevelAnswers: Sendable, Hashable {
    /// As reports call it.
    public let name: String
    /// Everyone on the level, answered or not, 0 to 10¹².
    public let people: Int
    /// What those who answered said, no more of them than `people`.
    public let counts: PromoterCounts

    /// Takes any figures; what uses them checks them.
    public init(_ name: String, people: Int, counts: PromoterCounts) {
        self.name = name
        self.people = people
        self.counts = counts
    }
}

/// A net promoter score of the whole base although its levels did not answer alike.
///
/// Post-stratified: Σ W NPS over the levels, W a level's part of the base. Advocates answer more readily
/// than others, so the raw score flatters; this takes the difference *between* levels out. It cannot
/// take out that the contented of one level answer more readily than the rest of it.
///
/// Variance Σ W² varᵢ/nᵢ, given how many answered on each level (D. Holt & T. M. F. Smith, 1979, *Journal of
/// the Royal Statistical Society A* 142, 33–46). The adjusted method spreads its three extra answers over
/// the levels in proportion to W; with one level it is `NetPromoterScore`.
public struct WeightedScore: Sendable, Equatable {
    /// In the order given.
    public let levels: [LevelAnswers]
    /// The weighted score in points, −100…100.
    public let value: Double
    /// How the interval was found.
    public let method: ScoreMethod
    /// The range the score of the whole base credibly lies in.
    public let interval: ScoreInterval
    /// How much the score moves by weighting, in points: weighted less raw.
    public let correction: Double
    /// Under this many answers in all a report shows counts, no score.
    public let minimumAnswers: Int
    let estimate: ScoreEstimate

    /// Whether there are answers enough for a score to be shown.
    public var isShowable: Bool { levels.reduce(0) { $0 + $1.counts.total } >= minimumAnswers }

    /// - Parameters:
    ///   - levels: in any order, up to 1,000; a level of nobody is passed over.
    ///   - method: how the interval is found.
    ///   - confidence: how surely the interval holds the score of the base, above 0 and below 1.
    ///   - isFinite: whether the interval is about exactly these people, so that it closes as the last of
    ///     them answer. Without it, about what such people say in general.
    ///   - minimumAnswers: under so many answers in all, no score is shown.
    /// - Throws: `ScoreRefusal.noAnswers`, `.levelWithoutAnswers`, or `.outOfRange` naming `levels`,
    ///   `people`, `confidence` or `minimumAnswers`.
    public init(
        _ levels: [LevelAnswers], method: ScoreMethod = .adjustedWald, confidence: Double = 0.95,
        isFinite: Bool = false, minimumAnswers: Int = 30
    ) throws(ScoreRefusal) {
        let everyone = try Self.check(levels, minimumAnswers)
        let sums = try refusing { () throws(OutOfRange) in
            try Self.sums(levels, of: everyone, extra: method.extraAnswers, isFinite: isFinite)
        }
        self.levels = levels
        self.method = method
        self.minimumAnswers = minimumAnswers
        value = sums.value
        estimate = sums.estimate
        correction = sums.value - Self.raw(levels)
        interval = try refusing { () throws(OutOfRange) in
            try sums.estimate.interval(method, confidence: confidence)
        }
    }

    /// The raw and the estimated score of the base, each level by its part of it.
    private static func sums(
        _ levels: [LevelAnswers], of everyone: Double, extra: Double, isFinite: Bool
    ) throws(OutOfRange) -> (value: Double, estimate: ScoreEstimate) {
        var value = 0.0
        var centre = 0.0
        var variance = 0.0
        for level in levels where level.people > 0 {
            let weight = Double(level.people) / everyone
            let left = try level.counts.remaining(of: isFinite ? level.people : nil)
            let part = ScoreEstimate(level.counts, extra: extra * weight, remaining: left)
            value += weight * ScoreEstimate(level.counts, extra: 0).centre
            centre += weight * part.centre
            variance += weight * weight * part.standardError * part.standardError
        }
        return (value, ScoreEstimate(centre: centre, standardError: variance.squareRoot()))
    }

    /// Checks the levels and counts everyone on them.
    private static func check(
        _ levels: [LevelAnswers], _ minimumAnswers: Int
    ) throws(ScoreRefusal) -> Double {
        try refusing { () throws(OutOfRange) in
            try OutOfRange.check(count: minimumAnswers, "minimumAnswers")
            guard levels.count <= 1000 else {
                throw OutOfRange(input: "levels", value: Double(levels.count), allowed: "at most 1000")
            }
            for level in levels {
                try OutOfRange.check(count: level.people, "people", from: level.counts.total)
            }
        }
        guard levels.contains(where: { $0.counts.total > 0 }) else { throw .noAnswers }
        for level in levels where level.people > 0 && level.counts.total == 0 {
            throw .levelWithoutAnswers(level.name)
        }
        return levels.reduce(0) { $0 + Double($1.people) }
    }

    /// The score of all answers thrown together, in points.
    private static func raw(_ levels: [LevelAnswers]) -> Double {
        var net = 0.0
        var total = 0.0
        for level in levels {
            net += Double(level.counts.promoters) - Double(level.counts.detractors)
            total += Double(level.counts.total)
        }
        return 100 * net / total
    }
}
