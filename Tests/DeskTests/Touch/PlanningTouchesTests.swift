import Foundation
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Planning touches` {
    /// Customers with an occasion so many days ago each.
    private func customers(_ silent: [Int], on desk: TestDesk) async throws -> [Int64] {
        let today = LocalDate(daysSinceEpoch: try await desk.dayNow())
        var ids: [Int64] = []
        let customers = CustomerStore(database: desk.database, clock: desk.clock)
        let purchases = PurchaseStore(database: desk.database, clock: desk.clock)
        let act = Act(by: nil, at: desk.clock.now)
        for (number, days) in silent.enumerated() {
            let id = try await customers.add(NewCustomer(name: "Customer \(number)"), by: act)
            let money = Money(minor: 100, currency: try #require(Currency("EUR")))
            _ = try await purchases.record(
                NewPurchase(customer: .id(id), day: today + (-days), amount: money), today: today, by: act)
            ids.append(id.value)
        }
        return ids
    }

    private func plan(_ rhythm: Rhythm, on desk: TestDesk) async throws {
        let organisation = try await desk.desk.organisations.required()
        let today = organisation.zone.day(of: desk.clock.now)
        let found = try #require(try await desk.rhythms.find(rhythm.id))
        try await TouchPlanning(database: desk.database, clock: desk.clock, organisation: organisation)
            .plan(found, today: today) {}
    }

    private func begin(
        _ beat: Rhythm.Beat, _ audience: Rhythm.Audience = .everyone, most: Int = 50, on desk: TestDesk
    ) async throws -> Rhythm {
        var rhythm = NewRhythm(name: "Calls", audience: audience, beat: beat)
        rhythm.mostOpen = most
        let today = LocalDate(daysSinceEpoch: try await desk.dayNow())
        return try await desk.rhythms.add(rhythm, today: today, by: Act(by: nil, at: desk.clock.now))
    }

    private func open(on desk: TestDesk) async throws -> [Int64] {
        try await desk.touches.page(.due, of: 0, rhythm: nil, after: nil, limit: 100).items.map(
            \.party.id.value)
    }

    @Test(arguments: Engine.available)
    func `puts each on the list once, however often it is done`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ids = try await customers([400, 10, 200, 150], on: desk)
            let rhythm = try await begin(.silence(months: 6), on: desk)

            try await plan(rhythm, on: desk)
            try await plan(rhythm, on: desk)
            #expect(Set(try await open(on: desk)) == [ids[0], ids[2]])
            let first = try #require(
                try await desk.touches.page(.due, of: 0, rhythm: nil, after: nil, limit: 9).items.first)
            try await desk.touches.handle(
                first.id, .done, note: "", today: LocalDate(daysSinceEpoch: try await desk.dayNow()),
                by: Act(by: nil, at: desk.clock.now))
            try await plan(rhythm, on: desk)
            #expect(try await !open(on: desk).contains(first.party.id.value))
        }
    }

    @Test(arguments: Engine.available)
    func `lets no more wait than were wanted, and fills up when one is done`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ids = try await customers([21, 25, 23, 22, 24], on: desk)
            let rhythm = try await begin(.afterLast(days: 20), most: 2, on: desk)
            // Days before the rhythm began are not due; those that fall on it and after are.
            try await plan(rhythm, on: desk)
            #expect(try await open(on: desk).isEmpty)
            try await desk.database.write { _ = try $0.run("UPDATE rhythm SET from_day = 0") }

            try await plan(rhythm, on: desk)
            #expect(try await open(on: desk) == [ids[1], ids[4]])
            let first = try #require(
                try await desk.touches.page(.due, of: 0, rhythm: nil, after: nil, limit: 1).items.first)
            try await desk.touches.handle(
                first.id, .skipped, note: "on holiday",
                today: LocalDate(daysSinceEpoch: try await desk.dayNow()),
                by: Act(by: nil, at: desk.clock.now))
            try await plan(rhythm, on: desk)
            #expect(try await open(on: desk) == [ids[4], ids[2]])
        }
    }

    @Test(arguments: Engine.available)
    func `leaves out who refused, and drops who refuses or comes by themselves`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let ids = try await customers([400, 401, 402], on: desk)
            let refuse: @Sendable (Int64, Bool) async throws -> Void = { party, given in
                let now = desk.clock.now
                _ = try await desk.database.write {
                    try $0.run(
                        """
                        INSERT INTO consent (party_id, address_key, purpose, given, at, how, recorded_at)
                        VALUES (\(party), '', 'any', \(given), \(now), 'said so', \(now))
                        """)
                }
            }
            try await refuse(ids[0], false)
            let rhythm = try await begin(.silence(months: 12), on: desk)

            try await plan(rhythm, on: desk)
            #expect(Set(try await open(on: desk)) == [ids[1], ids[2]])

            try await refuse(ids[1], false)
            let today = LocalDate(daysSinceEpoch: try await desk.dayNow())
            _ = try await PurchaseStore(database: desk.database, clock: desk.clock).record(
                NewPurchase(
                    customer: .id(ID(ids[2])), day: today,
                    amount: Money(minor: 5, currency: try #require(Currency("EUR")))),
                today: today, by: Act(by: nil, at: desk.clock.now))
            try await plan(rhythm, on: desk)
            #expect(try await open(on: desk).isEmpty)

            // The latest word counts.
            desk.clock.advance(by: .seconds(60))
            try await refuse(ids[0], true)
            try await plan(rhythm, on: desk)
            #expect(try await open(on: desk) == [ids[0]])
        }
    }

    @Test(arguments: Engine.available)
    func `goes to a level only, and to the colleague who looks after them`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ids = try await customers([10, 800], on: desk)
            let grace = try await desk.seat(of: .grace).value
            _ = try await desk.database.write {
                try $0.run("UPDATE party SET owner_id = \(grace) WHERE id = \(ids[1])")
            }
            let rhythm = try await begin(.silence(months: 1), .level(.lapsed), on: desk)

            try await plan(rhythm, on: desk)

            let items = try await desk.touches.page(.mine, of: grace, rhythm: rhythm.id, after: nil, limit: 9)
                .items
            #expect(items.map(\.party.id.value) == [ids[1]])
            #expect(try await open(on: desk) == [ids[1]])
        }
    }

    @Test func `is due at once, and again once a night`() {
        let now = FakeClock().now
        var rhythm = Rhythm(
            id: 1, name: "r", audience: .everyone, beat: .anniversary, what: "", way: .call, purpose: .news,
            leadDays: 7, mostOpen: 5, from: LocalDate(daysSinceEpoch: 0), isPaused: false, plannedAt: nil)
        let tonight = Instant(milliseconds: now.milliseconds - 1000)
        #expect(PlanTouches.isDue(rhythm, tonight: tonight, now: now))
        rhythm.plannedAt = now
        #expect(!PlanTouches.isDue(rhythm, tonight: tonight, now: now))
        rhythm.plannedAt = Instant(milliseconds: now.milliseconds - 5000)
        #expect(PlanTouches.isDue(rhythm, tonight: tonight, now: now))
        #expect(!PlanTouches.isDue(rhythm, tonight: Instant(milliseconds: now.milliseconds + 1000), now: now))
    }

    private static let acts: [String: @Sendable (TouchStore) async throws -> Void] = [
        "what is due": { _ = try await $0.page(.due, of: 3, rhythm: nil, after: "20000~9", limit: 50) },
        "what is due in a rhythm": {
            _ = try await $0.page(.due, of: 3, rhythm: 4, after: "20000~9", limit: 50)
        },
        "what is mine": { _ = try await $0.page(.mine, of: 3, rhythm: nil, after: nil, limit: 50) },
        "what is handled": { _ = try await $0.page(.handled, of: 3, rhythm: nil, after: "9~9", limit: 50) },
        "a customer's": { _ = try await $0.touches(of: ID(3), limit: 5) },
    ]

    @Test(arguments: acts.keys.sorted()) func `is read without walking over a table`(of act: String)
        async throws
    {
        let perform = try #require(Self.acts[act])
        try await withDatabase(on: .sqlite, migrations: Schema.migrations) { database in
            let explaining = try #require(database as? any PlanExplaining)
            let watched = WatchedDatabase(database)
            try await perform(TouchStore(database: watched, clock: FakeClock()))
            let statements = watched.take()
            #expect(!statements.isEmpty)
            for statement in statements {
                let plan = try await explaining.explain(statement)
                #expect(!plan.contains("SCAN t ") || plan.contains("USING INDEX"), "\(plan)")
                #expect(!plan.contains("TEMP B-TREE"), "\(plan)")
            }
        }
    }
}

extension TestDesk {
    var touches: TouchStore { TouchStore(database: database, clock: clock) }
    var rhythms: RhythmStore { RhythmStore(database: database, clock: clock) }

    func dayNow() async throws -> Int {
        try await desk.organisations.required().zone.day(of: clock.now).daysSinceEpoch
    }
}
