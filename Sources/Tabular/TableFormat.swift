/// How a table is written down: everything needed to read its cells the same way twice.
public struct TableFormat: Sendable, Codable, Equatable {
    public var delimiter: Delimiter
    public var encoding: TextEncoding
    public var hasHeader: Bool
    /// `nil` while nobody has decided: a file whose dates could be read two ways is asked about, not guessed.
    public var dateOrder: DateOrder?
    public var decimalComma: Bool
    /// The byte around cells that hold delimiters or line ends; `nil` when quotes are ordinary text.
    public var quote: UInt8?
    /// How many cells a row must have; `nil` takes the count of the file's first row.
    public var columnCount: Int?

    public init(
        delimiter: Delimiter = .comma, encoding: TextEncoding = .utf8, hasHeader: Bool = true,
        dateOrder: DateOrder? = nil, decimalComma: Bool = false, quote: UInt8? = 0x22,
        columnCount: Int? = nil
    ) {
        self.delimiter = delimiter
        self.encoding = encoding
        self.hasHeader = hasHeader
        self.dateOrder = dateOrder
        self.decimalComma = decimalComma
        self.quote = quote
        self.columnCount = columnCount
    }
}

/// What stands between two cells. `whitespace` is any run of blanks and tabs.
public enum Delimiter: String, Sendable, Codable, CaseIterable {
    case comma, semicolon, tab, pipe, whitespace

    /// The byte itself; `nil` for `whitespace`, which is not one byte.
    var byte: UInt8? {
        switch self {
        case .comma: Ascii.comma
        case .semicolon: Ascii.semicolon
        case .tab: Ascii.tab
        case .pipe: Ascii.pipe
        case .whitespace: nil
        }
    }
}

/// The alphabet a file is stored in. Byte order marks are recognised and skipped.
public enum TextEncoding: String, Sendable, Codable, CaseIterable {
    case utf8, utf16le, utf16be, windows1252, latin1

    var byteOrderMark: [UInt8] {
        switch self {
        case .utf8: [0xEF, 0xBB, 0xBF]
        case .utf16le: [0xFF, 0xFE]
        case .utf16be: [0xFE, 0xFF]
        case .windows1252, .latin1: []
        }
    }
}

/// Which part of a written date comes first.
public enum DateOrder: String, Sendable, Codable, CaseIterable {
    /// `2024-03-01`, optionally followed by a time and a zone: `2024-03-01T09:30:00.250+01:00`.
    case iso
    /// `19970131`, optionally with a time: `19970131T093000`.
    case compact
    /// `31/02/2024`, `31.2.2024`, `31-2-24`.
    case dayMonthYear
    /// `02/31/2024`, `2/31/24`.
    case monthDayYear
    /// Seconds since 1970, in UTC.
    case unixSeconds
    /// Milliseconds since 1970, in UTC.
    case unixMillis
}
