import Kernel
import Markup
import Storage
public import Web

/// Who belongs to whom: organisations with their departments, persons with their roles, and what was used without a sale.
public struct RelationFeature: Feature {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public var routes: [Route] {
        OrganisationRoutes(desk: desk).all + MembershipRoutes(desk: desk).all + UseRoutes(desk: desk).all
            + DiscountRoutes(desk: desk).all + CompanyAPI(desk: desk).all + MembershipAPI(desk: desk).all
            + UseAPI(desk: desk).all
    }

    public var workers: [any Worker] { [CheckVolumes(desk: desk)] }

    public var places: [RailPlace] {
        [
            RailPlace(
                .customers, needs: .seeCustomers,
                RailLink(Phrase("relations.organisations"), path: "/organisations", icon: .organisations)),
            RailPlace(
                .settings, needs: .changeSettings,
                RailLink(Phrase("relations.discount.rail"), path: "/settings/discounts")),
        ]
    }

    public var happenings: [TimelineGroup] {
        [TimelineGroup("relations", prefixes: ["organisation.", "membership."])]
    }

    public func cards(of customer: CustomerRecord, for person: Colleague) async throws -> [CustomerCard] {
        let cards = try await [members(of: customer, for: person), uses(of: customer, for: person)]
        guard customer.party.kind == .organisation else { return cards.compactMap(\.self) }
        return try await cards.compactMap(\.self) + organisation(customer, for: person)
    }

    private func members(
        of customer: CustomerRecord, for person: Colleague
    ) async throws -> CustomerCard? {
        let store = MembershipStore(database: desk.database)
        let organisation = try await desk.organisations.required()
        let card = MembersCard(
            party: customer.party,
            members: try await store.list(of: customer.party, limit: MembersCard.shown + 1),
            past: try await store.past(of: customer.party, limit: 10), zone: organisation.zone,
            mayEdit: person.may(.editCustomers))
        return CustomerCard(.relations, card.html)
    }

    private func uses(of customer: CustomerRecord, for person: Colleague) async throws -> CustomerCard? {
        let store = UseStore(database: desk.database, clock: desk.clock)
        let uses = try await store.latest(of: customer.party.id, limit: UseCard.shown + 1)
        let card = UseCard(id: customer.party.id, uses: uses, mayRecord: person.may(.recordPurchases))
        return CustomerCard(uses.isEmpty ? .rest : .money, card.html)
    }

    private func organisation(
        _ customer: CustomerRecord, for person: Colleague
    ) async throws -> [CustomerCard] {
        let id = customer.party.id
        let trees = TreeStore(database: desk.database, clock: desk.clock)
        guard let place = try await trees.place(of: id), let tree = try await trees.tree(of: id) else {
            return []
        }
        let actors = [place.lastMove?.actor].compactMap(\.self)
        let names = try await ListStore(database: desk.database, clock: desk.clock).names(actors)
        let card = TreeCard(tree: tree, place: place, names: names, mayEdit: person.may(.editCustomers))
        return try await [
            CustomerCard(.notice, PlaceNotice(place: place).html), discount(place),
            CustomerCard(.departments, Optional(card.html)),
        ].compactMap(\.self)
    }

    private func discount(_ place: TreeStore.Place) async throws -> CustomerCard? {
        guard let root = place.path.first else { return nil }
        let today = try await desk.organisations.required().zone.day(of: desk.clock.now)
        let store = DiscountStore(database: desk.database, clock: desk.clock)
        let card = DiscountCard(
            standings: try await store.standings(of: root.id, today: today),
            root: place.path.count > 1 ? root : nil, months: DiscountStore.months(endingOn: today))
        return CustomerCard(.money, card.html)
    }
}
