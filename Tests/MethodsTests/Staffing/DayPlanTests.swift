import Methods
import Testing

@Suite struct `Planning a day` {
    static let target = StaffingTarget(share: 0.8, within: 20, occupancy: 0.9)

    private func interval(_ calls: Double, minutes: Double = 30, handling: Double = 180) -> ForecastInterval {
        ForecastInterval(
            calls: calls, length: Time(minutes), handling: Time(handling), target: Self.target)
    }

    @Test func `gives every interval its agents, roster and forecast`() throws {
        let rule = StaffingRule(shrinkage: 0.3)
        let plan = try DayPlan([interval(100), interval(0), interval(5)], rule: rule)

        #expect(plan.intervals.map(\.agents) == [14, 0, 2])
        #expect(plan.intervals.map(\.roster) == [20, 0, 3])
        #expect(plan.intervals[0].forecast.occupancy.map { abs($0 - 10.0 / 14) < 1e-15 } == true)
        #expect(plan.intervals[1].forecast.occupancy == nil)
        #expect(plan.intervals[1].forecast.averageWait == 0)
        #expect(plan.agentHours == 8 && plan.rosterHours == 11.5)
    }

    @Test(arguments: [nil, Time<Seconds>(120)])
    func `is the sum of its intervals, each planned alone, in any order`(_ patience: Time<Seconds>?) throws {
        var generator = SeededGenerator(state: 24)
        let rule = StaffingRule(patience: patience, shrinkage: 0.25, minimumAgents: 2)
        let day = (0..<48).map { _ in interval(Double(Int.random(in: 0...300, using: &generator))) }
        let plan = try DayPlan(day, rule: rule)
        let shuffled = try DayPlan(day.shuffled(using: &generator), rule: rule)

        for (given, planned) in zip(day, plan.intervals) {
            let traffic = try Traffic(calls: given.calls, in: 30, handling: 180)
            let needed = try agentsNeeded(for: traffic, target: Self.target, patience: patience)
            #expect(planned.agents == max(2, needed))
            let alone = try QueueForecast(
                of: traffic, calls: given.calls, agents: planned.agents, patience: patience)
            let inTime = abs(alone.counts.answeredInTime - planned.forecast.counts.answeredInTime)
            #expect(inTime <= 1e-11 * max(given.calls, 1))
        }
        let ahead = try #require(plan.counts.inTime(.offered))
        #expect(abs(try #require(shuffled.counts.inTime(.offered)) - ahead) < 1e-12)
        #expect(shuffled.agentHours == plan.agentHours)
        #expect(ahead >= 0.8)
    }

    @Test func `weighs the day's service level by volume`() throws {
        let plan = try DayPlan([interval(1000), interval(1)], rule: StaffingRule())
        let shares = plan.intervals.map { $0.forecast.counts.inTime(.offered) ?? 0 }
        let weighted = (shares[0] * 1000 + shares[1]) / 1001

        #expect(abs(try #require(plan.counts.inTime(.offered)) - weighted) < 1e-12)
        #expect(abs(weighted - (shares[0] + shares[1]) / 2) > 0.02)
    }

    @Test func `staffs for the quantile and foresees the mean`() throws {
        let forecast = try CallForecast(mean: 100, ratio: 4)
        let cautious = try ForecastInterval(
            forecast: forecast, staffedFor: 0.8, handling: 180, target: Self.target)
        let plan = try DayPlan([interval(100), cautious], rule: StaffingRule())

        #expect(cautious.staffedFor == 116 && cautious.calls == 100)
        #expect(plan.intervals[1].agents > plan.intervals[0].agents)
        #expect(plan.intervals[1].forecast.load == plan.intervals[0].forecast.load)
        #expect(plan.counts.offered == 200)
    }

