/// The share of satisfied customers: those who answer 4 or 5 on a scale from 1 to 5 ("top two boxes").
public struct CustomerSatisfaction: Sendable, Equatable {
    /// The scale of the question, 1 (very dissatisfied) to 5 (very satisfied).
    public static let scale = 1...5

    /// The answers themselves.
    public let tally: ScoreTally
    /// How many answered 4 or 5.
    public let satisfied: Int
    /// Their share, 0…1, with its Wilson interval.
    public let share: WilsonInterval
    /// The mean answer, 1…5. It hides the unhappy: show the share.
    public let mean: Double

    /// - Parameters:
    ///   - tally: the answers, on the scale from 1 to 5.
    ///   - z: standard normal deviates either side of the share, as for `wilson`.
    /// - Throws: `ScoreRefusal.wrongScale` for answers on any scale but 1 to 5, `.noAnswers`, `.outOfRange`
    ///   naming `z`.
    public init(_ tally: ScoreTally, z: Double = 1.959_963_984_540_054) throws(ScoreRefusal) {
        (share, mean) = try favourable(4...5, of: tally, on: Self.scale, z: z)
        satisfied = tally.count(in: 4...5)
        self.tally = tally
    }

    /// - Throws: as `init(_:z:)`, and `ScoreRefusal.offScale` for a score that is not from 1 to 5.
    public init(scores: some Sequence<Int>) throws(ScoreRefusal) {
        try self.init(ScoreTally(scores, scale: Self.scale))
    }
}

/// The share of answers in a range of scores, and the mean, of a tally that must be on a given scale.
func favourable(
    _ scores: ClosedRange<Int>, of tally: ScoreTally, on scale: ClosedRange<Int>, z: Double
) throws(ScoreRefusal) -> (share: WilsonInterval, mean: Double) {
    guard tally.scale == scale else { throw .wrongScale(tally.scale, wanted: scale) }
    guard let mean = tally.mean else { throw .noAnswers }
    let share = try refusing { () throws(OutOfRange) in
        try wilson(successes: tally.count(in: scores), of: tally.total, z: z)
    }
    return (share, mean)
}
