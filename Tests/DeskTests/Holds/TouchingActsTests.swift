import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `What a hold touches` {
    private static let berlin = Zone("Europe/Berlin") ?? .utc
    /// Noon of the day before clocks go forward in Berlin.
    private static let now = Instant(milliseconds: 1_774_695_600_000)

    /// Random trees, holds and acts; then departments move and customers merge. In each state every act is held by exactly
    /// the holds an independent picture names, and by no other.
    @Test(arguments: Engine.available)
    func `is what an independent picture says, after moves and merges too`(on engine: Engine) async throws {
        var (held, free) = (0, 0)
        for seed in 1...(engine == .sqlite ? 30 : 12) {
            let counts = try await withDatabase(on: engine, migrations: Schema.migrations) { database in
                var maker = HoldWorldMaker(
                    seed: UInt64(seed), database, zone: Self.berlin, now: Self.now)
                try await maker.fill()
                var counts = (held: 0, free: 0)
                for round in 0..<4 {
                    if round > 0 {
                        try await maker.move()
                        try await maker.merge()
                    }
                    for _ in 0..<40 {
                        guard let act = maker.act() else { continue }
                        let found = try await HoldStore(database: database).touching(
                            act.doing, for: act.customer, by: act.person, contract: act.contract,
                            product: act.product, amount: act.amount, at: act.moment, zone: Self.berlin)
                        let expected = maker.world.touching(act)
                        #expect(Set(found.map(\.id.value)) == expected, "seed \(seed): \(act)")
                        if expected.isEmpty { counts.free += 1 } else { counts.held += 1 }
                    }
                }
                return counts
            }
            held += counts.held
            free += counts.free
        }
        // For this test to mean anything, both must come up often.
        #expect(held > 50 && free > 50)
    }

    /// Whoever is touched hears of it: every open hold that touches an act of a customer is among those on their page.
    @Test(arguments: Engine.available)
    func `is on the customer's page`(on engine: Engine) async throws {
        for seed in 100...(engine == .sqlite ? 115 : 104) {
            try await withDatabase(on: engine, migrations: Schema.migrations) { database in
                var maker = HoldWorldMaker(
                    seed: UInt64(seed), database, zone: Self.berlin, now: Self.now)
                try await maker.fill()
                let today = Self.berlin.day(of: Self.now)
                for customer in maker.world.organisations + maker.world.persons {
                    let shown = try await HoldStore(database: database).concerning(
                        ID(customer), today: today, limit: 1000)
                    #expect(Set(shown.map(\.id)).count == shown.count)
                    for doing in Doing.allCases {
                        let act = IntendedAct(
                            doing, for: ID(customer), contract: 7, product: "Beans",
                            amount: Money(minor: 99, currency: .euro), at: Self.now)
                        let lifted = Set(
                            maker.world.holds.filter { $0.liftedAt != nil }.map(\.id))
                        let touched = maker.world.touching(act).subtracting(lifted)
                        #expect(touched.isSubset(of: Set(shown.map(\.id.value))), "seed \(seed)")
                    }
                }
            }
        }
    }

    private func hold(
        _ scope: HoldScope, last: LocalDate? = nil, lifted: Instant? = nil
    ) -> Hold {
        Hold(
            id: ID(1), scope: scope, start: Self.now, lastDay: last,
            lifting: lifted.map { Hold.Lifting(at: $0, by: nil, why: "paid") })
    }

    @Test func `ends with its last day where the organisation is, not where the server is`() throws {
        // 29 March 2026 has 23 hours in Berlin: it ends at 22:00 UTC.
        let day = try #require(LocalDate(iso: "2026-03-29"))
        let held = hold(HoldScope(.only(ID(5)), [.orders]), last: day)
        let end = Instant(milliseconds: 1_774_821_600_000)
        func act(_ moment: Instant) -> IntendedAct { IntendedAct(.orders, for: ID(5), at: moment) }

        #expect(held.touches(act(Instant(milliseconds: end.milliseconds - 1)), in: Self.berlin))
        #expect(!held.touches(act(end), in: Self.berlin))
        #expect(held.touches(act(end), in: .utc))
        #expect(held.state(at: end, in: Self.berlin) == .over)
    }

    @Test func `is nothing before it begins and from the moment it is lifted`() {
        let lifted = Self.now.advanced(by: .seconds(60))
        let held = hold(HoldScope(.only(ID(5)), [.orders]), lifted: lifted)
        func touches(_ moment: Instant) -> Bool {
            held.touches(IntendedAct(.orders, for: ID(5), at: moment), in: Self.berlin)
        }

        #expect(!touches(Self.now.advanced(by: .milliseconds(-1))))
        #expect(touches(Self.now))
        #expect(!touches(lifted))
        #expect(held.state(at: lifted, in: Self.berlin) == .lifted)
    }

    @Test(arguments: [
        (Optional<Int64>(50_000), "EUR", false), (50_001, "EUR", true), (90_000, "USD", false),
        (nil, "EUR", false),
    ])
    func `stops at the amount, the currency and the product it names`(
        minor: Int64?, code: String, isHeld: Bool
    ) throws {
        let euro = try #require(Currency("EUR"))
        let currency = try #require(Currency(code))
        let held = hold(
            HoldScope(
                .below(ID(5)), [.orders], product: "Grüner Tee", over: Money(minor: 50_000, currency: euro)))
        func act(_ product: String, _ above: [ID<Party>]) -> IntendedAct {
            IntendedAct(
                .orders, for: ID(9), above: above, product: product,
                amount: minor.map { Money(minor: $0, currency: currency) }, at: Self.now)
        }

        #expect(held.touches(act("GRÜNER TEE", [ID(7), ID(5)]), in: .utc) == isHeld)
        #expect(!held.touches(act("Kaffee", [ID(7), ID(5)]), in: .utc))
        #expect(!held.touches(act("Grüner Tee", [ID(7)]), in: .utc))
    }

    @Test func `is on a department alone although its mother is held alone`() {
        let mother = hold(HoldScope(.only(ID(5)), Set(Doing.allCases)))
        let act = IntendedAct(.orders, for: ID(9), above: [ID(5)], at: Self.now)

        #expect(!mother.touches(act, in: .utc))
    }
}
