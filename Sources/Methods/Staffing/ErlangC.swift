/// A queue in which everybody waits until answered: Erlang's delay formula (M/M/n).
///
/// Arrivals are Poisson, handling times exponential, the first to come is the first answered. Nobody hangs
/// up, so it needs more agents than erlangs and overstates waits and staff where people do hang up:
/// then use `ErlangA`.
///
/// C = nB/(n − A(1 − B)) with Erlang's B, and P(wait > t) = C e^(−(n−A)t/handling).
/// Relative error below 10⁻¹¹ of the wait as far as n − A is exact.
///
/// Source: A. K. Erlang, 1917.
public struct ErlangC: Sendable, Equatable {
    /// What arrives.
    public let traffic: Traffic
    /// Agents at work.
    public let agents: Int
    /// C: the probability that a caller has to wait at all, 0…1.
    public let waiting: Double

    /// - Parameters:
    ///   - traffic: what comes in, and how long it takes.
    ///   - agents: more than the load in erlangs, up to 10⁷.
    /// - Throws: `.outOfRange` naming `agents`, or `.overloaded` when the queue would grow without limit.
    public init(_ traffic: Traffic, agents: Int) throws(StaffingRefusal) {
        try StaffingRefusal.check(count: agents, "agents", in: 0...StaffingLimit.agents)
        guard Double(agents) > traffic.load else {
            throw .overloaded(load: traffic.load, agents: agents)
        }
        self.init(traffic, agents: agents, blocking: blocking(servers: agents, load: traffic.load))
    }

    /// For callers that have B and know there are agents enough.
    init(_ traffic: Traffic, agents: Int, blocking: Double) {
        self.traffic = traffic
        self.agents = agents
        waiting = min(1, Double(agents) * blocking / (Double(agents) - traffic.load * (1 - blocking)))
    }

    /// Agents beyond the load, above 0.
    private var spare: Double { Double(agents) - traffic.load }

    /// The share of their time agents spend on calls, 0…1: A/n.
    public var occupancy: Double { traffic.load / Double(agents) }

    /// The average wait of all callers, also called average speed of answer: C · handling/(n − A).
    public var averageWait: Time<Seconds> { averageWaitOfDelayed * waiting }

    /// The average wait of those who wait at all: handling/(n − A).
    public var averageWaitOfDelayed: Time<Seconds> { Time(traffic.handling.value / spare) }

    /// Callers waiting at an average moment: C A/(n − A).
    public var queueLength: Double { waiting * traffic.load / spare }

    /// The probability that a caller waits longer than `time`, 0…1.
    ///
    /// - Parameter time: 0 to 10¹⁵ seconds.
    /// - Throws: `OutOfRange` naming `time`.
    public func waits(longerThan time: Time<Seconds>) throws(OutOfRange) -> Double {
        try OutOfRange.check(time.value, "time", in: StaffingLimit.wait)
        return waiting * exp(-spare * time.value / traffic.handling.value)
    }

    /// The service level: the share of callers answered within `time`, 0…1.
    ///
    /// With nobody hanging up, the share of those offered and of those answered are one.
    ///
    /// - Parameter time: 0 to 10¹⁵ seconds.
    /// - Throws: `OutOfRange` naming `time`.
    public func answered(within time: Time<Seconds>) throws(OutOfRange) -> Double {
        1 - (try waits(longerThan: time))
    }

    /// The wait that a share `quantile` of callers does not exceed; 0.9 gives P90.
    ///
    /// handling/(n − A) · ln(C/(1 − quantile)), and no wait at all where fewer than 1 − quantile wait.
    ///
    /// - Parameter quantile: above 0 and below 1.
    /// - Throws: `OutOfRange` naming `quantile`.
    public func wait(quantile: Double) throws(OutOfRange) -> Time<Seconds> {
        try OutOfRange.check(inside: quantile, "quantile")
        guard waiting > 1 - quantile else { return 0 }
        return averageWaitOfDelayed * log(waiting / (1 - quantile))
    }

    /// The wait to announce to a caller who finds all agents busy and `ahead` callers queueing before them.
    ///
    /// - Parameter ahead: 0 to 10⁶.
    /// - Returns: (ahead + 1) · handling/n.
    /// - Throws: `OutOfRange` naming `ahead`.
    public func expectedWait(ahead: Int) throws(OutOfRange) -> Time<Seconds> {
        try OutOfRange.check(count: ahead, "ahead", in: 0...1_000_000)
        return Time(Double(ahead + 1) * traffic.handling.value / Double(agents))
    }
}
