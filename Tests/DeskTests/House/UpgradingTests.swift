import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Upgrading a desk that has imports` {
    @Test(arguments: Engine.available)
    func `keeps every row, and an import under way goes on`(on engine: Engine) async throws {
        let before = Schema.migrations.prefix { $0.name != "0008-answers" }
        try #require(before.count == Schema.migrations.count - 1)
        try await withDatabase(on: engine, migrations: Array(before)) { database in
            let now = FakeClock().now
            try await database.write { connection in
                for (kind, state) in [("purchases", "complete"), ("customers", "loading")] {
                    try connection.run(
                        """
                        INSERT INTO import (kind, state, wanted, file_name, path, format, mapping, header_key, currency,
                            source, sample, print, file_bytes, rows_read, rows_accepted, rows_refused, rows_known,
                            next_offset, next_line, summary, problem, created_at, phase_at)
                        VALUES (\(kind), \(state), '', 'a.csv', '', '', '', 'a,b', 'EUR', 'file', FALSE, '', 9, 9, 9, 0,
                            0, 0, 0, '', '', \(now), \(now))
                        """)
                }
            }

            try await Migrator(Schema.migrations).run(on: database, at: now)

            let kept = try await database.read { connection in
                try connection.all("SELECT kind, state, question FROM import ORDER BY id") {
                    [try $0.text(0), try $0.text(1), try $0.text(2)]
                }
            }
            #expect(kept == [["purchases", "complete", ""], ["customers", "loading", ""]])
        }
    }
}
