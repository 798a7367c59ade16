import Foundation
import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Saving a list` {
    @Test(arguments: Engine.available)
    func `keeps it as it stands and says who left, who came and who bought since`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            try await Shop.open(on: desk)
            try await desk.computeFigures()
            let grace = try await desk.signedIn(as: .grace)
            let run = try #require(try await desk.figureStore.latest())
            let before = try await desk.listStore.page(
                .oneTime, .open, of: nil, run: run.id, after: nil, limit: 500
            ).items

            let refused = try await grace.post("/lists/one-time/saving", ["name": "  "])
            let made = try await grace.post("/lists/one-time/saving", ["name": "May <b>calls</b>"])

            #expect(refused.status == .unprocessableContent && refused.says("Give it a name"))
            let page = try await grace.follow(made)
            #expect(page.says("May &lt;b&gt;calls") && page.says("0 of \(before.count) bought since"))
            let store = SavedListStore(database: desk.database)
            let saved = try #require(try await store.list(after: nil, limit: 9).items.first)
            #expect(saved.customers == before.count && saved.money == before.map(\.money).reduce(0, +))

            let buyer = before[0].party.id
            try await desk.database.write { try Shop.buy(buyer, on: Shop.end.daysSinceEpoch + 1, in: $0) }
            try await desk.computeFigures()
            let next = try #require(try await desk.figureStore.latest())
            try await store.count(saved, against: next)

            let counted = try #require(try await store.find(saved.id))
            #expect((counted.bought, counted.gone) == (1, 1))
            let gone = try await store.lines(of: counted, .gone, run: next.id, after: nil, limit: 50).items
            #expect(gone.map(\.party.id) == [buyer])
            #expect(gone.first?.boughtDay == Shop.end + 1 && gone.first?.isOnList == false)
            var all: [SavedLine] = []
            var after: String?
            repeat {
                let portion = try await store.lines(of: counted, .all, run: next.id, after: after, limit: 7)
                all += portion.items
                after = portion.next
            } while after != nil
            #expect(all.map(\.party.id) == before.map(\.party.id))
            let came = try await store.lines(of: counted, .came, run: next.id, after: nil, limit: 500).items
            #expect(came.count == counted.came)
            #expect(Set(came.map(\.party.id)).isDisjoint(with: Set(before.map(\.party.id))))
            #expect(try await grace.get("/lists/saved/\(saved.id)?show=gone").says("Left it"))
            #expect(try await grace.get("/lists/saved/\(saved.id)").says("1 of \(before.count) bought since"))
        }
    }

    @Test(arguments: Engine.available)
    func `is taken away and put back, and is not for everyone to download`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            try await Shop.open(on: desk)
            try await desk.computeFigures()
            let grace = try await desk.signedIn(as: .grace)
            let made = try await grace.post("/lists/overdue/saving", ["name": "Late"])
            let path = try #require(made.location)

            try await grace.post("\(path)/removal")
            #expect(try await !grace.get("/lists/saved").says(">Late<"))
            #expect(try await grace.get(path).says("Put back"))
            try await grace.post("\(path)/restoring")
            #expect(try await grace.get("/lists/saved").says("Late"))
            #expect(try await grace.get("\(path)/csv").status == .forbidden)
            let barbara = try await desk.signedIn(as: .barbara)
            #expect(try await barbara.get("\(path)/csv").says("Guest"))
            #expect(try await grace.get("/lists/saved/99999").status == .notFound)
            #expect(try await grace.get("/lists/saved/x").status == .notFound)
            #expect(try await grace.post("/lists/nothing/saving", ["name": "x"]).status == .notFound)
        }
    }

    @Test(arguments: Engine.available)
    func `and working one off goes through the API as well`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            try await Shop.open(on: desk)
            try await desk.computeFigures()
            let program = try await desk.api(as: .grace)
            let me = try await desk.seat(of: .grace).value
            let rows = try await program.get("/api/v2/lists/one-time").objects()
            let customer = try #require(rows.first?["customer_id"] as? Int)
            let path = "/api/v2/lists/one-time/\(customer)"

            let given = try await program.put(path, #"{"assignee_id":\#(me)}"#)
            let done = try await program.put(path, #"{"outcome":"not_reached","note":"rang twice"}"#)

            #expect(try given.object()["assignee_id"] as? Int == Int(me))
            #expect(try done.object()["outcome"] as? String == "not reached")
            #expect(try done.object()["note"] as? String == "rang twice")
            let back = try await program.put(path, #"{"outcome":null,"assignee_id":null}"#)
            #expect(back.status == .ok)
            #expect(try back.object()["outcome"] is NSNull)
            #expect(try await program.put(path, #"{"outcome":"x"}"#).status == .badRequest)
            #expect(try await program.put(path, #"{"assignee_id":999999}"#).status == .badRequest)
            #expect(try await program.put("/api/v2/lists/one-time/999999", "{}").status == .notFound)
            #expect(try await program.put("/api/v2/lists/none/\(customer)", "{}").status == .notFound)
            let saved = try await program.post(
                "/api/v2/saved_lists", #"{"list":"one-time","name":"From a program"}"#)
            #expect(saved.status == .created)
            let id = try #require(try saved.object()["id"] as? Int)
            let lines = try await program.get("/api/v2/saved_lists/\(id)/customers?per_page=5")
            #expect(try lines.objects().count == 5 && lines.link != nil)
            #expect(try await program.get("/api/v2/saved_lists").objects().count == 1)
            #expect(try await program.get("/api/v2/saved_lists/77").status == .notFound)
        }
    }

    /// Spreadsheets need the mark to read names; our own import must not stumble over it.
    @Test func `writes a table that our own import reads back`() async throws {
        try await withDesk(on: .sqlite) { desk in
            try await Shop.open(on: desk)
            try await desk.computeFigures()
            let barbara = try await desk.signedIn(as: .barbara)
            let table = try await barbara.get("/lists/one-time/csv")
            #expect(table.text.unicodeScalars.first == "\u{FEFF}")

            let sent = try await barbara.upload(
                "/imports", ["kind": "customers"], file: "file", named: "list.csv", Array(table.text.utf8))
            try await desk.runImports()

            let page = try await barbara.get(sent.location ?? "")
            #expect(page.says("Customer") && page.says("Guest"))
            #expect(!page.says("\u{FEFF}"))
        }
    }

    @Test func `reads no table from end to end`() async throws {
        try await withDatabase(on: .sqlite, migrations: Schema.migrations) { database in
            let explaining = try #require(database as? any PlanExplaining)
            try await database.write { connection in
                _ = try connection.run(
                    """
                    INSERT INTO saved_list (name, list, day, currency, forecast, months, customers, money, saved_at,
                        counted_run, counted_day, bought, gone, came)
                    VALUES ('x', 'overdue', 1, 'EUR', TRUE, 12, 0, 0, 1, 0, 0, 0, 0, 0)
                    """)
            }
            let watched = WatchedDatabase(database)
            let store = SavedListStore(database: watched)
            let saved = try #require(try await store.list(after: 9, limit: 5).items.first)
            for part in SavedPart.allCases {
                _ = try await store.lines(of: saved, part, run: 1, after: "5~5", limit: 50)
            }

            for statement in watched.take() {
                let plan = try await explaining.explain(statement)
                #expect(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "\(statement.text)\n\(plan)")
            }
        }
    }
}
