import Foundation
import HTTPTypes
import Kernel
import Methods
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Working off a list` {
    /// A shop with figures, a list that is not empty, and somebody on it who is not left alone.
    private func someone(
        on list: CustomerList, _ desk: TestDesk
    ) async throws -> (run: Int64, item: ListItem) {
        let run = try #require(try await desk.figureStore.latest())
        let page = try await desk.listStore.page(list, .open, of: nil, run: run.id, after: nil, limit: 50)
        return (run.id, try #require(page.items.first))
    }

    @Test(arguments: Engine.available)
    func `shows most money first, page by page, each customer once, and nobody left alone`(
        on engine: Engine
    ) async throws {
        try await withDesk(on: engine) { desk in
            try await Shop.open(on: desk)
            let report = try await desk.computeFigures()
            let run = try #require(try await desk.figureStore.latest())
            for list in CustomerList.allCases {
                var items: [ListItem] = []
                var after: String?
                repeat {
                    let page = try await desk.listStore.page(
                        list, .open, of: nil, run: run.id, after: after, limit: 7)
                    items += page.items
                    after = page.next
                } while after != nil

                let total = try #require(report.lists.first { $0.list == list })
                #expect(items.count == total.customers - total.held)
                #expect(items.map(\.money).reduce(0, +) == total.money)
                #expect(Set(items.map(\.party.id)).count == items.count)
                #expect(items.map(\.money) == items.map(\.money).sorted(by: >))
                #expect(
                    items.allSatisfy {
                        !HoldOut.isHeld($0.party.id.value, on: list, share: report.holdout)
                    })
            }
            #expect(report.lists.map(\.customers).reduce(0, +) > 50)
            #expect(report.lists.map(\.held).reduce(0, +) > 0)
        }
    }

    @Test(arguments: Engine.available)
    func `lets nobody take a customer a colleague has taken`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            try await Shop.open(on: desk)
            try await desk.computeFigures()
            let (_, item) = try await someone(on: .oneTime, desk)
            let grace = try await desk.signedIn(as: .grace)
            let barbara = try await desk.signedIn(as: .barbara)
            let path = "/lists/one-time/customers/\(item.party.id)/assignment"
            _ = try await grace.post(path, ["colleague": "me"])

            let late = try await barbara.follow(try await barbara.post(path, ["colleague": "me"]))

            #expect(late.says("A colleague was quicker"))
            let holder = try await desk.count(
                "SELECT assignee_id FROM list_entry WHERE assignee_id IS NOT NULL")
            #expect(holder == Int(try await desk.seat(of: .grace).value))
        }
    }

    @Test(arguments: Engine.available)
    func `takes a customer, says how it ended, and puts them back`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            try await Shop.open(on: desk)
            try await desk.computeFigures()
            let (_, item) = try await someone(on: .oneTime, desk)
            let grace = try await desk.signedIn(as: .grace)
            let path = "/lists/one-time/customers/\(item.party.id)"

            try await grace.post("\(path)/assignment", ["colleague": "me"])
            let mine = try await grace.get("/lists/one-time?show=mine")
            let refused = try await grace.post("\(path)/result", ["result": "", "note": "<b>rang twice</b>"])
            let finished = try await grace.post(
                "\(path)/result", ["result": "not reached", "note": "<b>rang twice</b>"])
            let done = try await grace.get("/lists/one-time?show=done")
            let open = try await grace.get("/lists/one-time")

            #expect(mine.says(item.party.name))
            #expect(refused.status == .unprocessableContent)
            #expect(refused.says("&lt;b&gt;rang twice"))
            #expect(finished.status == .seeOther)
            #expect(done.says("Not reached"))
            #expect(!done.says("<b>rang twice"))
            #expect(!open.says(">\(item.party.name)<"))
            try await grace.post("\(path)/reopening")
            #expect(try await grace.get("/lists/one-time").says(">\(item.party.name)<"))
            let kinds = try await desk.happenings()
            #expect(kinds.contains("list.assigned") && kinds.contains("list.done"))
        }
    }

    @Test(arguments: Engine.available)
    func `refuses who is left alone, who is on no list, and who is no colleague`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)
            try await desk.computeFigures()
            let (run, item) = try await someone(on: .oneTime, desk)
            let held = try #require(
                try await desk.database.read {
                    try $0.first("SELECT party_id FROM list_row WHERE held AND list = 'one-time' LIMIT 1") {
                        try $0.id(0, of: Party.self)
                    }
                })
            let act = desk.desk.act(by: nil)

            await #expect(throws: ListRefusal.notOnList) {
                try await desk.listStore.finish(held, on: .oneTime, .reached, note: "", run: run, by: act)
            }
            await #expect(throws: ListRefusal.notOnList) {
                let regular = shop.regular
                try await desk.listStore.finish(regular, on: .oneTime, .reached, note: "", run: run, by: act)
            }
            await #expect(throws: ListRefusal.unknownColleague) {
                try await desk.listStore.assign(
                    item.party.id, on: .oneTime, to: shop.ids[0].value, run: run, by: act)
            }
            await #expect(throws: ListRefusal.noteTooLong) {
                try await desk.listStore.finish(
                    item.party.id, on: .oneTime, .reached, note: String(repeating: "x", count: 2001),
                    run: run,
                    by: act)
            }
            let grace = try await desk.signedIn(as: .grace)
            #expect(try await grace.get("/lists/one-time/customers/\(held)").status == .notFound)
            #expect(try await grace.get("/lists/no-such-list").status == .notFound)
        }
    }

    @Test(arguments: Engine.available)
    func `keeps the day one came onto a list, and ends the entry when they buy`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)
            try await desk.computeFigures()
            let (_, item) = try await someone(on: .oneTime, desk)
            let later = Shop.end + 10
            try await desk.database.write {
                try Shop.buy(shop.regular, on: later.daysSinceEpoch, in: $0)
            }
            try await desk.computeFigures()
            let (run, _) = try await someone(on: .oneTime, desk)
            let same = try await desk.listStore.item(.oneTime, item.party.id, run: run)
            #expect(same?.since == Shop.end)

            try await desk.database.write {
                try Shop.buy(item.party.id, on: later.daysSinceEpoch, in: $0)
            }
            try await desk.computeFigures()

            let entries = try await desk.database.read { connection in
                try connection.all(
                    "SELECT entered_day, left_day FROM list_entry WHERE party_id = \(item.party.id) ORDER BY id"
                ) { [try $0.optionalInt(0), try $0.optionalInt(1)] }
            }
            #expect(entries == [[Shop.end.daysSinceEpoch, later.daysSinceEpoch]])
        }
    }

    @Test(arguments: Engine.available)
    func `compares all on the list with those left alone, called or not`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            try await Shop.open(on: desk)
            try await desk.computeFigures()
            let day = Shop.end.daysSinceEpoch
            let groups = try await desk.database.read { connection in
                try connection.all(
                    "SELECT party_id, held FROM list_row WHERE list = 'one-time' ORDER BY party_id"
                ) { (id: try $0.id(0, of: Party.self), held: try $0.bool(1)) }
            }
            let run = try #require(try await desk.figureStore.latest()).id
            let worked = Array(groups.filter { !$0.held }.prefix(20))
            for one in worked {
                try await desk.listStore.finish(
                    one.id, on: .oneTime, .reached, note: "", run: run, by: desk.desk.act(by: nil))
            }
            let held = groups.filter(\.held)
            try await desk.database.write { connection in
                for one in worked.prefix(12) { try Shop.buy(one.id, on: day + 60, in: connection) }
                // A day too late to count.
                for one in worked.suffix(3) { try Shop.buy(one.id, on: day + 61, in: connection) }
            }

            desk.clock.advance(by: .seconds(100 * 86_400))

            try await desk.computeFigures()

            let outcome = try #require(
                try await desk.figureStore.latest()?.outcomes.first { $0.list == .oneTime })
            let open = groups.count - held.count
            try #require(open > 20)
            #expect((outcome.worked, outcome.workedCame) == (open, 12))
            #expect((outcome.held, outcome.heldCame) == (held.count, 0))
            let comparison = try #require(outcome.comparison)
            #expect(abs(comparison.difference - 12 / Double(open)) < 1e-12)
            let page = try await desk.signedIn(as: .grace).get("/lists")
            #expect(page.says("12 of \(open) open to calls, 0 of \(held.count) left alone"))
        }
    }

    @Test(arguments: Engine.available)
    func `settles what a run left half done when it was stopped`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            try await Shop.open(on: desk)
            try await desk.computeFigures()
            let entries = try await desk.count("SELECT count(*) FROM list_entry")
            try await desk.database.write { connection in
                try connection.run("DELETE FROM list_entry WHERE id % 2 = 0")
                try connection.run("UPDATE figure_run SET settled = FALSE")
            }

            try await desk.computeFigures()

            #expect(entries > 50)
            #expect(try await desk.count("SELECT count(*) FROM list_entry") == entries)
            #expect(try await desk.figureStore.unsettled() == nil)
        }
    }

    @Test func `is exported by who may, every cell guarded`() async throws {
        try await withDesk(on: .sqlite) { desk in
            try await Shop.open(on: desk)
            try await desk.computeFigures()
            let (_, item) = try await someone(on: .oneTime, desk)
            try await desk.database.write {
                _ = try $0.run("UPDATE party SET name = '=cmd|x' WHERE id = \(item.party.id)")
            }
            let grace = try await desk.signedIn(as: .grace)
            let barbara = try await desk.signedIn(as: .barbara)

            let file = try await barbara.get("/lists/one-time/csv")

            #expect(try await grace.get("/lists/one-time/csv").status == .forbidden)
            #expect(file.says("\"'=cmd|x\""))
            #expect(!file.says("\"=cmd"))
            let total = try #require(
                try await desk.figureStore.latest()?.report.lists.first { $0.list == .oneTime })
            #expect(file.text.components(separatedBy: "\r\n").count == total.customers - total.held + 2)
        }
    }

    @Test func `is read by programs, page by page`() async throws {
        try await withDesk(on: .sqlite) { desk in
            try await Shop.open(on: desk)
            try await desk.computeFigures()
            let program = try await desk.api(as: .grace)

            let first = try await program.get("/api/v2/lists/one-time?per_page=5")
            let link = try #require(first.link)
            let next = try #require(link.split(separator: ">").first?.dropFirst())
            let second = try await program.get(String(next))

            let ids = try (first.objects() + second.objects()).compactMap { $0["customer_id"] as? Int }
            #expect(ids.count == 10)
            #expect(Set(ids).count == 10)
            #expect(try await program.get("/api/v2/lists/nothing").status == .notFound)
        }
    }
}
