import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Asking who may be reached` {
    /// Numbers that are the same in every run.
    fileprivate struct Dice {
        var state: UInt64
        mutating func roll(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(sides))
        }
    }

    @Test(arguments: Engine.available)
    func `answers the same as a list of customers does, whatever was said`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            var dice = Dice(state: 11)
            let ids = try await desk.people(40)
            let consents = ConsentStore(database: desk.database)
            let suppressions = SuppressionStore(database: desk.database)
            var refused = 0
            for (index, id) in ids.enumerated() {
                let addresses = ["a\(index)@x.example", "b\(index)@x.example"].prefix(dice.roll(3))
                for value in addresses {
                    try await AddressStore(database: desk.database).add(
                        NewAddress(value: value), to: id, by: desk.act)
                }
                for _ in 0..<dice.roll(6) {
                    let key = dice.roll(2) == 0 ? "" : addresses.randomElement(&dice) ?? ""
                    try await consents.record(
                        NewConsent(
                            purpose: Purpose.allCases[dice.roll(5)], addressKey: key,
                            isGiven: dice.roll(2) == 0,
                            at: Instant(
                                milliseconds: desk.clock.now.milliseconds - Int64(dice.roll(4)) * 1000),
                            how: "said so"),
                        of: id, by: desk.act)
                }
                for value in addresses where dice.roll(4) == 0 {
                    let new = try Suppressing(
                        pasted: value, purpose: Purpose.allCases[dice.roll(5)], reason: "came back")
                    _ = try await suppressions.add(new, by: desk.act)
                }
            }
            for purpose in Purpose.allCases {
                let listed: SQL =
                    "SELECT p.id FROM party p WHERE \(Consent.isRefused(purpose, party: "p.id"))"
                let said = Set(
                    try await desk.database.read { try $0.all(listed) { try $0.id(0, of: Party.self) } })
                for id in ids {
                    let reach = try await consents.mayReach(id, purpose)
                    #expect(reach.isRefused == said.contains(id), "\(id) \(purpose)")
                    refused += reach.isRefused ? 1 : 0
                }
            }
            // For this test to mean anything, both happen often.
            #expect(refused > 20 && refused < 180)
        }
    }

    @Test(arguments: Engine.available)
    func `knows a suppressed address of somebody who comes later`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let store = SuppressionStore(database: desk.database)
            let new = try Suppressing(
                pasted: "ADA@example.com\n0301234", purpose: .offers, reason: "objected")
            #expect(try await store.add(new, by: desk.act) == 2)
            #expect(try await store.add(new, by: desk.act) == 0)

            let ada = try await desk.ada()

            let consents = ConsentStore(database: desk.database)
            #expect(try await consents.mayReach(ada, .offers).isRefused)
            #expect(try await !consents.mayReach(ada, .news).isRefused)
            await #expect(throws: ConsentRefusal.reasonMissing) {
                try await store.lift("ada@example.com", .offers, reason: " ", by: desk.act)
            }
            try await store.lift("ada@example.com", .offers, reason: "asked us to write again", by: desk.act)
            #expect(try await !consents.mayReach(ada, .offers).isRefused)
            await #expect(throws: ConsentRefusal.notSuppressed) {
                try await store.lift("ada@example.com", .offers, reason: "again", by: desk.act)
            }
            #expect(try await desk.count("SELECT count(*) FROM suppression_change") == 3)
        }
    }

    @Test(arguments: Engine.available)
    func `leaves out of the lists to call who refused offers, and says how many`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)
            let consents = ConsentStore(database: desk.database)
            let all = try await desk.onLists(after: try await desk.computeFigures())
            for id in shop.ids where id.value % 3 == 0 {
                try await consents.record(
                    NewConsent(
                        purpose: id.value % 2 == 0 ? .any : .offers, isGiven: false, at: desk.clock.now,
                        how: "on the phone"),
                    of: id, by: desk.act)
            }
            // At once, before anything is computed anew.
            let kept = try await desk.onLists(after: nil)
            #expect(kept == all.filter { $0.value % 3 != 0 })
            #expect(kept.count < all.count)

            let report = try await desk.computeFigures()

            let refused = report.lists.compactMap(\.refused).reduce(0, +)
            #expect(refused > 0)
            #expect(try await desk.onLists(after: report).count == report.lists.map(\.callable).reduce(0, +))
            let grace = try await desk.signedIn(as: .grace)
            let list = try #require(report.lists.first { ($0.refused ?? 0) > 1 })
            let page = try await grace.get("/lists/\(list.list.rawValue)")
            #expect(page.says("\(list.refused ?? 0) customers are left out"))
        }
    }
}

extension ArraySlice {
    fileprivate func randomElement(_ dice: inout `Asking who may be reached`.Dice) -> Element? {
        isEmpty ? nil : self[startIndex + dice.roll(count)]
    }
}

extension TestDesk {
    func people(_ count: Int) async throws -> [ID<Party>] {
        let now = clock.now
        return try await database.write { connection in
            try (0..<count).map {
                try CustomerStore.add(
                    NewCustomer(name: "Guest \($0)"), by: Act(by: nil, at: now), in: connection)
            }
        }
    }

    /// Everybody who stands open on any list of the latest run.
    fileprivate func onLists(after report: FigureReport?) async throws -> Set<ID<Party>> {
        let run = try #require(try await figureStore.latest())
        var found: Set<ID<Party>> = []
        for list in CustomerList.allCases {
            let page = try await listStore.page(list, .open, of: nil, run: run.id, after: nil, limit: 1000)
            found.formUnion(page.items.map(\.party.id))
        }
        return found
    }
}
