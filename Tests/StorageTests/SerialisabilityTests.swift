import Storage
import StorageTesting
import Testing

@Suite struct `Writing at the same time` {
    private func withThings<T>(on engine: Engine, _ body: (any Database) async throws -> T) async throws -> T
    {
        try await withTables(on: engine) { database in
            try await database.write {
                _ = try $0.run("INSERT INTO thing (id, whole, flag) VALUES (1, 0, TRUE), (2, 0, TRUE)")
            }
            return try await body(database)
        }
    }

    @Test(arguments: Engine.available)
    func `loses no update`(on engine: Engine) async throws {
        try await withThings(on: engine) { database in
            try await withThrowingTaskGroup { group in
                for _ in 0..<4 {
                    group.addTask {
                        for _ in 0..<10 {
                            try await Patience.write(to: database) { connection in
                                let whole = try connection.number("SELECT whole FROM thing WHERE id = 1")
                                try connection.run("UPDATE thing SET whole = \(whole + 1) WHERE id = 1")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }

            let whole = try await database.read { try $0.number("SELECT whole FROM thing WHERE id = 1") }
            #expect(whole == 40)
        }
    }

    /// Two doctors on call; each may leave while the other stays. Snapshots alone would let both go.
    @Test(arguments: Engine.available)
    func `does not skew`(on engine: Engine) async throws {
        try await withThings(on: engine) { database in
            for _ in 0..<20 {
                try await database.write { _ = try $0.run("UPDATE thing SET flag = TRUE") }

                async let first: Void = leave(1, database)
                async let second: Void = leave(2, database)
                _ = try await (first, second)

                let onCall = try await database.read {
                    try $0.number("SELECT count(*) FROM thing WHERE flag")
                }
                #expect(onCall == 1)
            }
        }
    }

    private func leave(_ doctor: Int, _ database: any Database) async throws {
        try await Patience.write(to: database) { connection in
            let onCall = try connection.number("SELECT count(*) FROM thing WHERE flag")
            if onCall > 1 { try connection.run("UPDATE thing SET flag = FALSE WHERE id = \(doctor)") }
        }
    }

    @Test func `runs a body again when another write got in first`() async throws {
        try await withThings(on: .postgres) { database in
            let runs = Counter()
            let hasRead = Signal()
            let mayWrite = Signal()
            async let slow: Void = database.write { connection in
                let whole = try connection.number("SELECT whole FROM thing WHERE id = 1")
                if runs.next() == 1 {
                    hasRead.raise()
                    try mayWrite.wait()
                }
                try connection.run("UPDATE thing SET whole = \(whole + 1) WHERE id = 1")
            }

            try await hasRead.raised()
            try await database.write { _ = try $0.run("UPDATE thing SET whole = 10 WHERE id = 1") }
            mayWrite.raise()
            try await slow

            let whole = try await database.read { try $0.number("SELECT whole FROM thing WHERE id = 1") }
            #expect(runs.value == 2)
            #expect(database.activity.retries == 1)
            #expect(whole == 11)
        }
    }

    @Test func `runs a body again that hid the collision behind an error of its own`() async throws {
        try await withThings(on: .postgres) { database in
            let runs = Counter()
            try await database.write { connection in
                guard runs.next() == 1 else { return }
                _ = try? connection.script("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$;")
                throw Mishap.stumbled
            }

            #expect(runs.value == 2)
        }
    }

    @Test func `gives up at last`() async throws {
        try await withThings(on: .postgres) { database in
            let runs = Counter()
            await #expect(throws: StorageError.tooBusy) {
                try await database.write { connection in
                    runs.next()
                    try connection.script("DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$;")
                }
            }

            #expect(runs.value == 12)
        }
    }

    @Test func `takes turns on SQLite, where nobody ever runs twice`() async throws {
        try await withThings(on: .sqlite) { database in
            let runs = Counter()
            try await withThrowingTaskGroup { group in
                for _ in 0..<50 {
                    group.addTask {
                        try await database.write { connection in
                            runs.next()
                            try connection.run("UPDATE thing SET whole = whole + 1 WHERE id = 1")
                        }
                    }
                }
                try await group.waitForAll()
            }

            #expect(runs.value == 50)
            #expect(database.activity.retries == 0)
        }
    }
}

/// A row that everybody writes is what the house forbids; a test that does it nevertheless tries until it is let in.
enum Patience {
    static func write(
        to database: any Database, _ body: @escaping @Sendable (any Connection) throws -> Void
    ) async throws {
        for _ in 0..<50 {
            do { return try await database.write(body) } catch StorageError.tooBusy { continue }
        }
        throw StorageError.tooBusy
    }
}
