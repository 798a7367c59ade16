import Markup

/// What Ctrl/Cmd-K opens: every place in the rail, and whatever search finds. And what `?` opens: the keys.
///
/// Both are dialogs that only a script opens, so they are no obstacle without one.
struct Palette {
    let searchPath: String?

    var html: HTML {
        """
        <dialog class="palette" id="palette" aria-label="\(t: "web.palette.title")">
        <form method="dialog" class="palette-form">
        \(Icon.search.html)
        <input type="search" name="q" autocomplete="off" role="combobox" aria-expanded="true" \
        aria-controls="palette-list" aria-label="\(t: "web.palette.title")" \
        placeholder="\(t: "web.palette.hint")" \(attribute: "data-search", searchPath)>
        </form>
        <ul id="palette-list" role="listbox" aria-label="\(t: "web.palette.results")"></ul>
        </dialog>
        <dialog class="keys" id="keys" aria-labelledby="keys-title">
        <h2 id="keys-title">\(t: "web.keys.title")</h2>
        <dl>\(Palette.keys.map(row))</dl>
        <form method="dialog"><button class="btn">\(t: "web.shell.close")</button></form>
        </dialog>
        """
    }

    private static let keys: [(keys: [String], phrase: String)] = [
        (["Ctrl", "K"], "web.keys.palette"), (["?"], "web.keys.help"), (["j"], "web.keys.next"),
        (["k"], "web.keys.previous"), (["o"], "web.keys.open"), (["/"], "web.keys.filter"),
    ]

    private func row(_ keys: [String], _ phrase: String) -> HTML {
        let caps: [HTML] = keys.map { "<kbd>\($0)</kbd>" }
        return "<div><dt>\(caps)</dt><dd>\(Phrase(phrase))</dd></div>"
    }
}
