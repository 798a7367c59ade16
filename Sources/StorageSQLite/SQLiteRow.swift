import GRDBSQLite
import Storage

/// A row under the cursor of a statement. SQLite types each value, so what a column holds is checked, never converted.
struct SQLiteRow: Row {
    let handle: OpaquePointer

    var count: Int { Int(sqlite3_data_count(handle)) }

    func isNull(_ column: Int) -> Bool { sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL }

    func int64(_ column: Int) throws -> Int64 {
        try require(column, SQLITE_INTEGER, "an integer")
        return sqlite3_column_int64(handle, Int32(column))
    }

    func real(_ column: Int) throws -> Double {
        let kind = sqlite3_column_type(handle, Int32(column))
        if kind != SQLITE_FLOAT { try require(column, SQLITE_INTEGER, "a number") }
        return sqlite3_column_double(handle, Int32(column))
    }

    func bool(_ column: Int) throws -> Bool {
        try require(column, SQLITE_INTEGER, "a boolean")
        return sqlite3_column_int64(handle, Int32(column)) != 0
    }

    func text(_ column: Int) throws -> String {
        try require(column, SQLITE_TEXT, "a text")
        let start = sqlite3_column_text(handle, Int32(column))
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func bytes(_ column: Int) throws -> [UInt8] {
        try require(column, SQLITE_BLOB, "bytes")
        let start = sqlite3_column_blob(handle, Int32(column))
        return Array(
            UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, Int32(column)))))
    }

    @inline(__always)
    private func require(_ column: Int, _ kind: Int32, _ wanted: StaticString) throws {
        guard sqlite3_column_type(handle, Int32(column)) == kind else { throw mismatch(column, wanted) }
    }

    private func mismatch(_ column: Int, _ wanted: StaticString) -> StorageError {
        guard column >= 0, column < count else {
            return .broken("there is no column \(column), only \(count)")
        }
        let name = sqlite3_column_name(handle, Int32(column)).map { String(cString: $0) } ?? "?"
        let kinds = [
            SQLITE_INTEGER: "an integer", SQLITE_FLOAT: "a real", SQLITE_TEXT: "a text", SQLITE_BLOB: "bytes",
        ]
        let kind = kinds[sqlite3_column_type(handle, Int32(column))] ?? "NULL"
        return .broken("column \(column) (\(name)) holds \(kind), not \(wanted)")
    }
}
