/// What callers and agents will experience with a number of agents at work.
public struct QueueForecast: Sendable, Equatable {
    /// Agents at work.
    public let agents: Int
    /// The work that arrives, in erlangs.
    public let load: Double
    /// The probability that a caller has to wait at all, 0…1.
    public let waiting: Double
    /// The average wait of all callers; nil where the queue would grow without limit.
    public let averageWait: Time<Seconds>?
    /// Callers waiting at an average moment; nil where the queue would grow without limit.
    public let queueLength: Double?
    /// The share of their time agents spend on calls, 0…1; nil without agents.
    public let occupancy: Double?
    /// What becomes of the calls expected, for the service level in all its definitions.
    public let counts: AnswerCounts

    /// Whether more work arrives than the agents can do and nobody is assumed to hang up. In the long run
    /// nobody is then answered in time.
    public var isOverloaded: Bool { averageWait == nil }

    /// - Parameters:
    ///   - traffic: while it lasts.
    ///   - calls: how many callers `counts` is about, 0 to 10⁹.
    ///   - agents: 0 to 10⁷.
    ///   - patience: the callers' mean patience, 10⁻⁶ to 10⁹ handling times; nil if nobody hangs up.
    ///   - within: what counts as answered in time; 0 to 10¹⁵ seconds.
    ///   - shortAbandon: hanging up within this is a short abandon; 0 to 10¹⁵ seconds.
    /// - Throws: `OutOfRange` naming the input.
    public init(
        of traffic: Traffic, calls: Double, agents: Int, patience: Time<Seconds>?,
        within: Time<Seconds> = 20, shortAbandon: Time<Seconds> = 5
    ) throws(OutOfRange) {
        try OutOfRange.check(calls, "calls", in: StaffingLimit.calls)
        try OutOfRange.check(count: agents, "agents", in: 0...StaffingLimit.agents)
        try OutOfRange.check(within.value, "within", in: StaffingLimit.wait)
        try OutOfRange.check(shortAbandon.value, "shortAbandon", in: StaffingLimit.wait)
        if let patience {
            let relative = patience / traffic.handling
            try OutOfRange.check(relative, "patience / handling", in: StaffingLimit.relativePatience)
        }
        let isLost = agents == 0 || (patience == nil && Double(agents) <= traffic.load)
        if isLost {
            self.init(unanswered: traffic, calls, agents, patience, shortAbandon)
        } else if let patience {
            let queue = ErlangA(checked: traffic, agents: agents, patience: patience)
            self.init(queue, calls: calls, within: within / patience, short: shortAbandon / patience)
        } else {
            let blocked = blocking(servers: agents, load: traffic.load)
            let queue = ErlangC(traffic, agents: agents, blocking: blocked)
            self.init(queue, calls: calls, within: within)
        }
    }

    init(_ queue: ErlangC, calls: Double, within: Time<Seconds>) {
        agents = queue.agents
        load = queue.traffic.load
        waiting = queue.waiting
        averageWait = queue.averageWait
        queueLength = queue.queueLength
        occupancy = queue.occupancy
        let spare = Double(agents) - load
        let late = waiting * exp(-spare * within.value / queue.traffic.handling.value)
        counts = AnswerCounts(checked: calls, calls, calls * (1 - late), 0)
    }

    /// `within` and `short` in patiences.
    private init(_ queue: ErlangA, calls: Double, within: Double, short: Double) {
        agents = queue.agents
        load = queue.traffic.load
        waiting = queue.waiting
        averageWait = queue.averageWait
        queueLength = queue.queueLength
        occupancy = queue.occupancy
        counts = AnswerCounts(
            checked: calls, calls * queue.answered, calls * queue.answered(within: within),
            calls * queue.abandoned(within: short))
    }

    /// Nobody at work, or a queue that grows without limit. An interval without work still has no wait.
    private init(
        unanswered traffic: Traffic, _ calls: Double, _ agents: Int, _ patience: Time<Seconds>?,
        _ shortAbandon: Time<Seconds>
    ) {
        self.agents = agents
        load = traffic.load
        waiting = load > 0 ? 1 : 0
        averageWait = load > 0 ? patience : 0
        queueLength = load > 0 ? patience.map { traffic.load * ($0 / traffic.handling) } : 0
        occupancy = agents == 0 ? nil : 1
        let short = patience.map { -expm1(-(shortAbandon / $0)) } ?? 0
        counts = AnswerCounts(checked: calls, 0, 0, calls * short)
    }
}
