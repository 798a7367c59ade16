/// How probable each order of the three rates is.
///
/// A level with n people is a Poisson flow; with Jeffreys' prior its rate is λ ~ Gamma(n + 1/2, 1). With g
/// and F the density and distribution function, m = M:
///
///     P(pyramid)   = ∫ g_M (1 − F_B) F_T dx          P(hexagon)  = ∫ g_M F_B F_T dx
///     P(hourglass) = ∫ g_M (1 − F_B)(1 − F_T) dx     P(inverted) = ∫ g_M F_B (1 − F_T) dx
///
/// Integrated over y = √x, the scale on which a gamma curve is about 1/2 wide whatever the count, so a
/// fixed grid of 128 points serves a corner shop and 10⁸ customers alike. Sums to 1 by construction.
///
/// Accuracy: 10⁻¹² absolute for counts from 0 to 10⁸, tested against 30-digit references. `levels` must
/// have been validated.
func probabilities(of levels: Levels) -> ShapeProbabilities {
    let base = GammaDistribution(checked: Double(levels.first) + 0.5)
    let middle = GammaDistribution(checked: Double(levels.repeating) + 0.5)
    let top = GammaDistribution(checked: Double(levels.advocate) + 0.5)
    var orders = OrderSums()
    let root = middle.shape.squareRoot()
    GaussLegendre.sixteen.visit(max(0, root - 5)...root + 5, panels: 8) { y, weight in
        // x − M, and from it x − B and x − T, without subtracting large squares.
        let offset = (y - root) * (y + root)
        let mass = 2 * weight / y * middle.logDensity(at: y * y, offset: offset)
        guard mass > 1e-25 else { return }
        orders.add(
            mass, base: base.tails(at: y * y, offset: middle.shape - base.shape + offset),
            top: top.tails(at: y * y, offset: middle.shape - top.shape + offset))
    }
    return orders.probabilities
}

/// P(λ ≤ ratio · μ) and P(λ > ratio · μ) for λ ~ Gamma(shape, 1), μ ~ Gamma(other, 1) independent:
/// λ/(λ + μ) is Beta(shape, other). Shapes of sums add, so this covers `λ_M > λ_B + λ_T` too.
func ratioTails(_ shape: Double, over other: Double, at ratio: Double) -> Tails {
    BetaDistribution(checked: shape, other).tails(at: ratio / (1 + ratio), complement: 1 / (1 + ratio))
}

/// The four integrals in the making.
private struct OrderSums {
    private var pyramid = 0.0
    private var hourglass = 0.0
    private var hexagon = 0.0
    private var inverted = 0.0

    mutating func add(_ mass: Double, base: Tails, top: Tails) {
        pyramid += mass * base.above * top.below
        hourglass += mass * base.above * top.above
        hexagon += mass * base.below * top.below
        inverted += mass * base.below * top.above
    }

    var probabilities: ShapeProbabilities {
        let sum = pyramid + hourglass + hexagon + inverted
        return ShapeProbabilities(
            pyramid: pyramid / sum, hourglass: hourglass / sum, hexagon: hexagon / sum,
            inverted: inverted / sum)
    }
}
