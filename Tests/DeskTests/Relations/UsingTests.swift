import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Using the service without a sale` {
    /// What the economics say, but for how long it took.
    private static func figures(
        _ store: EconomicsStore, _ organisation: Organisation
    ) async throws -> EconomicsFigures {
        var figures = try await store.compute(organisation).figures
        figures.milliseconds = 0
        return figures
    }

    @Test(arguments: Engine.available)
    func `counts as an occasion and never as a purchase or money`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let id = try await desk.person("Visitor")
            let organisation = try await desk.desk.organisations.required()
            try await desk.buy(id, 1_000, daysAgo: 30)
            let profiles = ProfileStore(database: desk.database, clock: desk.clock)
            let today = organisation.zone.day(of: desk.clock.now)
            let window = (today + -60)...today
            let before = try await profiles.profile(window, organisation: organisation)

            try await desk.use(id, "A course", daysAgo: 5)

            let record = try #require(try await desk.customers.record(id, organisation: organisation))
            #expect(record.level == .repeating)
            #expect(record.purchases == 1)
            #expect(record.evidence.occasions.count == 2)
            #expect(record.totals.map(\.minor) == [1_000])
            let after = try await profiles.profile(window, organisation: organisation)
            #expect(after.purchases == before.purchases)
            #expect(after.totals == before.totals)
            #expect(
                try await PurchaseStore(database: desk.database, clock: desk.clock)
                    .list(account: id, before: nil, limit: 10).count == 1)
        }
    }

    @Test(arguments: Engine.available)
    func `leaves forecasts and economics as they were`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)
            let euro = try #require(Currency("EUR"))
            let organisation = try await desk.desk.organisations.required()
            let economics = EconomicsStore(database: desk.database, clock: desk.clock)
            let before = try await desk.database.read {
                try Ledger.read(through: Shop.end, currency: euro, in: $0)
            }
            let figures = try await Self.figures(economics, organisation)

            try await desk.database.write { connection in
                for id in shop.ids.prefix(80) {
                    for day in [3, 60, 100] {
                        try connection.run(
                            """
                            INSERT INTO purchase (account_id, kind, day, amount, currency, quantity, product, channel,
                                source, import_id, recorded_at)
                            VALUES (\(id), 'use', \(Shop.opening + day), 0, 'EUR', 1, 'visit', '', 'test', 0, 0)
                            """)
                    }
                }
                let all: SQL = "SELECT id FROM party WHERE NOT serves ORDER BY id"
                var recount = Recount(of: all)
                try connection.run("DELETE FROM standing")
                try recount.countIn(in: connection)
            }

            let after = try await desk.database.read {
                try Ledger.read(through: Shop.end, currency: euro, in: $0)
            }
            #expect(after.count == before.count)
            for place in 0..<before.count {
                #expect(after.days(place) == before.days(place))
                #expect(after.spend(place) == before.spend(place))
            }
            #expect(try await Self.figures(economics, organisation) == figures)
        }
    }

    @Test func `is all there is to forecast from where nothing is sold`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let id = try await desk.person("Reader")
            for day in [1, 8, 15] { try await desk.use(id, "Library visit", daysAgo: day) }
            let euro = try #require(Currency("EUR"))
            let through = Zone.utc.day(of: desk.clock.now)

            let ledger = try await desk.database.read {
                try Ledger.read(through: through, currency: euro, in: $0)
            }

            #expect(ledger.count == 1)
            #expect(ledger.days(0).count == 3)
            #expect(ledger.spend(0) == nil)
        }
    }

    @Test(arguments: Engine.available)
    func `of a part of our own organisation brings no money to the economics`(on engine: Engine) async throws
    {
        try await withDesk(on: engine) { desk in
            let (ours, theirs) = (
                try await desk.organisation("Our kitchen", isInternal: true),
                try await desk.organisation("A café")
            )
            for id in [ours, theirs] {
                for day in [5, 40, 80] { try await desk.buy(id, 1_000, daysAgo: day) }
            }
            let organisation = try await desk.desk.organisations.required()
            let economics = EconomicsStore(database: desk.database, clock: desk.clock)

            let with = try await Self.figures(economics, organisation)
            try await desk.trees.mark(ours, isInternal: false, by: desk.act)
            let without = try await Self.figures(economics, organisation)

            #expect(with != without)
            #expect(try await desk.customers.record(ours, organisation: organisation)?.level == .repeating)
            let linus = try await desk.signedIn(as: .linus)
            #expect(!(try await linus.get("/people/\(ours)")).says(">Internal<"))
            try await desk.trees.mark(ours, isInternal: true, by: desk.act)
            #expect(try await linus.get("/people/\(ours)").says(">Internal<"))
        }
    }

    @Test(arguments: Engine.available)
    func `is entered on screen and told by programs`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            let grace = try await desk.signedIn(as: .grace)
            let program = try await desk.api(as: .grace)

            let nothing = try await grace.post("/people/\(ada)/uses", ["what": "", "channel": "Town hall"])
            #expect(nothing.status == .unprocessableContent)
            #expect(nothing.value(of: "channel") == "Town hall")
            for day in ["2999-01-01", "0001-01-01", "garbage", "100000000000-01-01"] {
                let absurd = try await grace.post("/people/\(ada)/uses", ["what": "Visit", "day": day])
                #expect(absurd.status == .unprocessableContent, "\(day)")
            }
            _ = try await grace.post("/people/\(ada)/uses", ["what": "Advice on debts", "quantity": "2"])
            let made = try await program.post(
                "/api/v2/uses", #"{"customer_id": \#(ada), "what": "A course", "outside_id": "u1"}"#)
            #expect(made.status == .created)
            let again = try await program.post(
                "/api/v2/uses",
                #"{"customer_id": \#(ada), "what": "A course", "outside_id": "u1", "used_at": "2020-01-01"}"#)
            #expect(again.status == .conflict)

            let page = try await grace.get("/people/\(ada)")
            #expect(page.says("Used: <bdi>Advice on debts</bdi>"))
            #expect(page.says("× 2"))
            #expect(try await program.get("/api/v2/uses?customer_id=\(ada)").objects().count == 2)
            #expect(try await program.get("/api/v2/uses?per_page=1").objects().count == 1)
            #expect(try await program.get("/api/v2/purchases?customer_id=\(ada)").objects().isEmpty)
            let id = try #require(try made.object()["id"] as? Int)
            #expect(try await program.get("/api/v2/purchases/\(id)").status == .notFound)
            #expect(try await program.get("/api/v2/uses/\(id)").status == .ok)
            #expect(
                try await program.post("/api/v2/uses", #"{"customer_id": 99999, "what": "x"}"#).status
                    == .badRequest)
            #expect(try await grace.get("/people/\(ada)/uses").says("Advice on debts"))
            #expect(try await grace.get("/people/99999/uses").status == .notFound)
        }
    }
}
