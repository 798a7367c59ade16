import Storage
import StorageTesting
import Testing

@Suite struct `Sharing a commit` {
    /// Holds the writer until so many writes wait behind it, which then share what comes next.
    private func behindOneWrite(
        on database: any Database, _ writes: [@Sendable (any Connection) throws -> Void]
    ) async throws -> [Result<Void, any Error>] {
        let holding = Signal()
        let release = Signal()
        let holder = Task {
            try await database.write { _ in
                holding.raise()
                try release.wait()
            }
        }
        try await holding.raised()
        var waiting: [Task<Void, any Error>] = []
        for write in writes {
            let started = Signal()
            waiting.append(
                Task {
                    started.raise()
                    try await database.write(write)
                })
            try await started.raised()
        }
        release.raise()
        try await holder.value
        var results: [Result<Void, any Error>] = []
        for task in waiting { results.append(await task.result) }
        return results
    }

    private static func adding(_ name: String) -> @Sendable (any Connection) throws -> Void {
        { connection in try connection.run("INSERT INTO parent (name) VALUES (\(name))") }
    }

    private func names(in database: any Database) async throws -> [String] {
        try await database.read { try $0.all("SELECT name FROM parent ORDER BY name") { try $0.text(0) } }
    }

    @Test func `flushes once for many writes that wait`() async throws {
        try await withTables(on: .sqlite) { database in
            let before = database.activity

            let results = try await behindOneWrite(on: database, (100...199).map { Self.adding("n\($0)") })

            for result in results { try result.get() }
            let count = try await database.count("parent")
            #expect(count == 100)
            #expect(database.activity.writes - before.writes == 101)
            #expect(database.activity.commits - before.commits < 20)
        }
    }

    @Test(arguments: Engine.available)
    func `keeps every write of many concurrent ones`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            try await withThrowingTaskGroup { group in
                for number in 0..<300 {
                    group.addTask { try await database.write(Self.adding("n\(number)")) }
                }
                try await group.waitForAll()
            }

            let count = try await database.count("parent")
            #expect(count == 300)
            #expect(database.activity.writes == 300)
            #expect(database.activity.commits <= 300)
        }
    }

    @Test(arguments: Engine.available, [0, 1, 2])
    func `fails the one that throws and nobody beside it`(on engine: Engine, place: Int) async throws {
        try await withTables(on: engine) { database in
            var writes = ["a", "b"].map(Self.adding)
            writes.insert(
                { connection in
                    try connection.run("INSERT INTO parent (name) VALUES ('half')")
                    throw Mishap.stumbled
                }, at: place)

            let results = try await behindOneWrite(on: database, writes)

            let failed = results.indices.filter { if case .failure = results[$0] { true } else { false } }
            let kept = try await names(in: database)
            #expect(failed == [place])
            #expect(throws: Mishap.stumbled) { try results[place].get() }
            #expect(kept == ["a", "b"])
        }
    }

    @Test(arguments: Engine.available)
    func `fails the one that breaks a rule and nobody beside it`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            let results = try await behindOneWrite(
                on: database, [Self.adding("a"), Self.adding("a"), Self.adding("b"), Self.adding("c")])

            let errors = results.compactMap { result -> StorageError? in
                guard case .failure(let error) = result else { return nil }
                return error as? StorageError
            }
            let kept = try await names(in: database)
            #expect(errors == [.alreadyExists("parent.name")])
            #expect(kept == ["a", "b", "c"])
        }
    }

    /// Deferred, the rule would first speak at the commit that everybody shares.
    @Test(arguments: Engine.available)
    func `fails the one that owes a deferred foreign key`(on engine: Engine) async throws {
        let deferred = Migration(
            "0002-deferred",
            """
            CREATE TABLE owner (id BIGINT PRIMARY KEY);
            CREATE TABLE owned (owner_id BIGINT REFERENCES owner (id) DEFERRABLE INITIALLY DEFERRED);
            """)
        try await withDatabase(on: engine, migrations: [.everything, deferred]) { database in
            let results = try await behindOneWrite(
                on: database,
                [
                    Self.adding("a"), { _ = try $0.run("INSERT INTO owned (owner_id) VALUES (9)") },
                    { connection in
                        try connection.run("INSERT INTO owned (owner_id) VALUES (1)")
                        try connection.run("INSERT INTO owner (id) VALUES (1)")
                    },
                ])

            let owned = try await database.read { try $0.all("SELECT owner_id FROM owned") { try $0.int(0) } }
            let kept = try await names(in: database)
            try results[0].get()
            try results[2].get()
            #expect(kept == ["a"])
            #expect(owned == [1])
            guard case .failure(let error) = results[1], case .stillReferenced? = error as? StorageError
            else {
                Issue.record("the debt was not noticed")
                return
            }
        }
    }
}
