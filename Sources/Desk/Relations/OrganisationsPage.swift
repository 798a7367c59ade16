import Kernel
import Markup
import Web

/// Every organisation and department by name, with what each bought itself.
struct OrganisationsPage: Page {
    let portion: Portion<OrganisationRow>
    let query: Query
    let mayAdd: Bool

    var title: String { Phrase("relations.organisations").text }

    private var typed: String { query.text("q") }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "relations.organisations.sorted")</p></div>\
        \(##"<a class="btn" href="/organisations/new">\##(t: "relations.organisations.add")</a>"##, if: mayAdd)</header>
        <form class="finder" method="get" action="/organisations" role="search">
          <label for="finder">\(t: "relations.organisations.find")</label>
          <input id="finder" name="q" type="search" value="\(typed)" autocomplete="off">
          <button class="btn">\(t: "customers.find.button")</button></form>
        \(list)</section>
        """
    }

    private var list: HTML {
        if portion.items.isEmpty { return empty }
        return """
            <table class="rows organisations"><caption class="hidden">\(title)</caption><thead><tr>\
            <th scope="col">\(t: "customers.name")</th>\
            <th scope="col" class="number wide">\(t: "relations.departments")</th>\
            <th scope="col" class="number">\(t: "customer.purchases")</th>\
            <th scope="col" class="number wide">\(t: "customer.occasions")</th>\
            <th scope="col" class="number">\(t: "customer.value")</th></tr></thead>\
            <tbody>\(portion.items.map(row))</tbody></table>\(more)
            """
    }

    private func row(_ row: OrganisationRow) -> HTML {
        let parent: HTML? = row.parent.map {
            #"<br><span class="faint">\#(t: "relations.partOf") <bdi>\#($0.name)</bdi></span>"#
        }
        let chip: HTML? =
            row.isInternal ? #" <span class="chip good">\#(t: "relations.internal")</span>"# : nil
        return """
            <tr><td class="name"><a href="/people/\(row.party.id.value)"><bdi>\(row.party.name)</bdi></a>\(chip)\(parent)</td>\
            <td class="number wide">\(row.departments == 0 ? "–" : Argument.count(row.departments).text)</td>\
            <td class="number">\(.count(row.volume.purchases))</td>\
            <td class="number wide">\(.count(row.volume.occasions))</td>\
            <td class="number">\(MoneyWords.text(row.volume.totals))</td></tr>
            """
    }

    private var more: HTML? {
        guard let next = portion.next else { return nil }
        let address = "/organisations" + query.with("after", next)
        return
            #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
    }

    private var empty: HTML {
        if !typed.isEmpty { return #"<p class="empty">\#(t: "customers.notFound", typed)</p>"# }
        return """
            <div class="empty card"><h2>\(t: "relations.organisations.none")</h2>\
            <p class="muted">\(t: "relations.organisations.none.how")</p></div>
            """
    }
}

/// Every department directly below an organisation, a page at a time.
struct DepartmentsPage: Page {
    let root: OrganisationTree.Node
    let rows: [OrganisationTree.Node]
    /// Where the list goes on.
    let next: Int?

    var title: String { Phrase("relations.departments.of", .text(root.name)).text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "relations.departments.what")</p></div>\
        <a class="btn" href="/people/\(root.id.value)">\(t: "relations.back")</a></header>
        <section class="card">\(TreeTable(rows: [root] + rows, label: title).html)\(more)</section></section>
        """
    }

    private var more: HTML? {
        guard next != nil, let last = rows.last else { return nil }
        let address = "/organisations/\(root.id)/departments?after=\(last.id)"
        return
            #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
    }
}

/// A new organisation, or a department of one.
struct NewOrganisationPage: Page {
    /// What it is to be a department of, where that is known already.
    let parent: Party?
    let isInternal: Bool
    var answers = Answers()

    var title: String {
        parent.map { Phrase("relations.departments.addTo", .text($0.name)).text }
            ?? Phrase("relations.organisations.add").text
    }

    var main: HTML {
        let isOurs = answers.typed.pairs.isEmpty ? isInternal : answers.typed.flag("internal")
        let fields: HTML = """
            \(answers.notice)\(hidden)\
            \(answers.field("name", Phrase("customer.field.name"), autocomplete: "off"))\
            \(answers.field("email", Phrase("customer.field.email"), .email, autocomplete: "off", required: false))\
            \(answers.field("phone", Phrase("customer.field.phone"), .telephone, autocomplete: "off", required: false))\
            \(answers.field("outside_id", Phrase("customer.field.outside_id"), hint: Phrase("customer.outsideID.hint"), autocomplete: "off", required: false))\
            \(InternalField(isSet: isOurs).html)<button class="btn primary">\(t: "form.save")</button>
            """
        return """
            <section class="page narrow"><header class="page-head"><h1>\(title)</h1></header>
            <section class="card">\(Form("/organisations", name: "stack", content: fields).html)</section></section>
            """
    }

    private var hidden: HTML? {
        parent.map { #"<input type="hidden" name="parent_id" value="\#($0.id.value)">"# }
    }
}

/// Whether an organisation is part of our own.
struct InternalField {
    let isSet: Bool

    var html: HTML {
        Field(
            name: "internal", label: Phrase("relations.field.internal").text, value: isSet ? "true" : "",
            kind: .checkbox, hint: Phrase("relations.internal.what").text
        ).html
    }
}

/// Where an organisation belongs: under another, or free; and whether it is one of our own.
struct OrganisationPlacePage: Page {
    let party: Party
    let place: TreeStore.Place
    var answers = Answers()
    var found: [Party] = []

    var title: String { Phrase("relations.place.of", .text(party.name)).text }

    var main: HTML {
        let isOurs = answers.typed.pairs.isEmpty ? place.isInternal : answers.typed.flag("internal")
        let parent = answers.field(
            "parent", Phrase("relations.field.parent"),
            standard: place.parent.map { "#\($0.id) \($0.name)" } ?? "",
            hint: Phrase("relations.field.parent.hint"), autocomplete: "off", required: false)
        let fields: HTML = """
            \(answers.notice)\(parent)\
            \(PartyChoice(name: "parent_id", parties: found, chosen: answers.value("parent_id")).html)\
            \(InternalField(isSet: isOurs).html)<button class="btn primary">\(t: "form.save")</button>
            """
        return """
            <section class="page narrow"><header class="page-head"><h1>\(title)</h1>\
            <a class="btn" href="/people/\(party.id.value)">\(t: "relations.back")</a></header>
            <section class="card">\(Form("/organisations/\(party.id.value)/place", name: "stack", content: fields).html)</section>
            </section>
            """
    }
}
