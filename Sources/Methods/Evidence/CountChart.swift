/// How many came on one day.
public struct DayCount: Sendable, Hashable {
    /// The day's number in any calendar that counts every day once, such as days since 1970 at the place
    /// of business.
    public let day: Int
    /// How many, 0 to 10¹².
    public let count: Int
    /// What it was counted over, in a unit of the caller's: hours open, customers. Above 0; 1 for whole days.
    public let exposure: Double

    /// Takes any figures; what uses them checks them.
    public init(day: Int, count: Int, exposure: Double = 1) {
        self.day = day
        self.count = count
        self.exposure = exposure
    }

    static func check(_ days: [DayCount], _ input: String) throws(OutOfRange) {
        try OutOfRange.check(days: days.map(\.day), input)
        for day in days {
            try OutOfRange.check(count: day.count, "\(input).count")
            try OutOfRange.check(day.exposure, "\(input).exposure", in: 1e-9...1e12)
        }
    }
}

/// A u-chart: what a day's count should look like, judged by the days before.
///
/// Per unit of exposure: u ± k √(φ u / exposure), u the rate of all days or of the same weekday, φ the
/// dispersion. A normal approximation: with fewer than about ten expected on a day it cries wolf, and where
/// the history counted nothing at all even one is above the limit.
///
/// Sources: W. A. Shewhart, 1931, *Economic Control of Quality of Manufactured Product*; with dispersion
/// D. B. Laney, 2002, *Quality Engineering* 14, 531–537, by whose idea the limits follow the variation
/// seen.
public struct CountChart: Sendable, Equatable {
    /// Which days a day is compared with.
    public let season: Season
    /// Estimated from the history, whatever the chart then uses.
    public let dispersion: Dispersion
    /// The φ in the limits, 1 or more unless it was given.
    public let factor: Double
    private let centres: SeasonalCentres

    /// - Parameters:
    ///   - history: days to judge by, in any order; closed days are best left out.
    ///   - season: whether a day is compared with every day or with the same weekday.
    ///   - dispersion: the φ to use instead of the estimate, 10⁻⁶ to 10⁶; 1 gives the textbook chart.
    /// - Throws: `OutOfRange` naming `history` when it is empty, `history.day` when a day comes twice,
    ///   `history.count`, `history.exposure` (10⁻⁹ to 10¹²) or `dispersion`.
    public init(
        history: [DayCount], season: Season = .weekdays, dispersion: Double? = nil
    ) throws(OutOfRange) {
        guard !history.isEmpty else {
            throw OutOfRange(input: "history", value: 0, allowed: "1 day or more")
        }
        try DayCount.check(history, "history")
        if let dispersion { try OutOfRange.check(dispersion, "dispersion", in: 1e-6...1e6) }
        let points = history.sorted { $0.day < $1.day }.map {
            SeasonalCentres.Point(day: $0.day, found: Double($0.count), size: $0.exposure)
        }
        centres = SeasonalCentres(points, season) { centre, size in centre * size }
        self.season = season
        self.dispersion = centres.dispersion
        factor = dispersion ?? centres.dispersion.factor
    }

    /// The limits for a day, per unit of exposure; nil when the history has no such weekday.
    ///
    /// - Throws: `OutOfRange` naming `exposure` (10⁻⁹ to 10¹²) or `sigmas` (0 to 40).
    public func limits(
        on day: Int, exposure: Double = 1, sigmas: Double = 3
    ) throws(OutOfRange) -> ControlLimits? {
        try OutOfRange.check(exposure, "exposure", in: 1e-9...1e12)
        try OutOfRange.check(sigmas, "sigmas", in: 0...40)
        guard let centre = centres.centre(on: day, season) else { return nil }
        let reach = sigmas * (factor * centre / exposure).squareRoot()
        return ControlLimits(lower: max(0, centre - reach), centre: centre, upper: centre + reach)
    }

    /// Stretches of days above the limit, one after the other: by default five or more above three sigma.
    ///
    /// Days that are not given, such as closed ones, do not end a stretch; a day without limits does.
    ///
    /// - Parameters:
    ///   - days: in any order.
    ///   - sigmas: how far above the centre line the limit lies, 0 to 40.
    ///   - least: how many days make a surge, 1 or more.
    /// - Throws: `OutOfRange` naming `days` (as for the history), `sigmas` or `least` (1 or more).
    public func surges(
        in days: [DayCount], sigmas: Double = 3, atLeast least: Int = 5
    ) throws(OutOfRange) -> [Surge] {
        try DayCount.check(days, "days")
        try OutOfRange.check(sigmas, "sigmas", in: 0...40)
        try OutOfRange.check(count: least, "least", from: 1)
        let ordered = days.sorted { $0.day < $1.day }
        var isAbove: [Bool] = []
        var excess: [Double] = []
        for day in ordered {
            let limits = try limits(on: day.day, exposure: day.exposure, sigmas: sigmas)
            let rate = Double(day.count) / day.exposure
            isAbove.append(limits?.isExceeded(by: rate) ?? false)
            excess.append(Double(day.count) - (limits?.centre ?? 0) * day.exposure)
        }
        return runs(of: isAbove, atLeast: least).map { run in
            Surge(
                firstDay: ordered[run.lowerBound].day, lastDay: ordered[run.upperBound - 1].day,
                days: run.count, excess: excess[run].reduce(0, +))
        }
    }
}

/// A stretch of days on which more came than chance and habit explain.
public struct Surge: Sendable, Hashable {
    /// The numbers of the first and the last day above the limit.
    public let firstDay, lastDay: Int
    /// How many days were counted in it.
    public let days: Int
    /// How many more came than the centre line expects, over all of them.
    public let excess: Double
}

/// The stretches of `true` of at least a given length, in order; a longer one is reported once.
///
/// - Throws: nothing; a `least` under 1 counts as 1.
public func runs(of flags: [Bool], atLeast least: Int) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    for index in 0...flags.count where index == flags.count || !flags[index] {
        if index - start >= max(1, least) { found.append(start..<index) }
        start = index + 1
    }
    return found
}
