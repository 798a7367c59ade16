import Kernel
import Markup
import Web

/// A customer: who they are, their level and why, and everything that ever happened.
struct CustomerPage: Page {
    let record: CustomerRecord
    let timeline: Portion<TimelineEntry>
    /// What the timeline is narrowed to, and the names it speaks of.
    var timelineView = TimelineView()
    let today: LocalDate
    let mayEdit: Bool
    let mayRecordActs: Bool
    /// What the data says about this customer; nil before the first figures.
    var figures: HTML?
    /// What the features show of this customer.
    var cards: [CustomerCard] = []
    /// What they answered when asked, latest first.
    var answers: [Answer] = []

    var title: String { record.party.name }

    var main: HTML {
        """
        <section class="page">
          <header class="page-head"><div><h1><bdi>\(record.party.name)</bdi></h1>
            <p class="muted">\(record.level.badge) \(since)</p></div>
            \(##"<a class="btn" href="/people/\##(record.party.id.value)/edit">\##(t: "customer.edit")</a>"##, if: mayEdit)</header>
          \(cards.filter { $0.place == .notice }.map(\.html))
          <div class="beside customer">
            <div class="stack">\(cards(.promises ... .facts))</div>
            <div class="stack">\(CustomerTimeline(timeline: timeline, id: record.party.id, view: timelineView).html)\
        \(cards(.departments ... .telling))</div>
            <div class="stack">\(cards(.relations ... .fields))\(rest)</div>
          </div>
        </section>
        """
    }

    /// The cards of some places, in their order.
    private func cards(_ places: ClosedRange<CustomerCard.Place>) -> [HTML] {
        let own = [
            CustomerCard(.why, Optional(why)), CustomerCard(.figures, figures),
            CustomerCard(.facts, Optional(facts)),
            CustomerCard(.said, Optional(said)),
            CustomerCard(.telling, actForm),
        ]
        return (own.compactMap { $0 } + cards).filter { places.contains($0.place) }
            .sorted { $0.place < $1.place }.map(\.html)
    }

    /// What else can be done, a button each.
    private var rest: HTML? {
        let buttons = cards(.rest ... .rest)
        guard !buttons.isEmpty else { return nil }
        return """
            <section class="card" aria-labelledby="rest"><h2 class="h" id="rest">\(t: "customer.rest")</h2>
            <div class="actions rest">\(buttons)</div></section>
            """
    }

    private var since: HTML? {
        guard let since = record.since else { return nil }
        return #"<span>\#(t: "customer.since", .day(daysSinceEpoch: since.daysSinceEpoch))</span>"#
    }

    private var why: HTML {
        """
        <section class="card" aria-labelledby="why"><h2 class="h" id="why">\(t: "customer.why")</h2>
        <p>\(reason)</p>\(evidence)<p class="faint">\(t: "customer.why.window", start, end)</p></section>
        """
    }

    private var start: Argument { .day(daysSinceEpoch: record.window.lowerBound.daysSinceEpoch) }
    private var end: Argument { .day(daysSinceEpoch: record.window.upperBound.daysSinceEpoch) }

    private var reason: Phrase {
        let inside = record.evidence.occasions.filter(record.window.contains)
        switch record.level {
        case .prospect: return Phrase("customer.why.prospect")
        case .lapsed:
            let last = record.evidence.occasions.last?.daysSinceEpoch ?? 0
            return Phrase("customer.why.lapsed", .day(daysSinceEpoch: last))
        case .first:
            return Phrase("customer.why.first", .day(daysSinceEpoch: inside.first?.daysSinceEpoch ?? 0))
        case .repeating:
            return Phrase(
                "customer.why.repeat", .count(inside.count), .count(record.evidence.occasions.count))
        case .advocate:
            return Phrase("customer.why.advocate", .count(actsInside.count))
        }
    }

    private var actsInside: [AdvocacyAct] {
        record.acts.filter { $0.counts && record.window.contains($0.day) }
    }

    private var evidence: HTML? {
        guard record.level == .advocate else { return nil }
        let lines = actsInside.prefix(5).map { act -> HTML in
            "<li>\(Phrase("act.\(act.kind.rawValue)")), \(.day(daysSinceEpoch: act.day.daysSinceEpoch))</li>"
        }
        return "<ul class=\"plain\">\(lines)</ul>"
    }

    private var facts: HTML {
        let first =
            record.evidence.occasions.first.map { Argument.day(daysSinceEpoch: $0.daysSinceEpoch).text }
            ?? "–"
        let totals = record.totals.map { Argument.money(minor: $0.minor, currency: $0.currency.code).text }
        return """
            <section class="card" aria-labelledby="facts"><h2 class="h" id="facts">\(t: "customer.facts")</h2>
            <dl class="facts"><dt>\(t: "customer.first")</dt><dd>\(first)</dd>
            <dt>\(t: "customer.purchases")</dt><dd>\(.count(record.purchases))</dd>
            <dt>\(t: "customer.occasions")</dt><dd>\(.count(record.evidence.occasions.count))</dd>
            <dt>\(t: "customer.value")</dt><dd>\(totals.isEmpty ? "–" : totals.joined(separator: " · "))</dd>
            <dt>\(t: "customer.acts")</dt><dd>\(.count(record.acts.filter(\.counts).count))</dd></dl></section>
            """
    }

    private var said: HTML {
        AnswerCard(party: record.party.id, answers: answers, today: today, mayRecord: mayRecordActs).html
    }

    private var actForm: HTML? {
        guard mayRecordActs, record.party.kind == .person else { return nil }
        return """
            <section class="card" aria-labelledby="tell"><h2 class="h" id="tell">\(t: "act.new")</h2>
            <p class="muted">\(t: "act.new.what")</p>
            <details class="rule"><summary>\(t: "act.enter")</summary>\(ActForm(person: record.party.id, today: today).html)\
            </details></section>
            """
    }
}

/// Puts on record that somebody told others.
struct ActForm {
    let person: ID<Party>
    let today: LocalDate

    var html: HTML {
        let kinds = AdvocacyAct.Kind.allCases.map { Choice($0.rawValue, Phrase("act.\($0.rawValue)").text) }
        let stars = [Choice("", "–")] + (1...5).map { Choice("\($0)", "\($0)") }
        let consents = [
            Choice("", Phrase("act.consent.unknown").text), Choice("yes", Phrase("act.consent.yes").text),
            Choice("no", Phrase("act.consent.no").text),
        ]
        let fields: [HTML] = [
            Field(name: "kind", label: Phrase("act.kind").text, kind: .choice(kinds), required: true).html,
            Field(
                name: "day", label: Phrase("act.day").text, value: today.description, kind: .date,
                required: true
            )
            .html,
            Field(name: "words", label: Phrase("act.words").text, kind: .lines(3)).html,
            Field(name: "friend", label: Phrase("act.friend").text, hint: Phrase("act.friend.hint").text)
                .html,
            Field(name: "rating", label: Phrase("act.rating").text, kind: .choice(stars)).html,
            Field(name: "consent", label: Phrase("act.consent").text, kind: .choice(consents)).html,
        ]
        return Form(
            "/people/\(person.value)/advocacy",
            content: """
                <div class="stack">\(fields)</div><p><button class="btn primary">\(t: "act.save")</button></p>
                """
        ).html
    }
}
