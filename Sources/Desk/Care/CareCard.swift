import Kernel
import Markup

/// Who looks after a customer, their language, and what time it is where they are.
struct CareCard {
    let party: ID<Party>
    let care: Care
    let now: Instant

    /// Nil where nothing of it is known.
    var html: HTML? {
        let lines = [owner, language, zone].compactMap(\.self)
        guard !lines.isEmpty else { return nil }
        return """
            <section class="card" aria-labelledby="care"><h2 class="h" id="care">\(t: "persons.care")</h2>\
            <dl class="facts">\(lines)</dl></section>
            """
    }

    private var owner: HTML? {
        care.owner.map { owner -> HTML in
            """
            <dt>\(t: "persons.owner")</dt><dd><a href="/owners/\(owner.id)"><bdi>\(owner.name)</bdi></a>\
            \(##" <span class="chip danger">\##(t: "people.colleagues.suspended")</span>"##, if: owner.isSuspended)</dd>
            """
        }
    }

    private var language: HTML? {
        guard !care.language.isEmpty else { return nil }
        return "<dt>\(t: "persons.language")</dt><dd>\(CustomerLanguage.name(care.language))</dd>"
    }

    private var zone: HTML? {
        guard !care.zone.isEmpty else { return nil }
        let time = CustomerClock(zone: care.zone, now: now).time
        return """
            <dt>\(t: "persons.zone")</dt><dd><bdi>\(care.zone)</bdi>\(time.map { time -> HTML in
                "<br>\(t: "persons.zone.now", time)"
            })</dd>
            """
    }
}

/// Everybody and how many customers they look after.
struct OwnersPage: Page {
    let owners: [OwnerRow]

    var title: String { Phrase("persons.owners").text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "persons.owners.lead")</p></div></header>
        <table class="rows"><caption class="hidden">\(title)</caption><thead><tr>\
        <th scope="col">\(t: "people.name")</th><th scope="col" class="number">\(t: "persons.owners.customers")</th>\
        </tr></thead><tbody>\(owners.map(row))</tbody></table></section>
        """
    }

    private func row(_ owner: OwnerRow) -> HTML {
        """
        <tr><td><a href="/owners/\(owner.id.value)"><bdi>\(owner.name)</bdi></a>\
        \(##" <span class="chip danger">\##(t: "people.colleagues.suspended")</span>"##, if: owner.isSuspended)</td>\
        <td class="number">\(BoundedCount(owner.customers, limit: OwnerRow.limit).text)</td></tr>
        """
    }
}

/// A number that was counted only so far: `more than 1,000`.
struct BoundedCount {
    let count: Int
    let limit: Int

    init(_ count: Int, limit: Int) {
        self.count = count
        self.limit = limit
    }

    var text: String {
        count > limit
            ? Phrase("persons.moreThan", .count(limit)).text : Argument.count(count).text
    }
}

/// The customers one colleague looks after, and all of them given to another in one act.
struct OwnedPage: Page {
    let owner: OwnerRow
    let customers: Portion<Party>
    let colleagues: [Choice]
    let mayHandOver: Bool
    var answers = Answers()

    var title: String { Phrase("persons.owned", .text(owner.name)).text }

    private var path: String { "/owners/\(owner.id)" }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: owner.isSuspended ? "persons.owned.suspended" : "persons.owned.sorted")</p></div>\
        <a class="btn" href="/owners">\(t: "persons.owners")</a></header>
        \(handOver)\(list)</section>
        """
    }

    private var handOver: HTML? {
        guard mayHandOver, !customers.items.isEmpty else { return nil }
        let choices = [Choice("", Phrase("persons.owner.choose").text)] + colleagues
        return """
            <section class="card" aria-labelledby="hand"><h2 class="h" id="hand">\(t: "persons.handOver")</h2>
            <p class="muted">\(t: "persons.handOver.what")</p>\
            \(Form(
                "\(path)/handover",
                content: """
                    <div class="stack">\(answers.field("owner", Phrase("persons.handOver.to"), .choice(choices)))</div>\
                    <p><button class="btn primary">\(t: "persons.handOver.do")</button></p>
                    """
            ).html)</section>
            """
    }

    private var list: HTML {
        guard !customers.items.isEmpty else { return #"<p class="empty">\#(t: "persons.owned.none")</p>"# }
        return "\(PartyTable(parties: customers.items, caption: title).html)\(more)"
    }

    private var more: HTML? {
        guard let next = customers.next else { return nil }
        return
            #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#("\(path)?after=\(next)")">\#(t: "page.next")</a></nav>"#
    }
}

/// Customers by name and nothing else.
struct PartyTable {
    let parties: [Party]
    let caption: String

    var html: HTML {
        """
        <table class="rows"><caption class="hidden">\(caption)</caption><thead><tr>\
        <th scope="col">\(t: "customers.name")</th><th scope="col">\(t: "customer.kind")</th></tr></thead>\
        <tbody>\(parties.map(row))</tbody></table>
        """
    }

    private func row(_ party: Party) -> HTML {
        """
        <tr><td><a href="/people/\(party.id.value)"><bdi>\(party.name)</bdi></a></td>\
        <td>\(t: "party.\(party.kind.rawValue)")</td></tr>
        """
    }
}
