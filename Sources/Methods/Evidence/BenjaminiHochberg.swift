/// P-values made comparable when many questions are asked at once: keep those at or under q, and at most
/// a share q of what is kept is expected to be false.
///
/// The Benjamini–Hochberg step-up: with the p-values in order, the adjusted one of rank i is the least of
/// p₍ⱼ₎ m/j over j ≥ i. Equal p-values stay equal. Holds for independent and positively dependent tests.
///
/// Source: Y. Benjamini & Y. Hochberg, 1995, *Journal of the Royal Statistical Society B* 57, 289–300.
///
/// - Parameter pValues: each 0…1.
/// - Returns: as many, in the order of the input, each 0…1 and no smaller than it was.
/// - Throws: `OutOfRange` naming `pValues` when one is outside 0…1 or NaN: a test without an answer is no
///   test, see `benjaminiHochberg(skippingNil:)`.
public func benjaminiHochberg(_ pValues: [Double]) throws(OutOfRange) -> [Double] {
    for value in pValues { try OutOfRange.check(value, "pValues", in: 0...1) }
    let order = pValues.indices.sorted { pValues[$0] > pValues[$1] }
    var adjusted = pValues
    var least = 1.0
    for (position, index) in order.enumerated() {
        let rank = pValues.count - position
        // m/j is 1 or more, but its product with p may round below p.
        let scaled = max(pValues[index], pValues[index] * (Double(pValues.count) / Double(rank)))
        least = min(least, scaled)
        adjusted[index] = least
    }
    return adjusted
}

/// The same where some questions could not be answered: nil stays nil and does not count as a question.
///
/// - Throws: `OutOfRange` naming `pValues` when one is outside 0…1 or NaN.
public func benjaminiHochberg(skippingNil pValues: [Double?]) throws(OutOfRange) -> [Double?] {
    var adjusted = try benjaminiHochberg(pValues.compactMap(\.self)).makeIterator()
    return pValues.map { $0 == nil ? nil : adjusted.next() }
}
