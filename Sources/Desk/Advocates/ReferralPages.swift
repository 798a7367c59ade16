import Kernel
import Markup
import Web

/// Whom customers sent us, and what came of it.
struct ReferralsPage: Page {
    let state: Referral.State
    let portion: Portion<Referral>
    let totals: AdvocacyTotals
    let query: Query
    let mayLink: Bool
    let mayExport: Bool

    var title: String { Phrase("advocacy.referrals.title").text }

    var main: HTML {
        AdvocatesFrame(
            title: title, lead: "\(Phrase("advocacy.referrals.lead.\(state.rawValue)"))", actions: export,
            tabs: tabs
        ).html(content)
    }

    private var export: HTML? {
        guard mayExport, !portion.items.isEmpty else { return nil }
        let address = "/advocates/referrals/csv?show=\(state.rawValue)"
        return #"<a class="btn" href="\#(address)" download>CSV</a>"#
    }

    private var tabs: HTML {
        AdvocatesFrame.tabs(
            "/advocates/referrals",
            Referral.State.allCases.map {
                (
                    $0.rawValue, Phrase("advocacy.referrals.part.\($0.rawValue)").text,
                    totals.referrals[$0] ?? 0
                )
            }, here: state.rawValue)
    }

    private var content: HTML {
        guard !portion.items.isEmpty else {
            return #"<p class="empty">\#(Phrase("advocacy.referrals.empty.\(state.rawValue)"))</p>"#
        }
        return """
            <table class="rows"><caption class="hidden">\(title)</caption><thead><tr>\
            <th scope="col">\(t: "advocacy.referrals.who")</th><th scope="col">\(t: "advocacy.referrals.friend")</th>\
            <th scope="col">\(Phrase("advocacy.referrals.column.\(state.rawValue)"))</th>\
            <th scope="col" class="number">\(t: "advocacy.referrals.when")</th></tr></thead>
            <tbody>\(portion.items.map(line))</tbody></table>\(AdvocatesFrame.more("/advocates/referrals", query, portion.next))
            """
    }

    private func line(_ referral: Referral) -> HTML {
        let address = "/advocates/referrals/\(referral.id)"
        let name: HTML =
            referral.friend.isEmpty ? "\(t: "advocacy.referrals.unnamed")" : "<bdi>\(referral.friend)</bdi>"
        return """
            <tr><td>\(AdvocatesFrame.customer(referral.person.value, referral.name))</td>\
            <td><a href="\(address)">\(name)</a></td><td>\(outcome(referral))</td>\
            <td class="number">\(AdvocatesFrame.day(referral.day))</td></tr>
            """
    }

    private func outcome(_ referral: Referral) -> HTML {
        switch referral.state {
        case .open: suggestion(referral)
        case .linked: ReferralWords.linked(referral)
        case .bought: ReferralWords.bought(referral)
        }
    }

    private func suggestion(_ referral: Referral) -> HTML {
        guard let suggested = referral.suggested else {
            return #"<span class="muted">\#(t: "advocacy.referrals.nobody")</span>"#
        }
        let words: HTML = """
            \(AdvocatesFrame.customer(suggested.id, suggested.name)) <span class="muted">\
            \(Phrase("advocacy.referrals.because.\(suggested.why)"))</span>
            """
        guard mayLink else { return words }
        return
            "\(words) <span class=\"actions\">\(ReferralWords.confirm(referral, suggested.id, suggested.name))</span>"
    }
}

/// How a referral stands, in words.
enum ReferralWords {
    static func linked(_ referral: Referral) -> HTML {
        let friend = referral.friendParty.map { AdvocatesFrame.customer($0.id.value, $0.name) }
        let why = referral.wasCustomer ? "advocacy.referrals.before" : "advocacy.referrals.notBought"
        return "\(friend) <span class=\"muted\">\(t: why)</span>"
    }

    static func bought(_ referral: Referral) -> HTML {
        let friend = referral.friendParty.map { AdvocatesFrame.customer($0.id.value, $0.name) }
        let first = referral.firstDay ?? referral.day
        return
            "\(friend) <span>\(t: "advocacy.referrals.bought", AdvocatesFrame.day(first), .text(worth(referral)))</span>"
    }

    static func worth(_ referral: Referral) -> String {
        let sums = referral.worth.map { Argument.money(minor: $0.minor, currency: $0.currency.code).text }
        return sums.isEmpty ? "–" : sums.joined(separator: " · ")
    }

