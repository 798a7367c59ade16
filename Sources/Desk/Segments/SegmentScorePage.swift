import Kernel
import Markup
import Methods
import Web

/// Whether a segment's members would recommend us, and whether they differ from the rest.
struct SegmentScorePage: Page {
    let segment: Segment
    /// Nil before the first run.
    let score: SegmentScore?
    let about: Answer.About
    let segments: [Segment]

    var title: String { Phrase("segment.nps.title", .text(segment.content.name)).text }

    var main: HTML {
        """
        <section class="page nps" data-live="customers"><header class="page-head"><div>\
        <h1 class="segment-words"><bdi>\(segment.content.name)</bdi>: \(headline)</h1><p class="says">\(meaning)</p>\
        <p class="muted segment-words">\(scope) \(SegmentWords.asOf(segment))</p></div>\
        <a class="btn" href="/segments/\(segment.id)">\(t: "segment.back")</a></header>
        \(SegmentChooser(segments: segments, current: segment.id, path: "/nps").html)\(questions)\(content)</section>
        """
    }

    private var window: SegmentScore.Part? { score?.window }

    private var headline: Phrase {
        guard let shown = window?.members.shown else { return Phrase("nps.headline.few") }
        return Phrase("nps.headline", .number(shown.value, decimals: 2))
    }

    private var meaning: Phrase {
        guard let window else { return Phrase("segment.nps.none") }
        if window.members.counts.total == 0 { return Phrase("segment.nps.silent") }
        guard let shown = window.members.shown else {
            return Phrase("nps.few", .count(window.members.counts.total), .count(30))
        }
        return Phrase(
            "nps.interval", .number(shown.interval.lower, decimals: 1),
            .number(shown.interval.upper, decimals: 1), .count(shown.counts.total))
    }

    private var scope: HTML? {
        window.map { window in
            """
            \(t: "nps.scope", .day(daysSinceEpoch: window.days.lowerBound.daysSinceEpoch),
            .day(daysSinceEpoch: window.days.upperBound.daysSinceEpoch)) \(t: "nps.about.\(about.rawValue)").
            """
        }
    }

    private var questions: HTML? {
        guard score != nil else { return nil }
        let links = Answer.About.allCases.map { other -> HTML in
            let address = "/nps?segment=\(segment.id)&about=\(other.rawValue)"
            let word = Phrase("nps.about.\(other.rawValue)")
            return
                #"<a class="btn" href="\#(address)" \#(attribute: "aria-current", "true", if: other == about)>\#(word)</a>"#
        }
        return #"<nav class="chooser" aria-label="\#(t: "nps.questions")">\#(links)</nav>"#
    }

    private var content: HTML? {
        guard let score, let window else { return nil }
        return """
            <section class="card"><h2 class="h" id="against">\(t: "segment.nps.against")</h2>\
            <p>\(verdict(window))</p>\(NPSBar(reading: window.members).html)\(table([window], "against", name: { _ in Phrase("segment.nps.window").text }))</section>
            <section class="card"><h2 class="h" id="by-quarter">\(t: "segment.nps.quarters")</h2>\
            \(quarters(score))</section>
            """
    }

    private func verdict(_ part: SegmentScore.Part) -> Phrase {
        guard let difference = part.difference else { return Phrase("segment.nps.noTest") }
        let points = Argument.number(abs(difference.difference), decimals: 1)
        let ends = (
            Argument.number(difference.interval.lower, decimals: 1),
            Argument.number(difference.interval.upper, decimals: 1)
        )
        guard let p = difference.pValue, p < 0.05 else {
            return Phrase("segment.nps.alike", ends.0, ends.1)
        }
        let key = difference.difference > 0 ? "segment.nps.higher" : "segment.nps.lower"
        return Phrase(key, points, ends.0, ends.1)
    }

    private func quarters(_ score: SegmentScore) -> HTML {
        guard !score.quarters.isEmpty else { return #"<p class="muted">\#(t: "segment.nps.silent")</p>"# }
        return table(score.quarters, "by-quarter") { part in
            let (year, month, _) = part.days.lowerBound.civil
            return Phrase("figure.quarter", .text("\((month + 2) / 3)"), .text("\(year)")).text
        }
    }

    private func table(
        _ parts: [SegmentScore.Part], _ heading: String, name: (SegmentScore.Part) -> String
    ) -> HTML {
        let rows = parts.map { part -> HTML in
            """
            <tr><th scope="row">\(name(part))</th>\(NPSCells(reading: part.members).html)\
            <td class="number">\(.count(part.members.counts.total))</td>\(NPSCells(reading: part.rest).html)\
            <td class="number">\(.count(part.rest.counts.total))</td>\(difference(part))</tr>
            """
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-labelledby="\(heading)"><table><thead><tr>\
            <th scope="col">\(t: "segment.nps.when")</th><th scope="col" class="number">\(t: "segment.nps.members")</th>\
            <th scope="col" class="number">\(t: "nps.range")</th><th scope="col" class="number">\(t: "nps.answers")</th>\
            <th scope="col" class="number">\(t: "segment.nps.rest")</th><th scope="col" class="number">\(t: "nps.range")</th>\
            <th scope="col" class="number">\(t: "nps.answers")</th><th scope="col" class="number">\(t: "segment.nps.difference")</th>\
            </tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private func difference(_ part: SegmentScore.Part) -> HTML {
        guard let difference = part.difference else { return #"<td class="number muted">–</td>"# }
        return """
            <td class="number">\(.number(difference.difference, decimals: 1)) <span class="muted">(\
            \(.number(difference.interval.lower, decimals: 1)) … \(.number(difference.interval.upper, decimals: 1)))</span></td>
            """
    }
}
