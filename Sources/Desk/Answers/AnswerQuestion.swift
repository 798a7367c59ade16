import Kernel
import Methods

/// The scale a question was asked on, such as 0 to 10.
public struct AnswerScale: Sendable, Hashable, Codable {
    public let lowest: Int
    public let highest: Int

    public static let standard = AnswerScale(unchecked: 0, 10)
    /// What people are offered; any other can be typed.
    public static let usual = ["0-10", "1-10", "1-5", "1-7", "0-5", "0-100"]

    private init(unchecked lowest: Int, _ highest: Int) {
        self.lowest = lowest
        self.highest = highest
    }

    /// Reads `1-10`. Whole numbers from 0 to 1000, the lower first, two steps or more.
    public init?(_ text: String) {
        let ends = text.replacing("–", with: "-").split(separator: "-").map { Int($0) }
        guard ends.count == 2, let lowest = ends[0], let highest = ends[1], lowest >= 0, highest <= 1000,
            lowest + 2 <= highest
        else { return nil }
        self.init(unchecked: lowest, highest)
    }

    public var text: String { "\(lowest)-\(highest)" }
    public var range: ClosedRange<Int> { lowest...highest }
    public var isStandard: Bool { self == .standard }
}

/// How a file's question was asked, and how its answers become promoters, passives and detractors.
public struct AnswerQuestion: Sendable, Equatable, Codable {
    /// Nil where nobody said: then every score has to be 0 to 10.
    public var scale: AnswerScale?
    /// `same-numbers`, `stretched` or `cut:7,9`; needed for any scale but 0 to 10.
    public var mapping: String?
    /// The day of rows whose file says none, in days since 1970.
    public var day: Int?
    /// What the file calls its column of attributes.
    public var attribute: String?

    public init(
        scale: AnswerScale? = nil, mapping: String? = nil, day: Int? = nil, attribute: String? = nil
    ) {
        self.scale = scale
        self.mapping = mapping
        self.day = day
        self.attribute = attribute
    }

    /// The mapping in the library's words; nil for words it does not know.
    static func mapping(_ words: String) -> PromoterMapping? {
        switch words {
        case "same-numbers": return .sameNumbers
        case "stretched": return .stretched
        default:
            guard words.hasPrefix("cut:") else { return nil }
            let cuts = words.dropFirst(4).split(separator: ",").map { Int($0) }
            guard cuts.count == 2, let passives = cuts[0], let promoters = cuts[1] else { return nil }
            return .cut(passivesFrom: passives, promotersFrom: promoters)
        }
    }

    /// What was changed by somebody goes before what was known. Another scale needs a mapping of its own.
    func changed(by other: AnswerQuestion?) -> AnswerQuestion {
        guard let other else { return self }
        let isSameScale = other.scale == nil || other.scale == scale
        return AnswerQuestion(
            scale: other.scale ?? scale, mapping: other.mapping ?? (isSameScale ? mapping : nil),
            day: other.day ?? day,
            attribute: other.attribute ?? attribute)
    }

    /// Empty for 0 to 10, where numbers mean what the definition says.
    public var storedMapping: String { (scale ?? .standard).isStandard ? "" : mapping ?? "" }
}

/// Each score of a scale as 0 to 10, and the part it falls to.
struct ScoreReader: Sendable {
    /// For answers given on 0 to 10, which nothing stands in the way of.
    static let standard = ScoreReader(
        scale: .standard, scores: Array(0...10),
        parts: (0...10).map { (try? part($0, .standard, nil)) ?? .detractor })

    let scale: AnswerScale
    private let scores: [Int]
    private let parts: [Answer.Part]

    private init(scale: AnswerScale, scores: [Int], parts: [Answer.Part]) {
        self.scale = scale
        self.scores = scores
        self.parts = parts
    }

    init(_ question: AnswerQuestion) throws(AnswerRefusal) {
        let scale = question.scale ?? .standard
        let mapping = try ScoreReader.mapping(question, scale)
        var scores: [Int] = []
        var parts: [Answer.Part] = []
        for given in scale.range {
            let part = try ScoreReader.part(given, scale, mapping)
            parts.append(part)
            scores.append(ScoreReader.score(given, scale, part, mapping))
        }
        self.scale = scale
        self.scores = scores
        self.parts = parts
    }

    private static func mapping(
        _ question: AnswerQuestion, _ scale: AnswerScale
    ) throws(AnswerRefusal) -> PromoterMapping? {
        if scale.isStandard {
            // On 0 to 10 numbers mean what the definition says; another reading would be another measure.
            guard ["", "same-numbers"].contains(question.mapping ?? "") else {
                throw .mappingDoesNotFit(scale: scale.text)
            }
            return nil
        }
        guard let words = question.mapping, !words.isEmpty else { throw .mappingMissing(scale: scale.text) }
        guard let mapping = AnswerQuestion.mapping(words) else { throw .mappingDoesNotFit(scale: scale.text) }
        return mapping
    }

    private static func part(
        _ given: Int, _ scale: AnswerScale, _ mapping: PromoterMapping?
    ) throws(AnswerRefusal) -> Answer.Part {
        do {
            let counts = try PromoterCounts(
                ScoreTally(CollectionOfOne(given), scale: scale.range), mapping: mapping)
            return counts.promoters > 0 ? .promoter : counts.passives > 0 ? .passive : .detractor
        } catch { throw .mappingDoesNotFit(scale: scale.text) }
    }

    /// The score on 0 to 10 nearest to where it stood on its scale, kept within the part it falls to.
    private static func score(
        _ given: Int, _ scale: AnswerScale, _ part: Answer.Part, _ mapping: PromoterMapping?
    ) -> Int {
        if mapping == .sameNumbers || mapping == nil { return given }
        let span = scale.highest - scale.lowest
        let nearest = (20 * (given - scale.lowest) + span) / (2 * span)
        switch part {
        case .promoter: return max(9, nearest)
        case .passive: return min(8, max(7, nearest))
        case .detractor: return min(6, nearest)
        }
    }

    /// Nil for a score the scale does not have.
    @inline(__always)
    func read(_ given: Int) -> (score: Int, part: Answer.Part)? {
        guard given >= scale.lowest, given <= scale.highest else { return nil }
        return (scores[given - scale.lowest], parts[given - scale.lowest])
    }
}
