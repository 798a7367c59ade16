import Foundation
import Testing

@testable import Tabular

/// A file that lives as long as the closure that reads it.
func withTable<T>(_ bytes: some Collection<UInt8>, _ body: (String) throws -> T) throws -> T {
    let path = FileManager.default.temporaryDirectory.appending(path: "table-\(UUID().uuidString)").path
    try Data(bytes).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
}

func withTable<T>(_ text: String, _ body: (String) throws -> T) throws -> T {
    try withTable(Array(text.utf8), body)
}

/// A row as it can be kept after the reader has moved on.
struct KeptRow: Equatable {
    var line: Int
    var nextLine: Int
    var startOffset: Int
    var endOffset: Int
    var cells: [String]
    var problem: CellProblem?
    var raw: String
}

extension TableReader {
    mutating func allRows(fromOffset offset: Int = 0, line: Int = 1) throws -> [KeptRow] {
        var rows: [KeptRow] = []
        try forEachRow(fromOffset: offset, line: line) { row in
            rows.append(
                KeptRow(
                    line: row.line, nextLine: row.nextLine, startOffset: row.startOffset,
                    endOffset: row.endOffset, cells: row.strings, problem: row.problem,
                    raw: String(decoding: row.raw, as: UTF8.self)))
            return true
        }
        return rows
    }
}

/// Everything in a table without a header, read in one go.
func rows(
    of bytes: some Collection<UInt8>, _ format: TableFormat = .headless,
    limits: ReadingLimits = ReadingLimits()
) throws -> [KeptRow] {
    guard !bytes.isEmpty else { return [] }
    return try withTable(bytes) { path in
        var reader = try TableReader(path: path, format: format, limits: limits)
        return try reader.allRows()
    }
}

func rows(
    of text: String, _ format: TableFormat = .headless, limits: ReadingLimits = ReadingLimits()
) throws -> [KeptRow] {
    try rows(of: Array(text.utf8), format, limits: limits)
}

func cells(of text: String, _ format: TableFormat = .headless) throws -> [[String]] {
    try rows(of: text, format).map(\.cells)
}

func preview(_ text: String) throws -> TablePreview {
    try withTable(text) { try TableReader.preview(path: $0) }
}

func preview(_ bytes: [UInt8]) throws -> TablePreview {
    try withTable(bytes) { try TableReader.preview(path: $0) }
}

extension TableFormat {
    static let headless = TableFormat(hasHeader: false)

    static func separated(by delimiter: Delimiter, encoding: TextEncoding = .utf8) -> TableFormat {
        TableFormat(delimiter: delimiter, encoding: encoding, hasHeader: false)
    }
}

/// Calls a parser with the bytes of a text.
func withBytes<T>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) throws -> T) rethrows -> T {
    var text = text
    return try text.withUTF8(body)
}
