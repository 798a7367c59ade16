import Kernel
import Markup
public import Web

/// What customers may be offered next, from what similar customers bought.
public struct OfferFeature: Feature {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    private var store: OfferStore { OfferStore(database: desk.database, clock: desk.clock) }

    public var routes: [Route] {
        OfferRoutes(desk: desk, offers: store).all + OfferAPI(desk: desk, offers: store).all
    }

    public var workers: [any Worker] { [ComputeOffers(desk: desk)] }

    public var places: [RailPlace] {
        [
            RailPlace(
                .customers, needs: .seeCustomers,
                RailLink(Phrase("offers.rail"), path: "/offers", icon: .offers))
        ]
    }

    public func cards(of customer: CustomerRecord, for person: Colleague) async throws -> [CustomerCard] {
        let offers = try await store.offers(for: customer.party.id)
        guard !offers.isEmpty else { return [] }
        let card = OfferCard(party: customer.party.id, offers: offers, mayWork: person.may(.editCustomers))
        return [CustomerCard(.money, card.html)]
    }
}
