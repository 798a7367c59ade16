import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Upgrading a desk that has imports` {
    @Test(arguments: Engine.available)
    func `keeps every row, and an import under way goes on`(on engine: Engine) async throws {
        let before = Schema.migrations.prefix { $0.name != "0008-answers" }
        try #require(before.count == 7)
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

    @Test(arguments: Engine.available)
    func `keeps every address when addresses get a third kind`(on engine: Engine) async throws {
        let before = Schema.migrations.prefix { $0.name != "0009-relationships" }
        try await withDatabase(on: engine, migrations: Array(before)) { database in
            let now = FakeClock().now
            try await database.write { connection in
                try connection.run(
                    """
                    INSERT INTO party (id, kind, name, name_key, serves, source, import_id, created_at)
                    VALUES (7, 'person', 'Ann', 'ann', FALSE, 'desk', 0, \(now))
                    """)
                try connection.run(
                    """
                    INSERT INTO address (party_id, kind, value, value_key, verified_at, claimed_at, source, import_id)
                    VALUES (7, 'email', 'Ann@example.org', 'ann@example.org', \(now), \(now), 'desk', 3),
                        (7, 'phone', '030 1', '0301', NULL, \(now), 'file', 0)
                    """)
            }

            try await Migrator(Schema.migrations).run(on: database, at: now)

            let kept = try await database.read { connection in
                try connection.all(
                    """
                    SELECT kind, value, value_key, source, import_id, verified_at FROM address WHERE party_id = 7 ORDER BY id
                    """
                ) { row in
                    "\(try row.text(0)) \(try row.text(1)) \(try row.text(2)) \(try row.text(3)) \(try row.int(4)) "
                        + (row.isNull(5) ? "claimed" : "verified")
                }
            }
            #expect(
                kept == [
                    "email Ann@example.org ann@example.org desk 3 verified",
                    "phone 030 1 0301 file 0 claimed",
                ])
        }
    }
}