    static func confirm(_ referral: Referral, _ customer: Int64, _ name: String) -> HTML {
        let address = "/advocates/referrals/\(referral.id)"
        let yes = Form(
            "\(address)/link",
            content: """
                <input type="hidden" name="customer" value="\(customer)">\
                <button class="btn small" aria-label="\(t: "advocacy.referrals.confirm.of", name)">\(t: "advocacy.referrals.confirm")</button>
                """
        ).html
        let no = Form(
            "\(address)/dismissal",
            content: """
                <button class="btn small" aria-label="\(t: "advocacy.referrals.dismiss.of", name)">\(t: "advocacy.referrals.dismiss")</button>
                """
        ).html
        return "\(yes)\(no)"
    }
}

/// One referral: who the friend is, found among the customers.
struct ReferralPage: Page {
    let referral: Referral
    let found: [CustomerRow]
    let typed: String
    let mayLink: Bool
    var refusal: ReferralRefusal?

    var title: String { Phrase("advocacy.referral.title", .text(referral.name)).text }

    private var path: String { "/advocates/referrals/\(referral.id)" }

    var main: HTML {
        """
        <section class="page narrow advocates"><header class="page-head"><div><h1>\(t: "advocacy.referral.title", .text(referral.name), wrapping: ["name": { "<bdi>\($0)</bdi>" }])</h1>\
        <p class="muted">\(t: "advocacy.referral.what", AdvocatesFrame.day(referral.day), .text(referral.friend.isEmpty ? "–" : referral.friend), wrapping: ["friend": { "<bdi>\($0)</bdi>" }])</p></div>\
        <div class="actions"><a class="btn" href="/people/\(referral.person.value)">\(t: "lists.toCustomer")</a>\
        <a class="btn" href="/advocates/referrals">\(t: "advocacy.referrals.all")</a></div></header>\(notice)\(standing)\(finder)</section>
        """
    }

    private var notice: HTML? {
        refusal.map { #"<p class="flash flash-warning" role="alert">\#($0.phrase)</p>"# }
    }

    private var standing: HTML {
        switch referral.state {
        case .open:
            guard let suggested = referral.suggested else {
                return #"<p class="card">\#(t: "advocacy.referral.open")</p>"#
            }
            let buttons = mayLink ? ReferralWords.confirm(referral, suggested.id, suggested.name) : nil
            return """
                <section class="card"><p>\(AdvocatesFrame.customer(suggested.id, suggested.name)) \
                <span class="muted">\(Phrase("advocacy.referrals.because.\(suggested.why)"))</span></p><div class="actions">\(buttons)</div></section>
                """
        case .linked:
            return "<section class=\"card\"><p>\(ReferralWords.linked(referral))</p>\(how)</section>"
        case .bought:
            return "<section class=\"card\"><p>\(ReferralWords.bought(referral))</p>\(how)</section>"
        }
    }

    private var how: HTML {
        let unlink = Form(
            "\(path)/unlinking",
            content: #"<button class="btn small">\#(t: "advocacy.referral.unlink")</button>"#
        ).html
        return """
            <p class="muted">\(Phrase("advocacy.referral.how.\(referral.linkedHow)"))</p>\(mayLink ? unlink : nil)
            """
    }

    private var finder: HTML? {
        guard mayLink, referral.state == .open else { return nil }
        let lines = found.map { row -> HTML in
            let link = Form(
                "\(path)/link",
                content: """
                    <input type="hidden" name="customer" value="\(row.party.id.value)">\
                    <button class="btn small" aria-label="\(t: "advocacy.referral.choose.of", row.party.name)">\(t: "advocacy.referral.choose")</button>
                    """
            ).html
            return """
                <li class="row">\(AdvocatesFrame.customer(row.party.id.value, row.party.name)) <span class="muted">\(row.email ?? "")</span> \(link)</li>
                """
        }
        let none: HTML? =
            typed.isEmpty || !found.isEmpty ? nil : #"<p class="muted">\#(t: "advocacy.referral.none")</p>"#
        return advocacyCard(
            "find", Phrase("advocacy.referral.find"),
            """
            <form class="finder" method="get" action="\(path)"><label class="hidden" for="find-q">\(t: "advocacy.referral.find.label")</label>\
            <input type="search" id="find-q" name="q" value="\(typed)"><button class="btn">\(t: "advocacy.referral.find.button")</button></form>
            \(none)<ul class="plain">\(lines)</ul>
            """)
    }
}
