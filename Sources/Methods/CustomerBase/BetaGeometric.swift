/// What BG/NBD and MBG/NBD have in common: the four parameters and every formula, told apart by `chance`.
struct BetaGeometric: Sendable, Equatable {
    let r, alpha, a, b: Double
    let chance: FirstChance

    static let range = 1e-6...1e6

    init(r: Double, alpha: Double, a: Double, b: Double, _ chance: FirstChance) throws(OutOfRange) {
        try OutOfRange.check(r, "r", in: Self.range)
        try OutOfRange.check(alpha, "alpha", in: 1e-9...1e12)
        try OutOfRange.check(a, "a", in: Self.range)
        try OutOfRange.check(b, "b", in: Self.range)
        self.r = r
        self.alpha = alpha
        self.a = a
        self.b = b
        self.chance = chance
    }

    /// How often a customer with x repeats has had the chance to leave and stayed.
    private func survived(_ repeats: Int) -> Double { Double(repeats) + (chance == .atOnce ? 1 : 0) }

    func logLikelihood(_ repeats: Int, _ last: Double, _ observed: Double) -> Double {
        let x = Double(repeats)
        let stayed = logBeta(checked: a, b + survived(repeats)) - logBeta(checked: a, b)
        let counts = repeats == 0 ? 0 : logGamma(checked: r + x) - logGamma(checked: r)
        // ln α^r/(α + T)^(r+x) with the ratio formed first, so that nothing cancels for large α.
        let waited = -r * log1p(observed / alpha) - x * log(alpha + observed)
        let odds = leavingOdds(repeats, last, observed)
        return stayed + counts + waited + (odds > 700 ? odds : log1p(exp(odds)))
    }

    /// ln of the odds of having left: ln a/(b+x−1) + (r+x) ln((α+T)/(α+tₓ)), b + x for MBG/NBD.
    private func leavingOdds(_ repeats: Int, _ last: Double, _ observed: Double) -> Double {
        guard survived(repeats) > 0 else { return -.infinity }
        let stretch = log1p((observed - last) / (alpha + last))
        return log(a / (b + survived(repeats) - 1)) + (r + Double(repeats)) * stretch
    }

    func alive(_ repeats: Int, _ last: Double, _ observed: Double) -> AliveEstimate {
        guard survived(repeats) > 0 else { return .presumed }
        return .estimated(1 / (1 + exp(leavingOdds(repeats, last, observed))))
    }

    /// The customer as one who is still there.
    func living(_ repeats: Int, _ observed: Double) -> LivingCustomer {
        LivingCustomer(
            shape: r + Double(repeats), age: alpha + observed, leaving: a, staying: b + survived(repeats))
    }

    func repeatCounts(within time: Double, upTo most: Int) -> [Double] {
        let loyal = living(0, 0).loyalCounts(within: time, upTo: most)
        // B(a, b + s)/B(a, b) and B(a + 1, b + s − 1)/B(a, b), stepped up one chance to leave at a time.
        var stayed = chance == .atOnce ? b / (a + b) : 1
        var left = chance == .atOnce ? a / (a + b) : 0
        return loyal.enumerated().map { count, loyal in
            let chance = min(stayed * loyal.exactly + left * loyal.atLeast, 1)
            let tried = survived(count)
            left = stayed * a / (a + b + tried)
            stayed *= (b + tried) / (a + b + tried)
            return chance
        }
    }

    /// Where to start a search: the customary (1, 3, 1, 3) in weeks of a quarter's watch, a sleepier base,
    /// and one whose customers differ little. α in mean observed times.
    static let starts: [SIMD4<Double>] = [
        SIMD4(1, 0.1, 1, 3), SIMD4(0.3, 0.3, 0.5, 1.5), SIMD4(3, 1, 2, 8),
    ]

    static func fit<Unit: TimeUnit>(
        to base: CustomerBase<Unit>, _ chance: FirstChance, from starts: [SIMD4<Double>]?, _ rule: FitRule
    ) throws(FitRefusal) -> Fit<Self> {
        try rule.check(customers: base.customers, repeaters: base.repeaters)
        let scale = base.meanObserved.value
        guard scale > 0 else {
            throw .outOfRange(OutOfRange(input: "observed", value: scale, allowed: "above 0 for someone"))
        }
        let surface = BetaGeometricSurface(base, chance, scale: scale)
        let unscaled = SIMD4(1, scale, 1, 1)
        let offset = -Double(base.repeatPurchases) * log(scale)
        let peak = try MaximumLikelihood.peak(
            of: surface, from: starts.map { $0.map { $0 / unscaled } } ?? Self.starts,
            customers: base.customers, offset: offset)
        let found = peak.parameters * unscaled
        return try Fit(
            found, peak, customers: base.customers, distinctHistories: base.groups.count, offset: offset
        ).map { found throws(OutOfRange) in
            try Self(r: found[0], alpha: found[1], a: found[2], b: found[3], chance)
        }
    }

    var vector: SIMD4<Double> { SIMD4(r, alpha, a, b) }
}
