/// So many out of so many: 12 of 40 customers came back.
public struct ShareCount: Sendable, Hashable {
    /// How many did, 0 to `total`.
    public let successes: Int
    /// How many could have, 0 to 10¹².
    public let total: Int

    /// - Throws: `OutOfRange` naming `total` or `successes`.
    public init(_ successes: Int, of total: Int) throws(OutOfRange) {
        try OutOfRange.check(count: total, "total")
        try OutOfRange.check(count: successes, "successes")
        guard successes <= total else {
            throw OutOfRange(
                input: "successes", value: Double(successes), allowed: "at most total (\(total))")
        }
        self.successes = successes
        self.total = total
    }

    /// The share, 0…1; nil of nothing.
    public var share: Double? { total == 0 ? nil : Double(successes) / Double(total) }
}

extension ShareCount {
    /// Exact sums of many groups, in floating point so that no number of groups overflows.
    static func sum(_ groups: [ShareCount]) -> (successes: Double, total: Double) {
        var successes = 0.0
        var total = 0.0
        for group in groups {
            successes += Double(group.successes)
            total += Double(group.total)
        }
        return (successes, total)
    }
}
