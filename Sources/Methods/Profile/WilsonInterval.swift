/// A share with the range it credibly lies in, trustworthy for small counts and near 0 and 1.
///
/// Wilson's score interval: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n).
/// Source: E. B. Wilson, 1927, Journal of the American Statistical Association 22, 209–212.
public struct WilsonInterval: Sendable, Equatable {
    /// The share observed, 0…1.
    public let share: Double
    /// The ends of the range, 0 ≤ lower ≤ share ≤ upper ≤ 1.
    public let lower, upper: Double

    /// From the lower to the upper end.
    public var range: ClosedRange<Double> { lower...upper }
}

/// The Wilson interval of `successes` out of `total`.
///
/// - Parameters:
///   - successes: 0 or more, at most `total`.
///   - total: 1 or more; a share of nothing is undefined.
///   - z: standard normal deviates either side, 0 to 40; 1.96 (the default, in full) covers 95 %.
/// - Throws: `OutOfRange` naming `total`, `successes` or `z`.
public func wilson(
    successes: Int, of total: Int, z: Double = 1.959_963_984_540_054
) throws(OutOfRange) -> WilsonInterval {
    try OutOfRange.check(count: total, "total", from: 1)
    try OutOfRange.check(count: successes, "successes")
    guard successes <= total else {
        throw OutOfRange(input: "successes", value: Double(successes), allowed: "at most total (\(total))")
    }
    try OutOfRange.check(z, "z", in: 0...40)
    let count = Double(total)
    let share = Double(successes) / count
    let centre = share + z * z / (2 * count)
    let reach = z * (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
    let scale = 1 + z * z / count
    let lower = successes == 0 ? 0 : max(0, (centre - reach) / scale)
    let upper = successes == total ? 1 : min(1, (centre + reach) / scale)
    return WilsonInterval(share: share, lower: min(lower, share), upper: max(upper, share))
}
