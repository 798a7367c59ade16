import Kernel
import Markup
import Web

/// All findings: open, set aside, what could not be said, and what was found once.
struct FindingsPage: Page {
    let shown: FindingsShown
    let gone: Portion<KeptFinding>
    let query: Query
    let mayAsk: Bool

    var title: String { Phrase("finding.title").text }

    var main: HTML {
        """
        <section class="page" data-live="profile"><header class="page-head"><div><h1>\(title)</h1><p class="muted">\
        \(t: "finding.lead") \(dated)</p></div><div class="actions"><a class="btn" href="/profile">\(t: "desired.back")</a>\(asking)</div></header>\
        \(open)\(aside)\(levers)\(gaps)\(history)</section>
        """
    }

    private var dated: HTML? {
        shown.state.map { state in
            """
            \(t: "finding.dated", .instant(state.computedAt.milliseconds), .day(daysSinceEpoch: state.window.lowerBound.daysSinceEpoch), .day(daysSinceEpoch: state.window.upperBound.daysSinceEpoch))
            """
        }
    }

    private var asking: HTML? {
        guard mayAsk, shown.state != nil else { return nil }
        return Form("/findings/computation", content: #"<button class="btn">\#(t: "finding.ask")</button>"#)
            .html
    }

    private var open: HTML {
        guard shown.state != nil else { return #"<p class="empty">\#(t: "finding.notYet")</p>"# }
        guard !shown.open.isEmpty else { return #"<p class="empty">\#(t: "finding.none")</p>"# }
        return list("finding.says", shown.open)
    }

    private var aside: HTML? {
        guard !shown.aside.isEmpty else { return nil }
        return """
            <details class="card"><summary>\(t: "finding.aside.folded", shown.aside.count)</summary>\
            <ul class="advice">\(shown.aside.map { shown.line($0).html })</ul></details>
            """
    }

    private func list(_ heading: String, _ findings: [KeptFinding]) -> HTML {
        """
        <section class="card findings" aria-label="\(Phrase(heading))"><h2 class="h">\(Phrase(heading))</h2>\
        <ul class="advice">\(findings.map { shown.line($0).html })</ul></section>
        """
    }

    private var levers: HTML? { LevelColumns(shown: shown).html }

    private var gaps: HTML? {
        guard let gaps = shown.state?.document.gaps, !gaps.isEmpty else { return nil }
        let lines = gaps.map { gap -> HTML in
            """
            <li><b>\(t: "finding.gap.name.\(gap.reason)")</b> <span class="muted">\(shown.words.gap(gap))</span></li>
            """
        }
        return """
            <section class="card"><h2 class="h">\(t: "finding.gaps")</h2><p class="muted">\(t: "finding.gaps.lead")</p>\
            <ul class="plain gaps">\(lines)</ul></section>
            """
    }

    private var history: HTML? {
        guard !gone.items.isEmpty else { return nil }
        let rows = gone.items.map { kept -> HTML in
            """
            <tr><td><a href="/findings/\(kept.id)">\(shown.words.headline(kept.finding))</a></td>\
            <td>\(.instant(kept.firstSeen.milliseconds))</td><td>\(.instant((kept.gone ?? kept.seen).milliseconds))</td></tr>
            """
        }
        let next: HTML? = gone.next.map { next in
            let address = "/findings" + query.with("before", next)
            return
                #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
        }
        return """
            <section class="card"><h2 class="h">\(t: "finding.history")</h2><p class="muted">\(t: "finding.history.lead")</p>\
            <div class="scroll" tabindex="0" role="region" aria-label="\(t: "finding.history")"><table class="table">\
            <caption class="hidden">\(t: "finding.history")</caption><thead><tr><th scope="col">\(t: "finding.column.what")</th>\
            <th scope="col">\(t: "finding.firstSeen")</th><th scope="col">\(t: "finding.gone")</th></tr></thead>\
            <tbody>\(rows)</tbody></table></div>\(next)</section>
            """
    }
}
