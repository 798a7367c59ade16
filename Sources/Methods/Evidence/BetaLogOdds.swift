/// The logarithm of the odds x/(1 − x) below which a Beta(α, β) variable lies with probability `mass`.
///
/// On this scale both ends of the unit interval are far away, so no end loses figures. Solved for the
/// logarithm of the tail, which is nearly straight, from a bracket grown around the mean.
///
/// - Parameter mass: above 0 and at most 1/2; mirror the distribution for the other side.
func betaLogOdds(_ alpha: Double, _ beta: Double, below mass: Double) -> Double {
    let law = BetaDistribution(checked: alpha, beta)
    func excess(_ odds: Double) -> Double {
        let below = law.tails(at: 1 / (1 + exp(-odds)), complement: 1 / (1 + exp(odds))).below
        return log(max(below, 1e-300) / mass)
    }
    let centre = log(alpha / beta)
    let spread = (1 / alpha + 1 / beta).squareRoot()
    var lower = centre
    var upper = centre
    var step = spread
    while excess(lower) > 0, lower > -700 {
        upper = lower
        lower = max(-700, lower - step)
        step *= 2
    }
    step = spread
    while excess(upper) < 0, upper < 700 {
        upper = min(700, upper + step)
        step *= 2
    }
    return root(of: excess, between: lower, and: upper)
}

/// Student's t either side of which `mass` lies, for `degrees` degrees of freedom.
///
/// T² = ν (1 − X)/X with X ~ Beta(ν/2, 1/2), so t is √ν e^(−v/2) at the log odds v.
func studentDeviate(degrees: Double, massOutside mass: Double) -> Double {
    degrees.squareRoot() * exp(-betaLogOdds(degrees / 2, 0.5, below: 2 * mass) / 2)
}

/// Where a function changes sign: bisection, or inverse quadratic interpolation where that is safe.
///
/// Source: T. R. Chandrupatla, 1997, *Advances in Engineering Software* 28, 145–149.
private func root(of function: (Double) -> Double, between lower: Double, and upper: Double) -> Double {
    var (a, b) = (upper, lower)
    var (fa, fb) = (function(a), function(b))
    var fraction = 0.5
    for _ in 0..<200 where fa != 0 {
        let x = a + fraction * (b - a)
        let fx = function(x)
        var (c, fc) = (a, fa)
        if (fx < 0) != (fa < 0) {
            (c, fc) = (b, fb)
            (b, fb) = (a, fa)
        }
        (a, fa) = (x, fx)
        let best = abs(fa) < abs(fb) ? a : b
        let tolerance = (4e-16 * abs(best) + 1e-18) / abs(b - a)
        if tolerance > 0.5 { return best }
        fraction = interpolate((a, fa), (b, fb), (c, fc)) ?? 0.5
        fraction = min(1 - tolerance, max(tolerance, fraction))
    }
    return abs(fa) < abs(fb) ? a : b
}

private typealias Sample = (x: Double, f: Double)

/// How far from a to b the inverse parabola through three samples crosses zero; nil if it is not to be
/// trusted.
private func interpolate(_ a: Sample, _ b: Sample, _ c: Sample) -> Double? {
    let position = (a.x - b.x) / (c.x - b.x)
    let height = (a.f - b.f) / (c.f - b.f)
    guard height * height < position, (1 - height) * (1 - height) < 1 - position else { return nil }
    let first = a.f / (b.f - a.f) * c.f / (b.f - c.f)
    let second = (c.x - a.x) / (b.x - a.x) * a.f / (c.f - a.f) * b.f / (c.f - b.f)
    let fraction = first + second
    return fraction.isFinite ? fraction : nil
}
