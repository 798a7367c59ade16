import Foundation
import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

/// Acme with four departments, and Ada who works in one of them.
private struct Acme {
    let root, purchasing, laboratory, ada: Int64

    init(_ desk: TestDesk) async throws {
        let act = Act(by: nil, at: desk.clock.now)
        func add(_ name: String, _ parent: Int64?) async throws -> Int64 {
            try await desk.database.write { connection in
                var customer = NewCustomer(name: name)
                customer.kind = .organisation
                let id = try CustomerStore.add(customer, by: act, in: connection)
                try connection.run("UPDATE party SET parent_id = \(parent) WHERE id = \(id)")
                return id.value
            }
        }
        root = try await add("Acme", nil)
        purchasing = try await add("Purchasing <b>", root)
        laboratory = try await add("Laboratory", root)
        for name in ["Library", "Mail room", "Night watch"] { _ = try await add(name, root) }
        let ada = try await desk.ada().value
        self.ada = ada
        let purchasing = purchasing
        _ = try await desk.database.write {
            try $0.run(
                """
                INSERT INTO membership (person_id, account_id, since, import_id) VALUES (\(ada), \(purchasing), 0, 0)
                """)
        }
    }
}

private func plain(_ reply: Reply) -> String {
    reply.text.replacing("\u{2068}", with: "").replacing("\u{2069}", with: "")
}

@Suite struct `Placing a hold` {
    private static let form: KeyValuePairs<String, String> = [
        "orders": "true", "discounts": "true", "whom": "only", "reason": "bill",
        "words": "The bill of 3 May <script>", "owner": "",
    ]

    @Test(arguments: Engine.available)
    func `says on every page near it what waits and what does not`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let acme = try await Acme(desk)
            let barbara = try await desk.signedIn(as: .barbara)
            let grace = try await desk.signedIn(as: .grace)

            let placed = try await barbara.post("/people/\(acme.purchasing)/holds", Self.form)

