import CPostgres
import Storage

/// A row of an answer. PostgreSQL types each column, so a value is read only as what the column is.
struct PostgresRow: Row {
    let result: PostgresResult
    let row: Int32

    var count: Int { Int(PQnfields(result.handle)) }

    func isNull(_ column: Int) -> Bool { PQgetisnull(result.handle, row, Int32(column)) == 1 }

    func int64(_ column: Int) throws -> Int64 {
        guard isWhole(column), let value = cell(column).flatMap(Int64.init(digits:)) else {
            throw mismatch(column, "an integer")
        }
        return value
    }

    func real(_ column: Int) throws -> Double {
        guard isWhole(column) || [Kind.float4, Kind.float8].contains(kind(column)), let cell = cell(column),
            let value = Double(String(decoding: cell, as: UTF8.self))
        else { throw mismatch(column, "a number") }
        return value
    }

    func bool(_ column: Int) throws -> Bool {
        guard kind(column) == Kind.bool, let cell = cell(column) else { throw mismatch(column, "a boolean") }
        return cell.first == UInt8(ascii: "t")
    }

    func text(_ column: Int) throws -> String {
        guard Kind.texts.contains(kind(column)), let cell = cell(column) else {
            throw mismatch(column, "a text")
        }
        return String(decoding: cell, as: UTF8.self)
    }

    func bytes(_ column: Int) throws -> [UInt8] {
        guard kind(column) == Kind.bytea, let bytes = cell(column).flatMap([UInt8].init(bytea:)) else {
            throw mismatch(column, "bytes")
        }
        return bytes
    }

    private func kind(_ column: Int) -> UInt32 { PQftype(result.handle, Int32(column)) }

    private func isWhole(_ column: Int) -> Bool {
        let kind = kind(column)
        return kind == Kind.int8 || kind == Kind.int4 || kind == Kind.int2
    }

    private func cell(_ column: Int) -> UnsafeBufferPointer<UInt8>? {
        guard !isNull(column), let start = PQgetvalue(result.handle, row, Int32(column)) else { return nil }
        let length = Int(PQgetlength(result.handle, row, Int32(column)))
        return UnsafeBufferPointer(
            start: UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self), count: length)
    }

    private func mismatch(_ column: Int, _ wanted: StaticString) -> StorageError {
        guard column >= 0, column < count else {
            return .broken("there is no column \(column), only \(count)")
        }
        let name = PQfname(result.handle, Int32(column)).map { String(cString: $0) } ?? "?"
        let kind = isNull(column) ? "NULL" : Kind.names[kind(column)] ?? "type \(kind(column))"
        return .broken("column \(column) (\(name)) holds \(kind), not \(wanted)")
    }

    /// The numbers PostgreSQL gives its own types; they never change (`pg_type.dat`).
    private enum Kind {
        static let bool: UInt32 = 16
        static let bytea: UInt32 = 17
        static let int8: UInt32 = 20
        static let int2: UInt32 = 21
        static let int4: UInt32 = 23
        static let float4: UInt32 = 700
        static let float8: UInt32 = 701
        /// text, name, unknown, char, varchar
        static let texts: [UInt32] = [25, 19, 705, 1042, 1043]
        static let names: [UInt32: String] = [
            bool: "a boolean", bytea: "bytes", int8: "an integer", int2: "an integer", int4: "an integer",
            float4: "a real", float8: "a real", 25: "a text", 1700: "a numeric (cast it)",
        ]
    }
}

extension Int64 {
    /// Decimal digits as PostgreSQL writes them.
    init?(digits: UnsafeBufferPointer<UInt8>) {
        let isNegative = digits.first == UInt8(ascii: "-")
        let figures = isNegative ? digits.dropFirst() : digits[...]
        guard !figures.isEmpty else { return nil }
        var value: Int64 = 0
        for figure in figures {
            let digit = Int64(figure) - 0x30
            guard (0...9).contains(digit) else { return nil }
            // Downwards, because Int64.min has no positive twin.
            value = value &* 10 &- digit
        }
        self = isNegative ? value : 0 &- value
    }
}

extension [UInt8] {
    /// Bytes as PostgreSQL writes them: `\x` and two hexadecimal digits each.
    fileprivate init?(bytea text: UnsafeBufferPointer<UInt8>) {
        guard text.count >= 2, text.count % 2 == 0, text[0] == UInt8(ascii: "\\"),
            text[1] == UInt8(ascii: "x")
        else { return nil }
        func digit(_ figure: UInt8) -> UInt8 { figure <= 0x39 ? figure &- 0x30 : figure &- 0x57 }
        self.init(unsafeUninitializedCapacity: text.count / 2 - 1) { bytes, count in
            for index in 1..<(text.count / 2) {
                bytes[index - 1] = digit(text[2 * index]) << 4 | digit(text[2 * index + 1])
            }
            count = text.count / 2 - 1
        }
    }
}
