/// How many would recommend us warmly, how many are content, and how many would warn others.
///
/// On the scale from 0 to 10: promoters answer 9 or 10, passives 7 or 8, detractors 0 to 6.
/// Source: F. F. Reichheld, 2003, *Harvard Business Review* 81(12), 46–54.
public struct PromoterCounts: Sendable, Hashable {
    /// Each 0 to 10¹².
    public let promoters, passives, detractors: Int

    /// Everyone who answered.
    public var total: Int { promoters + passives + detractors }

    /// - Throws: `OutOfRange` naming `promoters`, `passives` or `detractors`.
    public init(promoters: Int, passives: Int, detractors: Int) throws(OutOfRange) {
        try OutOfRange.check(count: promoters, "promoters")
        try OutOfRange.check(count: passives, "passives")
        try OutOfRange.check(count: detractors, "detractors")
        self.promoters = promoters
        self.passives = passives
        self.detractors = detractors
    }

    /// Counts the answers to "how likely are you to recommend us?".
    ///
    /// - Parameters:
    ///   - tally: the answers with the scale they were asked on.
    ///   - mapping: how another scale than 0 to 10 is to be read; the choice belongs beside the score.
    /// - Throws: `ScoreRefusal.needsMapping` for any other scale without a mapping, `.mappingDoesNotFit`,
    ///   `.outOfRange` when a group holds more than 10¹² answers.
    public init(_ tally: ScoreTally, mapping: PromoterMapping? = nil) throws(ScoreRefusal) {
        guard let rule = mapping ?? (tally.scale == 0...10 ? .sameNumbers : nil) else {
            throw .needsMapping(tally.scale)
        }
        let cut = try rule.cut(of: tally.scale)
        let promoters = tally.count(in: cut.promotersFrom...tally.scale.upperBound)
        let passives = tally.count(in: cut.passivesFrom...tally.scale.upperBound) - promoters
        let detractors = tally.total - promoters - passives
        self = try refusing { () throws(OutOfRange) in
            try PromoterCounts(promoters: promoters, passives: passives, detractors: detractors)
        }
    }
}

/// How answers from another scale than 0 to 10 are read as promoters, passives and detractors.
///
/// None of them makes the scores comparable with scores from a real 0-to-10 question: people use the ends
/// of a scale, so moving an end moves the answers. Say which rule was used wherever the score is shown.
public enum PromoterMapping: Sendable, Hashable {
    /// Numbers keep their meaning: 9 and 10, 7 and 8, the rest. For scales that end at 10, such as 1 to 10.
    case sameNumbers
    /// The scale is stretched evenly over 0 to 10 and rounded to the nearest score, halves upwards: of 1 to
    /// 5, the 5 promotes, the 4 is passive; of 1 to 7, the 7 promotes, 5 and 6 are passive.
    case stretched
    /// Promoters answer `promotersFrom` or more, passives `passivesFrom` or more, on the stated scale.
    case cut(passivesFrom: Int, promotersFrom: Int)

    /// The lowest score of passives and of promoters.
    func cut(of scale: ClosedRange<Int>) throws(ScoreRefusal) -> (passivesFrom: Int, promotersFrom: Int) {
        switch self {
        case .sameNumbers:
            guard scale.upperBound == 10, scale.lowerBound < 7 else { throw .mappingDoesNotFit(scale) }
            return (7, 9)
        case .stretched:
            // Stretched and rounded, a score reaches 7 from 6.5 and 9 from 8.5 tenths of the span.
            let span = scale.upperBound - scale.lowerBound
            return (scale.lowerBound + (13 * span + 19) / 20, scale.lowerBound + (17 * span + 19) / 20)
        case .cut(let passivesFrom, let promotersFrom):
            let isOrdered = scale.lowerBound < passivesFrom && passivesFrom < promotersFrom
            guard isOrdered, promotersFrom <= scale.upperBound else { throw .mappingDoesNotFit(scale) }
            return (passivesFrom, promotersFrom)
        }
    }
}
