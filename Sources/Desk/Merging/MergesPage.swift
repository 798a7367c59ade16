import Kernel
import Markup
import Web

/// Everything that was merged and split, latest first.
struct MergesPage: Page {
    let portion: Portion<Merge>

    var title: String { Phrase("merging.list.title").text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "merging.list.what")</p></div>\
        <a class="btn" href="/duplicates">\(t: "duplicates.title")</a></header>\(content)</section>
        """
    }

    private var content: HTML {
        guard !portion.items.isEmpty else { return "<p class=\"empty\">\(t: "merging.list.none")</p>" }
        return """
            <table class="rows"><caption class="hidden">\(title)</caption><thead><tr>\
            <th scope="col">\(t: "merging.list.act")</th><th scope="col">\(t: "merging.list.when")</th>\
            <th scope="col" class="wide">\(t: "merging.list.who")</th><th scope="col">\(t: "merging.list.state")</th></tr></thead>
            <tbody>\(portion.items.map(line))</tbody></table>\(more)
            """
    }

    private func line(_ merge: Merge) -> HTML {
        """
        <tr><td><a href="/merges/\(merge.id)">\(MergesPage.sentence(merge))</a></td>\
        <td>\(.instant(merge.at.milliseconds))</td><td class="wide muted"><bdi>\(merge.byName ?? "–")</bdi></td>\
        <td>\(state(merge))</td></tr>
        """
    }

    static func sentence(_ merge: Merge) -> HTML {
        let key = merge.kind == .merge ? "merging.sentence.merge" : "merging.sentence.split"
        let name = { (text: HTML) -> HTML in "<bdi>\(text)</bdi>" }
        return """
            \(t: key, .text(merge.otherName), .text(merge.keptName), wrapping: ["other": name, "kept": name])
            """
    }

    private func state(_ merge: Merge) -> HTML {
        merge.stands
            ? "<span class=\"chip good\">\(t: "merging.state.stands")</span>"
            : "<span class=\"chip\">\(t: "merging.state.undone")</span>"
    }

    private var more: HTML? {
        guard let next = portion.next else { return nil }
        let address = "/merges?before=\(next)"
        return
            #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
    }
}

/// One merge or split: what changed hands, and what undoing it would do.
struct MergeActPage: Page {
    let merge: Merge
    let contents: [(place: String, rows: Int)]
    let outlook: (obstacle: MergeRefusal?, leavings: MergeLeavings)
    let refusal: MergeRefusal?

    var title: String {
        Phrase(merge.kind == .merge ? "merging.act.merge" : "merging.act.split", .text("\(merge.id)")).text
    }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(.instant(merge.at.milliseconds)) <bdi>\(merge.byName ?? "")</bdi></p></div>\
        <a class="btn" href="/merges">\(t: "merging.list.title")</a></header>
        \(refused)
        <section class="card"><p>\(MergesPage.sentence(merge))</p>
        <p class="actions"><a href="/people/\(merge.kept)"><bdi>\(merge.keptName)</bdi></a> \
        <a href="/people/\(merge.other)"><bdi>\(merge.otherName)</bdi></a></p>
        <h2 class="h">\(t: "merging.act.contents")</h2>
        <dl class="facts">\(lines)</dl></section>\(undoing)</section>
        """
    }

    private var refused: HTML? {
        refusal.map { #"<p class="notice notice-warning" role="alert">\#($0.phrase)</p>"# }
    }

    /// Tables people have a word for by name, the rest together.
    private var lines: [HTML] {
        var named: [HTML] = []
        var rest = 0
        for content in contents where !MergeActPage.silent.contains(content.place) {
            if MergeActPage.spoken.contains(content.place) {
                named.append(
                    "<dt>\(Phrase("merging.place.\(content.place)"))</dt><dd>\(.count(content.rows))</dd>")
            } else {
                rest += content.rows
            }
        }
        if rest > 0 { named.append("<dt>\(t: "merging.place.rest")</dt><dd>\(.count(rest))</dd>") }
        return named.isEmpty ? ["<dt>\(t: "merging.place.nothing")</dt><dd>0</dd>"] : named
    }

    private static let spoken: Set<String> = [
        "purchase", "address", "advocacy", "answer", "membership", "party_key", "party_tag", "field_value",
        "consent", "list_entry", "event",
    ]
    /// What is computed, and the customers' own rows.
    private static let silent: Set<String> = ["party", "figure", "list_row", "duplicate", "party_redirect"]

    private var undoing: HTML {
        if let at = merge.undoneAt {
            return """
                <p class="notice">\(t: "merging.wasUndone", .instant(at.milliseconds)) \
                <bdi>\(merge.undoneByName ?? "")</bdi></p>
                """
        }
        if let obstacle = outlook.obstacle {
            var way: HTML?
            if case .later(let id) = obstacle {
                way = #" <a href="/merges/\#(id)">\#(t: "merging.toLater", .text("\(id)"))</a>"#
            }
            return "<p class=\"notice notice-warning\">\(obstacle.phrase)\(way)</p>"
        }
        return """
            <section class="card" aria-labelledby="undo"><h2 class="h" id="undo">\(t: "merging.undo")</h2>
            <p>\(Phrase(merge.kind == .merge ? "merging.undo.merge" : "merging.undo.split", .text(merge.otherName)))</p>
            \(said)\(Form("/merges/\(merge.id)/undoing", content: "<p><button class=\"btn primary\">\(t: "merging.undo.button")</button></p>").html)</section>
            """
    }

    private var said: HTML {
        let left = outlook.leavings
        guard !left.isNothing else { return "<p class=\"muted\">\(t: "merging.leavings.none")</p>" }
        var lines: [HTML] = []
        if left.since > 0 {
            lines.append(
                "<li>\(t: "merging.leavings.since", .count(left.since), .text(merge.keptName))</li>")
        }
        if left.edited > 0 { lines.append("<li>\(t: "merging.leavings.edited", left.edited)</li>") }
        if left.gone > 0 { lines.append("<li>\(t: "merging.leavings.gone", left.gone)</li>") }
        return "<ul class=\"plain\">\(lines)</ul>"
    }
}
