/// A group of people whose wait for something is watched, counted by day: those whose wait ended, and
/// those who went out of sight still waiting. The same figures as `KaplanMeier` takes.
public struct WatchedGroup: Sendable, Equatable {
    let ended: [Int: Int]
    let left: [Int: Int]
    let people: Int

    /// - Parameters:
    ///   - events: on each day since the start (0 or more), how many people's wait ended.
    ///   - censored: on each day, how many went out of sight; they are still at risk on that day.
    /// - Throws: `OutOfRange` naming `events` or `censored` when a day, a count or their sum is negative or
    ///   above 10¹².
    public init(events: [Int: Int], censored: [Int: Int]) throws(OutOfRange) {
        people = try Self.total(events, "events") + Self.total(censored, "censored")
        ended = events
        left = censored
    }

    private static func total(_ counts: [Int: Int], _ input: String) throws(OutOfRange) -> Int {
        var total = 0
        for (day, count) in counts {
            try OutOfRange.check(count: day, "a day in \(input)")
            try OutOfRange.check(count: count, "\(input) on day \(day)")
            total += count
            try OutOfRange.check(count: total, "the sum of \(input)")
        }
        return total
    }
}

/// Whether groups wait equally long: the log-rank test, fair to those not watched to the end.
///
/// On every day with an event it compares each group's events with its part of those at risk; the
/// differences are summed and set against their hypergeometric covariance. A group of which nobody was at
/// risk on any such day has nothing to say and takes no degree of freedom.
///
/// Sources: N. Mantel, 1966, *Cancer Chemotherapy Reports* 50, 163–170; R. Peto & J. Peto, 1972, *Journal
/// of the Royal Statistical Society A* 135, 185–207.
public struct LogRank: Sendable, Equatable {
    /// What happened in each group, in the order given.
    public let observed: [Int]
    /// What would have been expected had all waited alike; the sums of both agree.
    public let expected: [Double]
    /// 0 or more; nil when nothing varies: no events, fewer than two groups at risk, or all at once.
    public let chiSquare: Double?
    /// Groups at risk less one; 0 when there is nothing to compare.
    public let degrees: Int
    /// 0…1; 1 when nothing varies.
    public let pValue: Double
    /// For exactly two groups, the signed root of chi-square, for one-sided questions: greater means that
    /// the first group's wait ended more often, so sooner, than the second's. Nil for any other number.
    public let statistic: ZStatistic?

    /// - Parameter groups: any number of them; the cost grows with distinct days times groups squared.
    public init(_ groups: [WatchedGroup]) {
        var sums = LogRankSums(groups)
        sums.run(groups)
        observed = sums.observed
        expected = sums.expected
        let held = groups.indices.filter { sums.expected[$0] > 0 }
        let chiSquare = sums.chiSquare(of: held)
        degrees = max(0, held.count - 1)
        pValue = chiSquare.map { [degrees] in upperChiSquare($0, degrees: degrees) } ?? 1
        self.chiSquare = chiSquare
        guard groups.count == 2 else {
            statistic = nil
            return
        }
        let sign = Double(sums.observed[0]) < sums.expected[0] ? -1.0 : 1
        statistic = ZStatistic(chiSquare.map { sign * $0.squareRoot() })
    }
}