            #expect(placed.status == .seeOther)
            for page in [acme.root, acme.purchasing, acme.laboratory, acme.ada] {
                let text = plain(try await grace.get("/people/\(page)"))
                #expect(text.contains("For Purchasing &lt;b&gt; these wait: orders and discounts."))
                #expect(text.contains("these go on, as promised and as always: deliveries and service."))
                #expect(text.contains("Laboratory, Library and 2 other departments go on as always."))
                #expect(text.contains("nobody sees to it"))
                #expect(!text.contains("<script>alert") && text.contains("&lt;script&gt;"))
            }
            #expect(try await grace.get("/people/\(acme.purchasing)").says("A hold is on this customer."))
            #expect(try await grace.get("/people/\(acme.laboratory)").says("not on this customer"))
            #expect(try await desk.happenings().contains("hold.placed"))
        }
    }

    @Test(arguments: Engine.available)
    func `gives back what was typed when it is refused`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let acme = try await Acme(desk)
            let barbara = try await desk.signedIn(as: .barbara)
            let path = "/people/\(acme.purchasing)/holds"

            let nothing = try await barbara.post(
                path, ["words": "Kept words", "over": "12.50", "ends": "2026-04-01"])
            let past = try await barbara.post(
                path, ["service": "true", "words": "x", "ends": "0000-01-01", "product": "Beans"])
            let absurd = try await barbara.post(
                path, ["orders": "true", "words": "x", "over": "99999999999999999999"])
            let far = try await barbara.post(path, ["orders": "true", "words": "x", "starts": "9999-12-31"])
            let person = try await barbara.post(
                path, ["orders": "true", "words": "x", "owner": "999999", "contract": "88"])

            for reply in [nothing, past, absurd, far, person] {
                #expect(reply.status == .unprocessableContent)
            }
            #expect(nothing.says("Tick at least one") && nothing.says("Kept words") && nothing.says("12.50"))
            #expect(past.says("Beans") && past.says("before today"))
            #expect(!nothing.text.contains("id=\"field-orders\" name=\"orders\" value=\"true\" checked"))
            #expect(try await desk.database.read { try $0.number("SELECT count(*) FROM hold") } == 0)
        }
    }

    @Test func `is not for agents, and no hold of another kind of number is found`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let acme = try await Acme(desk)
            let grace = try await desk.signedIn(as: .grace)
            let barbara = try await desk.signedIn(as: .barbara)

            #expect(try await grace.post("/people/\(acme.root)/holds", Self.form).status == .forbidden)
            #expect(!(try await grace.get("/people/\(acme.root)")).says("/holds/new"))
            for path in ["/people/99999/holds/new", "/holds/99999", "/holds/x", "/contracts/99999"] {
                #expect(try await barbara.get(path).status == .notFound, "\(path)")
            }
            let person = try await desk.api(as: .barbara).post(
                "/api/v2/holds",
                """
                {"customer_id": \(acme.ada), "with_below": true, "doings": "orders", "words": "x"}
                """)
            #expect(person.status.code == 400 || person.status == .unprocessableContent)
            for query in ["show=nonsense", "after=zzz", "after=1~", "show=ended&after=~"] {
                #expect(try await barbara.get("/holds?\(query)").status == .ok)
                #expect(try await barbara.get("/contracts?\(query)").status == .ok)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `is lifted, prolonged and handed over, and each stays on record`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let acme = try await Acme(desk)
            let barbara = try await desk.signedIn(as: .barbara)
            let grace = try await desk.seat(of: .grace).value
            try await barbara.post("/people/\(acme.purchasing)/holds", Self.form)

            try await barbara.post("/holds/1/owner", ["owner": "\(grace)"])
            try await barbara.post("/holds/1/end", ["ends": "2026-03-10"])
            let soon = try await barbara.get("/holds?show=ending")
            let wrong = try await barbara.post("/holds/1/end", ["ends": "2026-01-10"])
            _ = try await desk.database.write {
                try $0.run("UPDATE agent SET suspended = TRUE WHERE person_id = \(grace)")
            }
            let ownerless = try await barbara.get("/holds?show=ownerless")
            let bare = try await barbara.post("/holds/1/lifting", ["why": " "])
            let lifted = try await barbara.post("/holds/1/lifting", ["why": "Paid on Monday"])
            let again = try await barbara.post("/holds/1/lifting", ["why": "once more"])
            let page = try await barbara.get("/holds/1")

            #expect(soon.says("Purchasing") && soon.says("ends soon") && soon.says("Grace Hopper"))
            #expect(wrong.status == .unprocessableContent && wrong.says("2026-01-10"))
            #expect(ownerless.says("does not work here any more"))
            #expect(bare.status == .unprocessableContent && lifted.status == .seeOther)
            #expect(again.status == .conflict && again.says("once more") == false)
            #expect(page.says("Paid on Monday") && page.says("A hold was handed over"))
            #expect(try await barbara.get("/holds").says("Nothing is on hold"))
            #expect(try await barbara.get("/holds?show=ended").says("lifted"))
            #expect(
                try await desk.happenings().filter { $0.hasPrefix("hold.") }
                    == ["hold.placed", "hold.handedOver", "hold.prolonged", "hold.lifted"])
        }
    }

    @Test(arguments: Engine.available)
    func `never refuses what has happened, and programs are told`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let acme = try await Acme(desk)
            let barbara = try await desk.api(as: .barbara)
            let made = try await barbara.post(
                "/api/v2/holds",
                """
                {"customer_id": \(acme.purchasing), "doings": "orders", "over": "100.00", "reason": "dispute",
                 "words": "Wrong goods", "ends": "2026-12-31"}
                """)
            func buy(_ amount: String, _ customer: Int64) async throws -> Reply {
                try await barbara.post(
                    "/api/v2/purchases", "{\"customer_id\": \(customer), \"amount\": \"\(amount)\"}")
            }
            func check(_ doing: String, _ customer: Int64, _ amount: String) async throws -> [String: Any] {
                try await barbara.post(
                    "/api/v2/holds/check",
                    "{\"customer_id\": \(customer), \"doing\": \"\(doing)\", \"amount\": \"\(amount)\"}"
                ).object()
            }

            #expect(made.status == .created)
            let held = try await buy("100.01", acme.purchasing)
            #expect(held.status == .created && held.says("\"holds\":[{\"hold_id\":1,\"reason\":\"dispute\""))
            #expect(!(try await buy("100.00", acme.purchasing)).says("hold_id"))
            #expect(!(try await buy("500.00", acme.laboratory)).says("hold_id"))
            #expect(try await check("orders", acme.purchasing, "100.01")["held"] as? Bool == true)
            #expect(try await check("deliveries", acme.purchasing, "100.01")["held"] as? Bool == false)
            #expect(try await check("orders", acme.root, "999.00")["held"] as? Bool == false)
            let near = try await barbara.get("/api/v2/contacts/\(acme.ada)/holds").objects()
            #expect(near.count == 1 && (near[0]["untouched"] as? String)?.contains("Laboratory") == true)
            #expect(try await barbara.get("/api/v2/contacts/99999/holds").status == .notFound)
            let changed = try await barbara.put("/api/v2/holds/1", "{\"ends\": null}")
            #expect(try changed.object()["ends"] is NSNull)
            #expect(
                try await barbara.post("/api/v2/holds/check", "{\"customer_id\": 1, \"doing\": \"dance\"}")
                    .status.code
                    == 400)
        }
    }

    @Test(arguments: Engine.available)
    func `is listed page by page, each hold once`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let acme = try await Acme(desk)
            let store = HoldStore(database: desk.database)
            let organisation = try await desk.desk.organisations.required()
            let today = organisation.zone.day(of: desk.clock.now)
            for number in 0..<23 {
                let new = NewHold(
                    HoldScope(.only(ID(acme.root)), [.orders]), reason: .other, words: "\(number)",
                    lastDay: number % 3 == 0 ? nil : today + number % 5)
                _ = try await store.place(new, organisation: organisation, by: desk.desk.act(by: nil))
            }
            for part in [HoldPart.open, .ownerless, .ending] {
                var ids: [Int64] = []
                var after: String?
                repeat {
                    let page = try await store.list(part, today: today, after: after, limit: 4)
                    ids += page.items.map(\.hold.id.value)
                    after = page.next
                } while after != nil
                #expect(Set(ids).count == ids.count)
                #expect(ids.count == (part == .ending ? 15 : 23))
            }
            #expect(try await store.list(.ended, today: today + 30, after: nil, limit: 50).items.count == 15)
        }
    }
}

