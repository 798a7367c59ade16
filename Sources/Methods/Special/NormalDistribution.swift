/// The standard normal distribution, mean 0 and standard deviation 1.
///
/// Accuracy: tails (through erfc) to 2·10⁻¹⁴ relative within ten deviations and 10⁻¹² within thirty-five,
/// quantiles to 10⁻¹² relative.
public enum NormalDistribution {
    /// The chance of lying below and above `z` standard deviations; infinities are allowed.
    ///
    /// - Throws: `OutOfRange` naming `z` when it is NaN.
    public static func tails(at z: Double) throws(OutOfRange) -> Tails {
        guard !z.isNaN else { throw OutOfRange(input: "z", value: z, allowed: "a number") }
        return Tails(below: 0.5 * erfc(-z / 2.0.squareRoot()), above: 0.5 * erfc(z / 2.0.squareRoot()))
    }

    /// P(|Z| ≥ |z|): the two-sided p-value of a z statistic.
    ///
    /// - Throws: `OutOfRange` naming `z` when it is NaN.
    public static func twoSided(_ z: Double) throws(OutOfRange) -> Double {
        guard !z.isNaN else { throw OutOfRange(input: "z", value: z, allowed: "a number") }
        return erfc(abs(z) / 2.0.squareRoot())
    }

    /// The z below which the given probability lies: `quantile(0.975)` is 1.959963984540054.
    ///
    /// Newton’s method on ln of the tail, from a rational start, always on the smaller tail, so 10⁻³⁰⁰ works as well as 1/2.
    ///
    /// - Throws: `OutOfRange` naming `probability` unless it is above 0 and below 1.
    public static func quantile(_ probability: Double) throws(OutOfRange) -> Double {
        guard probability > 0, probability < 1 else {
            throw OutOfRange(input: "probability", value: probability, allowed: "above 0 and below 1")
        }
        return probability < 0.5 ? -deviate(above: probability) : deviate(above: 1 - probability)
    }

    /// The z of a two-sided interval that holds `confidence` of the distribution: 0.95 gives 1.95996….
    ///
    /// - Throws: `OutOfRange` naming `confidence` unless it is above 0 and below 1.
    public static func deviate(confidence: Double) throws(OutOfRange) -> Double {
        guard confidence > 0, confidence < 1 else {
            throw OutOfRange(input: "confidence", value: confidence, allowed: "above 0 and below 1")
        }
        return deviate(above: (1 - confidence) / 2)
    }

    /// The z ≥ 0 above which `mass` ≤ 1/2 lies.
    private static func deviate(above mass: Double) -> Double {
        guard mass < 0.5 else { return 0 }
        let depth = sqrt(-2 * log(mass))
        var z = depth - (2.30753 + 0.27061 * depth) / (1 + depth * (0.99229 + 0.04481 * depth))
        for _ in 0..<20 {
            let above = 0.5 * erfc(z / 2.0.squareRoot())
            let density = exp(-z * z / 2) / sqrt(2 * Double.pi)
            let step = log(above / mass) * above / density
            z += step
            if abs(step) < 1e-15 * max(z, 1) { break }
        }
        return z
    }
}

/// The chance that a χ² variable with `degrees` degrees of freedom lies below and above `x`.
///
/// χ²/2 is gamma with shape degrees/2; accuracy as `GammaDistribution`.
///
/// - Throws: `OutOfRange` naming `degrees` (1 to 10⁹) or `x` (0 or more).
public func chiSquareTails(at x: Double, degrees: Int) throws(OutOfRange) -> Tails {
    guard (1...1_000_000_000).contains(degrees) else {
        throw OutOfRange(input: "degrees", value: Double(degrees), allowed: "from 1 to 1000000000")
    }
    try OutOfRange.check(x, "x", in: 0...Double.infinity)
    return try GammaDistribution(shape: Double(degrees) / 2).tails(at: x / 2)
}
