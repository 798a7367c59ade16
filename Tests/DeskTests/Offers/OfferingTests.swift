import Foundation
import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

/// A garden shop: whoever buys a spade often buys gloves, and seeds have nothing to do with either.
struct GardenShop: Sendable {
    static let day = 20_500
    /// Customers who bought a spade and nothing else; they may be offered gloves.
    let spadeOnly: [ID<Party>]

    @discardableResult
    static func open(on desk: TestDesk) async throws -> GardenShop {
        let now = desk.clock.now
        return try await desk.database.write { connection in
            var spadeOnly: [ID<Party>] = []
            for number in 0..<400 {
                let products =
                    switch number {
                    case 0..<40: ["Spade", "gloves "]
                    case 40..<100: ["Spade"]
                    case 100..<120: ["Gloves"]
                    default: ["Seeds <b>mixed</b>"]
                    }
                let act = Act(by: nil, at: now)
                let id = try CustomerStore.add(NewCustomer(name: "Guest \(number)"), by: act, in: connection)
                if number >= 40, number < 100 { spadeOnly.append(id) }
                for product in products { try buy(id, product, on: day - number % 200, in: connection) }
            }
            return GardenShop(spadeOnly: spadeOnly)
        }
    }

    static func buy(
        _ id: ID<Party>, _ product: String, on day: Int, amount: Int64 = 500, in connection: any Connection
    ) throws {
        let purchase = try connection.first(
            """
            INSERT INTO purchase (account_id, day, amount, currency, quantity, product, channel, source, import_id,
                recorded_at)
            VALUES (\(id), \(day), \(amount), 'EUR', 1, \(product), '', 'test', 0, 0) RETURNING id
            """
        ) { try $0.int64(0) }
        try LevelStore.purchaseWasRecorded(
            purchase ?? 0, account: id.value, day: day, amount: amount, currency: "EUR", in: connection)
    }
}

extension TestDesk {
    var offerStore: OfferStore { OfferStore(database: database, clock: clock) }

    @discardableResult
    func computeOffers(_ store: OfferStore? = nil) async throws -> OfferReport {
        let organisation = try await desk.organisations.required()
        return try await OfferRun(store: store ?? offerStore, organisation: organisation).run(at: clock.now)
    }

    /// Everyone who waits to be offered gloves because of a spade.
    func waiting(_ store: OfferStore? = nil) async throws -> [OfferedCustomer] {
        let store = store ?? offerStore
        guard let pair = try await gloves() else { return [] }
        var all: [OfferedCustomer] = []
        var after: String?
        repeat {
            let portion = try await store.customers(of: pair.id, .open, after: after, limit: 7)
            all += portion.items
            after = portion.next
        } while after != nil
        return all
    }

    func gloves() async throws -> OfferPair? {
        try await offerStore.pairs(after: nil, limit: 50).items.first { $0.bought == "Spade" }
    }
}

@Suite struct `Offering what similar customers bought` {
    @Test(arguments: Engine.available)
    func `finds what goes together and everyone it may be offered to, once`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let shop = try await GardenShop.open(on: desk)

            let report = try await desk.computeOffers()

