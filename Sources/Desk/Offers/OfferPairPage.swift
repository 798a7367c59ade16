import Kernel
import Markup
import Web

/// The customers behind one pair: who could be offered it, and to whom it was.
struct OfferPairPage: Page {
    let pair: OfferPair
    let part: OfferPart
    let portion: Portion<OfferedCustomer>
    let names: [Int64: String]
    let query: Query
    let mayWork: Bool
    let mayExport: Bool

    var title: String { Phrase("offers.pair", .text(pair.bought), .text(pair.offered)).text }

    private var path: String { "/offers/\(pair.id)" }

    var main: HTML {
        """
        <section class="page offers" data-live="customers"><header class="page-head"><div>\
        <h1>\(t: "offers.pair", .text(pair.bought), .text(pair.offered), wrapping: ["bought": isolate, "offered": isolate])</h1>\
        <p class="muted">\(OfferWords.reason(pair)) \(t: "offers.customers.sorted.\(part.rawValue)")</p></div>
        <div class="actions"><a class="btn" href="/offers">\(t: "offers.all")</a>\
        \(##"<a class="btn" href="\##(path)/csv" download>CSV</a>"##, if: mayExport)</div></header>
        <nav class="chooser" aria-label="\(t: "lists.parts")"><span class="parts">\(OfferPart.allCases.map(tab))</span></nav>
        \(content)</section>
        """
    }

    private func isolate(_ html: HTML) -> HTML { "<bdi>\(html)</bdi>" }

    private func tab(_ other: OfferPart) -> HTML {
        let address = other == .open ? path : "\(path)?show=\(other.rawValue)"
        return """
            <a class="btn" href="\(address)" \(attribute: "aria-current", "true", if: other == part)>\
            \(t: "offers.part.\(other.rawValue)")</a>
            """
    }

    private var content: HTML {
        guard !portion.items.isEmpty else {
            return #"<p class="empty">\#(t: "offers.customers.empty.\(part.rawValue)")</p>"#
        }
        return """
            <table class="rows"><caption class="hidden">\(title)</caption><thead><tr>\
            <th scope="col">\(t: "customers.name")</th><th scope="col" class="wide">\(t: "offers.column.since")</th>\
            \(done)<th scope="col">\(t: "offers.column.work")</th></tr></thead>
            <tbody>\(portion.items.map(line))</tbody></table>\(more)
            """
    }

    private var done: HTML? {
        guard part == .done else { return nil }
        return """
            <th scope="col" class="wide">\(t: "offers.column.who")</th><th scope="col">\(t: "offers.column.bought.since")</th>
            """
    }

    private func line(_ customer: OfferedCustomer) -> HTML {
        let offer = customer.offer
        let since = Argument.day(daysSinceEpoch: offer.entered.daysSinceEpoch)
        return """
            <tr><td><a href="/people/\(customer.party.id.value)"><bdi>\(customer.party.name)</bdi></a></td>\
            <td class="wide">\(since)</td>\(outcome(offer))<td>\(OfferWords.state(offer)) \(note(offer))\
            \(acts(customer), if: mayWork && offer.boughtDay == nil)</td></tr>
            """
    }

    private func note(_ offer: Offer) -> HTML? {
        offer.note.isEmpty ? nil : #"<span class="reason">\#(offer.note)</span>"#
    }

    private func acts(_ customer: OfferedCustomer) -> HTML {
        OfferWords.acts(customer.offer, back: path, name: customer.party.name)
    }

    private func outcome(_ offer: Offer) -> HTML? {
        guard part == .done else { return nil }
        let bought: HTML? = offer.boughtDay.map { "\(.day(daysSinceEpoch: $0.daysSinceEpoch))" }
        return """
            <td class="wide"><bdi>\(offer.workedBy.flatMap { names[$0] } ?? "–")</bdi></td>\
            <td>\(bought ?? "\(t: "offers.notYet")")</td>
            """
    }

    private var more: HTML? {
        guard let next = portion.next else { return nil }
        let address = path + query.with("after", next)
        return #"""
            <nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>
            """#
    }
}
