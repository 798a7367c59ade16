import Kernel
import Markup
import Web

/// The tags of a customer, each the way to everybody who has it.
struct TagCard {
    let party: ID<Party>
    let tags: [Tag]
    let mayEdit: Bool

    /// Nil where there is none and nobody to add one.
    var html: HTML? {
        guard mayEdit || !tags.isEmpty else { return nil }
        let change: HTML = """
            <p><a class="btn small" href="/people/\(party.value)/tags">\(t: tags.isEmpty ? "tags.add" : "tags.change")</a></p>
            """
        return """
            <section class="card" aria-labelledby="tags"><h2 class="h" id="tags">\(t: "tags.title")</h2>\
            \(chips)\(change, if: mayEdit)</section>
            """
    }

    private var chips: HTML {
        guard !tags.isEmpty else { return #"<p class="muted">\#(t: "tags.none")</p>"# }
        let items = tags.map { tag -> HTML in
            ##"<li><a class="chip tag" href="/tags/\##(tag.id.value)"><bdi>\##(tag.name)</bdi></a></li>"##
        }
        return "<ul class=\"tags\">\(items)</ul>"
    }
}

/// Puts tags on a customer and takes them off, found as one types.
struct CustomerTagsPage: Page {
    let party: Party
    let tags: [Tag]
    let found: Portion<Tag>
    let query: Query
    var complaint: Phrase?

    var title: String { Phrase("tags.title").text }

