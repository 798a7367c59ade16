/// BG/BB: at each opportunity a customer who is still there takes it with their own chance, and before each
/// may have left for good.
///
/// Chances of taking differ as Beta(α, β), chances of leaving as Beta(γ, δ), independently. The likelihood of
/// (x, tₓ, n) is
///
///     B(α+x, β+n−x)/B(α, β) B(γ, δ+n)/B(γ, δ) + Σᵢ B(α+x, β+tₓ−x+i)/B(α, β) B(γ+1, δ+tₓ+i)/B(γ, δ),  i from 0 to n−tₓ−1.
///
/// All parameters are without a unit; time is counted in opportunities.
///
/// Source: Fader, Hardie and Shang 2010, *Marketing Science* 29:1086–1108.
public struct BGBB: Sendable, Equatable {
    /// Taking and passing side of the chance to take an opportunity; the mean chance is α/(α + β).
    public let alpha, beta: Double
    /// Leaving and staying side of the chance to leave before an opportunity; the mean is γ/(γ + δ).
    public let gamma, delta: Double

    /// - Throws: `OutOfRange` naming `alpha`, `beta`, `gamma` or `delta` unless it is from 10⁻⁶ to 10⁶.
    public init(alpha: Double, beta: Double, gamma: Double, delta: Double) throws(OutOfRange) {
        try OutOfRange.check(alpha, "alpha", in: BetaGeometric.range)
        try OutOfRange.check(beta, "beta", in: BetaGeometric.range)
        try OutOfRange.check(gamma, "gamma", in: BetaGeometric.range)
        try OutOfRange.check(delta, "delta", in: BetaGeometric.range)
        self.alpha = alpha
        self.beta = beta
        self.gamma = gamma
        self.delta = delta
    }

    /// ln of the chance of this history.
    public func logLikelihood(of history: OpportunityHistory) -> Double {
        BGBBTerms(SIMD4(alpha, beta, gamma, delta), history).logLikelihood
    }

    /// The probability of being there at the next opportunity, n + 1; never `presumed`.
    public func alive(_ history: OpportunityHistory) -> AliveEstimate {
        .estimated(min(stillThere(history) * staying(after: history.opportunities), 1))
    }

    /// The probability that the customer was still there at opportunity n.
    private func stillThere(_ history: OpportunityHistory) -> Double {
        let terms = BGBBTerms(SIMD4(alpha, beta, gamma, delta), history)
        return exp(terms.logStayed - terms.logLikelihood)
    }

    /// The chance of staying one more opportunity for someone who stayed `count`: (δ + count)/(γ + δ + count).
    private func staying(after count: Int) -> Double {
        (delta + Double(count)) / (gamma + delta + Double(count))
    }

    /// The chance of taking an opportunity for someone who is there.
    private func taking(_ history: OpportunityHistory) -> Double {
        (alpha + Double(history.taken)) / (alpha + beta + Double(history.opportunities))
    }

    /// How many of the next `opportunities` to expect the customer to take; `.new` asks of a new customer.
    ///
    /// Summed opportunity by opportunity, so γ = 1 needs no care. Relative error below 10⁻¹².
    ///
    /// - Throws: `OutOfRange` naming `opportunities` unless it is from 0 to 1,000,000.
    public func expectedPurchases(
        of history: OpportunityHistory, within opportunities: Int
    ) throws(OutOfRange) -> Double {
        guard (0...1_000_000).contains(opportunities) else {
            throw OutOfRange(
                input: "opportunities", value: Double(opportunities), allowed: "from 0 to 1000000")
        }
        var there = stillThere(history)
        var sum = 0.0
        for step in 0..<opportunities {
            there *= staying(after: history.opportunities + step)
            sum += there
        }
        return taking(history) * sum
    }

    /// All future opportunities the customer may be expected to take, the i-th from now divided by
    /// (1 + d)ⁱ; relative error below 10⁻¹⁰.
    ///
    /// - Parameters:
    ///   - history: the opportunities so far, and those taken.
    ///   - discount: d per opportunity, 0.1 for ten per cent.
    /// - Throws: `OutOfRange` naming `discount` unless it is from 10⁻⁸ to 10³.
    public func discountedPurchases(
        of history: OpportunityHistory, discount: Double
    ) throws(OutOfRange) -> Double {
        try OutOfRange.check(discount, "discount", in: 1e-8...1e3)
        let stayed = delta + Double(history.opportunities)
        // Σᵢ staying … = (δ+n)/(γ+δ+n)/(1+d) ₂F₁(1, δ+n+1; γ+δ+n+1; 1/(1+d)).
        let (mantissa, exponent) = Hypergeometric(1, stayed + 1, gamma + stayed + 1).eulerScaled(
            at: 1 / (1 + discount), complement: discount / (1 + discount))
        let series = mantissa * exp(exponent)
        let first = stillThere(history) * staying(after: history.opportunities) / (1 + discount)
        return taking(history) * first * series
    }
}