            #expect((report.customers, report.products, report.tested) == (400, 3, 1))
            let pair = try #require(try await desk.gloves())
            #expect((pair.everyone, pair.boughtBy, pair.offeredBy, pair.together) == (400, 100, 60, 40))
            #expect(abs(OfferPair.ratio(pair.lift) - 8.0 / 3) < 1e-5)
            #expect(pair.low > 1_000_000 && pair.offered.searchKey == "gloves")
            let waiting = try await desk.waiting()
            #expect(waiting.count == pair.could)
            let open = shop.spadeOnly.filter { !HoldOut.isHeld($0.value, on: "offers", share: 0.1) }
            #expect(waiting.map(\.party.id) == open.sorted())
            #expect(open.count < 60)
            // Computing again changes nothing.
            let again = try await desk.computeOffers()
            #expect(again.offers == report.offers)
            #expect(try await desk.waiting().map(\.offer.id) == waiting.map(\.offer.id))
        }
    }

    @Test(arguments: Engine.available)
    func `offers nothing to who refused, who is internal, and who has an open complaint`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let shop = try await GardenShop.open(on: desk)
            let open = shop.spadeOnly.filter { !HoldOut.isHeld($0.value, on: "offers", share: 0.1) }
            let (refusing, inside, angry) = (open[0], open[1], open[2])
            try await desk.database.write { connection in
                try connection.run(
                    """
                    INSERT INTO consent (party_id, address_key, purpose, given, at, how, recorded_at)
                    VALUES (\(refusing), '', 'offers', FALSE, 1, 'phone', 1)
                    """)
                _ = try connection.run("UPDATE party SET internal = TRUE WHERE id = \(inside)")
            }
            let store = OfferStore(database: desk.database, clock: desk.clock) { "\($0) = \(angry)" }

            try await desk.computeOffers(store)

            let found = Set(try await desk.waiting(store).map(\.party.id))
            #expect(found.isDisjoint(with: [refusing, inside, angry]))
            #expect(found.count == open.count - 3)
            #expect(try await store.offers(for: angry).isEmpty)
            // Whoever refuses after the night's computation is off every list at once.
            let late = open[3]
            #expect(try await store.offers(for: late).count == 1)
            try await desk.database.write { connection in
                _ = try connection.run(
                    """
                    INSERT INTO consent (party_id, address_key, purpose, given, at, how, recorded_at)
                    VALUES (\(late), '', 'any', FALSE, 1, 'phone', 1)
                    """)
            }
            #expect(try await store.offers(for: late).isEmpty)
            #expect(try await !desk.waiting(store).map(\.party.id).contains(late))
            let entry = try await desk.count("SELECT id FROM offer_entry WHERE party_id = \(late)")
            await #expect(throws: OfferRefusal.gone) {
                try await store.finish(
                    Int64(entry), .offered, note: "", today: LocalDate(daysSinceEpoch: 1),
                    by: desk.desk.act(by: nil))
            }
        }
    }

    @Test(arguments: Engine.available)
    func `notes who bought since, and holds it against those left alone`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            try await GardenShop.open(on: desk)
            try await desk.computeOffers()
            let someone = try #require(try await desk.waiting().first)
            let held = try #require(
                try await desk.database.read {
                    try $0.first("SELECT party_id FROM offer_entry WHERE held LIMIT 1") {
                        try $0.id(0, of: Party.self)
                    }
                })
            try await desk.database.write { connection in
                try GardenShop.buy(someone.party.id, "GLOVES", on: GardenShop.day + 20, in: connection)
                try GardenShop.buy(held, "Gloves", on: GardenShop.day + 70, in: connection)
            }
            #expect(try await desk.offerStore.offers(for: someone.party.id).isEmpty)

            desk.clock.advance(by: .seconds(200 * 86_400))
            let report = try await desk.computeOffers()

            #expect(
                try await desk.count("SELECT bought_day FROM offer_entry WHERE id = \(someone.offer.id)")
                    == GardenShop.day + 20)
            #expect(report.open.bought == 1 && report.open.customers > 50)
            // Bought after the sixty days.
            #expect(report.held.bought == 0 && report.held.customers > 0)
            #expect(try await !desk.waiting().map(\.party.id).contains(someone.party.id))
        }
    }

    @Test(arguments: Engine.available)
    func `is computed after an import and at night, and not while nothing changed`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let worker = ComputeOffers(desk: desk.desk)
            let organisation = try await desk.desk.organisations.required()
            #expect(try await !worker.isDue(desk.offerStore, organisation))
            try await GardenShop.open(on: desk)
            #expect(try await worker.isDue(desk.offerStore, organisation))
            try await desk.computeOffers()
            #expect(try await !worker.isDue(desk.offerStore, organisation))
            try await desk.bringPurchases("customer,date,amount,product\nx1,2026-01-05,5.00,Spade\n")
            #expect(try await worker.isDue(desk.offerStore, organisation))
            try await desk.computeOffers()
            #expect(try await !worker.isDue(desk.offerStore, organisation))
            desk.clock.advance(by: .seconds(26 * 3600))
            #expect(try await worker.isDue(desk.offerStore, organisation))
        }
    }

    @Test(arguments: Engine.available)
    func `is shown with its reason, worked off on the customer's page, and taken back`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            try await GardenShop.open(on: desk)
            let grace = try await desk.signedIn(as: .grace)
            #expect(try await grace.get("/offers").says("Nothing was computed yet"))
            try await desk.computeOffers()
            let pair = try #require(try await desk.gloves())
            let someone = try #require(try await desk.waiting().first)
            let page = "/people/\(someone.party.id)"

            let overview = try await grace.get("/offers")
            let list = try await grace.get("/offers/\(pair.id)")
            let card = try await grace.get(page)
            let noted = try await grace.post(
                "/offers/entries/\(someone.offer.id)/outcome",
                ["outcome": "declined", "note": "<i>later</i>", "back": page])

            #expect(overview.says("Spade") && overview.says("2.7 ("))
            #expect(list.says(someone.party.name) && !list.says("CSV"))
            #expect(card.says("Of 100 customers who bought <bdi>Spade</bdi>, 40 also bought"))
            #expect(noted.location == page)
            #expect(try await !grace.get(page).says("May like next"))
            let done = try await grace.get("/offers/\(pair.id)?show=done")
            #expect(done.says("Declined") && done.says("&lt;i&gt;later"))
            _ = try await grace.post(
                "/offers/entries/\(someone.offer.id)/reopening", ["back": "https://evil.example"])
            #expect(try await grace.get(page).says("May like next"))
            let kinds = try await desk.happenings()
            #expect(kinds.contains("offer.declined") && kinds.contains("offer.reopened"))
            #expect(try await grace.get("/offers/999999").status == .notFound)
            #expect(try await grace.get("/offers/x").status == .notFound)
            #expect(try await grace.get("/offers?after=~~~").status == .ok)
            #expect(try await grace.get("/offers/\(pair.id)/csv").status == .forbidden)
            let barbara = try await desk.signedIn(as: .barbara)
            let table = try await barbara.get("/offers/\(pair.id)/csv")
            #expect(table.text.split(separator: "\r\n").count == pair.could + 1)
            #expect(try await barbara.get("/offers/csv").says("\"Spade\""))
        }
    }

    @Test(arguments: Engine.available)
    func `is told to programs and worked off by them`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            try await GardenShop.open(on: desk)
            try await desk.computeOffers()
            let program = try await desk.api(as: .grace)
            let pair = try #require(try await desk.gloves())

            let pairs = try await program.get("/api/v2/offers").objects()
            let first = try await program.get("/api/v2/offers/\(pair.id)/customers?per_page=5")
            let customer = try #require(try first.objects().first?["customer_id"] as? Int)
            let path = "/api/v2/offers/\(pair.id)/customers/\(customer)"

            #expect(pairs.count == 2 && first.link != nil)
            #expect(
                try await program.put(path, #"{"outcome":"accepted","note":"on Friday"}"#).status
                    == .noContent)
            let offers = try await program.get("/api/v2/contacts/\(customer)/offers").objects()
            #expect(offers.first?["outcome"] as? String == "accepted")
            #expect(try await program.put(path, #"{"outcome":"maybe"}"#).status == .badRequest)
            #expect(try await program.put(path, #"{"outcome":null}"#).status == .noContent)
            #expect(
                try await program.put("/api/v2/offers/\(pair.id)/customers/999999", "{}").status == .notFound)
            #expect(try await program.get("/api/v2/contacts/999999/offers").status == .notFound)
        }
    }

    @Test func `reads no table from end to end`() async throws {
        try await withDatabase(on: .sqlite, migrations: Schema.migrations) { database in
            let explaining = try #require(database as? any PlanExplaining)
            let watched = WatchedDatabase(database)
            let store = OfferStore(database: watched, clock: FakeClock())
            _ = try await store.pairs(after: "5~5", limit: 50)
            _ = try await store.customers(of: 1, .open, after: "7", limit: 50)
            _ = try await store.customers(of: 1, .done, after: "7~7", limit: 50)
            _ = try await store.offers(for: ID(7))
            _ = try await store.entry(of: 1, ID(7))

            for statement in watched.take() {
                let plan = try await explaining.explain(statement)
                #expect(!plan.contains("SCAN"), "\(statement.text)\n\(plan)")
                let isSorted = plan.contains("TEMP B-TREE") && !statement.text.contains("e.party_id = $")
                #expect(!isSorted, "\(statement.text)\n\(plan)")
            }
        }
    }
}
