/// Rows on their way into a table, kept column by column so that millions of them cost no object each.
public struct Batch: Sendable {
    public enum Column: Sendable {
        case integers([Int64])
        /// `Int64.min` stands for NULL.
        case optionalIntegers([Int64])
        case texts([String])
        case optionalTexts([String?])
        /// Every row has the same value.
        case constant(SQLValue)
    }

    public let table: StaticString
    public var columns: [(name: StaticString, values: Column)]
    public var count: Int

    /// `count` is the number of rows; each column that is not constant has that many values.
    public init(into table: StaticString, count: Int, columns: [(name: StaticString, values: Column)]) {
        self.table = table
        self.columns = columns
        self.count = count
    }

    public static let null = Int64.min
}
