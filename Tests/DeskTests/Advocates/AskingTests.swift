import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Asking advocates` {
    @Test(arguments: Engine.available)
    func `lists who may be asked, why, and in the stated order`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let (often, twice, once) = (
                try await desk.customer("Often There"), try await desk.customer("Twice There"),
                try await desk.customer("Once There")
            )
            for days in [5, 10, 20] { try await desk.purchase(often, daysAgo: days) }
            for days in [5, 15] { try await desk.purchase(twice, daysAgo: days) }
            try await desk.purchase(once, daysAgo: 3)
            var answer = NewAnswer(party: twice, given: 10, day: try await desk.today() + -2)
            answer.words = "They always remember what I drink and how I like my beans to be ground."
            _ = try await AnswerStore(database: desk.database, clock: desk.clock)
                .record(answer, today: try await desk.today(), by: desk.desk.act(by: nil))

            try await desk.makeAskList()

            let run = try #require(try await desk.asks.latest())
            let items = try await desk.asks.ready(run: run.id, after: nil, limit: 50).items
            #expect(items.map(\.party.name) == ["Twice There", "Often There"])
            #expect(items.map(\.wish) == [.testimonial, .referral])
            #expect(run.looked == 2)
            #expect(try await desk.countersAreRight())
            let page = try await desk.signedIn(as: .grace).get("/advocates/ask")
            #expect(page.says("Would recommend us, said on"))
            #expect(page.says("Came 3 times"))
        }
    }

    @Test(arguments: Engine.available)
    func `happens once, whichever colleague asks, until the answer is in and the days are over`(
        on engine: Engine
    ) async throws {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            let (grace, barbara) = (
                try await desk.signedIn(as: .grace), try await desk.signedIn(as: .barbara)
            )
            let path = "/advocates/ask/people/\(ada)"

            async let one = grace.post(path, ["wish": "referral", "note": "by phone"])
            async let other = barbara.post(path, ["wish": "testimonial"])
            let statuses = [try await one.status, try await other.status]

            #expect(statuses.count { $0 == .seeOther } == 1)
            #expect(statuses.count { $0 == .conflict } == 1)
            #expect(try await desk.count("SELECT count(*) FROM ask") == 1)
            let id = try await desk.count("SELECT id FROM ask")
            let no = try await grace.post("/advocates/ask/\(id)/answer", ["state": "no"])
            #expect(no.status == .seeOther)
            #expect(try await grace.post(path, ["wish": "referral"]).status == .conflict)
            desk.clock.advance(by: .seconds(181 * 86_400))
            #expect(try await desk.signedIn(as: .grace).post(path, ["wish": "referral"]).status == .seeOther)
            #expect(try await desk.countersAreRight())
        }
    }

    @Test(arguments: Engine.available)
    func `comes back on the day they named, and not before`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            let today = try await desk.today()
            let act = desk.desk.act(by: nil)
            let ask = try await desk.asks.ask(ada, for: .referral, today: today, by: act)
            await #expect(throws: AskRefusal.dayOver) {
                try await desk.asks.answer(ask.id, .later(today), note: "", today: today, by: act)
            }
            _ = try await desk.asks.answer(ask.id, .later(today + 10), note: "busy", today: today, by: act)

            await #expect(throws: AskRefusal.later(day: (today + 10).daysSinceEpoch)) {
                try await desk.asks.ask(ada, for: .referral, today: today + 9, by: act)
            }
            #expect(try await desk.totals().later == 1)
            #expect(try await desk.totals().backToday == 0)
            desk.clock.advance(by: .seconds(10 * 86_400))
            #expect(try await desk.totals().backToday == 1)
            let page = try await desk.signedIn(as: .grace).get("/advocates/ask?show=later")
            #expect(page.says("Ask again"))
            _ = try await desk.asks.ask(ada, for: .referral, today: today + 10, by: act)
            #expect(try await desk.totals().later == 0)
            #expect(try await desk.countersAreRight())
        }
    }

    @Test(arguments: Engine.available)
    func `leaves out who refuses from that moment on`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            for days in [5, 10] { try await desk.purchase(ada, daysAgo: days) }
            try await desk.makeAskList()
            let run = try #require(try await desk.asks.latest())
            #expect(try await desk.asks.ready(run: run.id, after: nil, limit: 5).items.count == 1)
            let at = desk.clock.now
            _ = try await desk.database.write { connection in
                try connection.run(
                    """
                    INSERT INTO consent (party_id, address_key, purpose, given, at, how, recorded_at)
                    VALUES (\(ada), '', 'advocacy', FALSE, \(at), '', \(at))
                    """)
            }

            #expect(try await desk.asks.ready(run: run.id, after: nil, limit: 5).items.isEmpty)
            await #expect(throws: AskRefusal.refused) {
                try await desk.asks.ask(
                    ada, for: .referral, today: try await desk.today(), by: desk.desk.act(by: nil))
            }
            try await desk.makeAskList()
            #expect(try await desk.totals().ready == 0)
        }
    }

    @Test func `refuses what makes no sense, and keeps what was typed`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let ada = try await desk.ada()
            let acme = try await desk.customer("Acme", kind: .organisation)
            let grace = try await desk.signedIn(as: .grace)

            let noWish = try await grace.post(
                "/advocates/ask/people/\(ada)", ["wish": "x", "note": "by <phone>"])
            let company = try await grace.post("/advocates/ask/people/\(acme)", ["wish": "referral"])
            let nobody = try await grace.post("/advocates/ask/people/99999", ["wish": "referral"])
            let colleague = try await grace.get("/advocates/ask/people/\(try await desk.seat(of: .grace))")

            #expect(noWish.status == .unprocessableContent && noWish.says("by &lt;phone&gt;"))
            #expect(company.status == .unprocessableContent && company.says("Organisations are not asked"))
            #expect(nobody.status == .notFound && colleague.status == .notFound)
            _ = try await grace.post("/advocates/ask/people/\(ada)", ["wish": "referral"])
            let id = try await desk.count("SELECT id FROM ask")
            for day in ["", "2026-13-40", "0000-01-01", "9999-12-31", "soon"] {
                let reply = try await grace.post(
                    "/advocates/ask/\(id)/answer", ["state": "later", "later": day, "note": "kept"])
                #expect(reply.status == .unprocessableContent && reply.says("kept"), "\(day)")
            }
            for path in ["/advocates/ask?show=x&after=zz", "/advocates/ask/abc", "/advocates/ask/999"] {
                #expect([.ok, .notFound].contains(try await grace.get(path).status), "\(path)")
            }
        }
    }

    @Test(arguments: Engine.available)
    func `pages by key through everybody once`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            for number in 0..<23 {
                let party = try await desk.customer("Customer \(number)")
                for day in 0...(1 + number % 3) { try await desk.purchase(party, daysAgo: 1 + day * 2) }
            }
            try await desk.makeAskList()
            let run = try #require(try await desk.asks.latest())
            var (seen, after): ([Int64], String?) = ([], nil)
            repeat {
                let page = try await desk.asks.ready(run: run.id, after: after, limit: 5)
                seen += page.items.map(\.party.id.value)
                after = page.next
            } while after != nil

            #expect(seen.count == 23 && Set(seen).count == 23)
            #expect(try await desk.totals().ready == 23)
        }
    }

    @Test(arguments: Engine.available)
    func `works for programs`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            for days in [5, 10] { try await desk.purchase(ada, daysAgo: days) }
            try await desk.makeAskList()
            let program = try await desk.api(as: .grace)

            let ready = try await program.get("/api/v2/asks/ready").objects()
            let made = try await program.post(
                "/api/v2/asks", #"{"person_id": \#(ada), "wish": "reference_call"}"#)
            let again = try await program.post("/api/v2/asks", #"{"person_id": \#(ada), "wish": "referral"}"#)
            let id = try #require(try made.object()["id"] as? Int)
            let answered = try await program.put("/api/v2/asks/\(id)", #"{"answer": "yes"}"#)
            let wrong = try await program.put("/api/v2/asks/\(id)", #"{"answer": "maybe"}"#)

            #expect(ready.first?["name"] as? String == "Ada Lovelace")
            #expect((ready.first?["why"] as? String)?.contains("Came 2 times") == true)
            #expect(made.status == .created && again.status == .conflict)
            #expect(try answered.object()["state"] as? String == "yes")
            #expect(wrong.status == .badRequest || wrong.status == .unprocessableContent)
            #expect(try await program.get("/api/v2/asks").objects().count == 1)
        }
    }
}
