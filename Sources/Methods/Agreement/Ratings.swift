/// What any number of raters said about each case. Ratings may be missing, and the raters need not be the
/// same for every case.
///
/// Kept sparse: memory grows with the ratings given, not with cases × categories.
public struct Ratings: Sendable, Equatable {
    /// The number each category stands for, rising; 1, 2, 3 … unless given. Only `interval` and `ratio`
    /// measurement read it.
    public let scale: [Double]
    /// How many cases were rated at least once.
    public let cases: Int

    var entries: [Entry] = []
    var rows: [Row] = []

    /// How many raters chose one category.
    struct Entry: Sendable, Equatable {
        let category: Int
        let count: Int
    }

    /// The ratings of one case, or of `times` cases rated alike.
    struct Row: Sendable, Equatable {
        let entries: Range<Int>
        let raters: Int
        let times: Int
    }

    /// How many categories or scores there are.
    public var categories: Int { scale.count }

    /// - Parameters:
    ///   - counts: for each case, how many raters chose each category; each count from 0 to 10⁹.
    ///   - scale: the number each category stands for, rising, from −10¹⁵ to 10¹⁵.
    /// - Throws: `AgreementRefusal`: `unevenRow`, `nothingRatedTwice` when nobody rated anything, or
    ///   `outOfRange` naming the count or `scale`.
    public init(counts: [[Int]], scale: [Double]? = nil) throws(AgreementRefusal) {
        let categories = counts.first?.count ?? 0
        let scale = scale ?? (0..<categories).map { Double($0 + 1) }
        guard scale.count == categories else { throw .unevenRow(0) }
        try Self.check(scale)
        var builder = RatingsBuilder()
        for (row, cells) in counts.enumerated() {
            guard cells.count == categories else { throw .unevenRow(row) }
            for (category, count) in cells.enumerated() where count != 0 {
                guard (0...1_000_000_000).contains(count) else {
                    throw .outOfRange(
                        OutOfRange(
                            input: "counts[\(row)][\(category)]", value: Double(count),
                            allowed: "from 0 to 1000000000"))
                }
                builder.entries.append(Entry(category: category, count: count))
            }
            builder.close()
        }
        try self.init(builder, scale: scale)
    }

    /// - Parameters:
    ///   - choices: for each case the categories its raters chose, counted from 0; nil for a missing rating.
    ///   - categories: how many there are, 1 to 10⁶, chosen or not.
    /// - Throws: `AgreementRefusal`: `outOfRange` naming `categories` or `choices`, or `nothingRatedTwice`
    ///   when nobody rated anything.
    public init(choices: [[Int?]], categories: Int) throws(AgreementRefusal) {
        guard (1...1_000_000).contains(categories) else {
            throw .outOfRange(
                OutOfRange(input: "categories", value: Double(categories), allowed: "from 1 to 1000000"))
        }
        var builder = RatingsBuilder()
        for row in choices {
            let chosen = row.compactMap(\.self)
            if let stray = chosen.first(where: { !(0..<categories).contains($0) }) {
                throw .outOfRange(
                    OutOfRange(
                        input: "choices", value: Double(stray),
                        allowed: "categories from 0 to \(categories - 1)"))
            }
            builder.add(chosen)
        }
        try self.init(builder, scale: (0..<categories).map { Double($0 + 1) })
    }

    /// The categories are the distinct scores, in order.
    ///
    /// - Parameter scores: for each case the numbers its raters gave, from −10¹⁵ to 10¹⁵; nil where missing.
    /// - Throws: `AgreementRefusal`: `outOfRange` naming `scale`, or `nothingRatedTwice` when nobody rated
    ///   anything.
    public init(scores: [[Double?]]) throws(AgreementRefusal) {
        var distinct = Set<Double>()
        for row in scores { distinct.formUnion(row.compactMap(\.self)) }
        let scale = distinct.sorted()
        try Self.check(scale)
        let order = Dictionary(uniqueKeysWithValues: scale.enumerated().map { ($1, $0) })
        var builder = RatingsBuilder()
        for row in scores { builder.add(row.compactMap { score in score.flatMap { order[$0] } }) }
        try self.init(builder, scale: scale)
    }

    /// The same cases as two raters' table, when it no longer matters who said what.
    public init(_ table: AgreementTable) {
        var builder = RatingsBuilder()
        for (i, cells) in table.counts.enumerated() {
            for (j, cell) in cells.enumerated() where cell > 0 { builder.add([i, j], times: cell) }
        }
        scale = (0..<table.categories).map { Double($0 + 1) }
        cases = table.total
        (entries, rows) = (builder.entries, builder.rows)
    }

    private init(_ builder: RatingsBuilder, scale: [Double]) throws(AgreementRefusal) {
        guard !builder.rows.isEmpty else { throw .nothingRatedTwice }
        self.scale = scale
        cases = builder.rows.count
        (entries, rows) = (builder.entries, builder.rows)
    }

    private static func check(_ scale: [Double]) throws(AgreementRefusal) {
        for (place, value) in scale.enumerated() {
            let least = place == 0 ? -1e15 : scale[place - 1].nextUp
            guard value >= least, value <= 1e15 else {
                throw .outOfRange(
                    OutOfRange(input: "scale", value: value, allowed: "rising, from -1e15 to 1e15"))
            }
        }
    }
}

/// Gathers ratings case by case.
private struct RatingsBuilder {
    var entries: [Ratings.Entry] = []
    var rows: [Ratings.Row] = []

    /// Adds a case, or several alike, rated with these categories.
    mutating func add(_ chosen: [Int], times: Int = 1) {
        for category in chosen.sorted() {
            if let last = entries.last, entries.count > (rows.last?.entries.upperBound ?? 0),
                last.category == category
            {
                entries[entries.count - 1] = Ratings.Entry(category: category, count: last.count + 1)
            } else {
                entries.append(Ratings.Entry(category: category, count: 1))
            }
        }
        close(times: times)
    }

    /// Ends a case; one that nobody rated leaves no trace.
    mutating func close(times: Int = 1) {
        let start = rows.last?.entries.upperBound ?? 0
        guard entries.count > start else { return }
        let raters = entries[start...].reduce(0) { $0 + $1.count }
        rows.append(Ratings.Row(entries: start..<entries.count, raters: raters, times: times))
    }
}
