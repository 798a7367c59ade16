import Foundation
import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Keeping in touch` {
    private static let hostile = "<script>alert(1)</script>=cmd"

    /// A rhythm set by Barbara, and Ada due in it.
    private func adaIsDue(on desk: TestDesk) async throws -> Int64 {
        let ada = try await desk.ada()
        let today = LocalDate(daysSinceEpoch: try await desk.dayNow())
        let money = Money(minor: 100, currency: try #require(Currency("EUR")))
        _ = try await PurchaseStore(database: desk.database, clock: desk.clock).record(
            NewPurchase(customer: .id(ada), day: today + (-300), amount: money), today: today,
            by: Act(by: nil, at: desk.clock.now))
        let barbara = try await desk.signedIn(as: .barbara)
        let added = try await barbara.post(
            "/touch/rhythms",
            [
                "name": Self.hostile, "audience": "everyone", "kind": "silence", "months": "6",
                "way": "letter",
                "what": "Send the <b>calendar</b>", "purpose": "news", "lead_days": "7", "most_open": "50",
            ])
        #expect(added.status == .seeOther)
        let organisation = try await desk.desk.organisations.required()
        let rhythm = try #require(try await desk.rhythms.all().first)
        try await TouchPlanning(database: desk.database, clock: desk.clock, organisation: organisation)
            .plan(rhythm, today: today) {}
        let touch = try await desk.touches.page(.due, of: 0, rhythm: nil, after: nil, limit: 5).items.first
        return try #require(touch).id
    }

    @Test(arguments: Engine.available)
    func `shows who is due, how and what, and keeps what came of it`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let grace = try await desk.signedIn(as: .grace)
            #expect(try await grace.get("/touch").says("no rhythm has been set"))
            let id = try await adaIsDue(on: desk)

            let list = try await grace.get("/touch")
            #expect(list.says("Ada Lovelace") && list.says("Letter") && !list.says("<script>alert"))
            let page = try await grace.get("/touch/\(id)")
            #expect(page.says("Send the &lt;b&gt;calendar&lt;/b&gt;") && page.says("ada@example.com"))

            let refused = try await grace.post("/touch/\(id)/skipping", ["note": " "])
            #expect(refused.status == .unprocessableContent && refused.says("Say why"))
            let late = try await grace.post("/touch/\(id)/postponement", ["due": "9999-12-31"])
            #expect(late.status == .unprocessableContent && late.says("9999-12-31"))

            try await grace.post("/touch/\(id)/assignment", ["colleague": "me"])
            #expect(try await grace.get("/touch?show=mine").says("Ada Lovelace"))
            let done = try await grace.post("/touch/\(id)/done", ["note": "Was <i>glad</i>"])
            #expect(try await grace.follow(done).says("Done: Ada Lovelace."))
            #expect(try await grace.get("/touch").says("Nobody is due"))
            #expect(try await grace.get("/touch?show=handled").says("Ada Lovelace"))
            #expect(try await grace.get("/touch/\(id)").says("Was &lt;i&gt;glad&lt;/i&gt;"))

            let twice = try await grace.post("/touch/\(id)/done", ["note": "again"])
            #expect(try await grace.follow(twice).says("It is not waiting any more"))
            try await grace.post("/touch/\(id)/reopening")
            #expect(try await grace.get("/touch").says("Ada Lovelace"))
            let kinds = try await desk.happenings().filter {
                $0.hasPrefix("touch.") || $0.hasPrefix("rhythm.")
            }
            #expect(kinds == ["rhythm.added", "touch.assigned", "touch.done", "touch.reopened"])
        }
    }

    @Test(arguments: Engine.available)
    func `lets only leads set rhythms, and keeps what was typed into a refused one`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let grace = try await desk.signedIn(as: .grace)
            #expect(try await grace.post("/touch/rhythms", ["name": "x"]).status == .forbidden)
            #expect(try await !grace.get("/touch/rhythms").says("Another rhythm"))
            let barbara = try await desk.signedIn(as: .barbara)
            let again = try await barbara.post(
                "/touch/rhythms",
                [
                    "name": "Calendar & card", "audience": "everyone", "kind": "date", "month": "2",
                    "day": "31",
                ])
            #expect(again.status == .unprocessableContent)
            #expect(again.says("Calendar &amp; card") && again.says("one the calendar has"))
            for bad in [
                ["kind": "nonsense"], ["kind": "silence", "months": "-1"],
                ["kind": "silence", "months": "99999999999999999999"],
            ] {
                var form: [(String, String)] = [("name", "x"), ("audience", "everyone")]
                form += bad.map { ($0.key, $0.value) }
                let reply = try await barbara.postBare(
                    "/touch/rhythms", form.map { "\($0.0)=\($0.1)" }.joined(separator: "&"))
                #expect((400..<500).contains(reply.status.code))
            }
            #expect(try await desk.rhythms.all().isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func `rests while it is paused, and nothing of it waits`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let id = try await adaIsDue(on: desk)
            let barbara = try await desk.signedIn(as: .barbara)
            let rhythm = try #require(try await desk.rhythms.all().first)
            try await barbara.post("/touch/rhythms/\(rhythm.id)/pausing")
            #expect(try await barbara.get("/touch").says("Nobody is due"))
            #expect(try await barbara.get("/touch/\(id)").status == .notFound)
            #expect(try await barbara.get("/touch/rhythms").says("Nothing is planned"))
            try await barbara.post("/touch/rhythms/\(rhythm.id)/resuming")
            #expect(try await desk.rhythms.all().first?.isPaused == false)
            #expect(try await barbara.get("/touch/rhythms/999").status == .notFound)
            #expect(try await barbara.get("/touch/x").status == .notFound)
            #expect(try await barbara.get("/touch?show=x").status == .unprocessableContent)
        }
    }

    @Test(arguments: Engine.available)
    func `is guarded for spreadsheets, and closed to who may not export`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            _ = try await adaIsDue(on: desk)
            _ = try await desk.database.write {
                try $0.run("UPDATE party SET preferences = '=1+1' WHERE name = 'Ada Lovelace'")
            }
            #expect(try await desk.signedIn(as: .grace).get("/touch.csv").status == .forbidden)
            let csv = try await desk.signedIn(as: .barbara).get("/touch.csv")
            #expect(csv.says("\"Ada Lovelace\",\"'=1+1\"") && csv.status == .ok)
        }
    }

    @Test(arguments: Engine.available)
    func `is done by programs too`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let id = try await adaIsDue(on: desk)
            let grace = try await desk.api(as: .grace)
            let list = try await grace.get("/api/v2/touches").objects()
            #expect(
                list.first?["name"] as? String == "Ada Lovelace" && list.first?["way"] as? String == "letter")
            #expect(
                try await grace.put("/api/v2/touches/\(id)", #"{"state": "skipped"}"#).status == .badRequest)
            #expect(try await grace.put("/api/v2/touches/\(id)", #"{"state": "gone"}"#).status == .badRequest)
            let done = try await grace.put("/api/v2/touches/\(id)", #"{"state": "done", "note": "spoke"}"#)
                .object()
            #expect(done["state"] as? String == "done" && done["note"] as? String == "spoke")
            #expect(
                try await grace.post("/api/v2/rhythms", #"{"name": "x", "kind": "anniversary"}"#).status
                    == .forbidden)
            let barbara = try await desk.api(as: .barbara)
            let made = try await barbara.post(
                "/api/v2/rhythms",
                #"{"name": "Birthday", "kind": "anniversary", "audience": "repeat", "way": "gift"}"#)
            #expect(made.status == .created)
            let number = try #require(try made.object()["id"] as? Int)
            let changed = try await barbara.put(
                "/api/v2/rhythms/\(number)", #"{"paused": true, "lead_days": 3}"#
            ).object()
            #expect(changed["paused"] as? Bool == true && changed["lead_days"] as? Int == 3)
            #expect(changed["name"] as? String == "Birthday" && changed["audience"] as? String == "repeat")
            #expect(
                try await barbara.post("/api/v2/rhythms", #"{"name": "x", "kind": "silence"}"#).status.code
                    >= 400)
        }
    }
}
