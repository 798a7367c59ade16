import Kernel
import Markup
public import Web

/// What customers agreed to: terms, prices, ends, and what that says of how long they stay.
public struct ContractFeature: Feature {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    private var contracts: ContractStore { ContractStore(database: desk.database) }

    public var routes: [Route] {
        ContractRoutes(desk: desk, contracts: contracts).all
            + ContractAPI(desk: desk, contracts: contracts).all
    }

    public var workers: [any Worker] { [ReckonRetention(desk: desk)] }

    public var places: [RailPlace] {
        [
            RailPlace(
                .customers, needs: .seeCustomers,
                RailLink(Phrase("contracts.title"), path: "/contracts", icon: .contracts))
        ]
    }

    public func cards(of customer: CustomerRecord, for person: Colleague) async throws -> [CustomerCard] {
        guard let organisation = try await desk.organisations.current() else { return [] }
        let id = customer.party.id
        let found = try await contracts.contracts(of: id)
        let kept =
            found.isEmpty
            ? nil : try await RetentionStore(database: desk.database, clock: desk.clock).latest()
        return ContractCards(
            contracts: found, party: id, today: organisation.zone.day(of: desk.clock.now), kept: kept,
            mayEdit: person.may(.editCustomers)
        ).all
    }
}
