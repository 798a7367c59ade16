import Storage
import StorageTesting
import Testing

@Suite struct `Writing` {
    @Test(arguments: Engine.available)
    func `takes everything back where the body throws`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            await #expect(throws: Mishap.stumbled) {
                try await database.write { connection in
                    try connection.run("INSERT INTO parent (name) VALUES ('a')")
                    throw Mishap.stumbled
                }
            }

            let left = try await database.count("parent")
            #expect(left == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `answers how many rows changed`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            let counts = try await database.write { connection in
                [
                    try connection.run("INSERT INTO parent (name) VALUES ('a'), ('b'), ('c')"),
                    try connection.run("UPDATE parent SET name = name || '!' WHERE name > 'a'"),
                    try connection.run("SELECT name FROM parent"),
                    try connection.run(
                        "INSERT INTO parent (name) VALUES ('a') ON CONFLICT (name) DO NOTHING"),
                    try connection.run("DELETE FROM parent"),
                ]
            }

            #expect(counts == [3, 2, 0, 0, 3])
        }
    }

    @Test(arguments: Engine.available)
    func `hands over what a change returns`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            let names = try await database.write { connection in
                try connection.all("INSERT INTO parent (name) VALUES ('a'), ('b') RETURNING id, name") {
                    try $0.text(1)
                }
            }

            #expect(names == ["a", "b"])
            #expect(try await database.count("parent") == 2)
        }
    }

    @Test(arguments: Engine.available)
    func `keeps nothing of a body that looked away from an error`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            await #expect(throws: StorageError.alreadyExists("parent.name")) {
                try await database.write { connection in
                    try connection.run("INSERT INTO parent (name) VALUES ('a')")
                    _ = try? connection.run("INSERT INTO parent (name) VALUES ('a')")
                }
            }
            await #expect(throws: StorageError.alreadyExists("parent.name")) {
                try await database.write { connection in
                    try connection.run("INSERT INTO parent (name) VALUES ('b')")
                    _ = try? connection.run("INSERT INTO parent (name) VALUES ('b')")
                    try connection.run("INSERT INTO parent (name) VALUES ('c')")
                }
            }

            let left = try await database.count("parent")
            #expect(left == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `is seen by the next read`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            for number in 1...50 {
                try await database.write { _ = try $0.run("INSERT INTO pair (a, b) VALUES (\(number), 0)") }
                #expect(try await database.count("pair") == number)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `prepares many different statements without end`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            let sums = try await database.write { connection in
                try (1...1000).map { number in
                    try connection.number(SQL(stringLiteral: "SELECT \(number) + 1"))
                }
            }

            #expect(sums == Array(2...1001))
        }
    }

    @Test(arguments: Engine.available)
    func `takes one statement at a time`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            await #expect(throws: StorageError.self) {
                try await database.write { _ = try $0.run("DELETE FROM pair; DELETE FROM parent") }
            }
            let count = try await database.write { try $0.number("SELECT 1 ;  ") }

            #expect(count == 1)
        }
    }

    @Test(arguments: Engine.available)
    func `goes on after the schema changed under prepared statements`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            let everything: SQL = "SELECT * FROM pair"
            try await database.write { _ = try $0.run("INSERT INTO pair (a, b) VALUES (1, 2)") }
            let before = try await database.read { try $0.first(everything) { $0.count } }

            try await database.write { try $0.script("ALTER TABLE pair ADD COLUMN c BIGINT;") }

            let after = try await database.read { try $0.first(everything) { $0.count } }
            #expect(before == 2)
            #expect(after == 3)
        }
    }

    @Test(arguments: Engine.available)
    func `is refused once the database is closed`(on engine: Engine) async throws {
        try await withBench(on: engine) { bench in
            let database = try await bench.open()
            try await database.close()

            for act in [
                { _ = try await database.read { try $0.number("SELECT 1") } },
                { _ = try await database.write { try $0.number("SELECT 1") } },
            ] as [@Sendable () async throws -> Void] {
                await #expect(throws: StorageError.unreachable("the database is closed")) { try await act() }
            }
        }
    }

    @Test(arguments: Engine.available)
    func `is there when the database is opened again`(on engine: Engine) async throws {
        try await withBench(on: engine, migrations: [.everything]) { bench in
            let first = try await bench.open()
            try await first.write { _ = try $0.run("INSERT INTO parent (name) VALUES ('a')") }
            try await first.close()

            let second = try await bench.open()
            #expect(try await second.count("parent") == 1)
            try await second.close()
        }
    }
}
