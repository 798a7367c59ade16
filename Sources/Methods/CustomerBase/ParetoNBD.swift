/// Pareto/NBD: people buy at their own steady rate and may leave at any moment, also before a repeat purchase.
///
/// Rates λ differ as Gamma(r, α) and rates of leaving μ as Gamma(s, β), independently. The likelihood of
/// (x, tₓ, T) is
///
///     Γ(r+x) αʳ βˢ / Γ(r) [ (α+T)^−(r+x) (β+T)^−s + s ∫ (α+τ)^−(r+x) (β+τ)^−(s+1) dτ ],  τ from tₓ to T.
///
/// The integral, elsewhere written as the difference of two hypergeometric functions, is taken as it stands:
/// every term is positive, so no order of α and β and no heavy buyer loses figures.
///
/// Source: Schmittlein, Morrison and Colombo 1987, *Management Science* 33:1–24; Fader and Hardie 2005,
/// *A Note on Deriving the Pareto/NBD Model*.
public struct ParetoNBD<Unit: TimeUnit>: BuyingProcess, Equatable {
    /// Shape of the purchase rates, no unit.
    public let r: Double
    /// Scale of the purchase rates: the mean rate is r/α per unit.
    public let alpha: Time<Unit>
    /// Shape of the rates of leaving, no unit.
    public let s: Double
    /// Scale of the rates of leaving: the mean rate is s/β per unit.
    public let beta: Time<Unit>

    /// - Throws: `OutOfRange` naming `r` or `s` (10⁻⁶ to 10⁶), `alpha` or `beta` (10⁻⁹ to 10¹²).
    public init(r: Double, alpha: Time<Unit>, s: Double, beta: Time<Unit>) throws(OutOfRange) {
        try OutOfRange.check(r, "r", in: BetaGeometric.range)
        try OutOfRange.check(alpha.value, "alpha", in: 1e-9...1e12)
        try OutOfRange.check(s, "s", in: BetaGeometric.range)
        try OutOfRange.check(beta.value, "beta", in: 1e-9...1e12)
        self.r = r
        self.alpha = alpha
        self.s = s
        self.beta = beta
    }

    /// The same model counting time in another unit.
    ///
    /// - Throws: `OutOfRange` naming `alpha` or `beta` where it leaves its range.
    public func converted<Other: TimeUnit>(
        to unit: Other.Type = Other.self
    ) throws(OutOfRange) -> ParetoNBD<Other> {
        try ParetoNBD<Other>(r: r, alpha: alpha.converted(), s: s, beta: beta.converted())
    }

    private var law: ParetoLaw { ParetoLaw(r: r, alpha: alpha.value, s: s, beta: beta.value) }

    /// The parameters under which the base is most probable.
    ///
    /// Searched as in `BGNBD.fit`; the slope is integrated together with the likelihood.
    ///
    /// - Parameters:
    ///   - base: everyone's histories, grouped.
    ///   - starts: where to begin; by default (r, α/mean T, s, β/mean T) = (1, 0.3, 1, 0.3), (0.3, 0.2, 0.3, 0.2)
    ///     and (3, 1, 1, 2). With more than 800 distinct histories they compete on a base thinned to 300.
    ///   - rule: how much the data must carry.
    /// - Throws: `FitRefusal` when it does not.
    public static func fit(
        to base: CustomerBase<Unit>, from starts: [Self]? = nil, rule: FitRule = FitRule()
    ) throws(FitRefusal) -> Fit<Self> {
        try rule.check(customers: base.customers, repeaters: base.repeaters)
        let scale = base.meanObserved.value
        guard scale > 0 else {
            throw .outOfRange(OutOfRange(input: "observed", value: scale, allowed: "above 0 for someone"))
        }
        let unscaled = SIMD4(1, scale, 1, scale)
        let points: [SIMD4<Double>]? = starts.flatMap { starts in
            starts.isEmpty ? nil : starts.map { SIMD4($0.r, $0.alpha.value, $0.s, $0.beta.value) / unscaled }
        }
        let customary = [SIMD4<Double>(1, 0.3, 1, 0.3), SIMD4(0.3, 0.2, 0.3, 0.2), SIMD4(3, 1, 1, 2)]
        let offset = -Double(base.repeatPurchases) * log(scale)
        let peak = try MaximumLikelihood.peak(
            of: ParetoSurface(base, scale: scale), from: points ?? customary, customers: base.customers,
            offset: offset)
        let found = peak.parameters * unscaled
        return try Fit(
            found, peak, customers: base.customers, distinctHistories: base.groups.count, offset: offset
        ).map { found throws(OutOfRange) in
            try Self(r: found[0], alpha: Time(found[1]), s: found[2], beta: Time(found[3]))
        }
    }

    /// ln of the likelihood of one history, a density per unit of time for each repeat; tested to
    /// 10⁻¹² × max(1, |ln L|) against 40-digit references.
    public func logLikelihood(of history: PurchaseHistory<Unit>) -> Double {
        law.logLikelihood(history.repeats, history.last.value, history.observed.value)
    }

    /// (α+T)^−(r+x) (β+T)^−s over the bracket of the likelihood; never `presumed`.
    public func alive(_ history: PurchaseHistory<Unit>) -> AliveEstimate {
        .estimated(law.alive(history.repeats, history.last.value, history.observed.value))
    }

    /// P(alive) (r+x) (β+T)/((α+T)(s−1)) [1 − ((β+T)/(β+T+t))^(s−1)], with its limit at s = 1.
    ///
    /// Relative error below 10⁻¹².
    public func expectedPurchases(
        of history: PurchaseHistory<Unit>, within time: Time<Unit>
    ) throws(OutOfRange) -> Double {
        try Self.check(time)
        let observed = history.observed.value
        let stretch = log1p(time.value / (beta.value + observed))
        let order = s - 1
        let growth = abs(order) < 1e-12 ? stretch : -expm1(-order * stretch) / order
        let rate = (r + Double(history.repeats)) / (alpha.value + observed)
        return alive(history).factor * rate * (beta.value + observed) * growth
    }

    /// P(alive) (r+x)/(α+T) (β+T)ˢ δ^(s−1) U(s, s, δ (β+T)), U being Tricomi's function; relative error
    /// below 10⁻¹¹.
    ///
    /// Source: Fader, Hardie and Lee 2005, *Journal of Marketing Research* 42:415–430.
    public func discountedPurchases(
        of history: PurchaseHistory<Unit>, discount: Rate<Unit>
    ) throws(OutOfRange) -> Double {
        try Self.check(discount)
        let remaining = beta.value + history.observed.value
        // (δ(β+T))^(s−1) U(s, s, y) = U(1, 2−s, y), DLMF 13.2.40.
        let residual = scaledExponentialIntegral(order: s, at: discount.value * remaining) * remaining
        let rate = (r + Double(history.repeats)) / (alpha.value + history.observed.value)
        return alive(history).factor * rate * residual
    }

    /// Customers still there at the end, and those who left at τ, integrated over τ.
    public func repeatCounts(within time: Time<Unit>, upTo most: Int) throws(OutOfRange) -> [Double] {
        try Self.check(time)
        try Self.check(most: most)
        return law.repeatCounts(within: time.value, upTo: most)
    }
}
