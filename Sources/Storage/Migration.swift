public import Kernel

/// One step of the schema: named, ordered, and frozen once it has run anywhere.
///
/// Written in the house dialect: `BIGINT`, `BOOLEAN`, `TEXT`, `REAL`, `BYTES` for types, `IDENTITY` for a generated
/// 64-bit primary key. Engines translate these words and nothing else.
public struct Migration: Sendable {
    public let name: String
    public let script: String

    public init(_ name: String, _ script: String) {
        self.name = name
        self.script = script
    }

    /// Recognises a migration that was edited after it ran. FNV-1a, 64 bits, over the script.
    var print: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in script.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}

/// Brings a database to the present schema, or says why it will not.
public struct Migrator: Sendable {
    public let migrations: [Migration]

    public init(_ migrations: [Migration]) {
        let names = migrations.map(\.name)
        precondition(names == names.sorted(), "migrations run in the order of their names")
        precondition(Set(names).count == names.count, "two migrations share a name")
        self.migrations = migrations
    }

    /// Runs what has not run yet, each in a transaction of its own, and answers their names.
    ///
    /// Throws `StorageError.newerSchema` where the database has a migration this version does not know, and
    /// `.changedMigration` where one that ran was edited since.
    @discardableResult
    public func run(on database: any Database, at now: Instant) async throws -> [String] {
        try await database.write { connection in
            try connection.script(
                "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, print TEXT NOT NULL, run_at BIGINT NOT NULL);"
            )
        }
        let waiting = try await database.read { try self.waiting(in: $0) }
        for migration in waiting {
            try await database.write { connection in
                guard try !connection.exists("SELECT 1 FROM migration WHERE name = \(migration.name)") else {
                    return
                }
                try connection.script(migration.script)
                try connection.run(
                    """
                    INSERT INTO migration (name, print, run_at)
                    VALUES (\(migration.name), \(migration.print), \(now))
                    """)
            }
        }
        return waiting.map(\.name)
    }

    private func waiting(in connection: any Connection) throws -> [Migration] {
        var prints: [String: String] = [:]
        try connection.each("SELECT name, print FROM migration") { prints[try $0.text(0)] = try $0.text(1) }
        let known = Set(migrations.map(\.name))
        if let stranger = prints.keys.sorted().first(where: { !known.contains($0) }) {
            throw StorageError.newerSchema(stranger)
        }
        if let changed = migrations.first(where: { prints[$0.name] != nil && prints[$0.name] != $0.print }) {
            throw StorageError.changedMigration(changed.name)
        }
        return migrations.filter { prints[$0.name] == nil }
    }
}
