import Kernel
import Markup
import Web

/// Whom we owe thanks, and whom we thanked.
struct ThanksPage: Page {
    let part: ThankPart
    let portion: Portion<Thank>
    let totals: AdvocacyTotals
    let names: [Int64: String]
    let today: LocalDate
    let thankDays: Int
    let query: Query
    let mayThank: Bool
    let mayExport: Bool
    let maySkipMany: Bool
    var answers = Answers()

    var title: String { Phrase("thank.title").text }

    var main: HTML {
        AdvocatesFrame(title: title, lead: lead, actions: export, tabs: tabs).html("\(content)\(many)")
    }

    private var lead: HTML {
        let overdue: HTML? =
            totals.thanksOverdue > 0
            ? #" <span class="chip danger">\#(t: "thank.card", totals.thanksOverdue)</span>"# : nil
        return "\(t: "thank.lead", thankDays) \(Phrase("thank.sorted.\(part.rawValue)"))\(overdue)"
    }

    private var export: HTML? {
        guard mayExport, !portion.items.isEmpty else { return nil }
        let address = "/advocates/thanks/csv?show=\(part.rawValue)"
        return #"<a class="btn" href="\#(address)" download>CSV</a>"#
    }

    private var tabs: HTML {
        AdvocatesFrame.tabs(
            "/advocates/thanks",
            ThankPart.allCases.map {
                ($0.rawValue, Phrase("thank.part.\($0.rawValue)").text, $0 == .due ? totals.thanksDue : nil)
            }, here: part.rawValue)
    }

    private var content: HTML {
        guard !portion.items.isEmpty else {
            return #"<p class="empty">\#(Phrase("thank.empty.\(part.rawValue)"))</p>"#
        }
        return """
            <table class="rows"><caption class="hidden">\(title)</caption><thead><tr><th scope="col">\(t: "thank.who")</th>\
            <th scope="col">\(t: "thank.for")</th><th scope="col">\(Phrase(part == .done ? "thank.how" : "thank.due"))</th>\
            <th scope="col" class="wide">\(Phrase(part == .done ? "thank.by" : "thank.owner"))</th>\
            <th scope="col"><span class="hidden">\(t: "ask.act")</span></th></tr></thead>
            <tbody>\(portion.items.map(line))</tbody></table>\(AdvocatesFrame.more("/advocates/thanks", query, portion.next))
            """
    }

    private func line(_ thank: Thank) -> HTML {
        let colleague = part == .done ? thank.doneBy : thank.owner
        return """
            <tr><td>\(AdvocatesFrame.customer(thank.person.value, thank.name))</td><td>\(ThankWords.act(thank))</td>\
            <td>\(part == .done ? ThankWords.outcome(thank) : due(thank))</td>\
            <td class="wide">\(colleague.flatMap { names[$0] } ?? Phrase("lists.nobody").text)</td><td>\(act(thank))</td></tr>
            """
    }

    private func due(_ thank: Thank) -> HTML {
        guard thank.due < today else { return "\(AdvocatesFrame.day(thank.due))" }
        let days = today.daysSinceEpoch - thank.due.daysSinceEpoch
        return
            #"\#(AdvocatesFrame.day(thank.due)) <span class="chip danger">\#(t: "thank.late", days)</span>"#
    }

    private func act(_ thank: Thank) -> HTML? {
        guard mayThank, thank.state == .due else { return nil }
        let address = "/advocates/thanks/\(thank.id)"
        let open: HTML = """
            <a class="btn small" href="\(address)" aria-label="\(t: "thank.open.of", thank.name)">\(t: "thank.open")</a>
            """
        guard thank.owner == nil else { return open }
        let take = Form(
            "\(address)/taking",
            content:
                #"<button class="btn small" aria-label="\#(t: "thank.take.of", thank.name)">\#(t: "thank.take")</button>"#
        ).html
        return "<span class=\"actions\">\(open)\(take)</span>"
    }

