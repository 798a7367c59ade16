/// A version of the effort question. Versions differ in scale and in direction, so a figure carries its
/// version in its type and the compiler keeps one from being compared with the other.
public protocol EffortVersion: Sendable {
    /// The name to store beside every answer.
    static var name: String { get }
    /// The scale of the question.
    static var scale: ClosedRange<Int> { get }
    /// The answers that speak well of us.
    static var favourable: ClosedRange<Int> { get }
    /// Whether a high answer is a bad one.
    static var isReversed: Bool { get }
}

/// CES 1.0: "How much effort did you personally have to put forth to handle your request?", 1 (very low) to
/// 5 (very high). Low is good.
///
/// Source: M. Dixon, K. Freeman & N. Toman, 2010, *Harvard Business Review* 88(7/8), 116–122.
public enum CES1: EffortVersion {
    public static let name = "CES 1.0"
    public static let scale = 1...5
    public static let favourable = 1...2
    public static let isReversed = true
}

/// CES 2.0: "The company made it easy for me to handle my issue", 1 (strongly disagree) to 7 (strongly
/// agree). High is good.
///
/// Source: CEB (Corporate Executive Board), 2013.
public enum CES2: EffortVersion {
    public static let name = "CES 2.0"
    public static let scale = 1...7
    public static let favourable = 5...7
    public static let isReversed = false
}

/// How easy we make it for customers, in one version of the question.
public struct CustomerEffort<Version: EffortVersion>: Sendable, Equatable {
    /// The answers themselves.
    public let tally: ScoreTally
    /// The mean answer on the version's own scale; for CES 1.0 low is good.
    public let mean: Double
    /// The share of favourable answers, 0…1, with its Wilson interval: 5 to 7 for CES 2.0, 1 and 2 for CES
    /// 1.0. High is good in both, which still does not make them comparable.
    public let share: WilsonInterval

    /// - Parameters:
    ///   - tally: the answers, on the version's scale.
    ///   - z: standard normal deviates either side of the share, as for `wilson`.
    /// - Throws: `ScoreRefusal.wrongScale` for answers on any other scale than the version's, `.noAnswers`,
    ///   `.outOfRange` naming `z`.
    public init(_ tally: ScoreTally, z: Double = 1.959_963_984_540_054) throws(ScoreRefusal) {
        (share, mean) = try favourable(Version.favourable, of: tally, on: Version.scale, z: z)
        self.tally = tally
    }

    /// - Throws: as `init(_:z:)`, and `ScoreRefusal.offScale` for a score the version's scale does not have.
    public init(scores: some Sequence<Int>) throws(ScoreRefusal) {
        try self.init(ScoreTally(scores, scale: Version.scale))
    }

    /// The mean turned so that high is good, on the version's own scale: 6 − mean for CES 1.0.
    public var ease: Double {
        Version.isReversed
            ? Double(Version.scale.lowerBound + Version.scale.upperBound) - mean : mean
    }
}
