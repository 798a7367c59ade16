import Kernel
import Markup
import Storage
public import Web

/// What waits for a customer and what does not.
public struct HoldFeature: Feature {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    private var holds: HoldStore { HoldStore(database: desk.database) }

    public var routes: [Route] {
        HoldRoutes(desk: desk, holds: holds).all + HoldAPI(desk: desk, holds: holds).all
    }

    public var places: [RailPlace] {
        [
            RailPlace(
                .customers, needs: .seeCustomers,
                RailLink(Phrase("holds.rail"), path: "/holds", icon: .holds))
        ]
    }

    public func cards(of customer: CustomerRecord, for person: Colleague) async throws -> [CustomerCard] {
        guard let organisation = try await desk.organisations.current() else { return [] }
        let id = customer.party.id
        let now = desk.clock.now
        let found = try await holds.concerning(id, today: organisation.zone.day(of: now))
        var cards: [CustomerCard] = []
        if !found.isEmpty {
            let above = try await desk.database.read { try HoldStore.above(id, in: $0) }
            let notice = HoldNotice(
                lines: try await holds.lines(of: found), lineage: [id] + above, zone: organisation.zone,
                now: now)
            cards.append(CustomerCard(.notice, notice.html))
        }
        if person.may(.placeHolds) {
            let address = "/people/\(id)/holds/new"
            let link: HTML = #"<a class="btn small" href="\#(address)">\#(t: "holds.new")</a>"#
            cards.append(CustomerCard(.rest, link))
        }
        return cards
    }
}
