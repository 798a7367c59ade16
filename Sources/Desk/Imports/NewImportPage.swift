import Kernel
import Markup
import Web

/// Chooses a file and says what is in it. Nothing is read before somebody has seen how.
struct NewImportPage: Page {
    let kind: ImportKind?
    var refusal: Phrase?

    var title: String { Phrase("imports.new").text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "imports.new.lead")</p></div></header>
        \(warning)
        <div class="cards">\(ImportKind.allCases.map(card))</div>
        \(Form("/imports", name: "card", isUpload: true, content: fields).html)</section>
        """
    }

    private var warning: HTML? {
        refusal.map { #"<p class="flash flash-warning" role="alert">\#($0)</p>"# }
    }

    private func card(_ kind: ImportKind) -> HTML {
        """
        <section class="card"><h2>\(t: "imports.kind.\(kind.rawValue)")</h2>\
        <p>\(t: "imports.kind.\(kind.rawValue).what")</p>\
        <p class="muted">\(t: "imports.kind.\(kind.rawValue).columns")</p></section>
        """
    }

    private var fields: HTML {
        let kinds = ImportKind.allCases.map {
            Choice($0.rawValue, Phrase("imports.kind.\($0.rawValue)").text)
        }
        let standard = (kind ?? .purchases).rawValue
        return """
            \(Field(
                name: "kind", label: Phrase("imports.new.kind").text, value: standard, kind: .options(kinds),
                required: true).html)
            <div class="drop">\(Field(
                name: "file", label: Phrase("imports.new.file").text, kind: .file,
                hint: Phrase("imports.new.file.hint").text, required: true).html)</div>
            <progress data-upload hidden aria-label="\(t: "imports.new.sending")"></progress>
            <p class="actions"><button class="btn primary">\(t: "imports.new.send")</button></p>
            """
    }
}

/// Asks once before an import is taken back.
struct UndoImportPage: Page {
    let item: Import

    var title: String { Phrase("imports.undo.title", .text(item.fileName)).text }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><h1>\(title)</h1></header>
        <div class="card"><p>\(t: "imports.undo.what", item.rowsAccepted - item.rowsKnown)</p>\
        <p class="muted">\(t: "imports.undo.kept")</p><div class="actions">\(button)\
        <a class="btn" href="/imports/\(item.id.value)">\(t: "imports.undo.keep")</a></div></div></section>
        """
    }

    private var button: HTML {
        Form(
            "/imports/\(item.id.value)/undoing",
            content: #"<button class="btn danger">\#(t: "imports.undo.button")</button>"#
        ).html
    }
}
