/// Why one row or one cell cannot be used. The rest of the file is still read.
public enum CellProblem: Error, Sendable, Equatable {
    case emptyValue
    case notADate
    /// Written like a date, but the calendar has no such day: 31/02/2024.
    case noSuchDate
    /// Only the years 1900 to 2200 are believed.
    case yearOutOfRange(Int)
    case notANumber
    /// Amounts of 10^15 minor units and more, whole numbers that do not fit in 64 bits.
    case tooLarge
    /// More digits after the decimal mark than the currency has.
    case tooManyDecimals(allowed: Int)
    case badEncoding
    case rowTooLong(limit: Int)
    case wrongCellCount(expected: Int, found: Int)
    case unclosedQuote
    /// Text goes on after a closing quote: `"5" inch",12`. Where the cells end is anybody's guess.
    case misplacedQuote
}

extension CellProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .emptyValue: "The cell is empty."
        case .notADate: "This is not a date in the expected order."
        case .noSuchDate: "The calendar has no such day or time."
        case .yearOutOfRange(let year): "The year \(year) is outside 1900 to 2200."
        case .notANumber: "This is not a number."
        case .tooLarge: "The number is too large."
        case .tooManyDecimals(0): "Only whole numbers are possible here."
        case .tooManyDecimals(let allowed): "There are more than \(allowed) decimals."
        case .badEncoding: "The text is damaged: its characters cannot be read."
        case .rowTooLong(let limit): "The row is longer than \(limit) bytes."
        case .wrongCellCount(let expected, let found):
            "The row has \(found) cells where \(expected) were expected."
        case .unclosedQuote: "A quote is opened on this line and never closed."
        case .misplacedQuote: "Text follows a closing quote; quotes inside a cell must be doubled."
        }
    }
}
