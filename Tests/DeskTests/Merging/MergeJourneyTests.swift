import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Merging on screen` {
    private func two(_ desk: TestDesk) async throws -> (ID<Party>, ID<Party>) {
        let act = Act(by: nil, at: desk.clock.now)
        return try await desk.database.write { connection in
            (
                try CustomerStore.add(
                    NewCustomer(name: "Ida <b>Berg</b>", email: "ida@firm.test"), by: act, in: connection),
                try CustomerStore.add(
                    NewCustomer(name: "I. Berg", email: "ida@firm.test", outsideID: "b-7"), by: act,
                    in: connection)
            )
        }
    }

    @Test(arguments: Engine.available)
    func `goes from a suggestion over both side by side to one, and back`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let (ida, other) = try await two(desk)
            try await DuplicateSearch(database: desk.database, clock: desk.clock) {}.run()
            let barbara = try await desk.signedIn(as: .barbara)

            let list = try await barbara.get("/duplicates")
            #expect(list.says("same mail address") && list.says("Ida &lt;b&gt;Berg&lt;/b&gt;"))
            let card = try await barbara.get("/people/\(ida)")
            #expect(card.says("May be the same customer") && card.says("/people/\(ida)/merge?with=\(other)"))
            let preview = try await barbara.get("/people/\(ida)/merge?with=\(other)")
            #expect(preview.says("Is taken in") && preview.says(#"name="name""#))
            let merged = try await barbara.post(
                "/people/\(ida)/merging", ["with": "\(other)", "name": "other"])
            let page = try await barbara.follow(merged)
            #expect(
                page.says("I. Berg was merged into this customer.")
                    && page.says(#"<a href="/merges/1">Undo</a>"#))
            #expect(try await barbara.get("/people/\(other)").location == "/people/\(ida)")
            #expect(try await barbara.get("/merges").says("Stands"))
            #expect(try await barbara.get("/merges/1").says("Nothing has changed since"))
            let undone = try await barbara.follow(try await barbara.post("/merges/1/undoing"))
            #expect(undone.says("Undone. Both customers are there again."))
            #expect(try await barbara.get("/people/\(other)").status == .ok)
            let again = try await barbara.post("/merges/1/undoing")
            #expect(again.status == .conflict && again.says("This was undone already."))
        }
    }

    @Test(arguments: Engine.available)
    func `splits what was ticked, and keeps the ticks where it is refused`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let (ida, other) = try await two(desk)
            let barbara = try await desk.signedIn(as: .barbara)
            try await barbara.post("/people/\(ida)/merging", ["with": "\(other)"])

            let form = try await barbara.get("/people/\(ida)/split")
            let refused = try await barbara.post(
                "/people/\(ida)/splitting", ["key": "6:importb-7", "name": ""])
            let nothing = try await barbara.post("/people/\(ida)/splitting", ["name": "X"])
            let done = try await barbara.follow(
                try await barbara.post("/people/\(ida)/splitting", ["key": "6:importb-7", "name": "Berg"]))

            #expect(form.says("b-7 (import)"))
            #expect(refused.status == .unprocessableContent && refused.says(#"value="6:importb-7" checked"#))
            #expect(nothing.says("Tick what is to be moved.") && nothing.value(of: "name") == "X")
            #expect(done.says("<h1><bdi>Berg</bdi></h1>") && done.says("Split. This is the customer"))
            let blocked = try await barbara.get("/merges/1")
            #expect(blocked.says("undo number 2 first"))
        }
    }

    @Test(arguments: Engine.available)
    func `is closed to agents, and says no calmly`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let (ida, other) = try await two(desk)
            let grace = try await desk.signedIn(as: .grace)
            let barbara = try await desk.signedIn(as: .barbara)
            let graces = try await desk.seat(of: .grace)

            for path in [
                "/duplicates", "/merges", "/people/\(ida)/merge?with=\(other)", "/people/\(ida)/split",
            ] {
                #expect(try await grace.get(path).status == .forbidden, "\(path)")
            }
            #expect(try await grace.post("/people/\(ida)/merging", ["with": "\(other)"]).status == .forbidden)
            let page = try await grace.get("/people/\(ida)")
            #expect(page.status == .ok && !page.says("/merge"))
            for path in [
                "/people/999/merge", "/people/\(ida)/merge?with=999", "/people/\(ida)/merge?with=\(graces)",
                "/people/\(graces)/split", "/merges/999", "/people/x/merge",
            ] {
                #expect(try await barbara.get(path).status == .notFound, "\(path)")
            }
            for path in [
                "/merges?before=x", "/duplicates?after=a~b~c", "/people/\(ida)/merge?with=x",
                "/people/\(ida)/merge?q=%00",
            ] {
                #expect(try await barbara.get(path).status == .ok, "\(path)")
            }
            let own = try await barbara.post("/people/\(ida)/merging", ["with": "\(ida)"])
            #expect(own.status == .unprocessableContent && own.says("cannot be merged with itself"))
            #expect(try await barbara.post("/duplicates/1/999/dismissal").status == .notFound)
            #expect(try await desk.database.read { try $0.number("SELECT count(*) FROM merging") } == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `speaks Freshdesk's words to programs`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let (ida, other) = try await two(desk)
            let (barbara, grace) = (try await desk.api(as: .barbara), try await desk.api(as: .grace))
            let body =
                #"{"primary_contact_id":\#(ida),"secondary_contact_ids":[\#(other)],"contact":{"email":"x"}}"#

            #expect(try await grace.post("/api/v2/contacts/merge", body).status == .forbidden)
            #expect(
                try await barbara.post("/api/v2/contacts/merge", #"{"primary_contact_id":1}"#).status
                    == .badRequest)
            #expect(try await barbara.post("/api/v2/contacts/merge", #"{"colour":1}"#).status == .badRequest)
            let merged = try await barbara.post("/api/v2/contacts/merge", body)
            #expect(merged.status == .noContent && merged.location == "/api/v2/merges/1")
            let gone = try await grace.get("/api/v2/contacts/\(other)")
            #expect(gone.status == .movedPermanently && gone.location == "/api/v2/contacts/\(ida)")
            #expect(try gone.object()["id"] as? Int == Int(ida.value))
            let bought = try await grace.post(
                "/api/v2/purchases", #"{"customer_id":\#(other),"amount":"9.90","purchased_at":"2026-03-01"}"#
            )
            #expect(try bought.object()["customer_id"] as? Int == Int(ida.value))
            let list = try await barbara.get("/api/v2/merges?contact_id=\(ida)").objects()
            #expect(list.count == 1 && list[0]["secondary_contact_id"] as? Int == Int(other.value))
            let undone = try await barbara.post("/api/v2/merges/1/undoing")
            let told = try undone.object()
            #expect(undone.status == .ok && told["undone_at"] is String)
            #expect(try await barbara.post("/api/v2/merges/1/undoing").status == .conflict)
            #expect(try await barbara.get("/api/v2/contacts/\(other)").status == .ok)
            #expect(try await barbara.get("/api/v2/duplicates").objects().isEmpty)
        }
    }
}
