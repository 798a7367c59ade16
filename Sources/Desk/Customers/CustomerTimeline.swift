import Kernel
import Markup
import Storage

/// Everything that happened with a customer, latest first.
struct CustomerTimeline {
    let timeline: Portion<TimelineEntry>
    let id: ID<Party>

    var html: HTML {
        """
        <section class="card" aria-labelledby="timeline"><h2 class="h" id="timeline">\(t: "timeline.title")</h2>
        \(##"<p class="muted">\##(t: "timeline.none")</p>"##, if: timeline.items.isEmpty)
        <ol class="timeline" data-live="customers">\(timeline.items.map(line))</ol>\(more)</section>
        """
    }

    private var more: HTML? {
        guard let next = timeline.next else { return nil }
        return
            ##"<nav class="pages" aria-label="\##(t: "page.more")"><a class="btn" rel="next" href="/people/\##(id.value)?before=\##(next)">\##(t: "timeline.earlier")</a></nav>"##
    }

    private func line(_ entry: TimelineEntry) -> HTML {
        let (style, what) =
            switch entry.happening {
            case .purchase(let purchase): ("purchase", text(purchase))
            case .act(let act): ("act", text(act))
            case .answer(let answer): ("event", AnswerWords.html(answer))
            case .event(let event): ("event", "<span>\(Phrase("event.\(event.kind)"))</span>" as HTML)
            }
        return """
            <li class="\(style)"><i aria-hidden="true"></i><div>\(what)</div>\
            <time datetime="\(entry.day.description)">\(.day(daysSinceEpoch: entry.day.daysSinceEpoch))</time></li>
            """
    }

    private func text(_ purchase: Purchase) -> HTML {
        let money = Argument.money(minor: purchase.amount.minor, currency: purchase.amount.currency.code)
        let word = purchase.amount.minor < 0 ? "timeline.refund" : "timeline.purchase"
        let details = [
            purchase.product, purchase.quantity == 1 ? "" : "× \(Argument.count(purchase.quantity).text)",
            purchase.channel,
        ].filter { !$0.isEmpty }.map { "<bdi>\($0)</bdi>" as HTML }
        return """
            <span>\(t: word, money)</span> <span class="muted">\(details.joined(separator: " · "))</span>
            """
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
