/// The natural logarithm of the beta function, ln B(α, β) = ln Γ(α) + ln Γ(β) − ln Γ(α + β).
///
/// The three logarithms are never formed: with p the smaller and q the larger parameter,
/// ln B = (p − 1/2) ln(p/(p+q)) + q ln(q/(p+q)) − 1/2 ln q + 1/2 ln 2π + the Stirling corrections, so nothing
/// is lost where one parameter is millions of times the other.
///
/// - Parameters:
///   - alpha: from 10⁻⁶ to 10¹⁵, no unit.
///   - beta: the same.
/// - Returns: error below 2 × 10⁻¹⁴ × max(1, |ln B|).
/// - Throws: `OutOfRange` naming `alpha` or `beta`.
///
/// Source: DLMF 5.12.1 with 5.11.1.
public func logBeta(_ alpha: Double, _ beta: Double) throws(OutOfRange) -> Double {
    try OutOfRange.check(alpha, "alpha", in: GammaDistribution.shapes)
    try OutOfRange.check(beta, "beta", in: GammaDistribution.shapes)
    return logBeta(checked: alpha, beta)
}

/// The same for callers inside the module whose parameters are known to be above zero.
func logBeta(checked alpha: Double, _ beta: Double) -> Double {
    let (smaller, larger) = (min(alpha, beta), max(alpha, beta))
    let share = log(smaller / (smaller + larger))
    let rest = -log1p(smaller / larger)
    let corrections =
        stirlingCorrection(smaller) + stirlingCorrection(larger) - stirlingCorrection(smaller + larger)
    return (smaller - 0.5) * share + larger * rest - 0.5 * log(larger) + 0.5 * log(2 * Double.pi)
        + corrections
}

/// ln Γ(x) for callers inside the module whose x is known to be above zero.
func logGamma(checked x: Double) -> Double {
    (x - 0.5) * log(x) - x + 0.5 * log(2 * Double.pi) + stirlingCorrection(x)
}
