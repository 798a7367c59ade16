import Kernel
import Markup
import Web

/// What every screen of advocacy has: its heading, its parts beside each other, and the way to the next page.
struct AdvocatesFrame {
    let title: String
    let lead: HTML
    var actions: HTML?
    var tabs: HTML?

    func html(_ content: HTML) -> HTML {
        """
        <section class="page advocates" data-live="customers"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(lead)</p></div><div class="actions">\
        <a class="btn" href="/advocates">\(t: "advocacy.back")</a>\(actions)</div></header>\(tabs)\(content)</section>
        """
    }

    /// Parts of a list, as links; the first is the plain address.
    static func tabs(_ path: String, _ parts: [(word: String, label: String, count: Int?)], here: String)
        -> HTML
    {
        let links = parts.enumerated().map { place, part -> HTML in
            let address = place == 0 ? path : "\(path)?show=\(part.word)"
            return """
                <a class="btn" href="\(address)" \(attribute: "aria-current", "true", if: part.word == here)>\(part.label)\
                \(part.count.map { count -> HTML in " <span class=\"count\">\(.count(count))</span>" })</a>
                """
        }
        return """
            <nav class="chooser" aria-label="\(t: "advocacy.parts")"><span class="parts">\(links)</span></nav>
            """
    }

    static func more(_ path: String, _ query: Query, _ next: String?) -> HTML? {
        guard let next else { return nil }
        let address = path + query.with("after", next)
        return """
            <nav class="pages" aria-label="\(t: "page.more")"><a class="btn" rel="next" href="\(address)">\(t: "page.next")</a></nav>
            """
    }

    static func day(_ day: LocalDate) -> Argument { .day(daysSinceEpoch: day.daysSinceEpoch) }

    static func customer(_ id: Int64, _ name: String) -> HTML {
        let address = "/people/\(id)"
        return #"<a href="\#(address)"><bdi>\#(name)</bdi></a>"#
    }
}

/// A card with a heading of its own.
func advocacyCard(_ id: String, _ heading: Phrase, _ content: HTML) -> HTML {
    """
    <section class="card" aria-labelledby="\(id)"><h2 class="h" id="\(id)">\(heading)</h2>\(content)</section>
    """
}

/// The parts of advocacy at a glance, with how much waits in each.
struct AdvocatesPage: Page {
    let totals: AdvocacyTotals
    let mayChange: Bool
    let maySeeProfile: Bool

    var title: String { Phrase("advocacy.title").text }

    var main: HTML {
        """
        <section class="page advocates" data-live="customers"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "advocacy.lead")</p></div><div class="actions">\
        \(##"<a class="btn" href="/profile/behind/advocate">\##(t: "advocacy.behind")</a>"##, if: maySeeProfile)\
        \(##"<a class="btn" href="/advocates/settings">\##(t: "advocacy.settings")</a>"##, if: mayChange)</div></header>
        <div class="three">\(cards)</div></section>
        """
    }

    private var cards: [HTML] {
        let given = totals.testimonials[.given] ?? 0
        let referrals = totals.referrals
        var cards = [
            card("ask", totals.ready, "\(t: "ask.card", totals.backToday)"),
            card(
                "referrals", referrals[.bought] ?? 0,
                "\(t: "advocacy.referrals.card", .count(referrals[.open] ?? 0), .count(referrals[.linked] ?? 0))"
            ),
            card(
                "testimonials", given, "\(t: "advocacy.testimonials.card", totals.testimonials[.open] ?? 0)"),
            card("thanks", totals.thanksDue, overdue),
        ]
        if maySeeProfile { cards.append(talk) }
        return cards
    }

    private var overdue: HTML {
        let words: HTML = "\(t: "thank.card", totals.thanksOverdue)"
        return totals.thanksOverdue > 0 ? #"<span class="chip danger">\#(words)</span>"# : words
    }

    private func card(_ part: String, _ number: Int, _ more: HTML) -> HTML {
        let address = "/advocates/\(part)"
        return advocacyCard(
            "part-\(part)", Phrase("advocacy.part.\(part)"),
            """
            <p class="big"><a href="\(address)">\(Phrase("advocacy.count.\(part)", .count(number)))</a></p>
            <p>\(more)</p><p class="muted">\(Phrase("advocacy.part.\(part).what"))</p>
            """)
    }

    private var talk: HTML {
        advocacyCard(
            "part-talk", Phrase("advocacy.part.talk"),
            """
            <p class="muted">\(t: "advocacy.part.talk.what")</p>
            <p><a class="btn" href="/advocates/talk">\(t: "advocacy.part.talk.open")</a></p>
            """)
    }
}
