/// What we make of a file before reading all of it: a guess to show a person and have corrected.
public struct TablePreview: Sendable, Equatable {
    public var format: TableFormat
    /// The column names, or "Column 1" and so on where the file gives none.
    public var header: [String]
    /// What each column seems to hold.
    public var kinds: [ColumnKind]
    /// How each column writes its dates; `nil` for other columns and where that is open.
    public var dateOrders: [DateOrder?]
    /// The first twenty data rows.
    public var rows: [[String]]
    public var columnCount: Int
    /// Where a person should look twice.
    public var ambiguities: [Ambiguity]
    public var fileBytes: Int

    /// Refuses a table that cannot hold what is needed.
    public func require(columns needed: Int) throws(TableProblem) {
        guard columnCount >= needed else { throw .tooFewColumns(needed: needed, found: columnCount) }
    }
}

/// What the sampled cells of a column have in common.
public enum ColumnKind: String, Sendable, Codable {
    case date, number, text, empty
}

/// A guess that could have gone the other way. Columns are counted from 0.
public enum Ambiguity: Sendable, Equatable, Codable {
    /// 03/04/2024 could be March or April, and no value in the column decides.
    case dateOrderAmbiguous(column: Int)
    /// Some dates are written one way, some another.
    case dateOrderMixed(column: Int)
    /// 1,234 could be a thousand or one and a bit, and no value in the column decides.
    case decimalMarkAmbiguous(column: Int)
    /// Some amounts use a decimal comma, some a decimal point.
    case decimalMarkMixed(column: Int)
    /// Nothing but text: the first row may be names or a row like the others.
    case headerUncertain
    case duplicateColumnName(String)
    case delimiterAmbiguous(Delimiter)
    /// Parts of the file are not in the encoding of the rest.
    case encodingMixed
    /// Rows in the sample that do not have the usual number of cells.
    case raggedRows(count: Int)
}
