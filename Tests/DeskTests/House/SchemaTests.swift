import Foundation
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `The schema` {
    @Test(arguments: Engine.available)
    func `says of every table what becomes of its rows`(on engine: Engine) async throws {
        try await withDatabase(on: engine, migrations: Schema.migrations) { database in
            let found: SQL =
                engine == .sqlite
                ? "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                : "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public'"
            let tables = try await database.read { try $0.all(found) { try $0.text(0) } }

            #expect(tables.count > 15)
            #expect(Set(tables) == Set(Schema.tables.map(\.name)))
        }
    }

    @Test(arguments: Engine.available)
    func `is left alone by a second start`(on engine: Engine) async throws {
        try await withDatabase(on: engine, migrations: Schema.migrations) { database in
            let ran = try await Migrator(Schema.migrations).run(on: database, at: FakeClock().now)

            #expect(ran.isEmpty)
        }
    }
}
