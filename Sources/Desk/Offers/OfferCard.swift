import Kernel
import Markup
import Web

/// What a customer may be offered, each with its reason in words.
struct OfferCard {
    let party: ID<Party>
    let offers: [Offer]
    let mayWork: Bool

    var html: HTML {
        """
        <section class="card offers" aria-labelledby="offers"><h2 class="h" id="offers">\(t: "offers.card")</h2>
        <ul class="plain">\(offers.map(item))</ul></section>
        """
    }

    private func item(_ offer: Offer) -> HTML {
        """
        <li><p><b><bdi>\(offer.pair.offered)</bdi></b> \(OfferWords.state(offer))</p>\
        <p class="muted">\(OfferWords.reason(offer.pair))</p>\
        \(OfferWords.acts(offer, back: "/people/\(party)", name: offer.pair.offered), if: mayWork)</li>
        """
    }
}

/// Sentences and buttons about offers, the same wherever they stand.
enum OfferWords {
    /// Of so many customers who bought this, so many also bought that: so many times as many as among all.
    static func reason(_ pair: OfferPair) -> HTML {
        let isolate: (HTML) -> HTML = { "<bdi>\($0)</bdi>" }
        let phrase = Phrase(
            "offers.reason", .count(pair.boughtBy), .text(pair.bought), .count(pair.together),
            .text(pair.offered),
            times(pair.lift, pair), times(pair.low, pair), times(pair.high, pair))
        return phrase.html(wrapping: ["bought": isolate, "offered": isolate])
    }

    /// One decimal, and two where one would hide that it is above 1.
    static func times(_ millionths: Int64, _ pair: OfferPair) -> Argument {
        .number(OfferPair.ratio(millionths), decimals: pair.low < 1_100_000 ? 2 : 1)
    }

    static func range(_ pair: OfferPair) -> Phrase {
        Phrase("offers.times", times(pair.lift, pair), times(pair.low, pair), times(pair.high, pair))
    }

    static func state(_ offer: Offer) -> HTML? {
        guard let outcome = offer.outcome else { return nil }
        let day =
            offer.workedDay.map { Phrase("offers.on", .day(daysSinceEpoch: $0.daysSinceEpoch)).text } ?? ""
        return #"<span class="chip">\#(t: "offers.outcome.\(outcome.rawValue)") \#(day)</span>"#
    }

    /// One button for each thing a customer can say, then taking it back.
    static func acts(_ offer: Offer, back: String, name: String) -> HTML {
        let address = "/offers/entries/\(offer.id)"
        let choices = OfferOutcome.allCases.filter { $0 != offer.outcome }.map { outcome -> HTML in
            """
            <button class="btn small" name="outcome" value="\(outcome.rawValue)" \
            aria-label="\(t: "offers.say.\(outcome.rawValue).of", name)">\(t: "offers.say.\(outcome.rawValue)")</button>
            """
        }
        let form = Form(
            "\(address)/outcome", name: "actions",
            content: #"<input type="hidden" name="back" value="\#(back)">\#(choices)"#)
        let again = Form(
            "\(address)/reopening",
            content: """
                <input type="hidden" name="back" value="\(back)">\
                <button class="btn small quiet" aria-label="\(t: "offers.reopen.of", name)">\(t: "offers.reopen")</button>
                """)
        return #"<div class="actions">\#(form.html)\#(again.html, if: offer.outcome != nil)</div>"#
    }
}
