import Foundation
import Storage

/// A row of any table, as text by column. What is absent is NULL.
///
/// Values are written the same way on both engines; what kind they are is asked of the table when they go back.
public struct StoredRow: Sendable, Equatable {
    public var values: [String: String]

    public init(_ values: [String: String] = [:]) { self.values = values }

    public subscript(column: String) -> String? {
        get { values[column] }
        set { values[column] = newValue }
    }

    /// A truth, however the engine writes it.
    public func isTrue(_ column: String) -> Bool { values[column] == "1" }

    public func int(_ column: String) -> Int64? { values[column].flatMap(Int64.init) }

    /// The same with some columns only.
    func only(_ columns: [String]) -> StoredRow {
        StoredRow(values.filter { columns.contains($0.key) })
    }

    /// Columns in which two rows differ.
    func differs(from other: StoredRow) -> [String] {
        Set(values.keys).union(other.values.keys).filter { values[$0] != other.values[$0] }.sorted()
    }

    /// JSON with its keys in order, so that equal rows are equal texts.
    var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(values) else { return "{}" }
        return String(decoding: bytes, as: UTF8.self)
    }

    init(text: String) throws {
        do {
            values = try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
        } catch {
            throw StorageError.broken("a step of the journal of merging cannot be read")
        }
    }
}

extension TableShape {
    /// Reads a row whose columns are `list`, in that order.
    func row(_ row: any Row) throws -> StoredRow {
        var stored = StoredRow()
        for (place, column) in columns.enumerated() where !row.isNull(place) {
            stored.values[column.name] =
                switch column.kind {
                case .integer: String(try row.int64(place))
                case .boolean: try row.bool(place) ? "1" : "0"
                case .text: try row.text(place)
                case .real: "\(try row.real(place))"
                case .bytes: try row.bytes(place).map { String(Int($0) + 256, radix: 16).suffix(2) }.joined()
                }
        }
        return stored
    }

    /// A value on its way into a column.
    func value(_ text: String?, for column: String) throws -> SQL {
        guard let text, let kind = kind(of: column) else { return "NULL" }
        switch kind {
        case .integer: return "\(try number(text, column))"
        case .boolean: return "\(text == "1")"
        case .text: return "\(text)"
        case .real: return "\(Double(text) ?? 0)"
        case .bytes: return "\(TableShape.bytes(text))"
        }
    }

    private func number(_ text: String, _ column: String) throws -> Int64 {
        guard let number = Int64(text) else {
            throw StorageError.broken("the journal has no number for \(name).\(column)")
        }
        return number
    }

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex)
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
    }

    /// Holds for the row with these values in these columns.
    func condition(_ row: StoredRow, on columns: [String]) throws -> SQL {
        try columns.map { column in
            row[column] == nil
                ? SQL.name(column) + " IS NULL"
                : SQL.name(column) + " = \(try value(row[column], for: column))"
        }.joined(" AND ")
    }

    func rows(where condition: SQL, in connection: any Connection) throws -> [StoredRow] {
        try connection.all("SELECT \(list) FROM \(SQL.name(name)) WHERE \(condition)") { try self.row($0) }
    }
}
