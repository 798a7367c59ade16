import Kernel
import Markup
import Methods
import Web

/// What kind of relationships a segment makes, by the rules of the whole profile.
struct SegmentProfilePage: Page {
    let segment: Segment
    /// Nil before the first run.
    let shown: SegmentProfile?
    let segments: [Segment]

    var title: String { Phrase("segment.profile.title", .text(segment.content.name)).text }

    private var chooser: HTML? {
        SegmentChooser(segments: segments, current: segment.id, path: "/profile").html
    }

    var main: HTML {
        """
        <section class="page profile" data-live="customers"><header class="page-head"><div>\
        <h1 class="segment-words">\(headline)</h1><p class="muted segment-words">\(scope)</p></div>\
        <a class="btn" href="/segments/\(segment.id)">\(t: "segment.back")</a></header>\(chooser)\(content)</section>
        """
    }

    private var headline: HTML {
        guard let shown else { return "<bdi>\(segment.content.name)</bdi>" }
        return "<bdi>\(segment.content.name)</bdi>: \(shown.part.shape.sentence)"
    }

    private var scope: HTML {
        guard let shown else { return SegmentWords.asOf(segment) }
        return """
            \(shown.figure.windowWords). \(t: "segment.profile.customers", shown.part.window.customers) \
            \(SegmentWords.asOf(segment))
            """
    }

    private var content: HTML {
        guard let shown else { return #"<p class="empty">\#(t: "segment.profile.none")</p>"# }
        return """
            <div class="two"><figure class="card fig">\(shown.figure.embedded(links: [:]))</figure>
            <section class="card" aria-labelledby="numbers"><h2 class="h" id="numbers">\(t: "segment.profile.numbers")</h2>\
            \(levels(shown))<p class="faint">\(t: "segment.profile.acts")</p></section></div>
            <section class="card" aria-labelledby="quarters"><h2 class="h" id="quarters">\(t: "profile.quarters")</h2>\
            \(quarters(shown))</section>
            """
    }

    private func levels(_ shown: SegmentProfile) -> HTML {
        let (own, whole) = (shown.part.window, shown.whole.levels)
        let isMeasured = shown.whole.advocacyMeasured
        let rows: [(Level, Int, Int)] = [
            (.advocate, own.advocates, whole.advocate), (.repeating, own.repeating, whole.repeating),
            (.first, own.first, whole.first),
        ]
        let lines = rows.map { level, count, all -> HTML in
            let isUnmeasured = level == .advocate && !isMeasured
            let numbers: HTML =
                isUnmeasured
                ? #"<td class="number muted" colspan="3">\#(t: "profile.unmeasured")</td>"#
                : """
                <td class="number">\(.count(count))</td><td class="number muted">\(.count(all))</td>\
                <td class="number muted">\(share(count, of: all))</td>
                """
            return #"<tr><th scope="row">\#(level.badge)</th>\#(numbers)</tr>"#
        }
        return """
            <table class="levels"><caption class="hidden">\(t: "segment.profile.numbers")</caption><thead><tr>\
            <th scope="col">\(t: "profile.level")</th><th scope="col" class="number">\(t: "segment.profile.members")</th>\
            <th scope="col" class="number">\(t: "segment.everybody")</th><th scope="col" class="number">\(t: "segment.profile.share")</th>\
            </tr></thead><tbody>\(lines)</tbody></table>
            """
    }

    /// The whole is counted now and the members were at the last run, so a share may not be one.
    private func share(_ count: Int, of all: Int) -> String {
        guard all > 0, count <= all else { return "–" }
        return Argument.percent(Double(count) / Double(all), decimals: 1).text
    }

    private func quarters(_ shown: SegmentProfile) -> HTML {
        guard !shown.quarters.isEmpty else { return #"<p class="empty">\#(t: "profile.quarters.none")</p>"# }
        return QuarterStrip(
            shown.quarters.map { part in
                let (year, month, _) = part.window.from.civil
                return QuarterStrip.Quarter(
                    year: year, number: (month + 2) / 3, levels: part.window.levels,
                    verdict: part.shape.verdict,
                    isPartial: part.window.to > shown.end,
                    link: "/profile?segment=\(segment.id)&from=\(part.window.from)")
            }
        ).html
    }
}
