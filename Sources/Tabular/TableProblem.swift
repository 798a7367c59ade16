/// Why a whole file is refused, each reason sayable in a sentence.
public enum TableProblem: Error, Sendable, Equatable {
    /// Bytes that no text has, first seen at this offset.
    case notText(offset: Int)
    /// A well-known format that is not a table of text.
    case knownFormat(KnownFormat)
    case empty
    case unreadable(path: String, errno: Int32)
    /// A folder, a pipe or a device.
    case notAFile(path: String)
    /// The file is not the one we started to read.
    case changedWhileRead
    case tooFewColumns(needed: Int, found: Int)
}

extension TableProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notText(let offset): "This is not a text file (the bytes at \(offset) are not text)."
        case .knownFormat(let format): format.description
        case .empty: "The file is empty."
        case .unreadable(let path, let code): "\(path) cannot be read: \(errorText(code))."
        case .notAFile(let path): "\(path) is not a file."
        case .changedWhileRead: "The file was changed while it was being read; please start again."
        case .tooFewColumns(let needed, let found):
            "The file has \(found) column\(found == 1 ? "" : "s"), at least \(needed) are needed."
        }
    }
}

/// Files people send when they mean a table, and what to tell them.
public enum KnownFormat: String, Sendable, Codable, CaseIterable {
    case excelWorkbook, oldExcelWorkbook, openDocument, zip, gzip, zstandard, pdf, sqlite, parquet, html
}

extension KnownFormat: CustomStringConvertible {
    public var description: String {
        switch self {
        case .excelWorkbook, .oldExcelWorkbook: "This is an Excel workbook; save it as CSV."
        case .openDocument: "This is an OpenDocument file; save it as CSV."
        case .zip: "This is a ZIP archive; unpack it and send the table inside."
        case .gzip, .zstandard: "This file is compressed; unpack it and send the table inside."
        case .pdf: "This is a PDF; export the table as CSV instead."
        case .sqlite: "This is a database file; export the table as CSV."
        case .parquet: "This is a Parquet file; export the table as CSV."
        case .html: "This is a web page, even if it is called a table; open it and save it as CSV."
        }
    }
}
