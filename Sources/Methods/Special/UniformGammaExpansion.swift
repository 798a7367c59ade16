/// The incomplete gamma functions for large shapes, uniformly through the mean (DLMF 8.12).
///
/// With λ = x/a and η²/2 = λ − 1 − ln λ (η signed as λ − 1),
///
///     Q(a, x) = 1/2 erfc(η √(a/2)) + R,   P(a, x) = 1/2 erfc(−η √(a/2)) − R,
///     R = exp(−a η²/2) / √(2πa) · S(η).
///
/// Differentiating and comparing powers of η turns S into the power series Σ βₙ ηⁿ / (1 + β₁/a), where
/// βₙ₋₁ = dₙ + (n + 1)/a · βₙ₊₁ runs downwards and dₙ are the coefficients of η/(λ − 1). The βₙ depend
/// on the shape alone, so they are prepared once and each point costs one `erfc` and one polynomial.
///
/// Relative error of the smaller tail below 10⁻¹³ for a ≥ 12 and λ from 0.3 to 2.3.
struct UniformGammaExpansion: Sendable {
    static let leastShape = 12.0
    /// Where the series is used: (x − a)/a within |η| ≤ 1.
    static let relativeOffsets = -0.69...1.3

    private let shape: Double
    private let coefficients: [Double]

    init(shape: Double) {
        self.shape = shape
        let last = Self.reciprocalSeries.count
        var beta = [Double](repeating: 0, count: last + 2)
        for index in stride(from: last - 1, through: 1, by: -1) {
            beta[index - 1] = Self.reciprocalSeries[index] + Double(index + 1) / shape * beta[index + 1]
        }
        let scale = 1 / ((1 + beta[1] / shape) * sqrt(2 * Double.pi * shape))
        coefficients = beta[..<(last - 1)].map { $0 * scale }
    }

    /// - Parameter exponent: −a η²/2, computed without cancellation by the caller.
    func tails(exponent: Double, isBelowMean: Bool) -> Tails {
        let depth = sqrt(max(-exponent, 0))
        let argument = isBelowMean ? -depth : depth
        let eta = argument * sqrt(2 / shape)
        var series = 0.0
        for coefficient in coefficients.reversed() { series = series * eta + coefficient }
        let remainder = exp(exponent) * series
        let smaller = 0.5 * erfc(depth)
        return isBelowMean
            ? Tails(below: smaller - remainder) : Tails(above: smaller + remainder)
    }

    /// dₙ: η/(λ − 1) as a power series in η, n = 0…29.
    ///
    /// Made by reverting μ μ′ = η (1 + μ), μ = λ − 1, in 60-digit arithmetic.
    private static let reciprocalSeries: [Double] = [
        1.0, -0.33333333333333333333, 0.083333333333333333333,
        -0.014814814814814814815, 0.0011574074074074074074, 0.00035273368606701940035,
        -0.0001787551440329218107, 0.000039192631785224377817, -2.1854485106799921615e-6,
        -1.8540622107151599607e-6, 8.296711340953086005e-7, -1.7665952736826079304e-7,
        6.7078535434014985804e-9, 1.0261809784240308043e-8, -4.3820360184533531866e-9,
        9.1476995822367902342e-10, -2.5514193994946249767e-11, -5.8307721325504250675e-11,
        2.4361948020667416244e-11, -5.0276692801141755891e-12, 1.1004392031956134771e-13,
        3.3717632624009853788e-13, -1.3923887224181620659e-13, 2.8534893807047443204e-14,
        -5.139111834242572619e-16, -1.9752288294349442835e-15, 8.0995211567045613341e-16,
        -1.6522531216398161819e-16, 2.5305430097478884233e-18, 1.1686939738559576589e-17,
    ]
}
