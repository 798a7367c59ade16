import Foundation
import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Recording a visit` {
    @Test(arguments: Engine.available)
    func `needs two fields, and is followed up where that is wanted`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let grace = try await desk.signedIn(as: .grace)

            let plain = try await grace.post("/visits", ["channel": "Shop", "wish": "A red <b>spade</b>"])
            let named = try await grace.post(
                "/visits",
                [
                    "channel": "shop ", "wish": "Gloves", "name": "Rosa", "reach": "Rosa@Example.org",
                    "may_follow": "true",
                ])
            let refused = try await grace.post(
                "/visits", ["channel": "", "wish": "Something rare", "may_follow": "true"])

            #expect(plain.status == .seeOther && named.status == .seeOther)
            #expect(refused.status == .unprocessableContent && refused.says("Something rare"))
            let page = try await grace.get("/visits")
            #expect(page.says("Rosa@Example.org") && !page.says("red &lt;b&gt;"))
            #expect(try await grace.get("/visits/all").says("A red &lt;b&gt;spade&lt;/b&gt;"))
            let id = try await desk.count("SELECT id FROM visit WHERE name = 'Rosa'")
            let left = try await grace.post("/visits/\(id)/settling", ["result": "skipped", "words": ""])
            #expect(left.status == .unprocessableContent && left.says("Say why"))
            try await grace.post(
                "/visits/\(id)/settling", ["result": "done", "words": "will come on Friday"])
            #expect(try await grace.get("/visits").says("Nobody is waiting"))
            let again = try await grace.post("/visits/\(id)/settling", ["result": "done"])
            #expect(again.status == .unprocessableContent)
            try await grace.post("/visits/\(id)/reopening")
            #expect(try await grace.get("/visits").says("Rosa@Example.org"))
            let kinds = try await desk.happenings()
            #expect(
                kinds.contains("visit.recorded") && kinds.contains("visit.followed")
                    && kinds.contains("visit.reopened"))
            #expect(try await grace.post("/visits/999999/settling", ["result": "done"]).status == .notFound)
            #expect(
                try await grace.post("/visits", ["channel": "x", "wish": "y", "day": "9999-12-31"]).status
                    == .unprocessableContent)
            #expect(
                try await grace.post("/visits", ["channel": "x", "wish": "y", "day": "0000-01-01"]).status
                    == .unprocessableContent)
            #expect(try await grace.get("/visits/csv").status == .forbidden)
            #expect(try await desk.signedIn(as: .barbara).get("/visits/csv").says("Rosa"))
        }
    }

    @Test(arguments: Engine.available)
    func `counts who left a way and who bought later, by channel and colleague`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            let act = desk.desk.act(by: try await desk.seat(of: .grace).value)
            let store = VisitStore(database: desk.database)
            let today = Zone.utc.day(of: desk.clock.now)
            for number in 0..<10 {
                var visit = NewVisit(day: today + -20, channel: number < 6 ? "Shop" : " web", wish: "x")
                if number % 2 == 0 {
                    visit.reach = number == 0 ? "ADA@example.com" : "guest\(number)@example.org"
                }
                _ = try await store.record(visit, today: today, by: act)
            }
            try await desk.database.write { try Shop.buy(ada, on: (today + -5).daysSinceEpoch, in: $0) }
            // Somebody who looked becomes a customer.
            let customers = CustomerStore(database: desk.database, clock: desk.clock)
            let guest = try await customers.add(
                NewCustomer(name: "Guest", email: "guest2@example.org"), by: act)
            try await desk.database.write { try Shop.buy(guest, on: (today + -30).daysSinceEpoch, in: $0) }

            let report = try await store.count(today: today, at: desk.clock.now)

            #expect((report.visits, report.left, report.bought) == (10, 5, 1))
            #expect(report.channels.map { [$0.visits, $0.left] } == [[6, 3], [4, 2]])
            #expect(report.colleagues.map(\.name) == ["Grace Hopper"])
            #expect(try await desk.count("SELECT count(*) FROM visit WHERE party_id IS NOT NULL") == 2)
            let grace = try await desk.signedIn(as: .grace)
            let page = try await grace.get("/visits")
            #expect(page.says("5 of 10 who looked in the last 365 days left a way to reach them: 50.0%"))
            #expect(page.says("1 of the 5 who did bought later"))
        }
    }

    @Test(arguments: Engine.available)
    func `asks nobody who refused offers`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            let store = VisitStore(database: desk.database)
            let today = Zone.utc.day(of: desk.clock.now)
            for reach in ["ada@example.com", "quiet@example.org", "open@example.org"] {
                let visit = NewVisit(day: today, channel: "Web", wish: "x", reach: reach, mayFollow: true)
                _ = try await store.record(visit, today: today, by: desk.desk.act(by: nil))
            }
            try await desk.database.write { connection in
                try connection.run(
                    """
                    INSERT INTO consent (party_id, address_key, purpose, given, at, how, recorded_at)
                    VALUES (\(ada), '', 'offers', FALSE, 1, 'phone', 1)
                    """)
                _ = try connection.run(
                    """
                    INSERT INTO suppression (address_key, purpose, reason, recorded_at)
                    VALUES ('quiet@example.org', 'any', 'asked', 1)
                    """)
            }

            #expect(try await store.due(after: nil, limit: 9).items.map(\.reach) == ["open@example.org"])
        }
    }

    @Test(arguments: Engine.available)
    func `is sent by programs`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let program = try await desk.api(as: .grace)
            let made = try await program.post(
                "/api/v2/visits",
                #"{"channel":"fair","looked_for":"a kettle","reach":"+49 40 123456","may_follow_up":true}"#)
            #expect(made.status == .created)
            let id = try #require(try made.object()["id"] as? Int)
            #expect(try await program.get("/api/v2/visits?show=due").objects().count == 1)
            #expect(
                try await program.put("/api/v2/visits/\(id)", #"{"state":"skipped"}"#).status == .badRequest)
            let done = try await program.put(
                "/api/v2/visits/\(id)", #"{"state":"skipped","reason":"moved away"}"#)
            #expect(try done.object()["state"] as? String == "skipped")
            #expect(try await program.post("/api/v2/visits", #"{"channel":"x"}"#).status == .badRequest)
            #expect(
                try await program.post(
                    "/api/v2/visits", #"{"channel":"x","looked_for":"y","may_follow_up":true}"#
                ).status == .badRequest)
            #expect(try await program.get("/api/v2/visits/rates").status == .notFound)
            try await VisitStore(database: desk.database).count(
                today: Zone.utc.day(of: desk.clock.now), at: desk.clock.now)
            #expect(try await program.get("/api/v2/visits/rates").object()["visits"] as? Int == 1)
        }
    }
}
