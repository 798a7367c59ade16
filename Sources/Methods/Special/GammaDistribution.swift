/// The two sides of a distribution around one point. They sum to one; each keeps its own figures.
public struct Tails: Sendable, Equatable {
    /// The probability on each side, 0…1.
    public let below, above: Double

    static let allBelow = Tails(below: 1, above: 0)
    static let allAbove = Tails(below: 0, above: 1)

    /// Completes a pair from the side that was computed, nudged into 0…1 if rounding left it.
    init(below: Double) {
        self.init(below: min(max(below, 0), 1), above: min(max(1 - below, 0), 1))
    }

    init(above: Double) {
        self.init(below: min(max(1 - above, 0), 1), above: min(max(above, 0), 1))
    }

    init(below: Double, above: Double) {
        self.below = below
        self.above = above
    }
}

/// A gamma distribution with rate 1: what we believe of a flow's rate after counting its arrivals.
///
/// Density xᵃ⁻¹ e⁻ˣ / Γ(a); `tails` are the regularised incomplete gamma functions P(a, x) and Q(a, x).
/// Three methods share the work: the power series (DLMF 8.7.1) and the continued fraction (DLMF 8.9.2)
/// for small shapes and far tails, and Temme's uniform expansion (DLMF 8.12) everywhere else. What they
/// need of the shape is prepared once, so asking at many points is cheap.
///
/// Accuracy: 10⁻¹³ absolute, and 10⁻¹² relative in the smaller tail down to 10⁻¹⁸, for shapes from 0.1
/// to 10⁸; tested against 40-digit references.
public struct GammaDistribution: Sendable {
    /// The shape a, no unit; also the mean and the variance.
    public let shape: Double

    /// aᵃ e⁻ᵃ / Γ(a), so that xᵃ e⁻ˣ / Γ(a) is this times e to a deviance of order one.
    private let peak: Double
    private let expansion: UniformGammaExpansion?

    static let shapes = 1e-6...1e15

    /// - Throws: `OutOfRange` naming `shape` unless it is from 10⁻⁶ to 10¹⁵.
    public init(shape: Double) throws(OutOfRange) {
        try OutOfRange.check(shape, "shape", in: Self.shapes)
        self.init(checked: shape)
    }

    /// For callers inside the module whose shape is a checked count plus something.
    init(checked shape: Double) {
        self.shape = shape
        peak = sqrt(shape / (2 * Double.pi)) * exp(-stirlingCorrection(shape))
        expansion = shape < UniformGammaExpansion.leastShape ? nil : UniformGammaExpansion(shape: shape)
    }

    /// P(a, x) and Q(a, x): the chance of lying below and above `x`.
    ///
    /// - Throws: `OutOfRange` naming `x` unless it is 0 or more; infinity is allowed.
    public func tails(at x: Double) throws(OutOfRange) -> Tails {
        try OutOfRange.check(x, "x", in: 0...Double.infinity)
        return tails(at: x, offset: x - shape)
    }

    /// The same when the caller knows `x − shape` more exactly than the subtraction would give it.
    func tails(at x: Double, offset: Double) -> Tails {
        guard x > 0 else { return .allAbove }
        guard x < 1e100 else { return .allBelow }
        let exponent = exponent(at: x, offset: offset)
        guard exponent > -740 else { return offset < 0 ? .allAbove : .allBelow }
        let relative = offset / shape
        if let expansion, UniformGammaExpansion.relativeOffsets.contains(relative) {
            return expansion.tails(exponent: exponent, isBelowMean: offset < 0)
        }
        let weight = peak * exp(exponent)
        return x < shape + 1
            ? Tails(below: weight / shape * lowerGammaSeries(shape: shape, x: x))
            : Tails(above: weight * upperGammaFraction(shape: shape, x: x))
    }

    /// xᵃ e⁻ˣ / Γ(a): the density of ln x, and so the slope of `tails` per unit of ln x.
    func logDensity(at x: Double, offset: Double) -> Double {
        peak * exp(exponent(at: x, offset: offset))
    }

    /// a (ln(x/a) − (x − a)/a): zero at the mean, negative elsewhere.
    private func exponent(at x: Double, offset: Double) -> Double {
        let relative = offset / shape
        if relative < -0.5 { return shape * (log(x / shape) - relative) }
        return shape * logOnePlusMinus(relative)
    }
}

/// 1 + x/(a+1) + x²/((a+1)(a+2)) + …, all terms positive (DLMF 8.7.1).
private func lowerGammaSeries(shape: Double, x: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    var next = shape + 1
    while term > 1e-17 * sum {
        term *= x / next
        sum += term
        next += 1
    }
    return sum
}

/// Γ(a, x) eˣ x⁻ᵃ: the even part of the continued fraction DLMF 8.9.2.
private func upperGammaFraction(shape: Double, x: Double) -> Double {
    var denominator = x + 1 - shape
    var fraction = ContinuedFraction(leading: denominator)
    var index = 1.0
    while !fraction.hasSettled, index < 10_000 {
        denominator += 2
        fraction.extend(numerator: index * (shape - index), denominator: denominator)
        index += 1
    }
    return 1 / fraction.value
}
