import Kernel
import Markup
import Web

/// Every file that came in or was to, latest first.
struct ImportsPage: Page {
    let portion: Portion<Import>

    var title: String { Phrase("imports.title").text }

    var main: HTML {
        """
        <section class="page">
          <header class="page-head"><div><h1>\(title)</h1><p class="muted">\(t: "imports.sorted")</p></div>
            <a class="btn primary" href="/imports/new">\(t: "imports.new")</a></header>
          <div id="imports-list" data-live="imports">\(list)</div>
        </section>
        """
    }

    private var list: HTML {
        if portion.items.isEmpty {
            return """
                <div class="empty card"><h2>\(t: "imports.none")</h2><p class="muted">\(t: "imports.none.how")</p>
                <p><a class="btn" href="/imports/new">\(t: "imports.new")</a></p></div>
                """
        }
        return """
            <table class="rows"><caption class="hidden">\(title)</caption>
            <thead><tr><th scope="col">\(t: "imports.file")</th><th scope="col">\(t: "imports.kind")</th>\
            <th scope="col">\(t: "imports.state")</th><th scope="col" class="number">\(t: "imports.rows")</th>\
            <th scope="col" class="number">\(t: "imports.refused")</th>\
            <th scope="col" class="wide">\(t: "imports.begun")</th></tr></thead>
            <tbody>\(portion.items.map(ImportsPage.row))</tbody></table>
            \(more)
            """
    }

    private static func row(_ item: Import) -> HTML {
        """
        <tr><td><a href="/imports/\(item.id.value)">\(item.fileName)</a></td><td>\(t: "imports.kind.\(item.kind.rawValue)")</td>\
        <td>\(ImportChip.html(item.state))</td><td class="number">\(.count(item.rowsAccepted))</td>\
        <td class="number">\(.count(item.rowsRefused))</td>\
        <td class="wide muted">\(.instant(item.createdAt.milliseconds))</td></tr>
        """
    }

    private var more: HTML? {
        guard let next = portion.next else { return nil }
        return """
            <nav class="pages" aria-label="\(t: "page.more")">\
            <a class="btn" rel="next" href="/imports?before=\(next)">\(t: "page.next")</a></nav>
            """
    }
}

/// The state of an import in a word.
enum ImportChip {
    static func html(_ state: ImportState) -> HTML {
        #"<span class="\#(style(state))">\#(t: "imports.state.\(state.rawValue)")</span>"#
    }

    private static func style(_ state: ImportState) -> String {
        switch state {
        case .complete: "chip good"
        case .failed: "chip danger"
        case .checking, .loading, .publishing, .undoing: "chip warn"
        case .waiting, .ready, .undone, .dropped: "chip"
        }
    }
}
