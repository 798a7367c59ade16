// Quantiles, conditional averages and announcements of the queue with impatient callers.

extension ErlangA {
    /// The wait that a share `quantile` of all callers, answered or not, does not exceed; 0.9 gives P90.
    ///
    /// - Parameter quantile: above 0 and below 1.
    /// - Returns: relative error below 10⁻¹⁰; 0 where fewer than 1 − quantile wait.
    /// - Throws: `OutOfRange` naming `quantile`.
    public func wait(quantile: Double) throws(OutOfRange) -> Time<Seconds> {
        try OutOfRange.check(inside: quantile, "quantile")
        return patience * decay(to: 1 - quantile) { v in waits(longerThan: v) }
    }

    /// The wait that a share `quantile` of the answered callers does not exceed.
    ///
    /// - Parameter quantile: above 0 and below 1.
    /// - Returns: 10⁻¹⁰ relative for quantiles up to 0.9999; 0 where enough are answered at once.
    /// - Throws: `OutOfRange` naming `quantile`.
    public func waitOfAnswered(quantile: Double) throws(OutOfRange) -> Time<Seconds> {
        try OutOfRange.check(inside: quantile, "quantile")
        return patience * decay(to: (1 - quantile) * answered) { v in answered(after: v) }
    }

    /// Where a decreasing tail, at most e⁻ᵛ⁽¹⁺ˢᵖᵃʳᵉ⁾, falls to `level`: by halving, then bisection.
    private func decay(to level: Double, of tail: (Double) -> Double) -> Double {
        guard level > 0, tail(0) > level else { return 0 }
        var upper = log(1 / level) / (1 + max(self.tail.spare, 0))
        var lower = upper
        while lower > 1e-300, tail(lower) <= level { (lower, upper) = (lower / 2, lower) }
        for _ in 0..<60 where upper - lower > 1e-15 * upper {
            let middle = lower + (upper - lower) / 2
            if tail(middle) > level { lower = middle } else { upper = middle }
        }
        return upper
    }

    /// The average wait of the callers who are answered, those answered at once counted as 0.
    ///
    /// Under ordinary load shorter than `averageWait`, because the longest waits end in hanging up; in
    /// overload longer, because those who hang up have not waited to the end. By quadrature.
    public var averageWaitOfAnswered: Time<Seconds> {
        let delayed = crowd * tail.company
        guard delayed > 0, answered > 0 else { return 0 }
        return patience * (answeredDelay * delayed / answered)
    }

    /// The average wait of the callers who hang up; nil where nobody calls or waits.
    ///
    /// Not their mean patience: only the less patient get to hang up.
    public var averageWaitOfAbandoners: Time<Seconds>? {
        guard abandonment > 0 else { return nil }
        guard tail.served < 100 else { return patience * abandonedDelay }
        let answered = answeredDelay * crowd * tail.company
        return patience * max(0, 1 - answered / abandonment)
    }

    /// E[V] among those who wait and are answered, in patiences.
    private var answeredDelay: Double {
        var weights = 0.0
        var sum = 0.0
        visitOffered(extraDecay: 1) { v, weight in
            weights += weight
            sum += weight * v
        }
        return weights > 0 ? sum / weights : 0
    }

    /// The mean wait of those who hang up, in patiences: ∫ f (1 − (1+v)e⁻ᵛ) / ∫ f (1 − e⁻ᵛ).
    private var abandonedDelay: Double {
        var weights = 0.0
        var sum = 0.0
        visitOffered(extraDecay: 0) { v, weight in
            weights -= weight * expm1(-v)
            sum += weight * exp(-v) * expMinusOneMinus(v)
        }
        return weights > 0 ? sum / weights : 0
    }

    /// Visits points v with weights proportional to exp(y(1 − e⁻ᵛ) − (s + extra) v) dv.
    ///
    /// That density has one peak. From there, on either side, as far as it is above e⁻⁴⁵ of the peak.
    private func visitOffered(extraDecay extra: Double, _ body: (_ v: Double, _ weight: Double) -> Void) {
        let decay = tail.served + extra
        let peak = tail.offered > decay ? log(tail.offered / decay) : 0
        let height = min(tail.offered, decay)
        let slope = peak > 0 ? 0 : tail.spare + extra
        let drop = { (z: Double) in height * expMinusOneMinus(-z) + slope * z }
        var right = 1 / (slope + sqrt(height))
        while drop(right) < 45 { right *= 2 }
        GaussLegendre.sixteen.visit(0...right, panels: 16) { z, weight in
            body(peak + z, weight * exp(-drop(z)))
        }
        guard peak > 0 else { return }
        var left = 1 / sqrt(height)
        while left < peak, drop(-left) < 45 { left *= 2 }
        left = min(left, peak)
        GaussLegendre.sixteen.visit(0...left, panels: 16) { z, weight in
            body(peak - z, weight * exp(-drop(-z)))
        }
    }

    /// The wait to announce to a caller who finds all agents busy and `ahead` callers queueing before them.
    ///
    /// What a caller who does not hang up would wait: Σ 1/(nμ + jθ) for j = 0…ahead, because some of those
    /// before them will leave. Offer a call-back when it exceeds the centre's threshold.
    ///
    /// - Parameter ahead: 0 to 10⁶.
    /// - Throws: `OutOfRange` naming `ahead`.
    public func expectedWait(ahead: Int) throws(OutOfRange) -> Time<Seconds> {
        try OutOfRange.check(count: ahead, "ahead", in: 0...1_000_000)
        var sum = 0.0
        for place in 0...ahead { sum += 1 / (tail.served + Double(place)) }
        return patience * sum
    }
}
