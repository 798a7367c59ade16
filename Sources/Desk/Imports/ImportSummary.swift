/// What an import amounts to, counted while its rows are judged.
public struct ImportSummary: Sendable, Codable, Equatable {
    /// Minor units of the accepted rows by currency; amounts of two currencies are never added.
    public var totals: [String: Int64] = [:]
    public var zeroAmounts = 0
    /// Days since 1970 of the earliest and latest accepted row.
    public var firstDay: Int?
    public var lastDay: Int?
    /// Different customers in the accepted rows.
    public var customers = 0
    /// Customers nobody knew before.
    public var customersNew = 0
    /// Known customers the file named by nothing but a mail address; nil where there were none.
    public var customersByEmail: Int?
    /// Mail addresses that several known customers have; nil where there were none.
    public var ambiguousEmails: Int?
    /// Of a file of answers, how often each score of its scale was given, from the lowest.
    public var scores: [Int]?
    /// Cells that were not in the encoding of the file and were read as Windows-1252.
    public var reencodedCells = 0
    /// How long each phase took.
    public var checkSeconds = 0.0
    public var loadSeconds = 0.0
    public var publishSeconds = 0.0

    public init() {}

    public var seconds: Double { checkSeconds + loadSeconds + publishSeconds }

    @inline(__always)
    mutating func add(day: Int) {
        if day < firstDay ?? .max { firstDay = day }
        if day > lastDay ?? .min { lastDay = day }
    }
}
