import Storage
import StorageTesting
import Testing

@Suite struct `Reading a row` {
    /// What is thrown where column 0 of the only row is read in this way.
    private func error(
        _ engine: Engine, _ columns: SQL, _ read: @escaping @Sendable (any Row) throws -> Void
    ) async throws -> StorageError? {
        try await withTables(on: engine) { database in
            try await database.write {
                _ = try $0.run(
                    """
                    INSERT INTO thing (id, whole, flag, words, number, data)
                    VALUES (1, 5, TRUE, 'five', 5.5, \([UInt8]([5])))
                    """)
            }
            do {
                try await database.read { try $0.each("SELECT \(columns) FROM thing", read) }
                return nil
            } catch let error as StorageError {
                return error
            }
        }
    }

    private func complains(_ error: StorageError?, of column: String) -> Bool {
        guard case .broken(let detail)? = error else { return false }
        return detail.hasPrefix("column 0 (\(column)) holds ")
    }

    @Test(arguments: Engine.available)
    func `names the column that is not what was asked for`(on engine: Engine) async throws {
        #expect(complains(try await error(engine, "words") { _ = try $0.int64(0) }, of: "words"))
        #expect(complains(try await error(engine, "words") { _ = try $0.real(0) }, of: "words"))
        #expect(complains(try await error(engine, "words") { _ = try $0.bool(0) }, of: "words"))
        #expect(complains(try await error(engine, "words") { _ = try $0.bytes(0) }, of: "words"))
        #expect(complains(try await error(engine, "whole") { _ = try $0.text(0) }, of: "whole"))
        #expect(complains(try await error(engine, "number") { _ = try $0.int64(0) }, of: "number"))
        #expect(complains(try await error(engine, "data") { _ = try $0.text(0) }, of: "data"))
    }

    @Test(arguments: Engine.available)
    func `does not take NULL for zero or nothing`(on engine: Engine) async throws {
        let nulls: SQL = "nullif(whole, 5), nullif(words, 'five'), nullif(number, 5.5)"

        for read in [{ _ = try $0.int64(0) }, { _ = try $0.text(1) }, { _ = try $0.real(2) }]
            as [@Sendable (any Row) throws -> Void]
        {
            guard case .broken(let detail)? = try await error(engine, nulls, read) else {
                Issue.record("NULL was read as a value")
                continue
            }
            #expect(detail.contains("NULL"))
        }
    }

    @Test(arguments: Engine.available)
    func `says so where there is no such column`(on engine: Engine) async throws {
        let refused = try await error(engine, "whole") { _ = try $0.int64(3) }

        #expect(refused == .broken("there is no column 3, only 1"))
    }

    @Test(arguments: Engine.available)
    func `reads an integer as a real, and counts columns`(on engine: Engine) async throws {
        let refused = try await error(engine, "whole, words") { row in
            let number = try row.real(0)
            #expect(number == 5)
            #expect(row.count == 2)
        }

        #expect(refused == nil)
    }
}