    @Test func `shows where a roster is short`() throws {
        let rule = StaffingRule(patience: 120, shrinkage: 0.3)
        let plan = try DayPlan([interval(100), interval(100), interval(100)], rule: rule)
        let needed = plan.intervals[0].roster
        let coverage = try plan.coverage(by: [needed, needed - 3, needed + 2])

        #expect(coverage.shortIntervals == [1])
        #expect(coverage.intervals.map(\.short)[1] >= 2 && coverage.intervals[2].over >= 1)
        #expect(coverage.missing.value == Double(coverage.intervals[1].short) / 2)
        let shares = coverage.intervals.map { $0.forecast.counts.inTime(.offered) ?? 0 }
        #expect(shares[1] < shares[0] && shares[0] < shares[2])
        #expect(try plan.coverage(by: plan.intervals.map(\.roster)).counts == plan.counts)
    }

    @Test func `foresees the worst where nobody or too few are there`() throws {
        let patient = try DayPlan([interval(100), interval(100)], rule: StaffingRule())
        let hard = try patient.coverage(by: [0, 10])
        let impatient = try DayPlan([interval(100), interval(100)], rule: StaffingRule(patience: 60))
        let soft = try impatient.coverage(by: [0, 10])

        #expect(hard.intervals.allSatisfy { $0.forecast.isOverloaded && $0.forecast.waiting == 1 })
        #expect(hard.counts.inTime(.offered) == 0 && hard.shortIntervals == [0, 1])
        #expect(soft.intervals[0].forecast.counts.abandonment == 1)
        #expect(soft.intervals[0].forecast.averageWait == 60)
        #expect(soft.intervals[1].forecast.averageWait.map { $0 < 60 } == true)
    }

    @Test func `takes each interval's own target`() throws {
        var quick = interval(100)
        quick.target = StaffingTarget(averageWait: 2)
        let plan = try DayPlan([interval(100), quick], rule: StaffingRule())

        #expect(plan.intervals[1].agents > plan.intervals[0].agents)
        #expect(plan.intervals[1].forecast.averageWait.map { $0 <= 2 } == true)
    }

    @Test func `refuses empty days, foreign rosters and impossible rules`() throws {
        let day = [interval(10)]
        let plan = try DayPlan(day, rule: StaffingRule())
        var broken = day[0]
        broken.handling = Time(.nan)
        var endless = day[0]
        endless.staffedFor = .infinity
        let refusals: [(String, () throws -> Void)] = [
            ("intervals", { _ = try DayPlan([], rule: StaffingRule()) }),
            ("rule.shrinkage", { _ = try DayPlan(day, rule: StaffingRule(shrinkage: 1)) }),
            ("rule.shrinkage", { _ = try DayPlan(day, rule: StaffingRule(shrinkage: .nan)) }),
            ("rule.minimumAgents", { _ = try DayPlan(day, rule: StaffingRule(minimumAgents: -1)) }),
            ("patience / handling", { _ = try DayPlan(day, rule: StaffingRule(patience: -1)) }),
            ("handling", { _ = try DayPlan([broken], rule: StaffingRule()) }),
            ("calls", { _ = try DayPlan([endless], rule: StaffingRule()) }),
            ("roster.count", { _ = try plan.coverage(by: []) }),
            ("roster", { _ = try plan.coverage(by: [-1]) }),
            ("roster", { _ = try plan.coverage(by: [Int.max]) }),
        ]
        for (input, refused) in refusals {
            let error = #expect(throws: StaffingRefusal.self) { try refused() }
            guard case .outOfRange(let cause) = error else {
                Issue.record("\(input) was refused as \(String(describing: error))")
                continue
            }
            #expect(cause.input == input)
        }
        let traffic = try Traffic(calls: 1, in: 1, handling: 60)
        for (input, calls, agents, within, short) in [
            ("calls", -1.0, 1, 20.0, 5.0), ("agents", 1, -1, 20, 5), ("within", 1, 1, -1, 5),
            ("shortAbandon", 1, 1, 20, Double.nan),
        ] {
            let error = #expect(throws: OutOfRange.self) {
                try QueueForecast(
                    of: traffic, calls: calls, agents: agents, patience: nil, within: Time(within),
                    shortAbandon: Time(short))
            }
            #expect(error?.input == input)
        }
    }
}
