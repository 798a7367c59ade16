/// Gauss–Legendre quadrature over equal panels: exact for polynomials of degree 31 in each panel.
///
/// For integrands that are smooth at the scale of a panel the error is far below rounding. Sixteen
/// points, made once by Newton's method on the Legendre recurrence.
struct GaussLegendre: Sendable {
    static let sixteen = GaussLegendre(order: 16)

    /// Points and weights on −1…1.
    private let rule: [(point: Double, weight: Double)]

    private init(order: Int) {
        rule = (1...order).map { index in
            var point = cos(Double.pi * (Double(index) - 0.25) / (Double(order) + 0.5))
            var slope = 1.0
            for _ in 0..<10 {
                let (value, derivative) = Self.legendre(order, at: point)
                slope = derivative
                point -= value / derivative
            }
            return (point, 2 / ((1 - point * point) * slope * slope))
        }
    }

    /// The Legendre polynomial and its derivative by the three-term recurrence.
    private static func legendre(_ order: Int, at x: Double) -> (value: Double, derivative: Double) {
        var previous = 1.0
        var current = x
        for degree in 2...order {
            let count = Double(degree)
            (previous, current) = (current, ((2 * count - 1) * x * current - (count - 1) * previous) / count)
        }
        return (current, Double(order) * (x * current - previous) / (x * x - 1))
    }

    /// Visits every point of the range with its weight; the caller adds up what it needs.
    func visit(_ range: ClosedRange<Double>, panels: Int, _ body: (_ point: Double, _ weight: Double) -> Void)
    {
        let half = (range.upperBound - range.lowerBound) / Double(2 * panels)
        for panel in 0..<panels {
            let centre = range.lowerBound + half * Double(2 * panel + 1)
            for (point, weight) in rule { body(centre + half * point, half * weight) }
        }
    }
}
