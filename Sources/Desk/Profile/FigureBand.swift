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

    var words: String { Phrase(isMeasured ? "figure.level.\(level.rawValue)" : "figure.level.unmeasured").text }

    var rangeWords: Phrase {
        Phrase("figure.range", .count(Int(range.lowerBound.rounded())), .count(Int(range.upperBound.rounded())))
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
    /// its edges lean to the mean with the neighbour, so that the outline runs on from band to band. The outer half
    /// of the lowest and the highest band mirrors the inner one, which keeps their areas true as well: 5, 3, 1 gives
    /// one straight triangle. An edge is never wider than twice its band (a handful of people beside thousands
    /// stays a handful, and the outline makes a step), nor an outer one wider than 1.3 times.
    static func silhouette(_ counts: [Int]) -> [BandOutline] {
        let widths = counts.map(Double.init)
        return widths.indices.map { index in
            let width = widths[index]
            let below = index > 0 ? (width + widths[index - 1]) / 2 : nil
            let above = index + 1 < widths.count ? (width + widths[index + 1]) / 2 : nil
            let foot = min(below ?? mirror(above ?? width, of: width), 2 * width)
            let head = min(above ?? mirror(below ?? width, of: width), 2 * width)
            return BandOutline(
                foot: below == nil ? foot : max(foot, below == nil ? 0 : inner(foot, above, width)), middle: width,
                head: above == nil ? head : max(head, inner(head, below, width)))
        }
    }

    private static func mirror(_ edge: Double, of width: Double) -> Double {
        min(max(2 * width - edge, 0), 1.3 * width)
    }

    /// The inner edge of an outer band leans in no further than its mirror leans out.
    private static func inner(_ edge: Double, _ other: Double?, _ width: Double) -> Double {
        other == nil ? max(edge, 0.7 * width) : edge
    }
}
