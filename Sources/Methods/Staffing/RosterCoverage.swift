/// One interval of a plan beside the people who are really on the roster for it.
public struct IntervalCoverage: Sendable, Equatable {
    /// What was planned.
    public let plan: IntervalPlan
    /// People on the roster.
    public let roster: Int
    /// How many of them are at work, after shrinkage, rounded down.
    public let present: Int
    /// What callers experience with `present` agents.
    public let forecast: QueueForecast

    /// Agents at work that are missing; 0 where there are enough.
    public var short: Int { max(0, plan.agents - present) }
    /// Agents at work beyond the need; 0 where there are too few.
    public var over: Int { max(0, present - plan.agents) }

    init(_ plan: IntervalPlan, roster: Int, rule: StaffingRule) throws(StaffingRefusal) {
        self.plan = plan
        self.roster = roster
        do {
            present = try atWork(roster: roster, shrinkage: rule.shrinkage)
        } catch {
            throw .outOfRange(error)
        }
        let interval = plan.interval
        let traffic = try interval.traffic(of: interval.calls)
        forecast = try interval.forecast(of: traffic, agents: present, patience: rule.patience)
    }
}

/// A plan held against a roster.
public struct RosterCoverage: Sendable, Equatable {
    /// In the order of the plan.
    public let intervals: [IntervalCoverage]

    /// The positions of the intervals with too few people, in order.
    public var shortIntervals: [Int] { intervals.indices.filter { intervals[$0].short > 0 } }

    /// Hours of agents at work that are missing, over the intervals that are short.
    public var missing: Time<Hours> {
        Time(intervals.reduce(0) { $0 + Double($1.short) * $1.plan.interval.length.value / 60 })
    }

    /// The day's calls, summed; its service level is `counts.inTime(_:)`, weighted by volume.
    ///
    /// Without patience an overloaded interval counts as wholly out of time, as it is in the long run.
    public var counts: AnswerCounts { intervals.reduce(.none) { $0 + $1.forecast.counts } }
}