    private var path: String { "/people/\(party.id)/tags" }
    private var typed: String { query.text("q") }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted"><bdi>\(party.name)</bdi></p></div>\
        <a class="btn" href="/people/\(party.id.value)">\(t: "persons.back")</a></header>
        \(complaint.map { ##"<p class="flash flash-warning" role="alert">\##($0)</p>"## as HTML })
        <section class="card">\(own)</section>
        <section class="card stack"><form class="finder" method="get" action="\(path)" role="search">
        <label for="tag-finder">\(t: "tags.find")</label>
        <input id="tag-finder" name="q" value="\(typed)" maxlength="60" autocomplete="off" data-typeahead="#tag-list">
        <button class="btn">\(t: "customers.find.button")</button></form>
        <div id="tag-list" aria-live="polite">\(suggestions)</div></section></section>
        """
    }

    private var own: HTML {
        guard !tags.isEmpty else { return #"<p class="muted">\#(t: "tags.none")</p>"# }
        let items = tags.map { tag -> HTML in
            let label = Phrase("tags.removeOf", .text(tag.name))
            let button: HTML =
                #"<button class="btn small" aria-label="\#(label)">\#(t: "tags.remove")</button>"#
            return
                "<li><bdi>\(tag.name)</bdi> \(Form("\(path)/\(tag.id)/removal", content: button).html)</li>"
        }
        return "<ul class=\"plain tag-rows\">\(items)</ul>"
    }

    private var suggestions: HTML {
        let isNew = !typed.isEmpty && !(found.items + tags).contains { $0.name.searchKey == typed.searchKey }
        let others = found.items.filter { tag in !tags.contains { $0.id == tag.id } }
        let items = others.map { add($0.name, Phrase("tags.addOf", .text($0.name))) }
        let own: [HTML] = isNew ? [add(typed, Phrase("tags.makeOf", .text(typed)))] : []
        return "<div class=\"actions\">\(own + items)</div>"
    }

    private func add(_ name: String, _ label: Phrase) -> HTML {
        Form(
            path,
            content: """
                <input type="hidden" name="tag" value="\(name)"><button class="btn small tag-button"><bdi>\(label)</bdi></button>
                """
        ).html
    }
}

/// Every tag, how many customers have it, and for those who may the way to change it.
struct TagsPage: Page {
    let rows: [TagRow]
    let next: String?
    let query: Query
    let mayChange: Bool

    var title: String { Phrase("tags.title").text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "tags.lead")</p></div></header>
        <form class="finder" method="get" action="/settings/tags" role="search">
        <label for="finder">\(t: "tags.find")</label>
        <input id="finder" name="q" value="\(query.text("q"))" autocomplete="off" data-typeahead="#tag-list">
        <button class="btn">\(t: "customers.find.button")</button></form>
        <div id="tag-list" aria-live="polite">\(list)</div></section>
        """
    }

    private var list: HTML {
        guard !rows.isEmpty else { return #"<p class="empty">\#(t: "tags.empty")</p>"# }
        return """
            <table class="rows"><caption class="hidden">\(title)</caption><thead><tr><th scope="col">\(t: "tags.name")</th>\
            <th scope="col" class="number">\(t: "persons.owners.customers")</th>\
            \(##"<th scope="col">\##(t: "persons.change")</th>"##, if: mayChange)</tr></thead>\
            <tbody>\(rows.map(row))</tbody></table>\(more)
            """
    }

    private func row(_ row: TagRow) -> HTML {
        let label = Phrase("tags.changeOf", .text(row.tag.name))
        let change: HTML = """
            <td><a class="btn small" href="/settings/tags/\(row.tag.id.value)" aria-label="\(label)">\(t: "persons.change")</a></td>
            """
        return """
            <tr><td><a href="/tags/\(row.tag.id.value)"><bdi>\(row.tag.name)</bdi></a></td>\
            <td class="number">\(BoundedCount(row.customers, limit: TagRow.limit).text)</td>\(change, if: mayChange)</tr>
            """
    }

    private var more: HTML? {
        guard let next else { return nil }
        let address = "/settings/tags" + query.with("after", next)
        return
            #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
    }
}

/// The customers with one tag.
struct TaggedPage: Page {
    let tag: Tag
    let customers: Portion<Party>

    var title: String { Phrase("tags.customers", .text(tag.name)).text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1><bdi>\(title)</bdi></h1>\
        <p class="muted">\(t: "tags.customers.sorted")</p></div>\
        <a class="btn" href="/settings/tags">\(t: "tags.all")</a></header>\(list)</section>
        """
    }

    private var list: HTML {
        guard !customers.items.isEmpty else { return #"<p class="empty">\#(t: "tags.customers.none")</p>"# }
        return "\(PartyTable(parties: customers.items, caption: title).html)\(more)"
    }

    private var more: HTML? {
        guard let next = customers.next else { return nil }
        let address = "/tags/\(tag.id)?after=\(next)"
        return
            #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
    }
}

/// Renames a tag, merges it into another, or does away with it.
struct TagPage: Page {
    let row: TagRow
    var answers = Answers()

    var title: String { Phrase("tags.change.title", .text(row.tag.name)).text }

    private var path: String { "/settings/tags/\(row.tag.id)" }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><h1><bdi>\(title)</bdi></h1>\
        <a class="btn" href="/settings/tags">\(t: "tags.all")</a></header>\(answers.notice)
        <section class="card">\(Form(path, content: name).html)</section>
        <section class="card">\(Form("\(path)/merge", content: into).html)</section>
        <section class="card"><p>\(t: "tags.delete.what", count)</p>\(Form("\(path)/deletion", content: delete).html)</section>
        </section>
        """
    }

    private var count: String { BoundedCount(row.customers, limit: TagRow.limit).text }

    private var name: HTML {
        """
        <div class="stack">\(answers.field("name", Phrase("tags.rename"), standard: row.tag.name))</div>\
        <p><button class="btn primary">\(t: "form.save")</button></p>
        """
    }

    private var into: HTML {
        let field = answers.field(
            "into", Phrase("tags.merge"), hint: Phrase("tags.merge.what", .text(count)), autocomplete: "off")
        return """
            <div class="stack">\(field)</div>\
            <p><button class="btn" data-confirm="\(t: "tags.merge.sure")">\(t: "tags.merge.do")</button></p>
            """
    }

    private var delete: HTML {
        #"<p><button class="btn danger" data-confirm="\#(t: "tags.delete.sure")">\#(t: "tags.delete")</button></p>"#
    }
}
