/// The natural logarithm of the gamma function, ln Γ(x).
///
/// ln Γ(x) = (x − 1/2) ln x − x + 1/2 ln 2π + ln Γ*(x), where Γ* is Stirling's correction (DLMF 5.11.1).
/// Unlike the C library's `lgamma` it keeps no global sign, so any number of threads may call it.
///
/// - Parameter x: from 10⁻⁶ to 10¹⁵, no unit.
/// - Returns: relative error below 10⁻¹⁴ (absolute below 10⁻¹⁴ near the zeros at 1 and 2).
/// - Throws: `OutOfRange` naming `x`.
public func logGamma(_ x: Double) throws(OutOfRange) -> Double {
    try OutOfRange.check(x, "x", in: GammaDistribution.shapes)
    return (x - 0.5) * log(x) - x + 0.5 * log(2 * Double.pi) + stirlingCorrection(x)
}

/// ln Γ*(x) = ln Γ(x) − [(x − 1/2) ln x − x + 1/2 ln 2π]: what Stirling's formula leaves out.
///
/// Below 16 it steps up with ln Γ*(x) = ln Γ*(x + 1) + (x + 1/2) ln(1 + 1/x) − 1, so that only the
/// quickly converging part of the series is ever used.
func stirlingCorrection(_ x: Double) -> Double {
    var argument = x
    var stepped = 0.0
    while argument < 16 {
        stepped += (argument + 0.5) * log1p(1 / argument) - 1
        argument += 1
    }
    let inverse = 1 / argument
    let square = inverse * inverse
    var power = 1.0
    var series = 0.0
    for divisor in stirlingDivisors {
        series += power / divisor
        power *= square
    }
    return stepped + series * inverse
}

/// 1 over the coefficients of Stirling's series in 1/x, 1/x³, 1/x⁵ …: 2k(2k − 1)/B₂ₖ.
private let stirlingDivisors: [Double] = [
    12, -360, 1260, -1680, 1188, -360_360.0 / 691, 156, -122_400.0 / 3617,
]

/// ln(1 + t) − t without the cancellation near zero, for t > −1.
///
/// With r = t/(2 + t) it equals −r t + 2 (r³/3 + r⁵/5 + …): every figure survives however small t is.
/// This is the exponent of gamma and beta densities, multiplied there by shapes as large as 10⁸.
func logOnePlusMinus(_ t: Double) -> Double {
    guard abs(t) < 0.25 else { return log1p(t) - t }
    let ratio = t / (2 + t)
    let square = ratio * ratio
    var power = ratio * square
    var series = 0.0
    var odd = 3.0
    while abs(power) > 1e-18 * abs(series) {
        series += power / odd
        power *= square
        odd += 2
    }
    return 2 * series - ratio * t
}

/// eᵛ − 1 − v without the cancellation near zero.
func expMinusOneMinus(_ v: Double) -> Double {
    guard abs(v) < 0.25 else { return expm1(v) - v }
    var term = v * v / 2
    var series = 0.0
    var count = 3.0
    while abs(term) > 1e-18 * series {
        series += term
        term *= v / count
        count += 1
    }
    return series
}
