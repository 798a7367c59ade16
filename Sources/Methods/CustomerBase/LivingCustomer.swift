/// A customer known to be active under a beta-geometric model: purchases come at a rate λ ~ Gamma(shape,
/// age), and after each the customer leaves with a chance p ~ Beta(leaving, staying).
///
/// What BG/NBD and MBG/NBD expect of the future is P(alive) times what is expected of this customer.
struct LivingCustomer {
    /// r + x.
    let shape: Double
    /// α + T.
    let age: Double
    /// a.
    let leaving: Double
    /// b + x, one more for MBG/NBD.
    let staying: Double

    /// E[(1 − e^(−λ p t))/p]: the purchases to expect within `time`, n = shape, B = staying.
    ///
    /// The textbook (a+B−1)/(a−1) [1 − (1−z)ⁿ ₂F₁(n, B; a+B−1; z)], z = t/(α+T+t), overflows for heavy buyers
    /// and is 0/0 at a = 1. After Euler's transformation, and with the factor a − 1 taken out of both of its
    /// parts, it reads, regular at a = 1 and at a + B = 1,
    ///
    ///     −(a+B−1) ℓ − (1−z)^(a−1) Σ_{k≥1} (a+B−1−n)ₖ (a)ₖ₋₁ / ((a+B)ₖ₋₁ k!) zᵏ,  ℓ = ((1−z)^(a−1) − 1)/(a−1).
    ///
    /// Where its two parts would cancel or the series is long, E is integrated over p instead.
    func expectedPurchases(within time: Double) -> Double {
        guard time > 0 else { return 0 }
        let difference = leaving + staying - 1 - shape
        let z = time / (age + time)
        guard abs(difference) < 10, z < 0.97 else { return integrated(within: time) }
        let logLeft = -log1p(time / age)
        let order = leaving - 1
        let bend = abs(order) < 1e-12 ? logLeft : expm1(order * logLeft) / order
        var term = difference * z
        var sum = term
        var k = 1.0
        while abs(term) > 1e-17 * abs(sum), k < 5000 {
            term *= (difference + k) * (leaving + k - 1) / ((leaving + staying + k - 1) * (k + 1)) * z
            sum += term
            k += 1
        }
        let leading = -(leaving + staying - 1) * bend
        let value = leading - exp(order * logLeft) * sum
        return value > 1e-3 * abs(leading) ? value : integrated(within: time)
    }

    private func integrated(within time: Double) -> Double {
        let reach = time / age
        return mean(scale: reach * (shape + 1), atZero: shape * reach) { chance in
            -expm1(-shape * log1p(chance * reach)) / chance
        }
    }

    /// E[λ/(δ + λ p)] for a continuous discount rate δ: the mean over p of (n/p) e^y Eₙ₊₁(y), y = δ (α+T)/p.
    func discountedPurchases(at discount: Double) -> Double {
        let least = discount * age
        return mean(scale: (shape + 2) / least, atZero: shape / least) { chance in
            shape / chance * scaledExponentialIntegral(order: shape + 1, at: least / chance)
        }
    }

    /// The mean over p ~ Beta(leaving, staying) of a function that falls with p and is smooth in ln p, by Gauss–Legendre over
    /// logit p.
    ///
    /// - Parameters:
    ///   - scale: the function is `atZero` × (1 − O(p × scale)) near zero.
    private func mean(scale: Double, atZero: Double, of body: (Double) -> Double) -> Double {
        let centre = log(leaving / staying)
        let width = sqrt(1 / leaving + 1 / staying)
        // Left of `flat` the function is its limit, right of 39 it is its value at 1; what lies beyond the
        // other two ends has no mass.
        let flat = -39 - log1p(scale)
        let low = max(flat, centre - 10 * width - 40 / leaving)
        let high = min(39, centre + 10 * width + 40 / staying)
        guard low < high else { return body(leaving / (leaving + staying)) }
        let logScale = logBeta(checked: leaving, staying)
        let panels = Int(min(((high - low) / min(2.5, 3 * width)).rounded(.up), 4000))
        var sum = 0.0
        GaussLegendre.sixteen.visit(low...high, panels: max(panels, 1)) { logit, weight in
            let logChance = logit > 0 ? -log1p(exp(-logit)) : logit - log1p(exp(logit))
            let density = exp(leaving * logChance + staying * (logChance - logit) - logScale)
            // The function is largest at zero: what cannot add anything is not computed.
            guard weight * density * atZero > 1e-18 * sum else { return }
            sum += weight * density * body(exp(logChance))
        }
        let below = low > flat ? 0 : exp(leaving * low - logScale) / leaving
        let above = high < 39 ? 0 : exp(-staying * high - logScale) / staying
        return sum + atZero * below + body(1) * above
    }

    /// P(J = j) and P(J ≥ j) for j = 0 … most: the purchases within `time` of someone who never leaves.
    func loyalCounts(within time: Double, upTo most: Int) -> [(exactly: Double, atLeast: Double)] {
        guard time > 0 else { return (0...most).map { $0 == 0 ? (1, 1) : (0, 0) } }
        let (z, left) = (time / (age + time), age / (age + time))
        var counts: [(exactly: Double, atLeast: Double)] = []
        var logChance = -shape * log1p(time / age)
        let logZ = -log1p(age / time)
        for count in 0...most {
            counts.append((exp(logChance), 0))
            logChance += log((shape + Double(count)) / Double(count + 1)) + logZ
        }
        // From the far end down every sum is of positive terms.
        var atLeast = BetaDistribution(checked: Double(most + 1), shape).tails(at: z, complement: left).below
        for count in (0...most).reversed() {
            atLeast += counts[count].exactly
            counts[count].atLeast = min(atLeast, 1)
        }
        return counts
    }
}

/// e^y Eₚ(y), the generalised exponential integral scaled: DLMF 8.19.17 for y from 0.1, else by U(1, 2 − p, y).
func scaledExponentialIntegral(order: Double, at y: Double) -> Double {
    guard y >= 0.1 else { return exp(logTricomi(checked: 1, 2 - order, at: y)) }
    var denominator = y + order
    var fraction = ContinuedFraction(leading: denominator)
    var index = 1.0
    while !fraction.hasSettled, index < 10_000 {
        denominator += 2
        fraction.extend(numerator: -index * (order + index - 1), denominator: denominator)
        index += 1
    }
    return 1 / fraction.value
}
