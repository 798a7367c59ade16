import Foundation
import Markup
import Methods
import Testing

@testable import Desk

@Suite struct `Shapes by quarter` {
    init() { FigureWords.install() }

    private let strip = QuarterStrip([
        .init(
            year: 2026, number: 2, levels: Levels(first: 400, repeating: 200, advocate: 20),
            verdict: .labelled(.pyramid), link: "/profile?from=2026-04-01"),
        .init(
            year: 2026, number: 3, levels: Levels(first: 90, repeating: 210, advocate: 0),
            verdict: .advocacyNotMeasured, isPartial: true),
    ])

    @Test func `stand side by side with their names and numbers`() {
        let html = strip.miniatures.text

        #expect(html.contains("Q2 2026") && html.contains("Q3 2026 so far"))
        #expect(html.contains("400 · 200 · 20") && html.contains("90 · 210 · –"))
        #expect(html.contains(#"href="/profile?from=2026-04-01""#))
        #expect(html.components(separatedBy: "<svg").count == 3)
    }

    @Test func `have a table behind them`() {
        let html = strip.table.text

        #expect(
            html.contains("<th scope=\"row\">Q2 2026</th><td>400</td><td>200</td><td>20</td><td>pyramid</td>")
        )
        #expect(html.contains("advocacy not measured"))
    }

    @Test func `share one scale, so growth can be seen`() {
        let scale = QuarterMiniature.scale(for: strip.quarters)

        #expect(scale * BandOutline.silhouette([400, 200, 20])[0].widest == 80)
    }

    @Test func `of nothing are nothing`() {
        #expect(QuarterStrip([]).miniatures.text == #"<ol class="quarters"></ol>"#)
    }
}
