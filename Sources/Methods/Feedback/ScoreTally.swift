/// How often each score was given, with the scale it was asked on.
///
/// The scale is always stated by the caller: from 1-to-10 answers alone nobody can tell that they are not
/// 0-to-10 answers from people in a good mood.
public struct ScoreTally: Sendable, Hashable {
    /// The scale as the question showed it, such as `0...10`.
    public let scale: ClosedRange<Int>
    /// How often each score was given, from the bottom of the scale.
    public let counts: [Int]
    /// All answers.
    public let total: Int

    /// - Parameters:
    ///   - scores: one per answer, in any order; blanks left out.
    ///   - scale: within −1000…1000, at least two steps.
    /// - Throws: `ScoreRefusal.offScale` for a score outside the scale, `.outOfRange` naming `scale`.
    public init(_ scores: some Sequence<Int>, scale: ClosedRange<Int>) throws(ScoreRefusal) {
        try Self.check(scale)
        var counts = [Int](repeating: 0, count: scale.count)
        for score in scores {
            guard scale.contains(score) else { throw .offScale(score: score, scale: scale) }
            counts[score - scale.lowerBound] += 1
        }
        self.scale = scale
        self.counts = counts
        total = counts.reduce(0, +)
    }

    /// The same from counts per score, from the bottom of the scale.
    ///
    /// - Throws: `ScoreRefusal.outOfRange` naming `scale`, `counts.count` or `counts` (0 to 10¹² each).
    public init(counts: [Int], scale: ClosedRange<Int>) throws(ScoreRefusal) {
        try Self.check(scale)
        guard counts.count == scale.count else {
            let given = Double(counts.count)
            throw .outOfRange(OutOfRange(input: "counts.count", value: given, allowed: "\(scale.count)"))
        }
        try refusing { () throws(OutOfRange) in
            for count in counts { try OutOfRange.check(count: count, "counts") }
        }
        self.scale = scale
        self.counts = counts
        total = counts.reduce(0, +)
    }

    private static func check(_ scale: ClosedRange<Int>) throws(ScoreRefusal) {
        let allowed = -1000...1000
        guard allowed.contains(scale.lowerBound), allowed.contains(scale.upperBound),
            scale.lowerBound < scale.upperBound
        else {
            let end = Double(scale.upperBound)
            throw .outOfRange(
                OutOfRange(input: "scale", value: end, allowed: "two steps or more within -1000 to 1000"))
        }
    }

    /// The mean score, on the scale; nil without answers.
    public var mean: Double? {
        guard total > 0 else { return nil }
        var sum = 0.0
        for (score, count) in zip(scale, counts) { sum += Double(score) * Double(count) }
        return sum / Double(total)
    }

    /// How many answers lie in a range of scores.
    public func count(in scores: ClosedRange<Int>) -> Int {
        guard scores.overlaps(scale) else { return 0 }
        let inside = scores.clamped(to: scale)
        return counts[(inside.lowerBound - scale.lowerBound)...(inside.upperBound - scale.lowerBound)]
            .reduce(0, +)
    }

    /// Whether the answers look as if the scale began one step higher than stated: nobody chose its lowest
    /// score although the one above was chosen five times or more.
    ///
    /// If both were equally likely that would happen once in 32 times or less, and on a 0-to-10 question
    /// the angry choose 0 rather than 1. A reason to look at the question, no proof.
    public var doubtsScale: Bool { counts[0] == 0 && counts[1] >= 5 }
}

/// Runs a check and turns its error into a refusal.
func refusing<Value>(_ check: () throws(OutOfRange) -> Value) throws(ScoreRefusal) -> Value {
    do { return try check() } catch { throw .outOfRange(error) }
}
