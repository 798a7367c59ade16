import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Undoing an import` {
    @Test(arguments: Engine.available)
    func `takes back its rows and nobody else's`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let first = try await bench.load(
                .purchases, "customer,date,amount\nada,2026-01-05,1\nbob,2026-01-05,1\n")
            let before = try await bench.everything()
            let second = try await bench.load(
                .purchases, "customer,date,amount\nbob,2026-01-02,1\nbob,2026-02-05,5\ncleo,2026-01-06,1\n")

            try await bench.undo(second)

            #expect(try await bench.everything() == before)
            #expect(try await bench.projectionsAreRight())
            let item = try #require(try await bench.store.find(ID(second.id)))
            #expect(item.state == .undone)
            #expect(try await bench.store.find(ID(first.id))?.state == .complete)
            let event = try await bench.rows("SELECT detail FROM event WHERE kind = 'import.undone'")
            #expect(event == ["acts=0 customers=1 purchases=3"])
        }
    }

    @Test(arguments: Engine.available)
    func `keeps customers something else refers to, until that is undone too`(on engine: Engine) async throws
    {
        try await withImports(on: engine) { bench in
            let empty = try await bench.everything()
            let first = try await bench.load(
                .purchases, "customer,date,amount\nada,2026-01-05,1\nbob,2026-01-05,1\n")
            let people = try await bench.load(.customers, "id,name\nbob,Robert Smith\n")
            let second = try await bench.load(.purchases, "customer,date,amount\nada,2026-02-05,5\n")

            try await bench.undo(first)

            let left = try await bench.rows(
                """
                SELECT p.name, s.first_day, s.occasions FROM party p LEFT JOIN standing s ON s.party_id = p.id
                ORDER BY p.name
                """)
            #expect(left == ["Robert Smith|-|-", "ada|20489|1"])
            #expect(try await bench.projectionsAreRight())
            try await bench.undo(second)
            try await bench.undo(people)
            #expect(try await bench.everything() == empty)
        }
    }

    @Test(arguments: Engine.available)
    func `happens once`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let report = try await bench.load(.purchases, "customer,date,amount\nada,2026-01-05,1\n")
            try await bench.undo(report)

            await #expect(throws: ImportRefusal.notNow(.undone)) { try await bench.undo(report) }
            await #expect(throws: ImportRefusal.notNow(.undone)) {
                try await bench.store.drop(ID(report.id), by: bench.act)
            }
            await #expect(throws: ImportRefusal.unknownImport) {
                try await ImportRun(bench.store).undo(ID(99), by: bench.act)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `lets the same file come in again`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let text = "customer,date,amount\nada,2026-01-05,1\nada,2026-01-05,1\n"
            let first = try await bench.load(.purchases, text)
            let before = try await bench.everything()
            try await bench.undo(first)

            let again = try await bench.load(.purchases, text)

            #expect(again.known == 0 && again.customersNew == 1)
            #expect(try await bench.everything() == before)
        }
    }
}