    private var many: HTML? {
        guard maySkipMany, part == .due, totals.thanksDue > 0 else { return nil }
        let form = Form(
            "/advocates/thanks/skipping", name: "stack",
            content: """
                \(answers.notice)\(answers.field("before", Phrase("thank.many.before"), .date, hint: Phrase("thank.many.hint")))\
                \(answers.field("reason", Phrase("thank.reason")))<button class="btn">\(t: "thank.many.save")</button>
                """)
        let isOpen = answers.complaint != nil || !answers.complaints.isEmpty
        return """
            <details class="card" \(attribute: "open", if: isOpen)><summary>\(t: "thank.many")</summary>\(form.html)</details>
            """
    }
}

/// An act and its thanks, in words.
enum ThankWords {
    static func act(_ thank: Thank) -> HTML {
        """
        \(Phrase("act.\(thank.kind.rawValue)"))\(##" → <bdi>\##(thank.friend)</bdi>"##, if: !thank.friend.isEmpty), \
        \(AdvocatesFrame.day(thank.actDay))
        """
    }

    static func outcome(_ thank: Thank) -> HTML {
        guard thank.state == .thanked, let way = thank.way else {
            return #"<span class="chip">\#(t: "thank.skipped")</span> <bdi class="note">\#(thank.note)</bdi>"#
        }
        let cost: HTML? = thank.cost.map { " \(.money(minor: $0, currency: thank.currency))" }
        return
            #"<span class="chip good">\#(Phrase("thank.way.\(way.rawValue)"))</span>\#(cost) <bdi class="note">\#(thank.note)</bdi>"#
    }
}

/// Thanking one person for one act, or saying why not.
struct ThankPage: Page {
    let thank: Thank
    let words: String
    let owner: String?
    let today: LocalDate
    let currency: Currency
    let mayThank: Bool
    var answers = Answers()

    var title: String { Phrase("thank.page.title", .text(thank.name)).text }

    private var path: String { "/advocates/thanks/\(thank.id)" }

    var main: HTML {
        """
        <section class="page narrow advocates"><header class="page-head"><div><h1>\(t: "thank.page.title", .text(thank.name), wrapping: ["name": { "<bdi>\($0)</bdi>" }])</h1>\
        <p class="muted">\(ThankWords.act(thank))</p></div><div class="actions"><a class="btn" href="/people/\(thank.person.value)">\(t: "lists.toCustomer")</a>\
        <a class="btn" href="/advocates/thanks">\(t: "thank.all")</a></div></header>
        <section class="card">\(##"<blockquote dir="auto">\##(words)</blockquote>"##, if: !words.isEmpty)<dl class="facts"><dt>\(t: "thank.due")</dt><dd>\(AdvocatesFrame.day(thank.due))</dd>\
        <dt>\(t: "thank.owner")</dt><dd>\(owner ?? Phrase("lists.nobody").text)</dd></dl></section>\(content)</section>
        """
    }

    private var content: HTML? {
        guard thank.state == .due else {
            return "<section class=\"card\"><p>\(ThankWords.outcome(thank))</p></section>"
        }
        guard mayThank else { return nil }
        let ways = Thank.Way.allCases.map { Choice($0.rawValue, Phrase("thank.way.\($0.rawValue)").text) }
        let done = Form(
            "\(path)/giving", name: "stack",
            content: """
                \(answers.notice)\(answers.field("how", Phrase("thank.how"), .options(ways)))\
                \(answers.field("cost", Phrase("thank.cost", .text(currency.code)), hint: Phrase("thank.cost.hint"), autocomplete: "off", required: false))\
                \(answers.field("note", Phrase("thank.note"), .lines(2), required: false))\
                <button class="btn primary">\(t: "thank.save")</button>
                """)
        let skip = Form(
            "\(path)/skipping", name: "stack",
            content: """
                \(answers.field("reason", Phrase("thank.reason")))<button class="btn">\(t: "thank.skip")</button>
                """)
        return """
            \(advocacyCard("give", Phrase("thank.give"), done.html))\(advocacyCard("skip", Phrase("thank.skip.title"), skip.html))
            """
    }
}
