extension KaplanMeier {
    /// Single waits: how many days each has lasted, and whether it has ended.
    ///
    /// - Throws: `OutOfRange` naming `days` unless each is from 0 to 10¹².
    public init(waits: some Sequence<(days: Int, ended: Bool)>) throws(OutOfRange) {
        var events: [Int: Int] = [:]
        var censored: [Int: Int] = [:]
        for wait in waits {
            try OutOfRange.check(count: wait.days, "days")
            if wait.ended {
                events[wait.days, default: 0] += 1
            } else {
                censored[wait.days, default: 0] += 1
            }
        }
        try self.init(events: events, censored: censored)
    }

    /// The share still waiting after a day, with Greenwood's variance and a range that stays within 0…1.
    ///
    /// - Parameters:
    ///   - day: since the start, 0 for the first.
    ///   - confidence: how often such ranges hold the truth, above 0 and below 1.
    /// - Returns: nil before day 0 and beyond the last day anyone was watched, unless all had ended.
    /// - Throws: `OutOfRange` naming `confidence`.
    ///
    /// Source: M. Greenwood, 1926, Reports on Public Health 33.
    public func estimate(at day: Int, confidence: Double = 0.95) throws(OutOfRange) -> SurvivalEstimate? {
        try limit.estimate(at: day, deviates: NormalDistribution.deviate(confidence: confidence))
    }

    /// The mean wait in days, each wait counted up to `day` at most.
    ///
    /// The plain mean needs everyone's end; this does not, and two groups compare fairly at one limit.
    ///
    /// - Returns: nil before day 0 and beyond the last day anyone was watched, unless all had ended.
    public func restrictedMean(to day: Int) -> RestrictedMean<Days>? { limit.restrictedMean(to: day) }

    private var limit: ProductLimit {
        ProductLimit(
            steps: steps.map {
                ProductLimit.Step(time: $0.day, atRisk: $0.atRisk, events: $0.events, remaining: $0.remaining)
            }, last: lastDay)
    }
}

extension RenewalHistory {
    /// The share still under contract after a renewal: Kaplan and Meier's estimate, with its doubt.
    ///
    /// - Parameters:
    ///   - renewal: how many renewals ago the contracts began; 0 is the start, where all are there.
    ///   - confidence: how often such ranges hold the truth, above 0 and below 1.
    /// - Returns: nil before 0 and beyond the renewals followed without a gap from the first, unless
    ///   nobody was left.
    /// - Throws: `OutOfRange` naming `confidence`.
    public func survival(
        after renewal: Int, confidence: Double = 0.95
    ) throws(OutOfRange) -> SurvivalEstimate? {
        try limit.estimate(at: renewal, deviates: NormalDistribution.deviate(confidence: confidence))
    }

    /// The periods a contract runs on average, each counted up to `renewals` at most.
    ///
    /// - Returns: nil where `survival(after:confidence:)` is.
    public func restrictedMean(to renewals: Int) -> RestrictedMean<Period>? {
        limit.restrictedMean(to: renewals)
    }

    /// The curve over the renewals that were followed without a gap from the first.
    var limit: ProductLimit {
        var steps: [ProductLimit.Step] = []
        var followed = 0
        var share = 1.0
        for renewal in renewals where renewal.number == followed + 1 {
            followed += 1
            share *= Double(renewal.atRisk - renewal.lost) / Double(renewal.atRisk)
            guard renewal.lost > 0 else { continue }
            steps.append(
                ProductLimit.Step(
                    time: followed, atRisk: renewal.atRisk, events: renewal.lost, remaining: share))
        }
        return ProductLimit(steps: steps, last: renewals.first?.number == 1 ? followed : nil)
    }
}
