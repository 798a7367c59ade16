import Markup
import Methods

/// One level as the picture shows it.
struct FigureBand: Sendable, Equatable {
    let level: Level
    let count: Int
    /// The 95 % credible interval of the rate behind the count, in people per window.
    let range: ClosedRange<Double>
    /// False where nothing of the kind is on record, so that nothing differs from unknown.
    let isMeasured: Bool

    init(_ level: Level, _ count: Int, isMeasured: Bool = true) throws(OutOfRange) {
        self.level = level
        self.count = count
        self.isMeasured = isMeasured
        range = try credibleInterval(count: count)
    }

    var number: String { isMeasured ? Argument.count(count).text : "–" }

    var words: String {
        Phrase(isMeasured ? "figure.level.\(level.rawValue)" : "figure.level.unmeasured").text
    }

    var rangeWords: Phrase {
        Phrase(
            "figure.range", .count(Int(range.lowerBound.rounded())), .count(Int(range.upperBound.rounded())))
    }
}

/// How wide a band is at its foot, at half its height and at its head, in people.
struct BandOutline: Sendable, Equatable {
    var foot: Double, middle: Double, head: Double

    var widest: Double { max(foot, middle, head) }

    /// The width at a height, 0 at the foot to 1 at the head.
    func width(at height: Double) -> Double {
        height < 0.5 ? foot + (middle - foot) * height * 2 : middle + (head - middle) * (height * 2 - 1)
    }

    static func * (outline: BandOutline, factor: Double) -> BandOutline {
        BandOutline(foot: outline.foot * factor, middle: outline.middle * factor, head: outline.head * factor)
    }
}

extension BandOutline {
    /// The silhouette of three levels, bottom to top, that makes their order readable at a glance.
    ///
    /// At half its height a band is exactly as wide as its count; that is where the interval is drawn. From there
    /// its edges run to the mean with the neighbour, so that the outline goes on from band to band. The lowest and
    /// the highest band are straight, their outer edge mirrors the inner one: 5, 3, 1 gives a triangle. No edge is
    /// wider than twice its band (a handful of people beside thousands stays a handful, and the outline makes a
    /// step), no outer one wider than 1.3 times, and only the tip of a steady slope narrows to less than half.
    static func silhouette(_ counts: [Int]) -> [BandOutline] {
        let widths = counts.map(Double.init)
        let isSlope = (widths[1] - widths[0]) * (widths[2] - widths[1]) >= 0
        let most = isSlope ? 1 : 0.5
        let foot = lean(widths[0], towards: widths[1], atMost: most)
        let head = lean(widths[2], towards: widths[1], atMost: most)
        return [
            BandOutline(foot: widths[0] - foot, middle: widths[0], head: widths[0] + foot),
            BandOutline(
                foot: min((widths[1] + widths[0]) / 2, 2 * widths[1]), middle: widths[1],
                head: min((widths[1] + widths[2]) / 2, 2 * widths[1])),
            BandOutline(foot: widths[2] + head, middle: widths[2], head: widths[2] - head),
        ]
    }

    /// How much wider an outer band is at its inner edge than in the middle; negative where it narrows inwards.
    private static func lean(_ width: Double, towards neighbour: Double, atMost most: Double) -> Double {
        min(max((neighbour - width) / 2, -0.3 * width), most * width)
    }
}
