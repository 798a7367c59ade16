/// Gauss's hypergeometric function ₂F₁(a, b; c; z) = Σ (a)ₖ (b)ₖ / ((c)ₖ k!) zᵏ.
///
/// Up to z = 0.9 the series is summed, either as it stands or after Euler's transformation
/// (1 − z)^(c−a−b) ₂F₁(c−a, c−b; c; z), whichever has positive terms and fewer of them. Nearer to 1 the
/// function is carried on along the hypergeometric equation by Taylor steps of half the way that is left or less,
/// which needs no case for whole c − a − b. A negative z is first turned into z/(z − 1) by Pfaff's
/// transformation. Values are kept as a mantissa and a logarithm, so `logGaussHypergeometric` also serves
/// where the value itself would overflow.
///
/// - Parameters:
///   - a: from −5 to 2,000, no unit.
///   - b: as a.
///   - c: from 10⁻³ to 4,000.
///   - z: from −10⁶ to 1 − 10⁻⁹.
/// - Returns: relative error below 10⁻¹¹ where a and b, or c − a and c − b, are 0 or more, and 10⁻⁹ ×
///   the largest term elsewhere; tested against 40-digit references.
/// - Throws: `OutOfRange` naming `a`, `b`, `c` or `z`, or `value` where the result overflows.
///
/// Source: DLMF 15.2.1, 15.8.1, 15.10.1.
public func gaussHypergeometric(
    _ a: Double, _ b: Double, _ c: Double, at z: Double
) throws(OutOfRange) -> Double {
    let (mantissa, exponent) = try scaledHypergeometric(a, b, c, at: z)
    let value = mantissa * exp(exponent)
    guard value.isFinite else {
        throw OutOfRange(input: "value", value: value, allowed: "finite; ask for its logarithm")
    }
    return value
}

/// ln ₂F₁(a, b; c; z), for values that overflow; see `gaussHypergeometric(_:_:_:at:)`.
///
/// - Returns: error below 10⁻¹¹ × max(1, |ln ₂F₁|) under the same conditions.
/// - Throws: `OutOfRange` naming the parameter, or `value` where ₂F₁ is not above zero.
public func logGaussHypergeometric(
    _ a: Double, _ b: Double, _ c: Double, at z: Double
) throws(OutOfRange) -> Double {
    let (mantissa, exponent) = try scaledHypergeometric(a, b, c, at: z)
    guard mantissa > 0 else {
        throw OutOfRange(input: "value", value: mantissa, allowed: "above 0 to have a logarithm")
    }
    return log(mantissa) + exponent
}

private func scaledHypergeometric(
    _ a: Double, _ b: Double, _ c: Double, at z: Double
) throws(OutOfRange) -> (mantissa: Double, exponent: Double) {
    try OutOfRange.check(a, "a", in: -5...2000)
    try OutOfRange.check(b, "b", in: -5...2000)
    try OutOfRange.check(c, "c", in: 1e-3...4000)
    try OutOfRange.check(z, "z", in: -1e6...1 - 1e-9)
    guard z < 0 else { return Hypergeometric(a, b, c).eulerScaled(at: z, complement: 1 - z) }
    // Pfaff, with the smaller of the two possible parameters left as it is.
    let (kept, turned) = abs(c - b) <= abs(c - a) ? (a, b) : (b, a)
    let (mantissa, exponent) = Hypergeometric(kept, c - turned, c).eulerScaled(
        at: z / (z - 1), complement: 1 / (1 - z))
    return (mantissa, exponent - kept * log1p(-z))
}

/// The three parameters, once checked.
struct Hypergeometric {
    let a, b, c: Double

    init(_ a: Double, _ b: Double, _ c: Double) {
        self.a = a
        self.b = b
        self.c = c
    }

