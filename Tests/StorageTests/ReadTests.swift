import Storage
import StorageTesting
import Testing

@Suite struct `Reading` {
    @Test(arguments: Engine.available)
    func `sees one unchanging snapshot`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            let reading = Signal()
            let written = Signal()
            async let counts = database.read { connection in
                let before = try connection.number("SELECT count(*) FROM parent")
                reading.raise()
                try written.wait()
                return [before, try connection.number("SELECT count(*) FROM parent")]
            }

            try await reading.raised()
            try await database.write { _ = try $0.run("INSERT INTO parent (name) VALUES ('late')") }
            written.raise()

            #expect(try await counts == [0, 0])
            #expect(try await database.count("parent") == 1)
        }
    }

    @Test(arguments: Engine.available)
    func `refuses to write`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            await #expect(throws: StorageError.refused("writing where only reading is allowed")) {
                try await database.read { _ = try $0.run("INSERT INTO parent (name) VALUES ('x')") }
            }

            let left = try await database.count("parent")
            #expect(left == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `works on after a body threw`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            for _ in 0..<20 {
                await #expect(throws: Mishap.stumbled) {
                    try await database.read { connection in
                        try connection.each("SELECT 1 UNION ALL SELECT 2") { _ in throw Mishap.stumbled }
                    }
                }
            }

            let left = try await database.count("parent")
            #expect(left == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `runs statements inside a statement, even the same one`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            let rows = try await database.write { connection in
                for name in ["a", "b", "c"] {
                    try connection.run("INSERT INTO parent (name) VALUES (\(name))")
                }
                var rows: [String] = []
                let names: SQL = "SELECT name FROM parent ORDER BY name"
                try connection.each(names) { outer in
                    try connection.each(names) { inner in
                        let count = try connection.number(
                            "SELECT count(*) FROM parent WHERE name >= \(inner.text(0))")
                        rows.append("\(try outer.text(0))\(try inner.text(0))\(count)")
                    }
                }
                return rows
            }

            #expect(rows == ["aa3", "ab2", "ac1", "ba3", "bb2", "bc1", "ca3", "cb2", "cc1"])
        }
    }

    @Test(arguments: Engine.available)
    func `stops early without spoiling the transaction`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            let count = try await database.read { connection in
                do {
                    try connection.each(numbers(upTo: 1000)) { row in
                        if try row.int(0) == 3 { throw Mishap.stumbled }
                    }
                } catch Mishap.stumbled {}
                return try connection.number("SELECT count(*) FROM (\(numbers(upTo: 500))) AS n")
            }

            #expect(count == 500)
        }
    }

    @Test(arguments: Engine.available)
    func `hands over a million rows in constant memory`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            let before = Memory.used()
            // Kept, a million of these would be 300 MB; tests beside this one take some tens of them.
            let room = String(repeating: "room ", count: 60)

            let (count, sum, peak) = try await database.read { connection in
                var count = 0
                var sum = 0
                var peak = 0
                try connection.each(
                    "SELECT n, CAST(\(room) AS TEXT) FROM (\(numbers(upTo: 1_000_000))) AS n"
                ) {
                    count += 1
                    sum += try $0.int(0)
                    if count % 100_000 == 0 { peak = max(peak, Memory.used()) }
                }
                return (count, sum, peak)
            }

            #expect(count == 1_000_000)
            #expect(sum == 500_000_500_000)
            #expect(peak - before < 160 << 20, "a million rows took \((peak - before) >> 20) MB")
        }
    }

    @Test(arguments: Engine.available)
    func `answers many readers at once`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        try await database.read { try $0.number("SELECT CAST(\(number) AS BIGINT)") }
                    }
                }
                return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
            }

            #expect(answers == Set(0..<200))
            #expect(database.activity.reads >= 200)
        }
    }
}

/// `1, 2, …` made by the engine itself.
func numbers(upTo last: Int) -> SQL {
    "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < \(last)) SELECT n FROM n"
}
