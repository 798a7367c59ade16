import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

/// What the tests of relationships do again and again.
extension TestDesk {
    var trees: TreeStore { TreeStore(database: database, clock: clock) }
    var members: MembershipStore { MembershipStore(database: database) }
    var act: Act { Act(by: nil, at: clock.now) }
    var customers: CustomerStore { CustomerStore(database: database, clock: clock) }

    func organisation(_ name: String, under parent: ID<Party>? = nil, isInternal: Bool = false) async throws
        -> ID<Party>
    {
        var customer = NewCustomer(name: name)
        customer.kind = .organisation
        return try await trees.add(customer, under: parent, isInternal: isInternal, by: act)
    }

    func person(_ name: String) async throws -> ID<Party> {
        try await customers.add(NewCustomer(name: name), by: act)
    }

    @discardableResult
    func buy(
        _ id: ID<Party>, _ minor: Int64, daysAgo: Int = 0, currency: String = "EUR", product: String = ""
    ) async throws -> Purchase {
        let today = Zone.utc.day(of: clock.now)
        let currency = try #require(Currency(currency))
        var purchase = NewPurchase(
            customer: .id(id), day: today + (-daysAgo), amount: Money(minor: minor, currency: currency))
        purchase.product = product
        return try await PurchaseStore(database: database, clock: clock)
            .record(purchase, today: today, by: act).purchase
    }

    @discardableResult
    func use(_ id: ID<Party>, _ what: String, daysAgo: Int = 0) async throws -> Purchase {
        let organisation = try await desk.organisations.required()
        let day = Zone.utc.day(of: clock.now) + (-daysAgo)
        return try await UseStore(database: database, clock: clock)
            .record(NewUse(customer: .id(id), what: what, day: day), organisation: organisation, by: act).use
    }

    func events(_ kind: String) async throws -> Int {
        try await database.read { try $0.number("SELECT count(*) FROM event WHERE kind = \(kind)") }
    }
}
