public import Kernel
public import Methods

/// What a run counted of a segment's members: the levels of the standing windows, and the answers.
public struct SegmentFigures: Sendable, Codable, Equatable {
    /// The three levels of a window, by the rules of the whole profile.
    public struct Window: Sendable, Codable, Equatable {
        public var from: LocalDate
        public var to: LocalDate
        public var first = 0
        public var repeating = 0
        public var advocates = 0
        /// Members with an occasion in the window.
        public var customers = 0

        public var days: ClosedRange<LocalDate> { from...to }
        public var levels: Levels { Levels(first: first, repeating: repeating, advocate: advocates) }
    }

    /// How often each score from 0 to 10 was given: by members, and by everybody.
    public struct Scores: Sendable, Codable, Equatable {
        public var from: LocalDate
        public var to: LocalDate
        public var members: [Int]
        public var everybody: [Int]

        public var days: ClosedRange<LocalDate> { from...to }
        public var rest: [Int] { zip(everybody, members).map { max(0, $0 - $1) } }
    }

    /// The trailing 12 months that end at the last occasion.
    public var standard: Window
    /// Whole quarters, oldest first.
    public var quarters: [Window]
    /// By question: the 12 months that end with the last answer, and quarters.
    public var answers: [String: Scores]
    public var answerQuarters: [String: [Scores]]

    /// The question that got more answers from members.
    public var question: Answer.About {
        func total(_ about: Answer.About) -> Int { answers[about.rawValue]?.members.reduce(0, +) ?? 0 }
        return total(.event) > total(.us) ? .event : .us
    }
}
