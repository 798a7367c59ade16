import GRDBSQLite
import Storage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A prepared statement and the handle behind it. Belongs to one `SQLiteSession` and goes nowhere without it.
final class SQLiteStatement {
    let handle: OpaquePointer
    /// A statement whose rows are being read; the same text asked for meanwhile is prepared a second time.
    var isInUse = false
    var lastUse = 0

    init(_ text: String, on connection: OpaquePointer) throws {
        var words = text
        let (handle, extra) = words.withUTF8 { words in
            words.withMemoryRebound(to: CChar.self) { SQLiteStatement.prepare($0, on: connection) }
        }
        guard let handle else { throw StorageError(sqlite: connection) }
        guard !extra else {
            sqlite3_finalize(handle)
            throw StorageError.broken("one statement at a time: \(text.prefix(200))")
        }
        self.handle = handle
    }

    deinit { sqlite3_finalize(handle) }

    /// The statement, and whether another one follows in the same text.
    private static func prepare(
        _ words: UnsafeBufferPointer<CChar>, on connection: OpaquePointer
    ) -> (OpaquePointer?, Bool) {
        var handle: OpaquePointer?
        var tail: UnsafePointer<CChar>?
        let persistent = UInt32(SQLITE_PREPARE_PERSISTENT)
        guard let start = words.baseAddress,
            sqlite3_prepare_v3(connection, start, Int32(words.count), persistent, &handle, &tail) == SQLITE_OK
        else { return (nil, false) }
        guard let tail else { return (handle, false) }
        let rest = UnsafeBufferPointer(start: tail, count: start + words.count - tail)
        return (handle, rest.contains { $0 != 0x3B && $0 > 0x20 })
    }

    func bind(_ values: [SQLValue], on connection: OpaquePointer) throws {
        for (index, value) in values.enumerated() {
            guard try bind(value, at: Int32(index + 1)) == SQLITE_OK else {
                throw StorageError(sqlite: connection)
            }
        }
    }

    func bind(_ value: SQLValue, at index: Int32) throws -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(handle, index)
        case .integer(let number): return sqlite3_bind_int64(handle, index, number)
        case .boolean(let flag): return sqlite3_bind_int64(handle, index, flag ? 1 : 0)
        case .real(let number):
            guard !number.isNaN else { throw StorageError.refused("not a number") }
            return sqlite3_bind_double(handle, index, number)
        case .text(let text): return try bind(text, at: index)
        case .bytes(let bytes):
            guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(handle, index, 0) }
            return sqlite3_bind_blob64(handle, index, bytes, UInt64(bytes.count), SQLiteStatement.copied)
        }
    }

    /// PostgreSQL keeps no NUL in a text, so neither does SQLite.
    func bind(_ text: String, at index: Int32) throws -> Int32 {
        var text = text
        return try text.withUTF8 { bytes in
            guard let start = bytes.baseAddress, !bytes.isEmpty else {
                return sqlite3_bind_text(handle, index, "", 0, SQLiteStatement.copied)
            }
            guard memchr(start, 0, bytes.count) == nil else { throw StorageError.refused("text with a NUL") }
            return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                sqlite3_bind_text64(
                    handle, index, $0, UInt64(bytes.count), SQLiteStatement.copied, UInt8(SQLITE_UTF8))
            }
        }
    }

    /// True where a row waits, false at the end.
    func step(on connection: OpaquePointer) throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: true
        case SQLITE_DONE: false
        default: throw StorageError(sqlite: connection)
        }
    }

    /// Ready for other values.
    func rewind() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    /// Tells SQLite to keep its own copy of what is bound (`SQLITE_TRANSIENT`).
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

/// Statements of one connection, prepared once and found by their text.
struct SQLiteStatements {
    private var byText: [String: SQLiteStatement] = [:]
    private var clock = 0
    private let limit = 400

    /// A statement nobody is using. Give it back with `rewind` when its rows are read.
    mutating func take(_ text: String, on connection: OpaquePointer) throws -> SQLiteStatement {
        clock += 1
        if let known = byText[text] {
            known.lastUse = clock
            guard known.isInUse else {
                known.isInUse = true
                return known
            }
            return try SQLiteStatement(text, on: connection)
        }
        let fresh = try SQLiteStatement(text, on: connection)
        fresh.isInUse = true
        fresh.lastUse = clock
        if byText.count >= limit { forgetOldest() }
        byText[text] = fresh
        return fresh
    }

    private mutating func forgetOldest() {
        let idle = byText.filter { !$0.value.isInUse }.sorted { $0.value.lastUse < $1.value.lastUse }
        for (text, _) in idle.prefix(limit / 4) { byText[text] = nil }
    }

    mutating func forgetAll() { byText = [:] }
}
