/// How far raters agree on one category: where a form's words need sharpening.
public struct CategoryAgreement: Sendable, Equatable {
    /// Which category, counted from 0.
    public let category: Int
    /// The mean share of ratings in it, 0…1.
    public let share: Double
    /// When one rater chose it, how often another rater of the same case did too, 0…1; nil when no case
    /// rated twice was given it. For two raters 2·n(kk) / (n(k·) + n(·k)).
    public let agreement: Double?
    /// Kappa of this category against all others; nil when nobody or everybody chose it.
    public let kappa: Double?
    /// `kappa` over its standard error if raters agreed by chance only; nil where cases have different
    /// numbers of ratings.
    public let z: Double?
}

/// The agreement on each category, in order. Linear in the ratings.
///
/// Specific agreement pools pairs: Σ n(n − 1) / Σ n(r − 1), with n of a case's r ratings in the category.
/// Sources: J. L. Fleiss, 1971, Psychological Bulletin 76, 378–382 (kappa and z); J. L. Fleiss, 1981,
/// Statistical Methods for Rates and Proportions (specific agreement).
///
/// - Throws: `AgreementRefusal.nothingRatedTwice` when no case was.
public func categoryAgreements(of ratings: Ratings) throws(AgreementRefusal) -> [CategoryAgreement] {
    let correction = try ChanceCorrection(ratings, .identity)
    var agreed = [Double](repeating: 0, count: ratings.categories)
    var possible = agreed
    var split = agreed
    for row in ratings.rows where row.raters > 1 {
        for entry in ratings.entries[row.entries] {
            let (count, raters) = (Double(entry.count), Double(row.raters))
            let times = Double(row.times)
            agreed[entry.category] += times * count * (count - 1)
            possible[entry.category] += times * count * (raters - 1)
            split[entry.category] += times * 2 * count * (raters - count) / (raters * (raters - 1))
        }
    }
    let pairs = ratings.commonRaters.map { correction.cases * Double($0) * Double($0 - 1) }
    return (0..<ratings.categories).map { category in
        let share = correction.shares[category]
        let chance = 2 * share * (1 - share)
        let kappa = chance > 1e-14 ? 1 - split[category] / correction.pairable / chance : nil
        return CategoryAgreement(
            category: category, share: share,
            agreement: possible[category] > 0 ? agreed[category] / possible[category] : nil,
            kappa: kappa, z: kappa.flatMap { kappa in pairs.map { kappa / sqrt(2 / $0) } })
    }
}
