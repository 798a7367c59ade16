/// Why a shape cannot be asked for: the input at fault, such as `levels.first` or `rule.label`.
public typealias ShapeError = OutOfRange

/// A profile's shape with everything a report needs to show how it came about.
public struct ShapeResult: Sendable, Equatable {
    /// The name of the shape, or why it has none.
    public let verdict: ShapeVerdict
    /// Remarks beside a named or leaning shape; always empty otherwise.
    public let qualifiers: [Qualifier]
    /// Computed for every profile, also where the verdict withholds the shape.
    public let probabilities: ShapeProbabilities
    /// What it was judged by.
    public let rule: ShapeRule
    /// The counts it was judged from.
    public let levels: Levels
}

/// Names the shape of a customer profile, or says why it cannot.
///
/// Refusals come first, in this order: too little data, history starts here, advocacy not measured. Then
/// the most probable shape is named (`rule.label`), leant to (`rule.leaning`) or left undecided.
/// Qualifiers, each from `rule.qualifier` on, with λ the rates of `shapeProbabilities`:
///
/// - pyramid: broad-middle if P(λ_M/λ_B > `middleOverBase`) and P(λ_T/λ_M < `topOverMiddle`);
///   narrow-middle if P(λ_M/λ_B < `middleOverBase`);
/// - hourglass: weak base if P(λ_T > λ_B);  hexagon: severe if P(λ_M > λ_B + λ_T);
/// - any: short for your buying cycle if `windowDays` < `shortWindowFactor` × `medianCycleDays`.
///
/// - Parameters:
///   - levels: counts of people, each from 0 to 10¹².
///   - advocacyMeasured: whether any advocacy act at all is on record in the window.
///   - historyBeginsInside: whether the customers' history begins inside the window.
///   - windowDays: the window's length in days, 1 or more; nil leaves the window unjudged.
///   - medianCycleDays: the median time from first to second transaction in days (`KaplanMeier.median`);
///     nil when the curve does not reach it, which also leaves the window unjudged.
///   - rule: the thresholds; the result carries them, so a report can print what it was judged by.
/// - Throws: `ShapeError` naming the input that is out of range.
///
/// Source: the house proposal (levels as Poisson flows, Jeffreys prior); no published rule exists.
public func shape(
    of levels: Levels, advocacyMeasured: Bool, historyBeginsInside: Bool, windowDays: Int?,
    medianCycleDays: Double?, rule: ShapeRule = ShapeRule()
) throws(ShapeError) -> ShapeResult {
    try levels.validate()
    try rule.validate()
    if let windowDays { try OutOfRange.check(count: windowDays, "windowDays", from: 1) }
    if let medianCycleDays { try OutOfRange.check(medianCycleDays, "medianCycleDays", in: 0...1e9) }

    let probabilities = probabilities(of: levels)
    let verdict =
        refusal(of: levels, advocacyMeasured, historyBeginsInside, rule) ?? verdict(on: probabilities, rule)
    var qualifiers: [Qualifier] = []
    if let shape = verdict.shape {
        qualifiers = remarks(on: shape, of: levels, rule)
        if isShort(windowDays, medianCycleDays, rule) { qualifiers.append(.shortWindow) }
    }
    return ShapeResult(
        verdict: verdict, qualifiers: qualifiers, probabilities: probabilities, rule: rule, levels: levels)
}

/// The first reason to withhold the shape, if there is one.
private func refusal(
    of levels: Levels, _ advocacyMeasured: Bool, _ historyBeginsInside: Bool, _ rule: ShapeRule
) -> ShapeVerdict? {
    if levels.total < rule.minimumTotal { return .tooLittle }
    if historyBeginsInside { return .historyStartsHere }
    if !advocacyMeasured { return .advocacyNotMeasured }
    return nil
}

private func verdict(on probabilities: ShapeProbabilities, _ rule: ShapeRule) -> ShapeVerdict {
    let ranking = probabilities.ranking
    let likeliest = ranking[0]
    if probabilities[likeliest] >= rule.label { return .labelled(likeliest) }
    if probabilities[likeliest] >= rule.leaning { return .leaning(likeliest) }
    return .undecided(likeliest, ranking[1])
}

private func remarks(on shape: Shape, of levels: Levels, _ rule: ShapeRule) -> [Qualifier] {
    let base = Double(levels.first) + 0.5
    let middle = Double(levels.repeating) + 0.5
    let top = Double(levels.advocate) + 0.5
    switch shape {
    case .pyramid:
        let middleToBase = ratioTails(middle, over: base, at: rule.middleOverBase)
        if middleToBase.below >= rule.qualifier { return [.narrowMiddle] }
        guard middleToBase.above >= rule.qualifier else { return [] }
        let topToMiddle = ratioTails(top, over: middle, at: rule.topOverMiddle)
        return topToMiddle.below >= rule.qualifier ? [.broadMiddle] : []
    case .hourglass:
        return ratioTails(top, over: base, at: 1).above >= rule.qualifier ? [.weakBase] : []
    case .hexagon:
        return ratioTails(middle, over: base + top, at: 1).above >= rule.qualifier ? [.severe] : []
    case .inverted:
        return []
    }
}

private func isShort(_ windowDays: Int?, _ medianCycleDays: Double?, _ rule: ShapeRule) -> Bool {
    guard let windowDays, let medianCycleDays else { return false }
    return Double(windowDays) < rule.shortWindowFactor * medianCycleDays
}
