import Markup

/// Asks once before the sample goes, and says exactly what goes with it.
struct SampleRemovalPage: Page {
    let content: SampleContent

    var title: String { Phrase("sample.removal.title").text }

    var main: HTML {
        """
        <header class="page-head"><h1>\(title)</h1></header>\
        <section class="card"><p>\(what)</p>\("<p>\(t: "sample.removal.added", content.added)</p>", if: content.added > 0)\
        <p class="muted">\(t: "sample.removal.kept")</p>\
        <div class="actions">\(button)<a class="btn" href="/profile">\(t: "sample.removal.keep")</a></div></section>
        """
    }

    private var what: Phrase {
        Phrase(
            "sample.removal.what", .count(content.customers), .count(content.purchases), .count(content.acts))
    }

    private var button: HTML {
        Form(
            "/sample/removal",
            content: #"<button class="btn primary">\#(t: "sample.removal.button")</button>"#
        )
        .html
    }
}
