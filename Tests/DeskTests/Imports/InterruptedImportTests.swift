import Foundation
import Kernel
import Storage
import StorageTesting
import Synchronization
import Tabular
import Testing

@testable import Desk

/// Stops a run at its k-th step, as a kill would.
private struct Killed: Error {}

private final class Countdown: Sendable {
    private let left: Mutex<Int>
    init(_ steps: Int) { left = Mutex(steps) }

    func step() throws {
        let isOver = left.withLock { left in
            left -= 1
            return left < 0
        }
        if isOver { throw Killed() }
    }
}

@Suite struct `An interrupted import` {
    private static let text =
        "customer,date,amount,product\n"
        + (0..<60).map {
            "c\($0 * 7 % 23),2026-01-\(10 + $0 % 17),\($0 % 5).50,A product of number \($0 % 4)\n"
        }.joined()

    @Test(arguments: Engine.available)
    func `goes on at every batch boundary and ends as if nothing had been`(on engine: Engine) async throws {
        let whole = try await withImports(on: engine) { bench in
            try await bench.load(.purchases, Self.text)
            return try await bench.everything()
        }
        for steps in 0...16 {
            try await withImports(on: engine) { bench in
                let path = try bench.file("file.csv", Self.text)
                let countdown = Countdown(steps)
                var wasKilled = false
                do {
                    var run = ImportRun(bench.store) { _ in try countdown.step() }
                    run.portionRows = 9
                    _ = try await run.run(.purchases, path: path, fileName: "file.csv", by: bench.act)
                } catch is Killed {
                    wasKilled = true
                    #expect(try await bench.number("SELECT count(*) FROM purchase") == 0)
                    #expect(try await bench.number("SELECT count(*) FROM party") == 0)
                }
                #expect(wasKilled == (steps < 15), "\(steps) steps")

                var again = ImportRun(bench.store)
                again.portionRows = 9
                let report = try await again.run(.purchases, path: path, fileName: "file.csv", by: bench.act)

                #expect(report.accepted == 60)
                #expect(try await bench.everything() == whole, "killed after \(steps) steps")
                let loads = try await bench.number("SELECT count(*) FROM import WHERE state = 'complete'")
                #expect(loads == (wasKilled ? 1 : 2))
            }
        }
    }

    @Test(arguments: Engine.available)
    func `is not carried on by two at once`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let path = try bench.file("file.csv", Self.text)
            let countdown = Countdown(9)
            var run = ImportRun(bench.store) { _ in try countdown.step() }
            run.portionRows = 9
            await #expect(throws: Killed.self) {
                try await run.run(.purchases, path: path, fileName: "file.csv", by: bench.act)
            }
            let stale = try #require(try await bench.store.list().first)
            #expect(stale.state == .loading && stale.nextOffset > 0)
            var other = ImportRun(bench.store)
            other.portionRows = 9
            try await other.finish(stale.id, by: bench.act)

            await #expect(throws: ImportRefusal.takenOver) { try await other.stage(stale) }

            #expect(try await bench.number("SELECT count(*) FROM purchase") == 60)
        }
    }

    @Test(arguments: Engine.available)
    func `of a file that changed meanwhile is refused and can be dropped`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let path = try bench.file("file.csv", Self.text)
            let countdown = Countdown(10)
            var run = ImportRun(bench.store) { _ in try countdown.step() }
            run.portionRows = 9
            await #expect(throws: Killed.self) {
                try await run.run(.purchases, path: path, fileName: "file.csv", by: bench.act)
            }
            _ = try bench.file("file.csv", Self.text + "c1,2026-01-01,1.00,Late\n")

            await #expect(throws: TableProblem.changedWhileRead) {
                try await ImportRun(bench.store).run(
                    .purchases, path: path, fileName: "file.csv", by: bench.act)
            }

            let item = try #require(try await bench.store.list().first)
            #expect(item.state == .failed && item.problem == Remark("changedWhileRead"))
            #expect(try await bench.number("SELECT count(*) FROM import_purchase") > 0)
            try await bench.store.drop(item.id, by: bench.act)
            #expect(try await bench.number("SELECT count(*) FROM import_purchase") == 0)
            #expect(try await bench.number("SELECT count(*) FROM import_customer") == 0)
            #expect(try await bench.number("SELECT count(*) FROM purchase") == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `makes way for one that reads the file another way`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let path = try bench.file("file.csv", Self.text)
            let countdown = Countdown(10)
            var run = ImportRun(bench.store) { _ in try countdown.step() }
            run.portionRows = 9
            await #expect(throws: Killed.self) {
                try await run.run(.purchases, path: path, fileName: "file.csv", by: bench.act)
            }

            let report = try await ImportRun(bench.store).run(
                .purchases, path: path, fileName: "file.csv",
                options: ImportOptions(mapping: "customer=1,at=2,amount=3", currency: "EUR"), by: bench.act)

            #expect(report.currency == "EUR" && report.accepted == 60 && report.mapping["product"] == nil)
            #expect(try await bench.store.list().map(\.state) == [.complete, .dropped])
            #expect(try await bench.texts("SELECT currency FROM purchase GROUP BY currency") == ["EUR"])
            #expect(try await bench.number("SELECT count(*) FROM import_purchase") == 0)
        }
    }

    @Test func `on a full disk leaves nothing behind, and goes on when there is room`() async throws {
        try await withImports(on: .sqlite) { bench in
            let lines = (0..<20_000).map { "customer-\($0),2026-01-05,1.00,Product \($0)\n" }.joined()
            let path = try bench.file("file.csv", "customer,date,amount,product\n" + lines)
            let pages = try await bench.number("PRAGMA page_count")
            _ = try await bench.database.write {
                try $0.run(SQL(stringLiteral: "PRAGMA max_page_count = \(pages + 300)"))
            }

            var run = ImportRun(bench.store)
            run.portionRows = 1000
            await #expect(throws: StorageError.diskFull) {
                try await run.run(.purchases, path: path, fileName: "file.csv", by: bench.act)
            }
            let item = try #require(try await bench.store.list().first)
            #expect(item.state == .failed && item.problem?.sentence.hasPrefix("The disk is full.") == true)
            #expect(try await bench.number("SELECT count(*) FROM purchase") == 0)
            #expect(try await bench.number("SELECT count(*) FROM party") == 0)

            _ = try await bench.database.write { try $0.run("PRAGMA max_page_count = 1000000") }
            let report = try await run.run(.purchases, path: path, fileName: "file.csv", by: bench.act)

            #expect(report.id == item.id.value && report.state == .complete)
            #expect(try await bench.number("SELECT count(*) FROM purchase") == 20_000)
            #expect(try await bench.projectionsAreRight())
        }
    }
}
