public import Kernel
public import Markup
public import Methods

/// The picture of a profile: three levels drawn to scale, with what we cannot know about them.
///
/// Pure: the same profile gives the same picture. `embedded` for a page of ours, `standalone` for a file to take away,
/// `terminal` for a screen of characters. Words come in the language of whoever reads.
public struct ProfileFigure: Sendable {
    public let result: ShapeResult
    /// Both days included.
    public let window: ClosedRange<LocalDate>
    public let organisation: String
    /// Whether invented customers are counted, which the picture then says.
    public let isSample: Bool
    public let desired: DesiredProfile?
    /// Level 1 first.
    let bands: [FigureBand]

    /// `advocacyMeasured` is false where no act of advocacy at all is on record, whatever else the verdict says.
    ///
    /// - Throws: `OutOfRange` where a count is none, which `shape(of:)` would have refused as well.
    public init(
        _ result: ShapeResult, window: ClosedRange<LocalDate>, organisation: String, isSample: Bool = false,
        advocacyMeasured: Bool = true, desired: DesiredProfile? = nil
    ) throws(OutOfRange) {
        self.result = result
        self.window = window
        self.organisation = organisation
        self.isSample = isSample
        self.desired = desired
        let isMeasured =
            (advocacyMeasured && result.verdict != .advocacyNotMeasured) || result.levels.advocate > 0
        bands = [
            try FigureBand(.first, result.levels.first),
            try FigureBand(.repeating, result.levels.repeating),
            try FigureBand(.advocate, result.levels.advocate, isMeasured: isMeasured),
        ]
    }

    /// "Three levels: 11,908 first, 9,874 repeat, 1,788 advocates".
    public var title: Phrase {
        guard bands[2].isMeasured else {
            return Phrase("figure.title.unmeasured", .count(bands[0].count), .count(bands[1].count))
        }
        return Phrase("figure.title", arguments: bands.map { .count($0.count) })
    }

    /// What the picture shows beyond its title, for those who hear it.
    public var summary: String {
        let ranges = bands.filter(\.isMeasured).map { "\($0.words): \($0.rangeWords.text)" }
        return ([result.sentence] + [result.note?.text].compactMap(\.self) + [ranges.joined(separator: "; ")])
            .joined(separator: ". ")
    }

    public var windowWords: Phrase {
        Phrase(
            "figure.window", .day(daysSinceEpoch: window.lowerBound.daysSinceEpoch),
            .day(daysSinceEpoch: window.upperBound.daysSinceEpoch))
    }

    /// Definitions, thresholds and probabilities: what it takes to check the picture.
    public var ruleLines: [Phrase] {
        let rule = result.rule
        let chances = Shape.allCases.map {
            Argument.text(ProfileFigure.words(forChance: result.probabilities[$0]))
        }
        let lines = [
            Phrase("figure.rule.levels"),
            Phrase("figure.rule.widths"),
            Phrase(
                "figure.rule.shape", .percent(rule.label, decimals: 0), .percent(rule.leaning, decimals: 0),
                .count(rule.minimumTotal)),
        ]
        return result.note == nil ? lines + [Phrase("figure.rule.chances", arguments: chances)] : lines
    }

    /// A probability to a tenth of a percent, and never a certainty.
    private static func words(forChance chance: Double) -> String {
        if chance > 0.999 { return Phrase("figure.chance.high").text }
        if chance < 0.001 { return Phrase("figure.chance.low").text }
        return Argument.percent(chance, decimals: 1).text
    }
}

/// The widths an organisation would like to have, in people per window: drawn as a dashed outline.
public struct DesiredProfile: Sendable, Equatable {
    public let levels: Levels

    public init(_ levels: Levels) { self.levels = levels }
}
