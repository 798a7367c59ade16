public import Kernel
public import Methods

/// A net promoter score with its counts; no score where nobody answered.
public struct NPSReading: Sendable, Equatable {
    public let counts: PromoterCounts
    public let score: NetPromoterScore?

    /// How often each score from 0 to 10 was given.
    init(_ scores: [Int]) throws {
        counts = try PromoterCounts(ScoreTally(counts: scores, scale: AnswerScale.standard.range))
        score = counts.total > 0 ? try NetPromoterScore(counts) : nil
    }

    /// The score, where there are answers enough for one.
    public var shown: NetPromoterScore? { score.flatMap { $0.isShowable ? $0 : nil } }

    func count(of part: Answer.Part) -> Int {
        switch part {
        case .promoter: counts.promoters
        case .passive: counts.passives
        case .detractor: counts.detractors
        }
    }
}

/// The answers of one source, event, number of visits or attribute.
public struct NPSGroup: Sendable, Equatable {
    /// As it is kept: the first number of a band of visits, else the words themselves.
    public let value: String
    public let reading: NPSReading
}

/// A quarter, and what changed against the one before it.
public struct NPSQuarter: Sendable, Equatable {
    public let days: ClosedRange<LocalDate>
    public let reading: NPSReading
    /// Nil where this quarter or the one before has too few answers.
    public let change: ScoreChange?

    public var year: Int { days.lowerBound.civil.year }
    public var number: Int { (days.lowerBound.civil.month + 2) / 3 }
}

/// One level of today's customers: how many there are, and what those said who answered.
public struct NPSLevel: Sendable, Equatable {
    public let level: Level
    public let people: Int
    public let counts: PromoterCounts
}

/// Who answered, level by level, against everybody on it, as the job counted them.
public struct NPSMix: Sendable, Equatable {
    public let levels: [NPSLevel]
    public let answers: ClosedRange<LocalDate>
    public let levelWindow: ClosedRange<LocalDate>
    public let computedAt: Instant
    /// People who answered and never bought or told others: on no level.
    public let prospects: Int

    /// Nil where there is nobody on any level.
    public var responses: ResponseMix? {
        let counts = levels.compactMap { level in
            (try? ShareCount(level.counts.total, of: level.people)).map { (level.level.rawValue, $0) }
        }
        guard counts.count == levels.count else { return nil }
        return try? ResponseMix(counts)
    }

    /// Each level by its part of the base; the refusal says which level nobody answered on.
    public func weighted() throws(ScoreRefusal) -> WeightedScore {
        try WeightedScore(
            levels.map { LevelAnswers($0.level.rawValue, people: $0.people, counts: $0.counts) })
    }

    /// Those counted here, one answer each.
    public var raw: NetPromoterScore? {
        let sums = levels.map(\.counts).reduce(into: (0, 0, 0)) { sum, counts in
            sum = (sum.0 + counts.promoters, sum.1 + counts.passives, sum.2 + counts.detractors)
        }
        let counts = try? PromoterCounts(promoters: sums.0, passives: sums.1, detractors: sums.2)
        return counts.flatMap { try? NetPromoterScore($0) }
    }

    /// Whether the levels did not answer alike, at one in twenty.
    public var differs: Bool { responses.map { $0.test.pValue < 0.05 } ?? false }
}

/// The net promoter score of a window, and what stands beside it.
public struct NPSReport: Sendable, Equatable {
    public let window: ClosedRange<LocalDate>
    /// The trailing 12 months that end on the day of the last answer.
    public let standard: ClosedRange<LocalDate>
    public let about: Answer.About
    /// How many answers of the window are about us, and how many about one contact.
    public let totals: [Answer.About: Int]
    public let reading: NPSReading
    /// How often each score from 0 to 10 was given.
    public let scores: [Int]
    public let quarters: [NPSQuarter]
    public let sources: [NPSGroup]
    public let events: [NPSGroup]
    public let visits: [NPSGroup]
    public let attributes: [NPSGroup]
    /// Answers given on another scale, by scale and the way it was read.
    public let mapped: [NPSGroup]
    public let mix: NPSMix?

    public var isEmpty: Bool { totals.values.allSatisfy { $0 == 0 } }
}
