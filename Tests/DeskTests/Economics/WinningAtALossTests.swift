import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Winning customers who send half of it back` {
    /// Forty customers buy for 100.00, which cost 40.00, and get 60.00 back on the same day: nothing is left of it.
    @Test(arguments: Engine.available)
    func `takes a refund of the first day off the first margin`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let fair = try await Fair.figures(on: desk)

            #expect(fair?.customers == 40)
            #expect(fair?.cost == 10_000)
            #expect(fair?.firstMargin == 0)
            #expect(fair?.left == -10_000)
        }
    }
}

/// A fair that cost 4,000.00 and won forty customers.
private enum Fair {
    static func figures(on desk: TestDesk) async throws -> AcquisitionFigures.Row? {
        guard let organisation = try await desk.desk.organisations.current() else { return nil }
        let today = organisation.zone.day(of: desk.clock.now)
        for number in 0..<40 { try await visit(number, organisation, today, desk) }
        let spend = NewSpend(
            days: (today + (-60))...(today + (-40)), source: "fair", campaign: "",
            amount: Money(minor: 400_000, currency: organisation.currency))
        _ = try await SpendStore(database: desk.database).record(
            spend, today: today, by: desk.desk.act(by: nil))
        let store = EconomicsStore(database: desk.database, clock: desk.clock)
        let figures = try await store.compute(organisation).figures
        return figures.acquisition.figures?.rows.first { $0.source == "fair" }
    }

    private static func visit(
        _ number: Int, _ organisation: Organisation, _ today: LocalDate, _ desk: TestDesk
    ) async throws {
        let act = desk.desk.act(by: nil)
        let store = PurchaseStore(database: desk.database, clock: desk.clock)
        let customer = try await desk.database.write {
            try CustomerStore.add(NewCustomer(name: "Guest \(number)"), by: act, in: $0)
        }
        for minor in [Int64(10_000), -6000] {
            var purchase = NewPurchase(
                customer: .id(customer), day: today + (-40),
                amount: Money(minor: minor, currency: organisation.currency))
            purchase.cost = minor > 0 ? 4000 : 0
            purchase.channel = "fair"
            _ = try await store.record(purchase, today: today, by: act)
        }
    }
}
