/// How many answers it takes for a score to be known to within a margin.
///
/// n = z² variance / (margin/100)² − 3, rounded up: the adjusted Wald interval solved for n. Of a finite
/// population of N people fewer are enough: n N / (N − 1 + n). These are answers, so divide by the response
/// rate for how many to ask.
///
/// - Parameters:
///   - margin: half the width of the interval in points, 0.001 to 100.
///   - variance: of one answer, 0…1: 1 is the worst case (half promoters, half detractors), 0.5 to 0.7 is
///     usual.
///   - confidence: above 0 and below 1.
///   - population: how many people could answer, if that is known and finite, 1 to 10¹².
/// - Returns: 1 or more.
/// - Throws: `OutOfRange` naming the input.
public func answersNeeded(
    margin: Double, variance: Double = 1, confidence: Double = 0.95, population: Int? = nil
) throws(OutOfRange) -> Int {
    try OutOfRange.check(margin, "margin", in: 0.001...100)
    try OutOfRange.check(variance, "variance", in: 0...1)
    let deviate = try NormalDistribution.deviate(confidence: confidence) * 100 / margin
    var answers = deviate * deviate * variance - 3
    if let population {
        try OutOfRange.check(count: population, "population", from: 1)
        let everyone = Double(population)
        answers = max(0, answers)
        answers = answers > 0 ? answers * everyone / (everyone - 1 + answers) : 0
    }
    // A whole number that rounding lifted by a hair is meant as that number.
    return max(1, Int((answers * (1 - 1e-12)).rounded(.up)))
}
