public import Markup
public import Methods

/// How the shape changed: a miniature of each quarter, all to one scale, and the table behind them.
public struct QuarterStrip: Sendable {
    public struct Quarter: Sendable, Equatable {
        public let year: Int
        /// 1 to 4.
        public let number: Int
        public let levels: Levels
        public let verdict: ShapeVerdict
        /// The quarter is not over, so its numbers still grow.
        public let isPartial: Bool
        /// Where a click leads, such as the profile of those days.
        public let link: String?

        public init(
            year: Int, number: Int, levels: Levels, verdict: ShapeVerdict, isPartial: Bool = false,
            link: String? = nil
        ) {
            self.year = year
            self.number = number
            self.levels = levels
            self.verdict = verdict
            self.isPartial = isPartial
            self.link = link
        }

        /// "Q3 2026", "Q4 2026 so far".
        public var name: Phrase {
            let name = Phrase("figure.quarter", .text(String(number)), .text(String(year)))
            return isPartial ? Phrase("figure.quarter.partial", .text(name.text)) : name
        }

        /// "312 · 540 · 41", a dash where advocacy is not measured.
        var numbers: Phrase {
            Phrase("figure.quarter.numbers", .count(levels.first), .count(levels.repeating), advocates)
        }

        var advocates: Argument {
            verdict == .advocacyNotMeasured && levels.advocate == 0 ? .text("–") : .count(levels.advocate)
        }
    }

    /// The oldest first.
    public let quarters: [Quarter]

    public init(_ quarters: [Quarter]) { self.quarters = quarters }

    /// Miniatures and table.
    public var html: HTML { "\(miniatures)\(table)" }

    public var miniatures: HTML {
        let scale = QuarterMiniature.scale(for: quarters)
        let items: [HTML] = quarters.map { quarter in
            let picture = QuarterMiniature(quarter: quarter, scale: scale).html
            let content: HTML = """
                \(picture)<b>\(quarter.name)</b><span>\(quarter.verdict.shortName)</span>\
                <span class="quarter-numbers">\(quarter.numbers)</span>
                """
            guard let link = quarter.link else { return #"<li class="quarter">\#(content)</li>"# }
            return #"<li><a class="quarter" href="\#(link)">\#(content)</a></li>"#
        }
        return #"<ol class="quarters">\#(items)</ol>"#
    }

    /// The same numbers for those who would rather read.
    public var table: HTML {
        let rows: [HTML] = quarters.map { quarter in
            """
            <tr><th scope="row">\(quarter.name)</th><td>\(.count(quarter.levels.first))</td>\
            <td>\(.count(quarter.levels.repeating))</td><td>\(quarter.advocates)</td>\
            <td>\(quarter.verdict.shortName)</td></tr>
            """
        }
        return """
            <details class="quarters-table"><summary>\(t: "figure.quarters.table")</summary><table><thead><tr>\
            <th scope="col">\(t: "figure.quarters.quarter")</th><th scope="col">\(t: "figure.level.first")</th>\
            <th scope="col">\(t: "figure.level.repeat")</th><th scope="col">\(t: "figure.level.advocate")</th>\
            <th scope="col">\(t: "figure.quarters.shape")</th></tr></thead><tbody>\(rows)</tbody></table></details>
            """
    }
}

/// One quarter's silhouette, or its bars where no shape may be named.
struct QuarterMiniature {
    let quarter: QuarterStrip.Quarter
    /// Units per person, the same for all quarters.
    let scale: Double

    private static let width = 84.0
    private static let bandHeight = 20.0

    static func scale(for quarters: [QuarterStrip.Quarter]) -> Double {
        let widest = quarters.flatMap { outlines(of: $0).map(\.widest) }.max() ?? 0
        return widest > 0 ? (width - 4) / widest : 0
    }

    private static func outlines(of quarter: QuarterStrip.Quarter) -> [BandOutline] {
        let counts = [quarter.levels.first, quarter.levels.repeating, quarter.levels.advocate]
        if quarter.verdict.showsSilhouette { return BandOutline.silhouette(counts) }
        return counts.map { BandOutline(foot: Double($0), middle: Double($0), head: Double($0)) }
    }

    var html: HTML {
        let levels: [Level] = [.first, .repeating, .advocate]
        let bands: [HTML] = zip(levels, QuarterMiniature.outlines(of: quarter)).enumerated().map {
            index, band in
            let top = Double(2 - index) * (QuarterMiniature.bandHeight + 2) + 1
            return #"<path d="\#(path(band.1 * scale, top))" \#(paint: .core(band.0), in: .classes)/>"#
        }
        return """
            <svg class="quarter-figure" viewBox="0 0 \(QuarterMiniature.width) 66" role="img" \
            aria-label="\(quarter.name), \(quarter.verdict.shortName)">\(bands)</svg>
            """
    }

    private func path(_ outline: BandOutline, _ top: Double) -> String {
        let middle = QuarterMiniature.width / 2
        func half(_ width: Double) -> Double { max(width, 1.5) / 2 }
        func ends(_ width: Double) -> (Double, Double) {
            quarter.verdict.showsSilhouette
                ? (middle - half(width), middle + half(width)) : (2, 2 + 2 * half(width))
        }
        let height = QuarterMiniature.bandHeight
        let (head, waist, foot) = (ends(outline.head), ends(outline.middle), ends(outline.foot))
        return FigureDrawing.path([
            (head.0, top), (head.1, top), (waist.1, top + height / 2), (foot.1, top + height),
            (foot.0, top + height), (waist.0, top + height / 2),
        ]) + "Z"
    }
}