@Suite struct `The plan of a statement on holds and contracts` {
    private typealias Act = @Sendable (any Database) async throws -> Void
    private static let today = LocalDate(daysSinceEpoch: 20_500)

    private static let acts: [String: Act] = [
        "concerning": { _ = try await HoldStore(database: $0).concerning(ID(7), today: today) },
        "touching": {
            _ = try await HoldStore(database: $0).touching(
                .orders, for: ID(7), at: FakeClock().now, zone: .utc)
        },
        "open": {
            _ = try await HoldStore(database: $0).list(.open, today: today, after: "20500~9", limit: 50)
        },
        "ending": {
            _ = try await HoldStore(database: $0).list(.ending, today: today, after: nil, limit: 50)
        },
        "ownerless": {
            _ = try await HoldStore(database: $0).list(.ownerless, today: today, after: nil, limit: 50)
        },
        "ended": {
            _ = try await HoldStore(database: $0).list(.ended, today: today, after: "0~9", limit: 50)
        },
        "history": { _ = try await HoldStore(database: $0).history(of: ID(7)) },
        "contracts": { _ = try await ContractStore(database: $0).contracts(of: ID(7)) },
        "all": { try await list(.all, $0) }, "promotions": { try await list(.promotions, $0) },
        "renewals": { try await list(.renewals, $0) }, "notice": { try await list(.notice, $0) },
        "due": { _ = try await ContractStore(database: $0).moveDueDays(today: today) },
        "marker": { _ = try await RetentionStore(database: $0, clock: FakeClock()).latest() },
    ]

    private static func list(_ part: ContractPart, _ database: any Database) async throws {
        _ = try await ContractStore(database: database).list(
            part, today: today, after: "20500~9", limit: 50)
    }

    @Test(arguments: acts.keys.sorted()) func `reads no table from end to end`(of act: String) async throws {
        let perform = try #require(Self.acts[act])
        try await withDatabase(on: .sqlite, migrations: Schema.migrations) { database in
            let explaining = try #require(database as? any PlanExplaining)
            let watched = WatchedDatabase(database)

            try await perform(watched)

            let statements = watched.take()
            #expect(!statements.isEmpty)
            for statement in statements {
                let plan = try await explaining.explain(statement)
                // What a statement made itself is small.
                let scans = plan.split(separator: "\n").filter { line in
                    line.contains("SCAN ")
                        && !["anchor", "up", "down", "near", "own", "CONSTANT"].contains {
                            line.contains("SCAN \($0)")
                        }
                }
                #expect(scans.isEmpty, "\(statement.text)\n\(plan)")
                let isPaged = [
                    "open", "ending", "ownerless", "ended", "all", "promotions", "renewals", "notice",
                ]
                #expect(!(isPaged.contains(act) && plan.contains("TEMP B-TREE")), "\(plan)")
            }
        }
    }
}
