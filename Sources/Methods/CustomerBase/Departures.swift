/// The moments at which a Pareto/NBD customer may have left, counted from the last purchase, with weights to
/// integrate over them.
///
/// Gauss–Legendre over y = ln(m + τ), m being the smaller of α + tₓ and β + tₓ: the integrand then has no
/// singularity nearer than π, and panels of 1.5 in y and of 10 in its exponent leave nothing but rounding.
struct Departures {
    /// τ, ln((α+tₓ+τ)/(α+tₓ)), ln((β+tₓ+τ)/(β+tₓ)) and the weight dτ.
    struct Moment {
        let elapsed, growth, decline, weight: Double
    }

    private let early, late, stretch: Double
    private let isPurchaseEarly: Bool
    private let panels: Int

    /// For an integrand that falls as (α+tₓ+τ)^−shape (β+tₓ+τ)^−s; beyond e⁻⁴⁵ of its start nothing is visited.
    ///
    /// - Parameters:
    ///   - purchases: α + tₓ.
    ///   - leaving: β + tₓ.
    ///   - gap: T − tₓ.
    init(purchases: Double, leaving: Double, shape: Double, s: Double, gap: Double) {
        let reach = min(gap, purchases * expm1(45 / shape), leaving * expm1(45 / s))
        let fall = shape * log1p(reach / purchases) + s * log1p(reach / leaving)
        self.init(purchases, leaving, reach) { _ in fall / 10 }
    }

    /// For an integrand that is a polynomial of this degree in y, times what is smooth.
    init(purchases: Double, leaving: Double, upTo degree: Double, gap: Double) {
        self.init(purchases, leaving, gap) { min($0 * degree / 10, 4096) }
    }

    private init(_ purchases: Double, _ leaving: Double, _ reach: Double, panels: (Double) -> Double) {
        early = min(purchases, leaving)
        late = max(purchases, leaving)
        isPurchaseEarly = purchases <= leaving
        stretch = log1p(reach / early)
        self.panels = Int(max(stretch / 1.5, panels(stretch), 1).rounded(.up))
    }

    @inline(__always)
    func visit(_ body: (Moment) -> Void) {
        guard stretch > 0 else { return }
        GaussLegendre.sixteen.visit(0...stretch, panels: panels) { y, weight in
            let elapsed = early * expm1(y)
            let other = log1p(elapsed / late)
            body(
                Moment(
                    elapsed: elapsed, growth: isPurchaseEarly ? y : other,
                    decline: isPurchaseEarly ? other : y,
                    weight: weight * (early + elapsed)))
        }
    }
}
