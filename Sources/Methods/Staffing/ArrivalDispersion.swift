/// How much more the calls of one interval vary from day to day than chance alone would have them.
///
/// Poisson arrivals have a variance equal to their mean. Real ones have more: days differ. A flow whose
/// rate is itself gamma-distributed with shape k has variance = mean + mean²/k, so the ratio variance/mean
/// grows with the volume while k stays: carry `shape`, not `ratio`, to another interval length.
///
/// The days include everything that makes them differ, weekdays and seasons too. What a forecast already
/// knows should be taken out first; otherwise the spread overstates what is uncertain.
public struct ArrivalDispersion: Sendable, Equatable {
    /// How many days were counted.
    public let days: Int
    /// Calls a day in this interval.
    public let mean: Double
    /// The sample variance, divided by days − 1.
    public let variance: Double
    /// The index of dispersion, variance/mean: 1 for Poisson arrivals.
    public let ratio: Double
    /// How likely chance alone gives Poisson arrivals at least this ratio, 0…1 (χ² with days − 1 degrees).
    public let pValue: Double
    /// The shape k of the gamma-distributed rate, by moments: mean²/(variance − mean); nil at a ratio of 1
    /// or less, where the Poisson distribution will do.
    public let shape: Double?

    /// - Parameter counts: calls in the same interval of different days, each from 0 to 10⁹, in any order; at
    ///   least two days and one call.
    /// - Throws: `OutOfRange` naming `counts.count`, a count, or the sum of counts.
    public init(counts: [Int]) throws(OutOfRange) {
        try OutOfRange.check(count: counts.count, "counts.count", in: 2...1_000_000_000)
        var total = 0.0
        for count in counts {
            try OutOfRange.check(count: count, "a count", in: 0...1_000_000_000)
            total += Double(count)
        }
        try OutOfRange.check(total, "the sum of counts", in: 1...1e18)
        let centre = total / Double(counts.count)
        days = counts.count
        mean = centre
        let squares = counts.reduce(0.0) { $0 + (Double($1) - centre) * (Double($1) - centre) }
        variance = squares / Double(counts.count - 1)
        ratio = variance / centre
        pValue = try chiSquareTails(at: squares / centre, degrees: counts.count - 1).above
        shape = variance > centre ? centre * centre / (variance - centre) : nil
    }

    /// The forecast these days make for a day like them.
    public var forecast: CallForecast { CallForecast(checked: mean, shape: shape) }
}
