import Kernel
import Markup
import Storage
import Web

/// Everything that happened with a customer, latest first.
struct CustomerTimeline {
    let timeline: Portion<TimelineEntry>
    let id: ID<Party>
    var view = TimelineView()

    private var address: String { "/people/\(id.value)" }

    var html: HTML {
        """
        <section class="card" aria-labelledby="timeline"><h2 class="h" id="timeline">\(t: "timeline.title")</h2>
        \(TimelineForm(address: address, view: view).html)\(none)
        <ol class="timeline" data-live="customers">\(timeline.items.map(line))</ol>\(more)</section>
        """
    }

    private var none: HTML? {
        guard timeline.items.isEmpty else { return nil }
        let isNarrowed = !view.filter.isEmpty || view.query.has("before")
        return #"<p class="muted">\#(t: isNarrowed ? "timeline.nothing" : "timeline.none")</p>"#
    }

    private var more: HTML? {
        guard let next = timeline.next else { return nil }
        let older = address + view.query.with("before", next) + "#timeline"
        return
            ##"<nav class="pages" aria-label="\##(t: "page.more")"><a class="btn" rel="next" href="\##(older)">\##(t: "timeline.earlier")</a></nav>"##
    }

    private func line(_ entry: TimelineEntry) -> HTML {
        let (style, what) =
            switch entry.happening {
            case .purchase(let purchase): (purchase.kind == .use ? "use" : "purchase", text(purchase))
            case .act(let act): ("act", text(act))
            case .answer(let answer): ("event", AnswerWords.html(answer))
            case .event(let event): ("event", text(event))
            }
        return """
            <li class="\(style)"><i aria-hidden="true"></i><div>\(what)\(whose(entry))</div>\(time(entry))</li>
            """
    }

    /// The day; the exact moment, where it is known, for whoever points at it or has it read out.
    private func time(_ entry: TimelineEntry) -> HTML {
        let day: HTML = "\(.day(daysSinceEpoch: entry.day.daysSinceEpoch))"
        guard let at = entry.at else { return #"<time datetime="\#(entry.day.description)">\#(day)</time>"# }
        let exact = Argument.instant(at.milliseconds).text
        return #"<time datetime="\#(at.iso)" title="\#(exact)">\#(day)</time>"#
    }

    /// One of the persons or departments of the organisation whose timeline it is.
    private func whose(_ entry: TimelineEntry) -> HTML? {
        guard let party = entry.party, party != id.value, let name = view.names[party] else { return nil }
        return #" <a class="chip whose" href="/people/\#(party)"><bdi>\#(name)</bdi></a>"#
    }

    private func text(_ event: Event) -> HTML {
        "<span>\(Phrase("event.\(event.kind)"))</span>\(who(event))"
    }

    private func who(_ event: Event) -> HTML? {
        guard let actor = event.actor.flatMap({ view.names[$0] }) else { return nil }
        let name: (HTML) -> HTML = { "<bdi>\($0)</bdi>" }
        guard let behalf = event.onBehalfOf.flatMap({ view.names[$0] }) else {
            return
                #" <span class="muted">\#(t: "timeline.by", .text(actor), wrapping: ["name": name])</span>"#
        }
        return
            #" <span class="muted">\#(t: "timeline.byFor", .text(actor), .text(behalf), wrapping: ["name": name, "behalf": name])</span>"#
    }

    private func text(_ purchase: Purchase) -> HTML {
        let isUse = purchase.kind == .use
        let details = [
            isUse ? "" : purchase.product,
            purchase.quantity == 1 ? "" : "× \(Argument.count(purchase.quantity).text)", purchase.channel,
        ].filter { !$0.isEmpty }.map { "<bdi>\($0)</bdi>" as HTML }
        return """
            <span>\(isUse ? UseWords.what(purchase) : money(purchase))</span> \
            <span class="muted">\(details.joined(separator: " · "))</span>
            """
    }

    private func money(_ purchase: Purchase) -> HTML {
        let money = Argument.money(minor: purchase.amount.minor, currency: purchase.amount.currency.code)
        let word = purchase.amount.minor < 0 ? "timeline.refund" : "timeline.purchase"
        return "\(t: word, money)"
    }

    private func text(_ act: AdvocacyAct) -> HTML {
        """
        <span>\(Phrase("act.\(act.kind.rawValue)"))\(##" → \##(act.friend)"##, if: !act.friend.isEmpty)\
        \(##" · \##(act.rating ?? 0)/5"##, if: act.rating != nil)</span>\
        \(##"<blockquote>\##(act.words)</blockquote>"##, if: !act.words.isEmpty)\
        \(##"<p class="faint">\##(t: "act.doesNotCount")</p>"##, if: !act.counts)
        """
    }
}
