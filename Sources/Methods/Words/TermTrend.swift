/// How far one term set advocates apart from the others, quarter by quarter: yesterday's delight is today's
/// expectation.
public struct TermTrend: Sendable, Equatable {
    /// The term that is followed.
    public let term: String
    /// One for each period, in order.
    public let periods: [TermDifference]
    /// How much δ changes a period, by a straight line in which each period weighs 1 / variance.
    public let slope: Double
    /// `slope` over its standard error: below 0 the term fades. For ranking, like every z over many terms.
    public let slopeZ: Double

    /// Whether the term once set advocates apart (z at or above `threshold` in some period before the last)
    /// and is on its way out (`slopeZ` at or below −`threshold`).
    public func fades(threshold: Double = 1.96) -> Bool {
        slopeZ <= -threshold && periods.dropLast().contains { $0.z >= threshold }
    }
}

/// What two groups wrote in one period.
public struct PeriodCounts: Sendable, Equatable {
    /// What each side said in the period.
    public var advocates, others: TermCounts

    /// One period's counts, in the order of time.
    public init(advocates: TermCounts, others: TermCounts) {
        self.advocates = advocates
        self.others = others
    }
}

/// Follows the terms of advocates over periods of equal length, usually quarters; the fastest fading first.
///
/// Every period is a log-odds comparison with one and the same prior over one vocabulary, so that the periods
/// can be compared. A period in which nobody wrote says nothing: its δ is near 0 and its variance large. That
/// prior ties periods together a little and the slope takes them as independent, so its z is for ranking.
/// Memory grows with vocabulary × periods.
///
/// - Parameters:
///   - periods: two or more, in order, counted alike.
///   - prior: usually informative, with all periods as the background.
///   - terms: those to follow; nil for all.
/// - Throws: `WordsRefusal`: `outOfRange` naming `periods`, or as `logOdds(of:against:prior:)`.
public func termTrends(
    over periods: [PeriodCounts], prior: DirichletPrior, of terms: Set<String>? = nil
) throws(WordsRefusal) -> [TermTrend] {
    guard periods.count > 1 else {
        throw .outOfRange(
            OutOfRange(input: "periods", value: Double(periods.count), allowed: "2 or more"))
    }
    let counting = periods[0].advocates.counting
    var vocabulary = Set<String>()
    for period in periods {
        guard period.advocates.counting == counting, period.others.counting == counting else {
            throw .countedDifferently
        }
        vocabulary.formUnion(period.advocates.counts.keys)
        vocabulary.formUnion(period.others.counts.keys)
    }
    let weights = try PriorWeights(prior, over: vocabulary, counting: counting)
    var series: [String: [TermDifference]] = [:]
    for period in periods {
        for difference in LogOdds(period.advocates, period.others, weights, leftOut: []).terms
        where terms?.contains(difference.term) ?? true {
            series[difference.term, default: []].append(difference)
        }
    }
    return series.map { TermTrend(term: $0, periods: $1) }
        .sorted { ($0.slopeZ, $0.term) < ($1.slopeZ, $1.term) }
}

extension TermTrend {
    /// Weighted least squares of δ on the number of the period.
    fileprivate init(term: String, periods: [TermDifference]) {
        var weight = 0.0
        var (meanTime, meanDelta) = (0.0, 0.0)
        for (time, period) in periods.enumerated() {
            weight += 1 / period.variance
            meanTime += (Double(time) - meanTime) / (period.variance * weight)
            meanDelta += (period.delta - meanDelta) / (period.variance * weight)
        }
        var (spread, product) = (0.0, 0.0)
        for (time, period) in periods.enumerated() {
            let offset = Double(time) - meanTime
            spread += offset * offset / period.variance
            product += offset * (period.delta - meanDelta) / period.variance
        }
        self.term = term
        self.periods = periods
        slope = product / spread
        slopeZ = product / sqrt(spread)
    }
}
