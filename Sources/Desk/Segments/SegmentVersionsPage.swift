import Kernel
import Markup
import Web

/// What a segment said before, with who changed it, each to be said again.
struct SegmentVersionsPage: Page {
    let segment: Segment
    let portion: Portion<SegmentVersion>
    let names: [Int64: String]
    let mayEdit: Bool

    var title: String { Phrase("segment.versions").text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1><p class="muted segment-words">\
        <bdi>\(segment.content.name)</bdi></p></div><a class="btn" href="/segments/\(segment.id)">\(t: "segment.back")</a></header>
        \(portion.items.map(card))\(more)</section>
        """
    }

    private func card(_ version: SegmentVersion) -> HTML {
        let who = version.changedBy.flatMap { names[$0] }
        let when = Argument.instant(version.changedAt.milliseconds)
        let number = Argument.text("\(version.version)")
        let head =
            who.map { Phrase("segment.version.whenBy", number, when, .text($0)) }
            ?? Phrase("segment.version.when", number, when)
        let content = version.content
        let restore = "/segments/\(segment.id)/versions/\(version.version)/restoration"
        let isOld = version.version != segment.current.version
        return """
            <section class="card"><h2 class="h">\(head)</h2><dl class="segment">\(row("name", content.name))\
            \(row("need", content.need))\(row("valued", content.valued))\(row("unique_value", content.uniqueValue))\
            <dt>\(t: "segment.filter")</dt><dd><code class="segment-filter">\(content.filter)</code></dd></dl>\
            \(form: restore, unless: !isOld || !mayEdit || segment.isArchived, button: Phrase("segment.restore"))</section>
            """
    }

    private func row(_ name: String, _ words: String) -> HTML? {
        guard !words.isEmpty else { return nil }
        return #"<dt>\#(Phrase("segment.\(name)"))</dt><dd class="segment-words"><bdi>\#(words)</bdi></dd>"#
    }

    private var more: HTML? {
        guard let next = portion.next else { return nil }
        let address = "/segments/\(segment.id)/versions?before=\(next)"
        return #"""
            <nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>
            """#
    }
}
