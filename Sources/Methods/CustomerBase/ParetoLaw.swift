/// The formulas of Pareto/NBD on bare numbers.
struct ParetoLaw {
    let r, alpha, s, beta: Double

    /// The bracket of the likelihood, relative to its first term with τ = tₓ in place of T.
    private struct Bracket {
        /// ((α+T)/(α+tₓ))^−(r+x) ((β+T)/(β+tₓ))^−s.
        let alive: Double
        /// The integral over the moments the customer may have left.
        let left: Double
    }

    private func bracket(_ repeats: Int, _ last: Double, _ observed: Double) -> Bracket {
        let shape = r + Double(repeats)
        let gap = observed - last
        let stayed = exp(-shape * log1p(gap / (alpha + last)) - s * log1p(gap / (beta + last)))
        var left = 0.0
        let departures = Departures(
            purchases: alpha + last, leaving: beta + last, shape: shape, s: s, gap: gap)
        departures.visit { moment in
            let density = exp(-shape * moment.growth - s * moment.decline)
            left += moment.weight * s * density / (beta + last + moment.elapsed)
        }
        return Bracket(alive: stayed, left: left)
    }

    func logLikelihood(_ repeats: Int, _ last: Double, _ observed: Double) -> Double {
        let x = Double(repeats)
        let bracket = bracket(repeats, last, observed)
        let counts = repeats == 0 ? 0 : logGamma(checked: r + x) - logGamma(checked: r)
        let waited = -r * log1p(last / alpha) - x * log(alpha + last) - s * log1p(last / beta)
        return counts + waited + log(bracket.alive + bracket.left)
    }

    func alive(_ repeats: Int, _ last: Double, _ observed: Double) -> Double {
        let bracket = bracket(repeats, last, observed)
        return bracket.alive / (bracket.alive + bracket.left)
    }

    func repeatCounts(within time: Double, upTo most: Int) -> [Double] {
        var chances = [Double](repeating: 0, count: most + 1)
        add(atLeave: time, exp(-s * log1p(time / beta)), to: &chances)
        Departures(purchases: alpha, leaving: beta, upTo: Double(most) + r + s, gap: time).visit { moment in
            let density = s * exp(-s * moment.decline) / (beta + moment.elapsed)
            add(atLeave: moment.elapsed, moment.weight * density, to: &chances)
        }
        return chances.map { min($0, 1) }
    }

    /// Adds `weight` × P(x purchases by then) for every x.
    private func add(atLeave elapsed: Double, _ weight: Double, to chances: inout [Double]) {
        guard elapsed > 0 else {
            chances[0] += weight
            return
        }
        var logChance = -r * log1p(elapsed / alpha)
        let logShare = -log1p(alpha / elapsed)
        for count in chances.indices {
            chances[count] += weight * exp(logChance)
            logChance += log((r + Double(count)) / Double(count + 1)) + logShare
        }
    }
}
