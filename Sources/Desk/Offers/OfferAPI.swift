import Hummingbird
import Kernel
import Storage
import Web

/// Offers for programs.
struct OfferAPI: Sendable {
    let desk: Desk
    let offers: OfferStore

    var all: [Route] {
        [
            .api(.get, "/api/v2/offers", needs: .seeCustomers, use: list),
            .api(.get, "/api/v2/offers/:id/customers", needs: .seeCustomers, use: customers),
            .api(.put, "/api/v2/offers/:id/customers/:customer", needs: .editCustomers, use: finish),
            .api(.get, "/api/v2/contacts/:id/offers", needs: .seeCustomers, use: ofCustomer),
        ]
    }

    @Sendable func list(_ request: Request, in context: APIContext) async throws -> Response {
        let portion = try await offers.pairs(
            after: context.query["after"], limit: try context.query.perPage())
        let next = portion.next.map { "/api/v2/offers" + context.query.with("after", $0) }
        return .json(.list(portion.items.map(OfferAPI.json))).linking(next: next)
    }

    @Sendable func customers(_ request: Request, in context: APIContext) async throws -> Response {
        let id = try context.parameters.id(of: OfferPair.self).value
        guard try await offers.pair(id) != nil else { throw NotFound() }
        let part = try context.query.choice("show", as: OfferPart.self) ?? .open
        let portion = try await offers.customers(
            of: id, part, after: context.query["after"], limit: try context.query.perPage())
        let next = portion.next.map { "/api/v2/offers/\(id)/customers" + context.query.with("after", $0) }
        let rows = portion.items.map { customer -> JSON in
            .object(
                [("customer_id", .int(customer.party.id.value)), ("name", .text(customer.party.name))]
                    + OfferAPI.pairs(customer.offer))
        }
        return .json(.list(rows)).linking(next: next)
    }

    @Sendable func ofCustomer(_ request: Request, in context: APIContext) async throws -> Response {
        let id = try context.parameters.id(of: Party.self)
        let isKnown = try await desk.database.read { try CustomerStore.customer(id, in: $0) != nil }
        guard isKnown else { throw NotFound() }
        let found = try await offers.offers(for: id)
        return .json(.list(found.map { .object(OfferAPI.pairs($0) + [("because", OfferAPI.json($0.pair))]) }))
    }

    /// Says what a customer said: `offered`, `accepted`, `declined`, or null to take it back.
    @Sendable func finish(_ request: Request, in context: APIContext) async throws -> Response {
        let pair = try context.parameters.id(of: OfferPair.self).value
        let customer = try context.parameters.id("customer", of: Party.self)
        let body = try await Body(of: request, known: ["outcome", "note"])
        guard let entry = try await offers.entry(of: pair, customer) else { throw NotFound() }
        let act = desk.act(by: context.person.id)
        guard let word = try body.text("outcome") else {
            try await offers.reopen(entry, by: act)
            return .noContent
        }
        guard let outcome = OfferOutcome(rawValue: word) else { throw OfferRefusal.noOutcome }
        let zone = try await desk.organisations.required().zone
        try await offers.finish(
            entry, outcome, note: try body.text("note") ?? "", today: zone.day(of: desk.clock.now), by: act)
        return .noContent
    }

    private static func pairs(_ offer: Offer) -> [(String, JSON)] {
        [
            ("id", .int(offer.id)), ("offer_id", .int(offer.pair.id)), ("offer", .text(offer.pair.offered)),
            ("since", .text(offer.entered.description)), ("outcome", .text(offer.outcome?.rawValue)),
            ("outcome_day", .text(offer.workedDay?.description)), ("outcome_by", .int(offer.workedBy)),
            ("note", .text(offer.note)), ("bought_day", .text(offer.boughtDay?.description)),
        ]
    }

    static func json(_ pair: OfferPair) -> JSON {
        .object([
            ("id", .int(pair.id)), ("bought", .text(pair.bought)), ("offer", .text(pair.offered)),
            ("lift", .real(OfferPair.ratio(pair.lift))),
            ("lift_interval", .list([.real(OfferPair.ratio(pair.low)), .real(OfferPair.ratio(pair.high))])),
            ("customers", .int(pair.everyone)), ("bought_by", .int(pair.boughtBy)),
            ("offer_bought_by", .int(pair.offeredBy)), ("together", .int(pair.together)),
            ("could_be_offered", .int(pair.could)),
        ])
    }
}
