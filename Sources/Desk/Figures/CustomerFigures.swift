public import Kernel

/// What the data says about one customer, as of the run it comes from.
public struct CustomerFigures: Sendable, Equatable {
    public let party: ID<Party>
    public let firstDay: LocalDate
    public let lastDay: LocalDate
    public let occasions: Int
    /// Money so far in the organisation's currency, refunds taken off, in minor units.
    public let worth: Int64
    /// The median of days between occasions; nil before the second.
    public let usualGap: Double?
    /// P(alive), 0…1; nil where no model can say.
    public var alive: Double?
    /// P(alive) four weeks before, from the same model.
    public var aliveBefore: Double?
    /// Purchases to expect within the horizon.
    public var expectedPurchases: Double?
    /// Their money, in minor units; nil where the data does not carry it.
    public var expectedWorth: Int64?

    /// Days since the last occasion, as of a day.
    public func daysSilent(at day: LocalDate) -> Int { day.daysSinceEpoch - lastDay.daysSinceEpoch }

    /// Days beyond the usual gap; negative before it is over, nil where there is no usual gap.
    public func daysOverdue(at day: LocalDate) -> Double? {
        usualGap.map { Double(daysSilent(at: day)) - $0 }
    }

    /// What stands beside the name: what to expect, or where no model says so, what it was so far.
    var money: Int64 { expectedWorth ?? worth }
}

extension CustomerFigures {
    /// The median of the days between neighbours; nil for fewer than two days.
    static func usualGap(of days: some Collection<Int32>) -> Double? {
        let gaps = zip(days.dropFirst(), days).map { $0 - $1 }.sorted()
        guard !gaps.isEmpty else { return nil }
        let middle = gaps.count / 2
        return gaps.count % 2 == 1 ? Double(gaps[middle]) : Double(gaps[middle - 1] + gaps[middle]) / 2
    }
}
