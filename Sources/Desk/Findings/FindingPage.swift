import Kernel
import Markup
import Web

/// One finding with exactly what it counts, how it was reckoned, and the choice to set it aside.
struct FindingPage: Page {
    let kept: KeptFinding
    let words: FindingWords
    let sight: FindingSight
    let asideBy: String?
    let answers: Answers
    let maySetAside: Bool

    private var finding: Finding { kept.finding }

    var title: String { words.headlineText(finding) }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(words.headline(finding))</h1>\
        \(more)<p class="muted">\(dated)</p></div>\
        <div class="actions"><a class="btn" href="/findings">\(t: "finding.all")</a>\(evidence)</div></header>\
        \(table)<section class="card"><h2 class="h">\(t: "finding.how")</h2><p>\(t: "finding.rule.\(finding.kind.rawValue)")</p>\
        </section>\(aside)</section>
        """
    }

    private var more: HTML? {
        finding.kind == .lever ? nil : #"<p class="says">\#(words.detail(finding))</p>"#
    }

    private var dated: HTML {
        let window = kept.window
        let seen: HTML = """
            \(t: "finding.found", .day(daysSinceEpoch: kept.day.daysSinceEpoch), .day(daysSinceEpoch: window.lowerBound.daysSinceEpoch), .day(daysSinceEpoch: window.upperBound.daysSinceEpoch)) \
            \(t: "finding.since", .instant(kept.firstSeen.milliseconds))
            """
        guard let gone = kept.gone else { return seen }
        return "\(seen) \(t: "finding.until", .instant(gone.milliseconds))"
    }

    private var evidence: HTML? {
        sight.link(finding.evidence).map {
            #"<a class="btn primary" href="\#($0)">\#(t: "finding.evidence")</a>"#
        }
    }

    private var table: HTML? {
        guard !finding.table.rows.isEmpty else { return nil }
        let heads = finding.table.heads.enumerated().map { place, head -> HTML in
            place == 0
                ? #"<th scope="col">\#(Phrase("finding.column.\(head)"))</th>"#
                : #"<th scope="col" class="number">\#(Phrase("finding.column.\(head)"))</th>"#
        }
        return """
            <section class="card"><h2 class="h">\(t: "finding.counts")</h2>\
            <div class="scroll" tabindex="0" role="region" aria-label="\(t: "finding.counts")"><table class="table">\
            <caption class="hidden">\(t: "finding.counts")</caption><thead><tr>\(heads)</tr></thead>\
            <tbody>\(finding.table.rows.map(row))</tbody></table></div></section>
            """
    }

    private func row(_ cells: [FindingValue]) -> HTML {
        let head: HTML = cells.first.map { #"<th scope="row">\#(words.html($0))</th>"# } ?? .empty
        let rest = cells.dropFirst().map { #"<td class="number">\#(words.html($0))</td>"# as HTML }
        return "<tr>\(head)\(Array(rest))</tr>"
    }

    private var aside: HTML? {
        guard finding.kind != .lever, kept.gone == nil else { return nil }
        if let aside = kept.aside {
            let back: HTML? =
                maySetAside
                ? Form(
                    "/findings/\(kept.id)/taking-up",
                    content: #"<button class="btn">\#(t: "finding.takeUp")</button>"#
                ).html : nil
            return """
                <section class="card"><h2 class="h">\(t: "finding.aside")</h2><p>\
                \(t: "finding.aside.who", .text(asideBy ?? Phrase("desired.somebody").text), .instant(aside.at.milliseconds))</p>\
                <p><bdi>\(aside.reason)</bdi></p>\(back)</section>
                """
        }
        guard maySetAside else { return nil }
        let form = Form(
            "/findings/\(kept.id)/setting-aside", name: "stack",
            content: """
                \(answers.notice)\(answers.field("reason", Phrase("finding.reason"), .lines(2), hint: Phrase("finding.reason.hint")))\
                <button class="btn">\(t: "finding.setAside")</button>
                """
        ).html
        return #"<section class="card"><h2 class="h">\#(t: "finding.setAside")</h2>\#(form)</section>"#
    }
}
