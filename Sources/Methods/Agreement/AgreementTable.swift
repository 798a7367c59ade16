/// How two raters sorted the same cases: how many the first put in the row's category and the second in
/// the column's. The diagonal is where they agree.
public struct AgreementTable: Sendable, Equatable {
    /// Row by row.
    public let counts: [[Int]]
    /// All cases, 1 or more.
    public let total: Int

    /// How many categories were to choose from.
    public var categories: Int { counts.count }

    /// The most categories a table may have.
    static let mostCategories = 1000

    /// - Parameter counts: a square of 1 to 1000 rows, each count from 0 to 10¹².
    /// - Throws: `AgreementRefusal`: `outOfRange` naming `categories` or the count, `unevenRow`, or
    ///   `nothingRatedTwice` when the table is empty.
    public init(counts: [[Int]]) throws(AgreementRefusal) {
        try Self.check(categories: counts.count)
        var total = 0
        for (row, cells) in counts.enumerated() {
            guard cells.count == counts.count else { throw .unevenRow(row) }
            for (column, cell) in cells.enumerated() {
                try AgreementRefusal.passing { () throws(OutOfRange) in
                    try OutOfRange.check(count: cell, "counts[\(row)][\(column)]")
                }
                total += cell
            }
        }
        guard total > 0 else { throw .nothingRatedTwice }
        self.counts = counts
        self.total = total
    }

    /// Counts the cases one by one.
    ///
    /// - Parameters:
    ///   - pairs: for each case the category the first and the second rater chose, counted from 0.
    ///   - categories: how many there are, 1 to 1000, chosen or not.
    /// - Throws: `AgreementRefusal`: `outOfRange` naming `categories` or `pairs`, or `nothingRatedTwice`.
    public init(
        pairs: some Sequence<(first: Int, second: Int)>, categories: Int
    ) throws(AgreementRefusal) {
        try Self.check(categories: categories)
        var counts = [[Int]](repeating: [Int](repeating: 0, count: categories), count: categories)
        for (first, second) in pairs {
            for chosen in [first, second] where !(0..<categories).contains(chosen) {
                throw .outOfRange(
                    OutOfRange(
                        input: "pairs", value: Double(chosen),
                        allowed: "categories from 0 to \(categories - 1)"))
            }
            counts[first][second] += 1
        }
        try self.init(counts: counts)
    }

    static func check(categories: Int) throws(AgreementRefusal) {
        guard !(1...mostCategories).contains(categories) else { return }
        throw .outOfRange(
            OutOfRange(input: "categories", value: Double(categories), allowed: "from 1 to \(mostCategories)")
        )
    }

    /// What share of the cases the first rater put in each category, and the second.
    var margins: (first: [Double], second: [Double]) {
        var first = [Double](repeating: 0, count: categories)
        var second = first
        for (row, cells) in counts.enumerated() {
            for (column, cell) in cells.enumerated() {
                let share = Double(cell) / Double(total)
                first[row] += share
                second[column] += share
            }
        }
        return (first, second)
    }
}
