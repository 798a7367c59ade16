/// Tricomi's confluent hypergeometric function U(a, b, z) = 1/Γ(a) ∫₀^∞ e^(−zt) t^(a−1) (1 + t)^(b−a−1) dt.
///
/// Summed as it is defined, over y = ln t, outwards from the peak: there the integrand is analytic in a strip
/// and the trapezoidal rule is exact to rounding. Kummer's U(a, b, z) = z^(1−b) U(a−b+1, 2−b, z) first takes
/// the larger first parameter, whose left tail is the shorter.
///
/// - Parameters:
///   - a: from 0.01 to 2,000, no unit.
///   - b: from −2,000 to 2,000.
///   - z: from 10⁻⁹ to 10⁹.
/// - Returns: relative error below 10⁻¹¹, tested against 40-digit references.
/// - Throws: `OutOfRange` naming `a`, `b` or `z`, or `value` where the result over- or underflows.
///
/// Source: DLMF 13.4.4, 13.2.40.
public func tricomi(_ a: Double, _ b: Double, at z: Double) throws(OutOfRange) -> Double {
    let value = exp(try logTricomi(a, b, at: z))
    guard value.isNormal else {
        throw OutOfRange(input: "value", value: value, allowed: "a normal number; ask for its logarithm")
    }
    return value
}

/// ln U(a, b, z); see `tricomi(_:_:at:)`.
///
/// - Returns: error below 10⁻¹¹ × max(1, |ln U|).
/// - Throws: `OutOfRange` naming `a`, `b` or `z`.
public func logTricomi(_ a: Double, _ b: Double, at z: Double) throws(OutOfRange) -> Double {
    try OutOfRange.check(a, "a", in: 0.01...2000)
    try OutOfRange.check(b, "b", in: -2000...2000)
    try OutOfRange.check(z, "z", in: 1e-9...1e9)
    return logTricomi(checked: a, b, at: z)
}

/// The same for callers inside the module whose parameters are known to be in range.
func logTricomi(checked a: Double, _ b: Double, at z: Double) -> Double {
    guard a - b + 1 > a else { return TricomiIntegrand(a: a, b: b, z: z).logIntegral - logGamma(checked: a) }
    let turned = TricomiIntegrand(a: a - b + 1, b: 2 - b, z: z)
    return turned.logIntegral - logGamma(checked: a - b + 1) + (1 - b) * log(z)
}

/// e^(−zt) tᵃ (1 + t)^(b−a−1) as a function of y = ln t.
private struct TricomiIntegrand {
    let a, b, z: Double

    func logHeight(at y: Double) -> Double {
        let softplus = y > 0 ? y + log1p(exp(-y)) : log1p(exp(y))
        return a * y - z * exp(y) + (b - a - 1) * softplus
    }

    /// Where the slope a − z t + (b − a − 1) t/(1 + t) is zero: z t² − (b − 1 − z) t − a = 0.
    private var peak: Double {
        let middle = b - 1 - z
        let root = sqrt(middle * middle + 4 * a * z)
        return log(middle > 0 ? (middle + root) / (2 * z) : 2 * a / (root - middle))
    }

    /// Steps fit the narrowest bend of the integrand; both directions stop where it is e⁻⁴² of its peak.
    var logIntegral: Double {
        let peak = peak
        let t = exp(peak)
        let bend = z * t - (b - a - 1) * t / ((1 + t) * (1 + t))
        let step = min(0.25, 0.55 / sqrt(max(bend, 1e-3)))
        let top = logHeight(at: peak)
        var sum = 1.0
        for direction in [-step, step] {
            for index in 1..<100_000 {
                let height = logHeight(at: peak + Double(index) * direction) - top
                sum += exp(height)
                if height < -42 { break }
            }
        }
        return top + log(sum * step)
    }
}
