import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `A referral` {
    @Test(arguments: Engine.available)
    func `is linked by the same address, and counts again when the friend buys`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            try await desk.act(ada, .referral, daysAgo: 20, friend: "Bob <bob@example.com>")
            try await desk.keepReferrals()
            #expect(try await desk.totals().referrals[.open] == 1)
            let bob = try await desk.customer("Robert", email: "Bob@example.com")
            try await desk.keepReferrals()
            var linked = try #require(
                try await desk.referrals.page(.linked, after: nil, limit: 5).items.first)
            #expect(linked.friendParty?.id == bob && linked.linkedHow == "address")

            try await desk.purchase(bob, daysAgo: 3, 1500)
            try await desk.purchase(bob, daysAgo: 1, 700, "USD")
            try await desk.keepReferrals()

            linked = try #require(try await desk.referrals.page(.bought, after: nil, limit: 5).items.first)
            #expect(linked.firstDay == (try await desk.today()) + -3)
            #expect(linked.worth.map(\.minor) == [1500, 700])
            #expect(linked.worth.map(\.currency.code) == ["EUR", "USD"])
            #expect(try await desk.count("SELECT count(*) FROM advocacy WHERE counts") == 2)
            #expect(try await desk.totals().thanksDue == 2)
            #expect(try await desk.countersAreRight())
            let page = try await desk.signedIn(as: .grace).get("/advocates/referrals?show=bought")
            #expect(page.says("€15.00") && page.says("Robert"))
        }
    }

    @Test(arguments: Engine.available)
    func `is suggested by name, and a person decides`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            let (one, other) = (try await desk.customer("Bob Miller"), try await desk.customer("Bob  miller"))
            try await desk.purchase(one, daysAgo: 30)
            try await desk.act(ada, .referral, daysAgo: 20, friend: "Bob Miller")
            try await desk.keepReferrals()
            let referral = try #require(
                try await desk.referrals.page(.open, after: nil, limit: 5).items.first)
            let grace = try await desk.signedIn(as: .grace)
            let path = "/advocates/referrals/\(referral.id)"
            // Whoever bought before the referral is the less likely friend.
            #expect(referral.suggested?.id == other.value && referral.suggested?.why == "names")

            _ = try await grace.post("\(path)/dismissal")
            try await desk.keepReferrals()

            #expect(try await desk.referrals.find(referral.id)?.suggested?.id == one.value)
            let themselves = try await grace.post("\(path)/link", ["customer": "\(ada)"])
            #expect(themselves.status == .unprocessableContent && themselves.says("Nobody refers themselves"))
            #expect(try await grace.post("\(path)/link", ["customer": "0"]).status == .unprocessableContent)
            #expect(try await grace.post("\(path)/link", ["customer": "\(one)"]).status == .seeOther)
            let known = try #require(try await desk.referrals.find(referral.id))
            #expect(known.wasCustomer && known.state == .linked)
            #expect(try await grace.get(path).says("was a customer before"))
            #expect(try await desk.countersAreRight())
        }
    }

    @Test(arguments: Engine.available)
    func `taken back takes the act with it`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let (ada, bob) = (try await desk.ada(), try await desk.customer("Bob"))
            try await desk.act(ada, .referral, daysAgo: 20, friend: "Bob")
            try await desk.purchase(bob, daysAgo: 5)
            let id = Int64(try await desk.count("SELECT id FROM referral"))
            let act = desk.desk.act(by: nil)
            let linked = try await desk.referrals.link(id, to: bob, by: act)
            #expect(linked.state == .bought)
            #expect(try await desk.count("SELECT count(*) FROM advocacy") == 2)
            let level = try await CustomerStore(database: desk.database, clock: desk.clock)
                .record(ada, organisation: try await desk.desk.organisations.required())
            #expect(level?.evidence.acts.count == 2)

            _ = try await desk.referrals.unlink(id, by: act)

            #expect(try await desk.count("SELECT count(*) FROM advocacy") == 1)
            #expect(try await desk.totals().thanksDue == 1)
            #expect(try await desk.countersAreRight())
        }
    }
}