    /// The value as mantissa × e^exponent for 0 ≤ z < 1, through Euler's transformation where that is kinder.
    func eulerScaled(at z: Double, complement: Double) -> (mantissa: Double, exponent: Double) {
        let turned = Hypergeometric(c - a, c - b, c)
        guard turned.isKinder(than: self) else { return scaled(at: z, complement: complement) }
        let (mantissa, exponent) = turned.scaled(at: z, complement: complement)
        return (mantissa, exponent + (c - a - b) * log(complement))
    }

    /// Positive terms first, then fewer of them.
    private func isKinder(than other: Self) -> Bool {
        let (least, otherLeast) = (min(a, b), min(other.a, other.b))
        if least < 0 || otherLeast < 0 { return least > otherLeast }
        return a + b < other.a + other.b
    }

    private func scaled(at z: Double, complement: Double) -> (mantissa: Double, exponent: Double) {
        let excess = c - a - b
        // With a large excess the terms fall like k^(−1−excess), whatever z is.
        guard z > 0.9, excess < 20 else {
            let start = series(at: z)
            return (start.value, start.exponent)
        }
        // Rounding errors grow along the other solutions, z^(1−c) and (1−z)^excess: by no more than e² and
        // e²⁰ in one step, the latter together with the function itself.
        let share = min(0.5, 20 / (abs(excess) + 1))
        var here = series(at: 0.9)
        var left = 0.1
        while left > complement {
            // The last step lands on z itself, whose distance from 1 is known better than z.
            let step = min(left * share, 2 / (c + 1), left - complement)
            here = continued(here, distance: left, by: step)
            left -= step
        }
        return (here.value, here.exponent)
    }

    /// A value and a slope that share the factor e^exponent.
    private struct Scaled {
        var value, slope, exponent: Double

        /// Moves what has grown into the exponent.
        mutating func rescale() {
            let size = max(abs(value), abs(slope))
            guard size > 1e100 else { return }
            value /= size
            slope /= size
            exponent += log(size)
        }
    }

    /// Σ (a)ₖ (b)ₖ / ((c)ₖ k!) zᵏ and its slope, rescaled on the way up.
    private func series(at z: Double) -> Scaled {
        var sum = Scaled(value: 1, slope: a * b / c, exponent: 0)
        var term = 1.0
        var slope = a * b / c
        for index in 0..<200_000 {
            let k = Double(index)
            term *= (a + k) * (b + k) / ((c + k) * (1 + k)) * z
            slope *= (a + 1 + k) * (b + 1 + k) / ((c + 1 + k) * (1 + k)) * z
            sum.value += term
            sum.slope += slope
            if abs(slope) <= 1e-17 * abs(sum.slope), abs(term) <= 1e-17 * abs(sum.value) { break }
            guard max(abs(sum.value), abs(sum.slope)) > 1e250 else { continue }
            sum.value *= 1e-250
            sum.slope *= 1e-250
            term *= 1e-250
            slope *= 1e-250
            sum.exponent += 250 * log(10)
        }
        sum.rescale()
        return sum
    }

    /// One Taylor step towards 1 along z(1−z) y″ + (c − (a+b+1) z) y′ = a b y.
    private func continued(_ start: Scaled, distance: Double, by step: Double) -> Scaled {
        let z = 1 - distance
        var (previous, current) = (start.value, start.slope * step)
        var sum = Scaled(value: previous + current, slope: current, exponent: start.exponent)
        for index in 0..<20_000 {
            let k = Double(index)
            let bend = (distance - z) * k + c - (a + b + 1) * z
            let next =
                ((a + k) * (b + k) * step * step * previous - (k + 1) * bend * step * current)
                / (z * distance * (k + 1) * (k + 2))
            (previous, current) = (current, next)
            sum.value += next
            sum.slope += (k + 2) * next
            if abs(next) * (k + 2) <= 1e-18 * abs(sum.slope), abs(previous) <= 1e-18 * abs(sum.value) {
                break
            }
        }
        sum.slope /= step
        sum.rescale()
        return sum
    }
}
