/// What lies there after an interval.
public struct BacklogStep: Sendable, Equatable {
    /// Items finished in the interval.
    public let finished: Double
    /// Items that lie there at its end.
    public let waiting: Double
    /// How long the oldest of them has been there; 0 when none is.
    public let oldest: Time<Hours>
    /// The longest any item had been there when it was finished in the interval; 0 when none was.
    public let slowest: Time<Hours>
}

extension WrittenWork {
    /// Carries a backlog over intervals, oldest first.
    ///
    /// Work is a fluid: items arrive evenly within an interval and are finished evenly while there are any.
    /// Exact for that picture, whatever the lengths of the intervals. Cost grows with the intervals alone.
    ///
    /// - Parameters:
    ///   - intervals: one or more, in order of time.
    ///   - opening: what lies there at the start.
    /// - Throws: `OutOfRange` naming `intervals.count` or the input of an interval or the opening.
    public func backlog(
        over intervals: [WorkInterval], opening: OpeningBacklog = .empty
    ) throws(OutOfRange) -> [BacklogStep] {
        try Self.validate(intervals, opening)
        return walk(intervals, opening, staff: 1)
    }

    /// The smallest staff with which every item is answered within `target`, oldest first.
    ///
    /// Looks at every moment of the intervals given; items that arrive so late that they fall due after the
    /// last one are not judged, so give the days that follow too. Never fewer than keep pace with what
    /// arrives, or the backlog would grow beyond the horizon.
    ///
    /// - Parameters:
    ///   - target: how long an answer may take on the clock of `intervals`, 10⁻³ to 10⁶ hours.
    ///   - intervals: `agents` is the share of the staff at work in each, such as 0 by night and 1 by day.
    ///   - opening: what lies there at the start.
    /// - Returns: people, or nil when no staff of up to 10⁷ can do it: somebody waits through closed hours.
    /// - Throws: `OutOfRange` naming the input.
    public func agentsNeeded(
        within target: Time<Hours>, over intervals: [WorkInterval], opening: OpeningBacklog = .empty
    ) throws(OutOfRange) -> Int? {
        try OutOfRange.check(target.value, "target", in: 1e-3...1e6)
        try Self.validate(intervals, opening)
        for interval in intervals { try OutOfRange.check(interval.agents, "interval.agents", in: 0...1) }
        let arriving = intervals.reduce(0) { $0 + $1.arriving }
        guard arriving + opening.items > 0 else { return 0 }
        let capacity = intervals.reduce(0) { $0 + pace.value * $1.agents * $1.length.value }
        guard capacity > 0 else { return nil }
        let suffices = { (staff: Int) in
            let steps = walk(intervals, opening, staff: Double(staff))
            let limit = target.value * (1 + 1e-9)
            return steps.allSatisfy { $0.slowest.value <= limit && $0.oldest.value <= limit }
        }
        let pacing = arriving / capacity
        guard pacing <= Double(StaffingLimit.agents) else { return nil }
        return leastStaff(from: wholePeople(pacing), suffices)
    }

    private func leastStaff(from least: Int, _ suffices: (Int) -> Bool) -> Int? {
        guard !suffices(least) else { return least }
        var (failing, enough, step) = (least, least + 1, 1)
        while !suffices(enough) {
            guard enough < StaffingLimit.agents else { return nil }
            step *= 2
            (failing, enough) = (enough, min(enough + step, StaffingLimit.agents))
        }
        while enough - failing > 1 {
            let middle = failing + (enough - failing) / 2
            if suffices(middle) { enough = middle } else { failing = middle }
        }
        return enough
    }

    private static func validate(
        _ intervals: [WorkInterval], _ opening: OpeningBacklog
    ) throws(OutOfRange) {
        try OutOfRange.check(count: intervals.count, "intervals.count", in: 1...10_000_000)
        try opening.validate()
        for interval in intervals { try interval.validate() }
    }

    private func walk(
        _ intervals: [WorkInterval], _ opening: OpeningBacklog, staff: Double
    ) -> [BacklogStep] {
        var pile = BacklogPile(opening, intervals: intervals.count)
        return intervals.map { pile.work(through: $0, speed: pace.value * $0.agents * staff) }
    }
}
