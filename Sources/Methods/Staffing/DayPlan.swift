/// How many people one interval needs, and what its callers will then experience.
public struct IntervalPlan: Sendable, Equatable {
    /// What the plan is for.
    public let interval: ForecastInterval
    /// Agents needed at work.
    public let agents: Int
    /// People needed on the roster so that `agents` are at work.
    public let roster: Int
    /// At the calls expected, with `agents` at work.
    public let forecast: QueueForecast

    /// - Throws: as `agentsNeeded(for:target:patience:)`, and `.outOfRange` naming an input of the
    ///   interval or the rule.
    public init(_ interval: ForecastInterval, rule: StaffingRule) throws(StaffingRefusal) {
        try rule.validate()
        let expected = try interval.traffic(of: interval.calls)
        let staffed =
            interval.staffedFor == interval.calls ? expected : try interval.traffic(of: interval.staffedFor)
        let target = interval.target
        self.interval = interval
        let needed: Int
        if rule.patience == nil {
            try target.validate(hasPatience: false)
            let found = patientSearch(staffed, target)
            needed = found.agents
            agents = max(needed, rule.minimumAgents)
            if agents == needed, needed > 0, staffed == expected {
                let queue = ErlangC(expected, agents: agents, blocking: found.blocking)
                forecast = QueueForecast(queue, calls: interval.calls, within: target.within)
                roster = wholePeople(Double(agents) / (1 - rule.shrinkage))
                return
            }
        } else {
            needed = try agentsNeeded(for: staffed, target: target, patience: rule.patience)
            agents = max(needed, rule.minimumAgents)
        }
        roster = wholePeople(Double(agents) / (1 - rule.shrinkage))
        forecast = try interval.forecast(of: expected, agents: agents, patience: rule.patience)
    }
}

extension ForecastInterval {
    func traffic(of calls: Double) throws(StaffingRefusal) -> Traffic {
        do {
            return try Traffic(calls: calls, in: length, handling: handling)
        } catch {
            throw .outOfRange(error)
        }
    }

    func forecast(
        of traffic: Traffic, agents: Int, patience: Time<Seconds>?
    ) throws(StaffingRefusal) -> QueueForecast {
        do {
            return try QueueForecast(
                of: traffic, calls: calls, agents: agents, patience: patience, within: target.within,
                shortAbandon: target.shortAbandon)
        } catch {
            throw .outOfRange(error)
        }
    }
}

/// A day of intervals with the people each needs.
///
/// Every interval is taken as settled at once (the stationary, independent, period by period method): right
/// where calls are short beside the interval, optimistic after an interval that was overloaded, whose queue
/// spills over. Cost: some √A steps an interval.
public struct DayPlan: Sendable, Equatable {
    /// What holds for the whole day.
    public let rule: StaffingRule
    /// In the order they were given.
    public let intervals: [IntervalPlan]

    /// - Parameters:
    ///   - rule: what holds for the whole day.
    ///   - intervals: at least one.
    /// - Throws: as `IntervalPlan`, and `.outOfRange` naming `intervals` when there are none.
    public init(_ intervals: [ForecastInterval], rule: StaffingRule) throws(StaffingRefusal) {
        try StaffingRefusal.check(count: intervals.count, "intervals", in: 1...10_000_000)
        var plans: [IntervalPlan] = []
        plans.reserveCapacity(intervals.count)
        for interval in intervals { plans.append(try IntervalPlan(interval, rule: rule)) }
        self.rule = rule
        self.intervals = plans
    }

    /// The day's calls, summed; its service level is `counts.inTime(_:)`, weighted by volume.
    public var counts: AnswerCounts { intervals.reduce(.none) { $0 + $1.forecast.counts } }

    /// Hours of agents at work over the day.
    public var agentHours: Time<Hours> {
        Time(intervals.reduce(0) { $0 + Double($1.agents) * $1.interval.length.value / 60 })
    }

    /// Hours on the roster over the day.
    public var rosterHours: Time<Hours> {
        Time(intervals.reduce(0) { $0 + Double($1.roster) * $1.interval.length.value / 60 })
    }

    /// What happens when the roster is this, not the one planned: where it is short, and what that does.
    ///
    /// - Parameter roster: people on the roster in each interval, 0 to 10⁷; one entry an interval.
    /// - Throws: `.outOfRange` naming `roster`.
    public func coverage(by roster: [Int]) throws(StaffingRefusal) -> RosterCoverage {
        try StaffingRefusal.check(
            count: roster.count, "roster.count", in: intervals.count...intervals.count)
        var covered: [IntervalCoverage] = []
        covered.reserveCapacity(roster.count)
        for (plan, people) in zip(intervals, roster) {
            covered.append(try IntervalCoverage(plan, roster: people, rule: rule))
        }
        return RosterCoverage(intervals: covered)
    }
}
