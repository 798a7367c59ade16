/// b₀ + a₁/(b₁ + a₂/(b₂ + …)), evaluated forwards by the modified Lentz method.
///
/// Each `extend` adds one level. `change` is the last relative factor; at 1 the value has settled.
struct ContinuedFraction {
    private(set) var value: Double
    private(set) var change = 2.0
    private var upper: Double
    private var lower = 0.0

    init(leading: Double) {
        value = Self.awayFromZero(leading)
        upper = value
    }

    var hasSettled: Bool { abs(change - 1) < 3e-16 }

    mutating func extend(numerator: Double, denominator: Double) {
        lower = 1 / Self.awayFromZero(denominator + numerator * lower)
        upper = Self.awayFromZero(denominator + numerator / upper)
        change = upper * lower
        value *= change
    }

    private static func awayFromZero(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
}
