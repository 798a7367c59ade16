/// The band in which a day's figure stays as long as nothing has changed.
public struct ControlLimits: Sendable, Equatable {
    /// Centre less and plus so many sigmas, cut off where the figure itself ends (0, or 0 and 1).
    public let lower, centre, upper: Double

    /// Strictly above the upper limit.
    public func isExceeded(by value: Double) -> Bool { value > upper }
}

/// Which days of the history a day is compared with.
public enum Season: Sendable, Hashable {
    /// With every day.
    case level
    /// With the same weekday: days whose numbers differ by a multiple of seven.
    case weekdays

    var period: Int { self == .level ? 1 : 7 }

    /// The place of a day in the season, also for days before day 0.
    func place(of day: Int) -> Int {
        let rest = day % period
        return rest < 0 ? rest + period : rest
    }
}

/// How much more the history varies than pure chance would have it.
///
/// Pearson's χ² over its degrees of freedom: Σ (found − expected)² / variance by chance, divided by the
/// days that say something less one for each centre that was fitted. 1 is pure chance; contacts in
/// a business are often at 3 to 4, and limits drawn without it cry wolf. It is estimated from the same
/// history, so a past surge in the history widens the limits: leave it out.
public struct Dispersion: Sendable, Equatable {
    /// The estimate, 0 or more; nil without a single degree of freedom.
    public let estimate: Double?
    /// How many figures the estimate rests on. Under about 20 it is rough.
    public let degrees: Int

    /// The factor limits use: the estimate, but never less than 1.
    public var factor: Double { max(1, estimate ?? 1) }
}

/// One figure per place in the season, and the dispersion around them.
struct SeasonalCentres: Sendable, Equatable {
    /// Found over size; nil where the history has no such day.
    let centres: [Double?]
    let dispersion: Dispersion

    struct Point {
        let day: Int
        let found, size: Double
    }

    /// - Parameter chance: the variance by chance of a found figure, from its centre and size.
    init(_ points: [Point], _ season: Season, chance: (_ centre: Double, _ size: Double) -> Double) {
        var found = [Double](repeating: 0, count: season.period)
        var size = found
        for point in points {
            found[season.place(of: point.day)] += point.found
            size[season.place(of: point.day)] += point.size
        }
        let centres = zip(found, size).map { found, size in size > 0 ? found / size : nil }
        var chiSquare = 0.0
        var telling = [Int](repeating: 0, count: season.period)
        for point in points where point.size > 0 {
            let place = season.place(of: point.day)
            guard let centre = centres[place] else { continue }
            let variance = chance(centre, point.size)
            guard variance > 0 else { continue }
            let excess = point.found - centre * point.size
            chiSquare += excess * excess / variance
            telling[place] += 1
        }
        let degrees = telling.reduce(0) { $0 + max(0, $1 - 1) }
        self.centres = centres
        dispersion = Dispersion(estimate: degrees > 0 ? chiSquare / Double(degrees) : nil, degrees: degrees)
    }

    func centre(on day: Int, _ season: Season) -> Double? { centres[season.place(of: day)] }
}

extension OutOfRange {
    /// Passes days that are numbers within ±10¹² and come once each.
    static func check(days: [Int], _ input: String) throws(OutOfRange) {
        var seen = Set<Int>(minimumCapacity: days.count)
        for day in days {
            guard abs(max(day, -Int.max)) <= largestCount else {
                throw OutOfRange(
                    input: "\(input).day", value: Double(day), allowed: "within ±\(largestCount)")
            }
            guard seen.insert(day).inserted else {
                throw OutOfRange(input: "\(input).day", value: Double(day), allowed: "given once")
            }
        }
    }
}
