import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Recording acquisition spend` {
    private static let march = #"{"from":"2026-01","source":" Fair ","campaign":"Bremen","amount":"1200.50"}"#

    @Test(arguments: Engine.available)
    func `takes the same again as known, and another amount not at all`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let margaret = try await desk.api(as: .margaret)

            let first = try await margaret.post("/api/v2/spend", Self.march)
            let again = try await margaret.post("/api/v2/spend", Self.march.replacing(" Fair ", with: "fair"))
            let other = try await margaret.post("/api/v2/spend", Self.march.replacing("1200.50", with: "9"))

            #expect(first.status == .created && again.status == .ok && other.status == .conflict)
            let id = try #require(try first.object()["id"] as? Int)
            #expect(try again.object()["id"] as? Int == id)
            #expect(try first.object()["to"] as? String == "2026-01-31")
            #expect(try first.object()["amount_minor"] as? Int == 120_050)
            #expect(try await margaret.delete("/api/v2/spend/\(id)").status == .noContent)
            #expect(try await margaret.delete("/api/v2/spend/\(id)").status == .notFound)
            #expect(try await margaret.get("/api/v2/spend").objects().isEmpty)
        }
    }

    @Test(arguments: [
        (#"{"from":"2026-01","source":"web"}"#, "amount"), (#"{"from":"2026-01","amount":1}"#, "source"),
        (#"{"from":"2026-01","source":"web","amount":-1}"#, "amount"),
        (#"{"from":"2026-01","source":"web","amount":1.005}"#, "amount"),
        (#"{"from":"2026-02","to":"2026-01","source":"web","amount":1}"#, "to"),
        (#"{"from":"2100-01","source":"web","amount":1}"#, "from"),
        (#"{"from":"1850-01-01","source":"web","amount":1}"#, "from"),
        (#"{"from":"2001","to":"2024","source":"web","amount":1}"#, "to"),
        (#"{"from":"soon","source":"web","amount":1}"#, "from"),
        (#"{"from":"2026-01","source":"web","amount":1,"currency":"QQQ"}"#, "currency"),
        (#"{"from":"2026-01","source":"web","amount":1,"colour":"red"}"#, "colour"),
    ])
    func `refuses what cannot be true, and names the field`(body: String, field: String) async throws {
        try await withDesk(on: .sqlite) { desk in
            let margaret = try await desk.api(as: .margaret)

            let reply = try await margaret.post("/api/v2/spend", body)

            #expect(reply.status == .badRequest)
            let errors = try #require(try reply.object()["errors"] as? [[String: Any]])
            #expect(errors.map { $0["field"] as? String } == [field])
            #expect(try await margaret.get("/api/v2/spend").objects().isEmpty)
        }
    }

    @Test(arguments: ["1.200", "1,200", "12.000 €"])
    func `asks again where a mark may stand for thousands or for decimals`(amount: String) async throws {
        try await withDesk(on: .sqlite) { desk in
            let margaret = try await desk.signedIn(as: .margaret)

            let reply = try await margaret.post(
                "/economics/spend", ["from": "2026-01-01", "source": "Fair", "amount": amount])

            #expect(reply.status == .unprocessableContent)
            #expect(reply.value(of: "amount") == amount)
            #expect(try await desk.count("SELECT count(*) FROM spend") == 0)
            #expect(
                !SpendAmount.isOpen("1.200,50", exponent: 2) && !SpendAmount.isOpen("1200.5", exponent: 2))
            #expect(
                !SpendAmount.isOpen("1.200.000", exponent: 2) && !SpendAmount.isOpen("1.250", exponent: 3))
        }
    }

    @Test(arguments: Engine.available)
    func `works on screen, with undo`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let margaret = try await desk.signedIn(as: .margaret)
            #expect(try await margaret.get("/economics/spend").says("No spend is on record yet"))

            let wrong = try await margaret.post(
                "/economics/spend",
                ["from": "2026-01-01", "source": "<b>Fair</b>", "amount": "a lot", "currency": "EUR"])
            #expect(wrong.status == .unprocessableContent && wrong.says("This is no amount"))
            let sent = try await margaret.post(
                "/economics/spend",
                [
                    "from": "2026-01-01", "to": "2026-01-31", "source": "<b>Fair</b>", "amount": "1.200,50",
                    "currency": "EUR",
                ])
            let list = try await margaret.follow(sent)
            #expect(list.says("€1,200.50") && list.says("&lt;b"))
            #expect(!list.says("<b>Fair"))

            let removed = try await margaret.follow(try await margaret.post("/economics/spend/1/removal"))
            #expect(removed.says("No spend is on record yet") && removed.says("Put it back"))
            let back = try await margaret.follow(try await margaret.post("/economics/spend/1/restoring"))
            #expect(back.says("€1,200.50"))
            #expect(try await margaret.post("/economics/spend/1/restoring").status == .notFound)
            #expect(
                try await desk.happenings().filter { $0.hasPrefix("spend") }
                    == ["spend.recorded", "spend.removed", "spend.restored"])
        }
    }

    @Test func `is not for everybody`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let grace = try await desk.signedIn(as: .grace)
            let barbara = try await desk.signedIn(as: .barbara)

            #expect(try await grace.get("/economics").status == .forbidden)
            #expect(try await grace.get("/profile").says("/economics") == false)
            #expect(try await barbara.get("/economics/spend").status == .ok)
            #expect(try await barbara.get("/economics/spend").says("Enter spend") == false)
            #expect(try await barbara.post("/economics/spend/1/removal").status == .forbidden)
        }
    }
}

@Suite struct `Importing acquisition spend` {
    private static let good = """
        Monat;Kanal;Kampagne;Betrag
        2025-11;web;Advent;1.234,50
        2025-12;web;;1.000,00
        2025-Q4;Messe;Bremen;800,00

        """

    private func send(_ text: String, _ wish: String, by browser: Browser) async throws -> Reply {
        try await browser.upload(
            "/economics/spend/file", ["wish": wish], file: "file", named: "ausgaben.csv", Array(text.utf8))
    }

    @Test(arguments: Engine.available)
    func `checks first, writes once, and corrects an amount`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let margaret = try await desk.signedIn(as: .margaret)

            let checked = try await send(Self.good, "check", by: margaret)
            #expect(checked.says("3 lines are in order") && checked.says("No spend is on record yet"))
            let first = try await send(Self.good, "load", by: margaret)
            #expect(first.says("Added: 3. Corrected: 0. Known already: 0.") && first.says("€1,234.50"))
            let again = try await send(Self.good, "load", by: margaret)
            #expect(again.says("Added: 0. Corrected: 0. Known already: 3."))
            let changed = try await send(Self.good.replacing("800,00", with: "900,00"), "load", by: margaret)
            #expect(changed.says("Added: 0. Corrected: 1. Known already: 2.") && changed.says("€900.00"))
            #expect(try await desk.database.read { try $0.number("SELECT count(*) FROM spend") } == 3)
        }
    }

    @Test func `writes nothing where a line is refused, and says which`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let margaret = try await desk.signedIn(as: .margaret)
            let text =
                Self.good + "2025-13;web;;5,00\n2025-11;WEB;advent;7,00\n2025-10;;x;1,00\n2025-10;web;;viel\n"

            let reply = try await send(text, "load", by: margaret)

            #expect(reply.status == .unprocessableContent && reply.says("Lines refused: 4 of 7"))
            #expect(reply.says("Line 2 says the same period") && reply.says("Say where the customers"))
            #expect(reply.says("This is not a number"))
            #expect(try await desk.database.read { try $0.number("SELECT count(*) FROM spend") } == 0)
            let other = try await send("a,b\n1,2\n", "load", by: margaret)
            #expect(other.says("No column for from was found"))
            #expect(try await send("", "load", by: margaret).says("Choose a file first"))
        }
    }
}
