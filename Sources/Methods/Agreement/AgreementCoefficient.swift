/// How far any number of raters agree beyond chance: 1 always, 0 no more than chance, below 0 less.
///
/// value = (observed − expected) / (1 − expected). The standard error lets the cases, not the raters, be
/// the sample: it is the linearised one of Gwet, and the interval uses Student's t with cases − 1 degrees
/// of freedom, as the R and Python packages irrCAC do.
/// Sources: K. L. Gwet, 2008, British Journal of Mathematical and Statistical Psychology 61, 29–48;
/// Handbook of Inter-Rater Reliability, 4th edition 2014.
public struct AgreementCoefficient: Sendable, Equatable {
    /// The (weighted) share of agreement among pairs of raters, 0…1, and what chance would give.
    public let observed, expected: Double
    /// At most 1.
    public let value: Double
    /// The standard error over cases; nil with fewer than two cases.
    public let standardError: Double?
    /// The upper end is at most 1; nil with fewer than two cases.
    public let interval: ClosedRange<Double>?
    /// The value over its standard error if raters agreed by chance only. For Fleiss' kappa when every case
    /// has equally many ratings; nil otherwise.
    public let z: Double?

    /// Landis and Koch’s word for the value.
    public var band: AgreementBand { AgreementBand(checked: value) }
}

/// Gwet’s AC1 (identity weights) or AC2 (weighted): agreement beyond chance that does not collapse when
/// nearly every case is in one category.
///
/// pe = Σw / (k(k − 1)) · Σ π(1 − π), with π the mean share of each category. k counts every category on
/// the form, chosen or not: leaving out an unused one changes the figure.
/// Linear in the ratings; with weights, in k² and each case's distinct ratings squared.
///
/// - Parameters:
///   - ratings: at least one case rated twice; missing ratings allowed.
///   - weights: for weights other than `identity` at most 1000 categories.
///   - confidence: of the interval, above 0 and below 1.
/// - Throws: `AgreementRefusal`: `oneCategory`, `nothingRatedTwice`, `chanceAgreementIsCertain` (only when
///   every own weight is 1), `unevenRow` or `outOfRange` naming weights, `categories` or `confidence`.
public func gwetAC(
    of ratings: Ratings, weights: AgreementWeights = .identity, confidence: Double = 0.95
) throws(AgreementRefusal) -> AgreementCoefficient {
    let categories = ratings.categories
    guard categories > 1 else { throw .oneCategory }
    if weights != .identity { try AgreementTable.check(categories: categories) }
    try weights.check(for: categories)
    let spread = weights.total(for: categories) / (Double(categories) * Double(categories - 1))
    return try ChanceCorrection(ratings, weights).coefficient(confidence: confidence) { shares in
        shares.map { spread * (1 - $0) }
    }
}

/// Prevalence- and bias-adjusted kappa: chance is taken to spread evenly over the k categories.
///
/// (k·po − 1) / (k − 1); with two categories 2·po − 1. Also known as Bennett’s S and Brennan–Prediger.
/// Source: T. Byrt, J. Bishop, J. B. Carlin, 1993, Journal of Clinical Epidemiology 46, 423–429.
///
/// - Throws: `AgreementRefusal`: `oneCategory`, `nothingRatedTwice`, or `outOfRange` naming `confidence`.
public func pabak(
    of ratings: Ratings, confidence: Double = 0.95
) throws(AgreementRefusal) -> AgreementCoefficient {
    guard ratings.categories > 1 else { throw .oneCategory }
    let even = 1 / Double(ratings.categories)
    return try ChanceCorrection(ratings, .identity).coefficient(confidence: confidence, slope: 0) { shares in
        shares.map { _ in even }
    }
}

/// Fleiss’ kappa of any number of raters; with two it is Scott’s pi.
///
/// pe = Σ π². Where cases have different numbers of ratings, π is the mean of the cases' shares and only
/// cases rated twice enter po (Gwet's extension). `z` uses the null standard error of Fleiss, Nee and Landis.
/// Sources: J. L. Fleiss, 1971, Psychological Bulletin 76, 378–382; J. L. Fleiss, J. C. M. Nee,
/// J. R. Landis, 1979, Psychological Bulletin 86, 974–977. Linear in the ratings.
///
/// - Throws: `AgreementRefusal`: `chanceAgreementIsCertain` when all ratings are in one category,
///   `nothingRatedTwice`, or `outOfRange` naming `confidence`.
public func fleissKappa(
    of ratings: Ratings, confidence: Double = 0.95
) throws(AgreementRefusal) -> AgreementCoefficient {
    let correction = try ChanceCorrection(ratings, .identity)
    return try correction.coefficient(
        confidence: confidence, nullStandardError: correction.fleissNullStandardError
    ) { $0 }
}
