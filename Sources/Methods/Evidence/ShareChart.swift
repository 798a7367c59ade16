/// How many of the day's did: reopened of solved, unreasonable of closed.
public struct DayShare: Sendable, Hashable {
    /// The day's number, as in `DayCount`.
    public let day: Int
    /// How many did, of how many who could have.
    public let count: ShareCount

    /// Takes any day; what uses it checks it.
    public init(day: Int, _ count: ShareCount) {
        self.day = day
        self.count = count
    }
}

/// A p-chart: what a day's share should look like, judged by the days before.
///
/// p ± k √(φ p (1 − p)/n), inside 0…1, with p the share of all days or of the same weekday and φ the
/// dispersion. A normal approximation: trust it where n p and n (1 − p) are about ten or more.
///
/// Sources: as `CountChart`; the p-chart with dispersion is D. B. Laney's p′-chart in spirit, with φ by
/// Pearson's χ² rather than from moving ranges.
public struct ShareChart: Sendable, Equatable {
    /// Which days a day is compared with.
    public let season: Season
    /// Estimated from the history, whatever the chart then uses.
    public let dispersion: Dispersion
    /// The φ in the limits, 1 or more unless it was given.
    public let factor: Double
    private let centres: SeasonalCentres

    /// - Parameters:
    ///   - history: days to judge by, in any order; days of nothing are passed over.
    ///   - season: whether a day is compared with every day or with the same weekday.
    ///   - dispersion: the φ to use instead of the estimate, 10⁻⁶ to 10⁶; 1 gives the textbook chart.
    /// - Throws: `OutOfRange` naming `history` when it holds nothing, `history.day` when a day comes twice,
    ///   or `dispersion`.
    public init(
        history: [DayShare], season: Season = .level, dispersion: Double? = nil
    ) throws(OutOfRange) {
        guard history.contains(where: { $0.count.total > 0 }) else {
            throw OutOfRange(input: "history", value: 0, allowed: "1 day with something to count, or more")
        }
        try OutOfRange.check(days: history.map(\.day), "history")
        if let dispersion { try OutOfRange.check(dispersion, "dispersion", in: 1e-6...1e6) }
        let points = history.sorted { $0.day < $1.day }.map { day in
            SeasonalCentres.Point(
                day: day.day, found: Double(day.count.successes), size: Double(day.count.total))
        }
        centres = SeasonalCentres(points, season) { centre, size in centre * (1 - centre) * size }
        self.season = season
        self.dispersion = centres.dispersion
        factor = dispersion ?? centres.dispersion.factor
    }

    /// The limits for the share of `total` on a day; nil when the history has no such weekday.
    ///
    /// - Throws: `OutOfRange` naming `total` (1 to 10¹²) or `sigmas` (0 to 40).
    public func limits(
        on day: Int, total: Int, sigmas: Double = 3
    ) throws(OutOfRange) -> ControlLimits? {
        try OutOfRange.check(count: total, "total", from: 1)
        try OutOfRange.check(sigmas, "sigmas", in: 0...40)
        guard let centre = centres.centre(on: day, season) else { return nil }
        let reach = sigmas * (factor * centre * (1 - centre) / Double(total)).squareRoot()
        return ControlLimits(
            lower: max(0, centre - reach), centre: centre, upper: min(1, centre + reach))
    }
}
