import Methods

/// Interval plans a minute of thought would compare: 10,000 of 2 to 120 erlangs, and 200 of 2,000 erlangs.
///
/// `peers/pyworkforce_plan.py` plans the same intervals from the same formula.
func staffingBench() throws -> [(name: String, seconds: Double, note: String)] {
    let patient = StaffingRule(shrinkage: 0.3)
    let impatient = StaffingRule(patience: 180, shrinkage: 0.3)
    let plain = plainIntervals()
    let large = largeIntervals()
    var results: [(name: String, seconds: Double, note: String)] = []
    func measure(_ name: String, of day: [ForecastInterval], rule: StaffingRule) throws {
        var best = Double.infinity
        var agents = 0
        for _ in 0..<7 {
            let clock = ContinuousClock()
            var planned = 0
            let passed = try clock.measure {
                planned = try DayPlan(day, rule: rule).intervals.reduce(0) { $0 + $1.agents + $1.roster }
            }
            let parts = passed.components
            best = min(best, Double(parts.seconds) + Double(parts.attoseconds) * 1e-18)
            agents = planned
        }
        results.append((name, best, "\(day.count) plans, checksum \(agents)"))
    }
    try measure("erlang-c-plans", of: plain, rule: patient)
    try measure("erlang-c-plans-large", of: large, rule: patient)
    try measure("erlang-a-plans", of: plain, rule: impatient)
    try measure("erlang-a-plans-large", of: large, rule: impatient)
    return results
}

private func plainIntervals() -> [ForecastInterval] {
    let target = StaffingTarget(share: 0.8, within: 20, occupancy: 0.88)
    return (0..<10_000).map { index -> ForecastInterval in
        let calls = 20 + index * 37 % 581
        let seconds = 150 + index * 53 % 211
        return ForecastInterval(
            calls: Double(calls), length: 30, handling: Time(Double(seconds)), target: target)
    }
}

private func largeIntervals() -> [ForecastInterval] {
    let target = StaffingTarget(share: 0.8, within: 20)
    return (0..<200).map { index -> ForecastInterval in
        let calls = 14_000 + index * 37 % 2000
        let seconds = 200 + index * 53 % 81
        return ForecastInterval(
            calls: Double(calls), length: 30, handling: Time(Double(seconds)), target: target)
    }
}
