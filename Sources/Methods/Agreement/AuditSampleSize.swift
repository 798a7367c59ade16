/// How many cases a random audit must read to know a share of defects to within a margin.
///
/// n₀ = z² p(1 − p) / e², and among N cases n = n₀ / (1 + (n₀ − 1)/N), rounded up: 139 for ±5 points at
/// p = 0.1, but 122 of 1,000. The normal approximation: with p·n under about 5, trust the Wilson interval of
/// the result, not this plan.
/// Source: W. G. Cochran, Sampling Techniques, 3rd edition 1977, section 4.4.
///
/// - Parameters:
///   - margin: half the width of the interval wanted, e, from 10⁻⁵ to 1.
///   - share: the share of defects expected, p, 0…1; 0.5 is the safest guess.
///   - population: how many cases there are, N, 1 or more; nil for many more than will be read.
///   - confidence: above 0 and below 1.
/// - Returns: from 1 to N.
/// - Throws: `OutOfRange` naming the parameter.
public func auditSampleSize(
    margin: Double, share: Double = 0.5, population: Int? = nil, confidence: Double = 0.95
) throws(OutOfRange) -> Int {
    try OutOfRange.check(margin, "margin", in: 1e-5...1)
    try OutOfRange.check(share, "share", in: 0...1)
    let deviate = try NormalDistribution.deviate(confidence: confidence)
    let unlimited = deviate * deviate * share * (1 - share) / (margin * margin)
    guard let population else { return wholeCases(unlimited) }
    try OutOfRange.check(count: population, "population", from: 1)
    return min(population, wholeCases(unlimited / (1 + (unlimited - 1) / Double(population))))
}

/// Rounded up to a case, but not for the sake of rounding errors; at least 1.
private func wholeCases(_ cases: Double) -> Int { max(1, Int((cases * (1 - 1e-12)).rounded(.up))) }

/// How high the share of defects may still be when every case read was clean.
public struct ZeroDefectBound: Sendable, Equatable {
    /// 1 − (1 − confidence)^(1/n): exact for a random sample from very many cases, above 0, below 1.
    public let exact: Double
    /// The rule of three: 3/n at 95 % (−ln(1 − confidence)/n, rounded to 3 there), never above 1. For the
    /// head; a little high for small n.
    public let ruleOfThree: Double
}

/// What `clean` audited cases without a defect still allow: six of six clean allow 39 % (one-sided 95 %).
///
/// Source: J. A. Hanley, A. Lippman-Hand, 1983, Journal of the American Medical Association 249, 1743–1745.
///
/// - Parameters:
///   - clean: how many cases were read, all without defect; 1 or more.
///   - confidence: one-sided, above 0 and below 1.
/// - Throws: `OutOfRange` naming `clean` or `confidence`.
public func zeroDefectBound(clean: Int, confidence: Double = 0.95) throws(OutOfRange) -> ZeroDefectBound {
    try OutOfRange.check(count: clean, "clean", from: 1)
    guard confidence > 0, confidence < 1 else {
        throw OutOfRange(input: "confidence", value: confidence, allowed: "above 0 and below 1")
    }
    let depth = -log1p(-confidence)
    let rule = confidence == 0.95 ? 3 : depth
    return ZeroDefectBound(
        exact: -expm1(-depth / Double(clean)), ruleOfThree: min(1, rule / Double(clean)))
}
