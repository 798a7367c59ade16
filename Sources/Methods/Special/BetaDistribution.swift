/// A beta distribution: what we believe of a share after counting successes and failures.
///
/// `tails` are the regularised incomplete beta functions I_x(α, β) and I_{1−x}(β, α). If L and M are
/// gamma with shapes α and β, L/(L + M) has this distribution, so P(L/M > ρ) = tails(at: ρ/(1+ρ)).above.
///
/// The continued fraction (DLMF 8.17.22) serves while one parameter is below 100. When both are larger
/// the fraction would need thousands of steps, so the density is integrated in v = logit x − logit α/(α+β),
/// from x outwards, where it is close to a normal curve at every size.
///
/// Accuracy: 10⁻¹² absolute for parameters from 0.1 to 10⁸, tested against 40-digit references.
public struct BetaDistribution: Sendable, Equatable {
    /// The two shapes, no unit: successes and failures plus what was believed before.
    public let alpha, beta: Double

    /// - Throws: `OutOfRange` naming `alpha` or `beta` unless each is from 10⁻⁶ to 10¹⁵.
    public init(alpha: Double, beta: Double) throws(OutOfRange) {
        try OutOfRange.check(alpha, "alpha", in: GammaDistribution.shapes)
        try OutOfRange.check(beta, "beta", in: GammaDistribution.shapes)
        self.init(checked: alpha, beta)
    }

    init(checked alpha: Double, _ beta: Double) {
        self.alpha = alpha
        self.beta = beta
    }

    /// The chance of lying below and above `x`.
    ///
    /// - Throws: `OutOfRange` naming `x` unless it is from 0 to 1.
    public func tails(at x: Double) throws(OutOfRange) -> Tails {
        try OutOfRange.check(x, "x", in: 0...1)
        return tails(at: x, complement: 1 - x)
    }

    /// The same when the caller knows `1 − x` more exactly than the subtraction would give it.
    func tails(at x: Double, complement: Double) -> Tails {
        guard x > 0 else { return .allAbove }
        guard complement > 0 else { return .allBelow }
        if min(alpha, beta) >= 100 { return tailsByQuadrature(at: x, complement) }
        if x < (alpha + 1) / (alpha + beta + 2) {
            return Tails(below: logitDensity(at: x, complement) * fraction(at: x, complement))
        }
        let mirror = BetaDistribution(checked: beta, alpha)
        return Tails(above: logitDensity(at: x, complement) * mirror.fraction(at: complement, x))
    }

    /// xᵅ (1−x)ᵝ / B(α, β): the density of logit x, as its peak times e to a deviance.
    private func logitDensity(at x: Double, _ complement: Double) -> Double {
        let (up, down) = relativeOffsets(at: x, complement)
        let left = up < -0.5 ? log(x / mean) - up : logOnePlusMinus(up)
        let right = down < -0.5 ? log(complement / (beta / total)) - down : logOnePlusMinus(down)
        return peak * exp(alpha * left + beta * right)
    }

    private var total: Double { alpha + beta }
    private var mean: Double { alpha / total }

    /// The logit density at the mean: √(αβ/(2π(α+β))) Γ*(α+β) / (Γ*(α) Γ*(β)).
    private var peak: Double {
        let correction = stirlingCorrection(total) - stirlingCorrection(alpha) - stirlingCorrection(beta)
        return sqrt(alpha / total * beta / (2 * Double.pi)) * exp(correction)
    }

    /// How far x lies above its mean and 1 − x above its own, each relative to that mean.
    private func relativeOffsets(at x: Double, _ complement: Double) -> (up: Double, down: Double) {
        let excess = beta * x - alpha * complement
        return (excess / alpha, -excess / beta)
    }

    /// I_x(α, β) B(α, β) / (xᵅ (1−x)ᵝ): the even part of the continued fraction DLMF 8.17.22.
    ///
    /// It meets x only through α (1−x) − β x where that matters, so nothing cancels next to the mean.
    private func fraction(at x: Double, _ complement: Double) -> Double {
        let slack = alpha * complement - beta * x + 1
        var fraction = ContinuedFraction(leading: alpha * slack / (alpha + 1))
        var step = 1.0
        while !fraction.hasSettled, step < 10_000 {
            let odd = alpha + 2 * step - 1
            let inner = step * (beta - step) * x / odd
            let numerator = (alpha + step - 1) / odd * (total + step - 1) * x * inner
            let outer = (alpha + step) / (odd + 2) * (slack + step * (1 + complement))
            fraction.extend(numerator: numerator, denominator: step + inner + outer)
            step += 1
        }
        return 1 / fraction.value
    }

    /// Integrates the density of the logit over the side of `x` away from the mean.
    private func tailsByQuadrature(at x: Double, _ complement: Double) -> Tails {
        guard alpha <= beta else {
            let mirrored = BetaDistribution(checked: beta, alpha).tailsByQuadrature(at: complement, x)
            return Tails(below: mirrored.above, above: mirrored.below)
        }
        let (up, down) = relativeOffsets(at: x, complement)
        let isFar = up < -0.5 || down < -0.5
        let start = isFar ? log(x / mean) - log(complement * total / beta) : log1p(up) - log1p(down)
        let reach = 10 * sqrt(total / alpha / beta)
        let range = start < 0 ? start - reach...start : start...start + reach
        var area = 0.0
        GaussLegendre.sixteen.visit(range, panels: 8) { v, weight in
            // α v − (α+β) ln(1 + α/(α+β) (eᵛ − 1)), arranged so that nothing cancels near v = 0.
            let bend = logOnePlusMinus(mean * expm1(v))
            area += weight * exp(-alpha * expMinusOneMinus(v) - total * bend)
        }
        return start < 0 ? Tails(below: peak * area) : Tails(above: peak * area)
    }
}
