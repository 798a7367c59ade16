import Kernel
import Markup
import Methods

/// How many first-time customers came again, by when: the curve, the four days, the quarters, and the last year's change.
struct RepeatCard {
    let block: EconomicsFigures.Block<RepeatFigures>

    var html: HTML {
        guard let figures = block.figures else { return EconomicsCard.missing("repeat", block.missing) }
        return EconomicsCard(
            key: "repeat",
            lead:
                #"<p>\#(t: "economics.repeat.lead", .count(figures.customers), .count(figures.returned))</p>"#,
            content: """
                <div class="two"><figure class="fig">\(RepeatCurve(figures: figures).html)</figure>\
                <div>\(table(figures))</div></div>\(change(figures))\(quarters(figures))
                """
        ).html
    }

    private func table(_ figures: RepeatFigures) -> HTML {
        EconomicsTable(
            caption: Phrase("economics.repeat.title"),
            head: [
                Phrase("economics.repeat.within"), Phrase("economics.repeat.share"),
                Phrase("economics.repeat.range"),
            ],
            rows: figures.points.map { point in
                (
                    "\(t: "economics.days", point.day)",
                    [
                        point.share.map { "\($0.percent(2))" } ?? EconomicsTable.dash,
                        point.share.map { "\($0.range(2))" } ?? EconomicsTable.dash,
                    ]
                )
            }
        ).html
    }

    private func change(_ figures: RepeatFigures) -> HTML {
        guard let change = figures.change else {
            return #"<p class="muted">\#(t: "economics.repeat.noChange")</p>"#
        }
        let verdict =
            change.pValue >= 0.05 ? "same" : (change.z ?? 0) > 0 ? "sooner" : "later"
        let words = Phrase(
            "economics.repeat.change.\(verdict)", .count(change.customers[0]), .count(change.customers[1]),
            .count(change.observed[0]), .number(change.expected[0], decimals: 0),
            .text(RepeatCard.probability(change.pValue)))
        return "<p>\(words)</p>"
    }

    /// "p = 0.032", "p < 0.001".
    private static func probability(_ p: Double) -> String {
        p < 0.001
            ? "p < " + Argument.number(0.001, decimals: 3).text
            : "p = " + Argument.number(p, decimals: 3).text
    }

    private func quarters(_ figures: RepeatFigures) -> HTML {
        let heads = figures.points.map { Phrase("economics.days", .count($0.day)) }
        let table = EconomicsTable(
            caption: Phrase("economics.repeat.quarters"),
            head: [Phrase("economics.repeat.quarter"), Phrase("economics.customers")] + heads,
            rows: figures.quarters.reversed().map { quarter in
                let name = Phrase(
                    "figure.quarter", .text(String(quarter.quarter)), .text(String(quarter.year)))
                return (
                    "\(name)",
                    [EconomicsTable.count(quarter.customers)]
                        + quarter.points.map { EconomicsTable.share($0.share) }
                )
            })
        return "<h3 class=\"h\">\(t: "economics.repeat.quarters")</h3>\(table.html)"
    }
}

/// The curve with its range, a year wide, in the page's colours.
struct RepeatCurve {
    let figures: RepeatFigures

    private static let (left, right, top, bottom) = (46.0, 624.0, 12.0, 224.0)
    private let top: Double

    init(figures: RepeatFigures) {
        self.figures = figures
        let highest = figures.curve.compactMap { $0.share?.upper }.max() ?? 0.1
        // Four steps of whole fives of a hundred, or of two and a half where the curve is low.
        top = min(1, max(0.1, (highest * 5).rounded(.up) / 5))
    }

    var html: HTML {
        let known = figures.curve.compactMap { point in point.share.map { (day: point.day, share: $0) } }
        let line = path(known.map { ($0.day, $0.share.share) })
        let band =
            path(known.map { ($0.day, $0.share.upper) })
            + path(known.reversed().map { ($0.day, $0.share.lower) }).replacing("M", with: "L") + "Z"
        return """
            <svg class="repeat-curve" viewBox="0 0 640 256" role="img" aria-label="\(t: "economics.repeat.curve")">\
            \(grid)<path class="curve-band" d="\(band)"/><path class="curve-line" d="\(line)"/>\(marks)</svg>
            """
    }

    private func x(_ day: Int) -> Double {
        RepeatCurve.left + (RepeatCurve.right - RepeatCurve.left) * Double(day) / 365
    }

    private func y(_ share: Double) -> Double {
        RepeatCurve.bottom - (RepeatCurve.bottom - RepeatCurve.top) * min(share, top) / top
    }

    private func path(_ points: [(Int, Double)]) -> String {
        points.isEmpty ? "" : FigureDrawing.path(points.map { (x($0.0), y($0.1)) })
    }

    private var grid: HTML {
        let lines = (0...4).map { step -> HTML in
            let share = top * Double(step) / 4
            let height = y(share)
            return """
                <path class="curve-grid" d="M\(RepeatCurve.left) \(height)H\(RepeatCurve.right)"/>\
                <text class="curve-words" text-anchor="end" x="40" y="\(height + 4)">\(.percent(share, decimals: top < 0.2 ? 1 : 0))</text>
                """
        }
        let days = ([0] + RepeatFigures.days).map { day -> HTML in
            #"<text class="curve-words" text-anchor="middle" x="\#(x(day))" y="244">\#(.count(day))</text>"#
        }
        return "\(lines)\(days)"
    }

    private var marks: HTML {
        let marks = figures.points.compactMap { point -> HTML? in
            guard let share = point.share, point.day <= 365 else { return nil }
            return #"<circle class="curve-mark" cx="\#(x(point.day))" cy="\#(y(share.share))" r="4"/>"#
        }
        return "\(marks)"
    }
}
