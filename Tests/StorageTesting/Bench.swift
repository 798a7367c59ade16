public import Storage
import StoragePostgres
import StorageSQLite

extension Engine {
    /// Every engine, always: `@Test(arguments: Engine.available)`. PostgreSQL is started by the test run itself.
    public static let available = Engine.allCases
}

/// A migrated database of a test's own, and where it is, for tests that open it twice or look at it from outside.
public struct Bench: Sendable {
    public let engine: Engine
    /// A path for SQLite, a URL for PostgreSQL.
    public let address: String

    public init(engine: Engine, address: String) {
        self.engine = engine
        self.address = address
    }

    public func open() async throws -> any Database {
        switch engine {
        case .sqlite: try SQLiteDatabase(path: address)
        case .postgres: try await PostgresDatabase(url: address, poolSize: 8)
        }
    }
}

/// Runs `body` on a fresh database that has these migrations. Costs milliseconds: each list of migrations is run once
/// in a test run, and its result copied.
@discardableResult
public func withBench<T>(
    on engine: Engine, migrations: [Migration] = [], _ body: (Bench) async throws -> T
) async throws -> T {
    switch engine {
    case .sqlite: try await SQLiteBenches.shared.lend(migrations, body)
    case .postgres: try await PostgresBenches.shared.lend(migrations, body)
    }
}

/// The same, with the database open.
@discardableResult
public func withDatabase<T>(
    on engine: Engine, migrations: [Migration] = [], _ body: (any Database) async throws -> T
) async throws -> T {
    try await withBench(on: engine, migrations: migrations) { bench in
        let database = try await bench.open()
        do {
            let answer = try await body(database)
            try await database.close()
            return answer
        } catch {
            try? await database.close()
            throw error
        }
    }
}
