/// Gamma-Gamma: how much a purchase of each customer is worth, given what the past ones were.
///
/// A customer's purchases are Gamma(p, ν) around their own mean p/ν, and ν differs between customers as
/// Gamma(q, v). The mean z̄ of x purchases then has the density
///
///     Γ(px+q)/(Γ(px) Γ(q)) v^q z̄^(px−1) x^(px) / (v + x z̄)^(px+q).
///
/// It assumes that how much people spend has nothing to do with how often they buy; `SpendFit` shows the
/// correlation. Money is in one currency.
///
/// Source: Fader, Hardie and Lee 2005, *Journal of Marketing Research* 42:415–430; Fader and Hardie 2013,
/// note 025 *The Gamma-Gamma Model of Monetary Value*.
public struct GammaGamma: Sendable, Equatable {
    /// Shape within customers, no unit: the larger, the more alike the purchases of one customer.
    public let p: Double
    /// Shape between customers, no unit: the larger, the more alike the customers.
    public let q: Double
    /// Scale between customers, an amount.
    public let v: Amount

    /// - Throws: `OutOfRange` naming `p` or `q` (10⁻⁶ to 10⁶) or `v` (10⁻⁹ to 10¹⁸ minor units).
    public init(p: Double, q: Double, v: Amount) throws(OutOfRange) {
        try OutOfRange.check(p, "p", in: 1e-6...1e6)
        try OutOfRange.check(q, "q", in: 1e-6...1e6)
        try OutOfRange.check(v.minorUnits, "v", in: 1e-9...1e18)
        self.p = p
        self.q = q
        self.v = v
    }

    /// What a purchase of the average customer is worth, p v/(q − 1): for those without a repeat purchase.
    ///
    /// Nil for q ≤ 1, where the population has no mean.
    public var populationMean: Amount? { q > 1 ? v * (p / (q - 1)) : nil }

    /// What a future purchase of this customer is worth, p (v + x z̄)/(p x + q − 1): between their own mean
    /// and the population's, nearer to their own the more they bought. Nil where p x + q ≤ 1.
    public func expectedSpend(of history: SpendHistory) -> Amount? {
        let x = Double(history.repeats)
        let weight = p * x + q - 1
        return weight > 0 ? (v + history.mean * x) * (p / weight) : nil
    }

    /// ln of the density of z̄ per minor unit; per dollar of 100 cents it is ln 100 more.
    public func logLikelihood(of history: SpendHistory) -> Double {
        let (x, mean) = (Double(history.repeats), history.mean.minorUnits)
        let shape = p * x
        let share = log1p(v.minorUnits / (x * mean))
        // x^(px) z̄^(px−1) v^q/(v + x z̄)^(px+q), with the ratios formed first.
        let weight = -shape * share - q * log1p(x * mean / v.minorUnits) - log(mean)
        return weight - logBeta(checked: shape, q)
    }
}

/// A spend model fitted to a base, and the check of what it assumes.
public struct SpendFit: Sendable {
    /// The fitted model and how it was found.
    public let fit: Fit<GammaGamma>
    /// Pearson's correlation of the number of repeats and their mean value, −1…1; nil where one of them does
    /// not vary. Show it beside every value computed with the model.
    public let correlation: Double?
    /// Whether the correlation is beyond `SpendRule.doubtful`.
    public let isIndependenceDoubtful: Bool
}

/// How much the data must carry before spend is modelled apart from frequency. A house proposal.
public struct SpendRule: Sendable, Equatable {
    /// Fewest customers with a repeat purchase, 1 or more.
    public var leastRepeaters = 30
    /// From this correlation on, either way, the fit is marked doubtful; 0…1.
    public var doubtful = 0.2
    /// From this correlation on, either way, there is no fit; 0…1.
    public var refused = 0.5

    /// Correlations are compared without their sign.
    public init(leastRepeaters: Int = 30, doubtful: Double = 0.2, refused: Double = 0.5) {
        self.leastRepeaters = leastRepeaters
        self.doubtful = doubtful
        self.refused = refused
    }
}
