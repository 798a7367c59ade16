import Kernel
import Markup
import Web

/// Whom to ask now and why, who was asked and has not answered, and whom to come back to.
struct AskPage: Page {
    let part: AskPart
    let run: AskRun?
    let items: Portion<AskItem>
    let asks: Portion<Ask>
    let totals: AdvocacyTotals
    let names: [Int64: String]
    let askDays: Int
    let today: LocalDate
    let query: Query
    let mayAsk: Bool
    let mayExport: Bool

    var title: String { Phrase("ask.title").text }

    var main: HTML {
        AdvocatesFrame(title: title, lead: lead, actions: export, tabs: tabs).html(content)
    }

    private var lead: HTML {
        guard part == .ready else { return "\(Phrase("ask.sorted.\(part.rawValue)"))" }
        let rule: HTML =
            "\(t: "ask.rule", .count(AskRules.leastOccasions), .count(askDays)) \(t: "ask.order")"
        guard let run else { return rule }
        return "\(rule) \(t: "ask.asOf", AdvocatesFrame.day(run.day), .count(run.looked))"
    }

    private var export: HTML? {
        guard mayExport, part == .ready, run != nil else { return nil }
        return #"<a class="btn" href="/advocates/ask/csv" download>CSV</a>"#
    }

    private var tabs: HTML {
        AdvocatesFrame.tabs(
            "/advocates/ask",
            [
                ("ready", Phrase("ask.part.ready").text, totals.ready),
                ("waiting", Phrase("ask.part.waiting").text, totals.waiting),
                ("later", Phrase("ask.part.later").text, totals.later),
                ("all", Phrase("ask.part.all").text, nil),
            ], here: part.rawValue)
    }

    private var content: HTML {
        let isEmpty = part == .ready ? items.items.isEmpty : asks.items.isEmpty
        if part == .ready, run == nil { return #"<p class="empty">\#(t: "ask.notYet")</p>"# }
        guard !isEmpty else { return #"<p class="empty">\#(Phrase("ask.empty.\(part.rawValue)"))</p>"# }
        let next = part == .ready ? items.next : asks.next
        return "\(part == .ready ? ready : asked)\(AdvocatesFrame.more("/advocates/ask", query, next))"
    }

    private var ready: HTML {
        """
        <table class="rows"><caption class="hidden">\(title)</caption><thead><tr><th scope="col">\(t: "ask.who")</th>\
        <th scope="col">\(t: "ask.why")</th><th scope="col">\(t: "ask.wish")</th>\
        <th scope="col"><span class="hidden">\(t: "ask.act")</span></th></tr></thead><tbody>\(items.items.map(line))</tbody></table>
        """
    }

    private func line(_ item: AskItem) -> HTML {
        let address =
            "/advocates/ask/people/\(item.party.id)?wish=\(item.wish.rawValue.replacing(" ", with: "+"))"
        return """
            <tr><td>\(AdvocatesFrame.customer(item.party.id.value, item.party.name))</td>\
            <td>\(AskReasons(item: item, today: today).html)</td><td>\(Phrase("ask.wish.\(item.wish.rawValue)"))</td>\
            <td>\(##"<a class="btn small" href="\##(address)" aria-label="\##(t: "ask.button.of", item.party.name)">\##(t: "ask.button")</a>"##, if: mayAsk)</td></tr>
            """
    }

    private var asked: HTML {
        """
        <table class="rows"><caption class="hidden">\(title)</caption><thead><tr><th scope="col">\(t: "ask.who")</th>\
        <th scope="col">\(t: "ask.wish")</th><th scope="col">\(t: "ask.state")</th>\
        <th scope="col" class="wide">\(t: "ask.by")</th><th scope="col" class="number">\(t: "ask.when")</th>\
        <th scope="col"><span class="hidden">\(t: "ask.act")</span></th></tr></thead><tbody>\(asks.items.map(line))</tbody></table>
        """
    }

    private func line(_ ask: Ask) -> HTML {
        """
        <tr><td>\(AdvocatesFrame.customer(ask.person.value, ask.name))</td><td>\(Phrase("ask.wish.\(ask.wish.rawValue)"))</td>\
        <td>\(AskWords.state(ask, today: today))</td><td class="wide">\(ask.askedBy.flatMap { names[$0] } ?? "–")</td>\
        <td class="number">\(AdvocatesFrame.day(ask.askedDay))</td><td>\(act(ask))</td></tr>
        """
    }

    private func act(_ ask: Ask) -> HTML? {
        guard mayAsk else { return nil }
        if ask.state == .open {
            let address = "/advocates/ask/\(ask.id)"
            return """
                <a class="btn small" href="\(address)" aria-label="\(t: "ask.answer.of", ask.name)">\(t: "ask.answer")</a>
                """
        }
        guard ask.waits, let later = ask.laterDay, later <= today else { return nil }
        let address =
            "/advocates/ask/people/\(ask.person)?wish=\(ask.wish.rawValue.replacing(" ", with: "+"))"
        return """
            <a class="btn small" href="\(address)" aria-label="\(t: "ask.again.of", ask.name)">\(t: "ask.again")</a>
            """
    }
}

/// How an asking stands, in words.
enum AskWords {
    static func state(_ ask: Ask, today: LocalDate) -> HTML {
        guard ask.state == .later, let later = ask.laterDay else {
            return #"<span class="chip">\#(Phrase("ask.state.\(ask.state.rawValue)"))</span>"#
        }
        let isHere = ask.waits && later <= today
        return
            #"<span class="\#(isHere ? "chip warn" : "chip")">\#(t: "ask.state.laterOn", AdvocatesFrame.day(later))</span>"#
    }
}

/// Why somebody stands on the list, in sentences.
struct AskReasons {
    let item: AskItem
    let today: LocalDate

    var html: HTML { "\(phrases.map(\.text).joined(separator: " "))" }

    var phrases: [Phrase] {
        var phrases = [visits]
        switch (item.part, item.answeredDay) {
        case (.promoter?, let day?): phrases.append(Phrase("ask.why.promoter", AdvocatesFrame.day(day)))
        case (_?, let day?): phrases.append(Phrase("ask.why.content", AdvocatesFrame.day(day)))
        default: phrases.append(Phrase("ask.why.unheard"))
        }
        if let alive = item.alive { phrases.append(Phrase("ask.why.alive", .text(FigureCard.chance(alive)))) }
        phrases.append(
            item.lastAsked.map { Phrase("ask.why.lastAsked", AdvocatesFrame.day($0)) }
                ?? Phrase("ask.why.never"))
        return phrases
    }

    private var visits: Phrase {
        if let account = item.accountName {
            return Phrase(
                "ask.why.account", .text(account), .count(item.occasions), AdvocatesFrame.day(item.lastDay))
        }
        return Phrase("ask.why.visits", .count(item.occasions), AdvocatesFrame.day(item.lastDay))
    }
}
