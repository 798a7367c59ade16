/// What a Kaplan–Meier curve says at one point, with its doubt.
public struct SurvivalEstimate: Sendable, Equatable {
    /// S: the share still waiting, or still under contract, 0…1.
    public let remaining: Double
    /// The variance of that share by Greenwood's formula, S² Σ events / (at risk (at risk − events)).
    ///
    /// Nil once nobody is left, where the formula has no value.
    public let variance: Double?
    /// The range the share credibly lies in, inside 0…1; nil while nothing has happened and once nobody
    /// is left.
    ///
    /// S^exp(± z √Σ / ln S), the interval on the scale of ln(−ln S): unlike S ± z √variance it cannot
    /// leave 0…1 and keeps its coverage in small groups; R's survfit calls it "log-log".
    public let range: ClosedRange<Double>?
}

/// The mean of a wait cut off at a limit: what can be said of a mean while some still wait.
public struct RestrictedMean<Unit: TimeUnit>: Sendable, Equatable {
    /// E[min(wait, limit)]: the area under the curve up to the limit.
    public let mean: Time<Unit>
    /// The standard error, √Σ (area from the step to the limit)² events / (at risk (at risk − events)).
    public let standardError: Time<Unit>
}

/// The arithmetic of a product-limit curve, whatever its steps are counted in.
struct ProductLimit {
    struct Step {
        let time, atRisk, events: Int
        let remaining: Double

        /// Greenwood's summand; infinite when the step leaves nobody.
        var term: Double { Double(events) / (Double(atRisk) * Double(atRisk - events)) }
    }

    let steps: [Step]
    /// The last time anyone was watched.
    let last: Int?

    /// Whether the curve is known at a time: up to the last one watched, and for ever once nobody is left.
    private func isKnown(at time: Int) -> Bool {
        guard let last, time >= 0 else { return false }
        return time <= last || steps.last?.remaining == 0
    }

    func estimate(at time: Int, deviates z: Double) -> SurvivalEstimate? {
        guard isKnown(at: time) else { return nil }
        let passed = steps.prefix { $0.time <= time }
        guard let remaining = passed.last?.remaining else {
            return SurvivalEstimate(remaining: 1, variance: 0, range: nil)
        }
        guard remaining > 0 else { return SurvivalEstimate(remaining: 0, variance: nil, range: nil) }
        let sum = passed.reduce(0) { $0 + $1.term }
        let reach = z * sqrt(sum) / log(remaining)
        let ends = (pow(remaining, exp(-reach)), pow(remaining, exp(reach)))
        return SurvivalEstimate(
            remaining: remaining, variance: remaining * remaining * sum,
            range: min(ends.0, ends.1)...max(ends.0, ends.1))
    }

    func restrictedMean<Unit: TimeUnit>(to limit: Int) -> RestrictedMean<Unit>? {
        guard isKnown(at: limit) else { return nil }
        var area = 0.0
        var variance = 0.0
        var end = limit
        for step in steps.reversed() where step.time <= limit {
            area += step.remaining * Double(end - step.time)
            // A step that leaves nobody has no area behind it.
            if area > 0 { variance += area * area * step.term }
            end = step.time
        }
        return RestrictedMean(mean: Time(area + Double(end)), standardError: Time(sqrt(variance)))
    }
}
