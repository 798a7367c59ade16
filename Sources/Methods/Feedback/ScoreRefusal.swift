/// Why answers do not make a score.
public enum ScoreRefusal: Error, Equatable {
    /// An input that has no meaning, by name.
    case outOfRange(OutOfRange)
    /// A score that the stated scale does not have.
    case offScale(score: Int, scale: ClosedRange<Int>)
    /// The answers were given on another scale than this measure is defined on.
    case wrongScale(ClosedRange<Int>, wanted: ClosedRange<Int>)
    /// NPS is defined on 0 to 10; answers on this scale need a `PromoterMapping` chosen in the open.
    case needsMapping(ClosedRange<Int>)
    /// The mapping that was chosen makes no sense on this scale.
    case mappingDoesNotFit(ClosedRange<Int>)
    /// Nobody answered. Zero and unknown differ.
    case noAnswers
    /// A level holds people and none of them answered: merge it with a neighbour before weighting.
    case levelWithoutAnswers(String)
}
