/// What the differences between scores mean.
public enum MeasurementLevel: String, Sendable, CaseIterable {
    /// Names without order: any two differ alike.
    case nominal
    /// Ordered names: a difference counts by the ratings between the two.
    case ordinal
    /// Numbers whose differences mean something: (a − b)² on the ratings' scale.
    case interval
    /// Numbers with a true zero: ((a − b) / (a + b))² on the ratings' scale.
    case ratio
}

/// Krippendorff’s alpha of any number of raters, with missing ratings: 1 − disagreement over chance.
///
/// α = 1 − Do / De over the pairs within cases; a case rated once counts for nothing. Chance is drawn
/// without replacement, so a small sample’s α lies a little above Scott’s pi. Linear in the ratings; `ratio`
/// compares every two distinct scores and takes at most 10,000 of them.
/// Source: K. Krippendorff, Content Analysis, 3rd edition 2013, chapter 12.
///
/// - Returns: at most 1; 0 when raters agree no more than chance.
/// - Throws: `AgreementRefusal`: `nothingRatedTwice`; `chanceAgreementIsCertain` when the pairs hold only
///   one category; `outOfRange` naming `scale` (negative, for `ratio`) or `categories`.
public func krippendorffAlpha(
    of ratings: Ratings, level: MeasurementLevel = .nominal
) throws(AgreementRefusal) -> Double {
    var sums = try Disagreements(ratings, level)
    guard sums.hasPairs else { throw .nothingRatedTwice }
    guard let alpha = sums.alpha(times: ratings.rows.map(\.times)) else { throw .chanceAgreementIsCertain }
    return alpha
}

/// Krippendorff’s alpha with the range it credibly lies in.
public struct AlphaInterval: Sendable, Equatable {
    /// α of the ratings as they are.
    public let alpha: Double
    /// The middle `confidence` of the resampled alphas.
    public let interval: ClosedRange<Double>
    /// How many resamples held one category only, so that α was undefined and they were left out. Many of
    /// them mean that the cases hardly vary, and that the interval says little.
    public let undefined: Int
}

/// Krippendorff’s alpha with a bootstrap interval: cases are drawn anew with replacement, α is taken of each
/// draw, and the interval runs between its quantiles (interpolated linearly).
///
/// The same seed gives the same interval, on every machine. Cost: `replicates` times that of α.
/// Source: A. Zapf, S. Castell, L. Morawietz, A. Karch, 2016, BMC Medical Research Methodology 16, 93.
///
/// - Parameters:
///   - ratings: the cases with their ratings; missing ones are allowed.
///   - level: what differences between scores mean.
///   - replicates: how many draws, 1 to 10⁵; replicates × cases is at most 10⁹.
///   - confidence: above 0 and below 1.
///   - seed: any number; print it beside the interval.
/// - Throws: `AgreementRefusal` as `krippendorffAlpha(of:level:)`, or `outOfRange` naming `replicates` or
///   `confidence`; `chanceAgreementIsCertain` also when α is undefined in every draw.
public func bootstrappedAlpha(
    of ratings: Ratings, level: MeasurementLevel = .nominal, replicates: Int = 2000,
    confidence: Double = 0.95, seed: UInt64
) throws(AgreementRefusal) -> AlphaInterval {
    let alpha = try krippendorffAlpha(of: ratings, level: level)
    let most = min(100_000, 1_000_000_000 / ratings.cases)
    guard replicates >= 1, replicates <= most else {
        throw .outOfRange(
            OutOfRange(input: "replicates", value: Double(replicates), allowed: "from 1 to \(most)"))
    }
    guard confidence > 0, confidence < 1 else {
        throw .outOfRange(
            OutOfRange(input: "confidence", value: confidence, allowed: "above 0 and below 1"))
    }
    var sums = try Disagreements(ratings, level)
    var draw = CaseDraw(ratings, seed: seed)
    var alphas: [Double] = []
    for _ in 0..<replicates {
        draw.again()
        if let alpha = sums.alpha(times: draw.times) { alphas.append(alpha) }
    }
    guard !alphas.isEmpty else { throw .chanceAgreementIsCertain }
    alphas.sort()
    let lower = quantile(of: alphas, at: (1 - confidence) / 2)
    let upper = quantile(of: alphas, at: (1 + confidence) / 2)
    return AlphaInterval(
        alpha: alpha, interval: lower...max(lower, upper), undefined: replicates - alphas.count)
}

/// The value a share of the way up a sorted list, between two neighbours if need be.
private func quantile(of sorted: [Double], at share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = min(Int(place), sorted.count - 1)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
}

/// Draws as many cases as there are, with replacement, again and again into the same memory.
private struct CaseDraw {
    private(set) var times: [Int]
    private let rowOfCase: [Int32]
    private var generator: SeededStream

    init(_ ratings: Ratings, seed: UInt64) {
        times = [Int](repeating: 0, count: ratings.rows.count)
        rowOfCase = ratings.rows.enumerated().flatMap { row, ratings in
            repeatElement(Int32(truncatingIfNeeded: row), count: ratings.times)
        }
        generator = SeededStream(seed: seed)
    }

    mutating func again() {
        for row in times.indices { times[row] = 0 }
        for _ in rowOfCase.indices { times[Int(rowOfCase[generator.index(below: rowOfCase.count)])] += 1 }
    }
}
