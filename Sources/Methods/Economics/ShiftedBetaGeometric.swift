/// How long contracts last when every customer has a chance of leaving of their own.
///
/// At each renewal a customer leaves with a chance θ that never changes; over the customers θ is
/// Beta(α, β). The loose ones leave first, so the base that remains renews better and better although
/// nobody grew more loyal: rising retention is sorting. Do not credit a programme for it, and value a
/// customer at the renewals they have behind them.
///
/// For contracts only, where the end is seen. Renewals are counted from 1; after t of them t + 1 periods
/// have begun. `Period` is the time between renewals.
///
/// Source: P. S. Fader & B. G. S. Hardie, 2007, Journal of Interactive Marketing 21(1), 76–90.
public struct ShiftedBetaGeometric<Period: TimeUnit>: Sendable, Equatable {
    /// The parameters of the customers' chances, no unit; small ones mean that customers differ much.
    public let alpha, beta: Double

    static var parameters: ClosedRange<Double> { 1e-6...1e9 }

    /// - Throws: `OutOfRange` naming `alpha` or `beta` unless each is from 10⁻⁶ to 10⁹.
    public init(alpha: Double, beta: Double) throws(OutOfRange) {
        try OutOfRange.check(alpha, "alpha", in: Self.parameters)
        try OutOfRange.check(beta, "beta", in: Self.parameters)
        self.alpha = alpha
        self.beta = beta
    }

    /// α/(α + β): the share of new customers that leave at their first renewal, 0…1.
    public var meanChurn: Double { alpha / (alpha + beta) }

    /// S(t) = B(α, β + t)/B(α, β): the share still under contract after `renewals` renewals, 0…1.
    ///
    /// - Returns: relative error below 10⁻¹² while α and β are below 10⁴.
    /// - Throws: `OutOfRange` naming `renewals` unless it is from 0 to 10¹².
    public func survival(after renewals: Int) throws(OutOfRange) -> Double {
        try OutOfRange.check(count: renewals, "renewals")
        guard renewals > 0 else { return 1 }
        // Γ(β+t) Γ(α+β) / (Γ(α+β+t) Γ(β)) is the same with α and t exchanged; shift by the smaller.
        let shift = min(alpha, Double(renewals))
        let other = max(alpha, Double(renewals))
        let ratio = logGammaStep(beta, by: shift) - logGammaStep(beta + other, by: shift)
        return exp(shift * log(beta / (beta + other)) + ratio)
    }

    /// rₜ = (β + t − 1)/(α + β + t − 1): the share of those facing renewal t that renew, 0…1.
    ///
    /// - Throws: `OutOfRange` naming `renewal` unless it is from 1 to 10¹².
    public func retention(at renewal: Int) throws(OutOfRange) -> Double {
        try OutOfRange.check(count: renewal, "renewal", from: 1)
        let age = Double(renewal - 1)
        return (beta + age) / (alpha + beta + age)
    }

    /// What the customers are like who have renewed `renewals` times: their θ is Beta(α, β + renewals).
    ///
    /// - Throws: `OutOfRange` naming `renewals` unless it is 0 or more and β + renewals at most 10⁹.
    public func after(renewals: Int) throws(OutOfRange) -> Self {
        try OutOfRange.check(count: renewals, "renewals")
        guard beta + Double(renewals) <= Self.parameters.upperBound else {
            throw OutOfRange(
                input: "renewals", value: Double(renewals), allowed: "at most 1e9 together with beta")
        }
        return Self(checked: alpha, beta + Double(renewals))
    }

    /// The periods a new customer begins on average, (α + β − 1)/(α − 1).
    ///
    /// Nil when α ≤ 1: the most faithful customers then make the mean infinite, and only a limit
    /// (`expectedTenure(within:)`) or a discount (`discountedLifetime(at:)`) gives a number.
    public var expectedTenure: Time<Period>? { alpha > 1 ? Time((alpha + beta - 1) / (alpha - 1)) : nil }

    /// The periods a new customer begins on average out of the first `periods`: Σ S(t), t < periods.
    ///
    /// - Throws: `OutOfRange` naming `periods` unless it is from 0 to 1,000,000; time grows with it.
    public func expectedTenure(within periods: Int) throws(OutOfRange) -> Time<Period> {
        try OutOfRange.check(Double(periods), "periods", in: 0...1_000_000)
        var share = 1.0
        var sum = 0.0
        for age in 0..<periods {
            sum += share
            share *= (beta + Double(age)) / (alpha + beta + Double(age))
        }
        return Time(sum)
    }

    init(checked alpha: Double, _ beta: Double) {
        self.alpha = alpha
        self.beta = beta
    }
}

/// ln Γ(x + s) − ln Γ(x) − s ln x, without the cancellation of two large logarithms.
private func logGammaStep(_ x: Double, by step: Double) -> Double {
    let relative = step / x
    let growth =
        relative < 1
        ? x * logOnePlusMinus(relative) + (step - 0.5) * log1p(relative)
        : (x + step - 0.5) * log1p(relative) - step
    return growth + stirlingCorrection(x + step) - stirlingCorrection(x)
}
