import Kernel
import Markup
import Storage
public import Web

/// A customer's life as an advocate, on their page: when they were asked, whom they sent, what may be shown, and whether
/// they were thanked.
struct AdvocateCard {
    let party: ID<Party>
    let asks: [Ask]
    let referrals: [Referral]
    let testimonials: [Testimonial]
    let thanks: [Thank]
    let today: LocalDate
    let mayAsk: Bool

    /// Nil for organisations: the persons in them tell others.
    static func card(of record: CustomerRecord, for person: Colleague, on desk: Desk) async throws -> HTML? {
        guard record.party.kind == .person, person.may(.seeCustomers) else { return nil }
        let (id, today) = (record.party.id, try await desk.today())
        let mayAsk = person.may(.recordAdvocacy)
        return try await desk.database.read { connection in
            AdvocateCard(
                party: id, asks: try AskStore.asks(of: id, limit: 3, in: connection),
                referrals: try ReferralStore.referrals(of: id, limit: 5, in: connection),
                testimonials: try TestimonialStore.testimonials(of: id, limit: 5, in: connection),
                thanks: try ThankStore.thanks(of: id, limit: 5, in: connection), today: today, mayAsk: mayAsk)
        }.html
    }

    var html: HTML {
        advocacyCard(
            "advocate", Phrase("advocacy.card"),
            """
            \(asked)\(sent)\(said)\(thanked)
            """)
    }

    private var asked: HTML {
        let address = "/advocates/ask/people/\(party)"
        let isOpen = asks.contains { $0.state == .open }
        let button: HTML? =
            mayAsk && !isOpen
            ? #"<p><a class="btn small" href="\#(address)">\#(t: "ask.button")</a></p>"# : nil
        guard !asks.isEmpty else { return #"<p class="muted">\#(t: "ask.never")</p>\#(button)"# }
        let lines = asks.map { ask -> HTML in
            let address = "/advocates/ask/\(ask.id)"
            return """
                <li><a href="\(address)">\(t: "ask.card.asked", .text(Phrase("ask.wish.\(ask.wish.rawValue)").text), AdvocatesFrame.day(ask.askedDay))</a> \
                \(AskWords.state(ask, today: today))</li>
                """
        }
        return "<ul class=\"plain\">\(lines)</ul>\(button)"
    }

    private var sent: HTML? {
        guard !referrals.isEmpty else { return nil }
        let lines = referrals.map { referral -> HTML in
            let address = "/advocates/referrals/\(referral.id)"
            let friend = referral.friend.isEmpty ? Phrase("advocacy.referrals.unnamed").text : referral.friend
            let state: HTML =
                referral.state == .bought
                ? "\(t: "advocacy.referrals.bought", AdvocatesFrame.day(referral.firstDay ?? referral.day), .text(ReferralWords.worth(referral)))"
                : "\(Phrase("advocacy.referrals.part.\(referral.state.rawValue)"))"
            return
                #"<li><a href="\#(address)"><bdi>\#(friend)</bdi></a> <span class="muted">\#(state)</span></li>"#
        }
        return "<h3>\(t: "advocacy.referrals.title")</h3><ul class=\"plain\">\(lines)</ul>"
    }

    private var said: HTML? {
        guard !testimonials.isEmpty else { return nil }
        let lines = testimonials.map { testimonial -> HTML in
            let address = "/advocates/testimonials/\(testimonial.id)"
            return """
                <li><a href="\(address)">\(t: "advocacy.card.testimonial", AdvocatesFrame.day(testimonial.day))</a> \
                \(TestimonialWords.places(testimonial))</li>
                """
        }
        return "<h3>\(t: "advocacy.testimonials.title")</h3><ul class=\"plain\">\(lines)</ul>"
    }

    private var thanked: HTML? {
        guard !thanks.isEmpty else { return nil }
        let lines = thanks.map { thank -> HTML in
            let address = "/advocates/thanks/\(thank.id)"
            let state: HTML =
                thank.state == .due
                ? #"<span class="\#(thank.due < today ? "chip danger" : "chip")">\#(t: "thank.card.due", AdvocatesFrame.day(thank.due))</span>"#
                : ThankWords.outcome(thank)
            return
                #"<li><a href="\#(address)">\#(Phrase("act.\(thank.kind.rawValue)")), \#(AdvocatesFrame.day(thank.actDay))</a> \#(state)</li>"#
        }
        return "<h3>\(t: "thank.title")</h3><ul class=\"plain\">\(lines)</ul>"
    }
}

/// Asking, referrals, testimonials, thanks, and what is talked about.
public struct AdvocateFeature: Feature {
    private let desk: Desk
    /// Of this process: nobody looks at the wall a thousand times a minute.
    private static let limiter = VisitorLimiter(perMinute: WallRoutes.looksPerMinute)

    public init(desk: Desk) { self.desk = desk }

    public var routes: [Route] {
        let database = desk.database
        let talk = TalkStore(database: database, clock: desk.clock)
        return AdvocatesRoutes(desk: desk, talk: talk).all
            + AskRoutes(desk: desk, asks: AskStore(database: database)).all
            + ReferralRoutes(desk: desk, referrals: ReferralStore(database: database)).all
            + TestimonialRoutes(desk: desk, testimonials: TestimonialStore(database: database)).all
            + ThankRoutes(desk: desk, thanks: ThankStore(database: database)).all
            + WallRoutes(desk: desk, limiter: AdvocateFeature.limiter).all
            + AdvocateAPI(desk: desk, talk: talk).all
    }

    public var workers: [any Worker] {
        [MakeAskList(desk: desk), KeepReferrals(desk: desk), ListenToAdvocates(desk: desk)]
    }

    public func cards(of customer: CustomerRecord, for person: Colleague) async throws -> [CustomerCard] {
        let html = try await AdvocateCard.card(of: customer, for: person, on: desk)
        return [CustomerCard(.telling, html)].compactMap(\.self)
    }
}
