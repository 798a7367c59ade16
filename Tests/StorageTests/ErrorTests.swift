import Storage
import StorageTesting
import Testing

@Suite struct `Breaking a rule` {
    private func error(_ engine: Engine, _ statement: SQL) async throws -> StorageError? {
        try await withTables(on: engine) { database in
            try await database.write { connection in
                try connection.run("INSERT INTO parent (id, name) VALUES (100, 'a')")
                try connection.run("INSERT INTO child (parent_id, amount) VALUES (100, 5)")
                try connection.run("INSERT INTO pair (a, b) VALUES (1, 2)")
            }
            do {
                try await database.write { _ = try $0.run(statement) }
                return nil
            } catch let error as StorageError {
                return error
            }
        }
    }

    @Test(arguments: Engine.available)
    func `names what exists already`(on engine: Engine) async throws {
        let one = try await error(engine, "INSERT INTO parent (name) VALUES ('a')")
        let two = try await error(engine, "INSERT INTO pair (a, b) VALUES (1, 2)")
        let key = try await error(engine, "INSERT INTO parent (id, name) VALUES (100, 'b')")

        #expect(one == .alreadyExists("parent.name"))
        #expect(two == .alreadyExists("pair.a, pair.b"))
        #expect(key == .alreadyExists("parent.id"))
    }

    @Test(arguments: Engine.available)
    func `keeps references whole in both directions`(on engine: Engine) async throws {
        for statement in ["DELETE FROM parent", "INSERT INTO child (parent_id) VALUES (99)"] as [SQL] {
            guard case .stillReferenced? = try await error(engine, statement) else {
                Issue.record("\(statement.text) went through")
                continue
            }
        }
    }

    @Test(arguments: Engine.available)
    func `refuses what a column may not hold`(on engine: Engine) async throws {
        let check = try await error(engine, "INSERT INTO child (parent_id, amount) VALUES (100, 0)")
        let null = try await error(engine, "INSERT INTO parent (id) VALUES (5)")

        #expect(check == .refused("amount_positive"))
        #expect(null == .refused("parent.name"))
    }

    @Test(arguments: Engine.available)
    func `says what is wrong with a statement`(on engine: Engine) async throws {
        guard case .broken(let detail)? = try await error(engine, "SELECT nonsense FROM parent") else {
            Issue.record("nonsense was understood")
            return
        }

        #expect(detail.contains("nonsense"))
    }

    @Test(arguments: Engine.available)
    func `says so where there is no database`(on engine: Engine) async throws {
        let bench = Bench(
            engine: engine,
            address: engine == .sqlite ? "/nowhere/at/all.sqlite" : "postgres://nobody@127.0.0.1:1/nothing")

        do {
            _ = try await bench.open()
            Issue.record("a database was opened where there is none")
        } catch StorageError.unreachable(let detail) {
            #expect(!detail.isEmpty)
        }
    }

    @Test func `knows which failures may pass`() {
        let passing = [StorageError.tooBusy, .diskFull, .unreachable("x")]
        let lasting = [
            StorageError.alreadyExists("x"), .stillReferenced("x"), .refused("x"), .broken("x"),
            .newerSchema("x"),
            .changedMigration("x"),
        ]

        #expect(passing.allSatisfy { $0.isWorthRetrying })
        #expect(lasting.allSatisfy { !$0.isWorthRetrying })
    }
}
