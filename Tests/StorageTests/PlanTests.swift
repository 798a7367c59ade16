import Storage
import StorageTesting
import Testing

@Suite struct `Explaining a plan` {
    @Test(arguments: Engine.available)
    func `tells an index from a search through everything`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            let database = try #require(database as? any PlanExplaining)

            let indexed = try await database.explain("SELECT id FROM parent WHERE name = \("a")")
            let scanned = try await database.explain("SELECT id FROM child WHERE amount = \(5)")

            #expect(indexed.lowercased().contains("using"))
            #expect(indexed.contains("name"))
            #expect(!scanned.lowercased().contains("using"))
        }
    }

    @Test(arguments: Engine.available)
    func `does not run what it explains`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            try await database.write { _ = try $0.run("INSERT INTO parent (name) VALUES ('a')") }
            let explaining = try #require(database as? any PlanExplaining)

            let plan = try await explaining.explain("DELETE FROM parent WHERE name = \("a")")

            let count = try await database.count("parent")
            #expect(!plan.isEmpty)
            #expect(count == 1)
        }
    }
}
