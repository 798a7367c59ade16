/// A queue in which callers hang up when their patience ends: Palm's model (M/M/n+M).
///
/// Arrivals are Poisson; handling times and patience are exponential; the first to come is the first
/// answered. A birth-death chain that loses nμ + (k − n)θ calls per unit of time with k callers present, so
/// it settles at every load: with fewer agents than erlangs some hang up and the rest are answered. As
/// patience grows it becomes `ErlangC`. Use it by default.
///
/// Relative error below 10⁻¹¹ for 1 to 10⁷ agents, tested against the chain solved with exact sums; shares
/// that come from a difference (`answered(within:)`, `abandoned(within:)`) to 10⁻¹³ absolute.
///
/// Sources: C. Palm, 1957; O. Garnett, A. Mandelbaum, M. Reiman, 2002, "Designing a call center with
/// impatient customers", Manufacturing & Service Operations Management 4, 208–227.
public struct ErlangA: Sendable, Equatable {
    /// What arrives.
    public let traffic: Traffic
    /// Agents at work.
    public let agents: Int
    /// Mean time callers are ready to wait, 1/θ; estimated by `Patience`.
    public let patience: Time<Seconds>
    /// The probability that a caller has to wait at all, 0…1.
    public let waiting: Double
    /// The share of all callers who hang up before they are answered, 0…1.
    public let abandonment: Double

    /// The share of all callers who are answered, 0…1; where almost none is, it keeps more figures than
    /// 1 − abandonment.
    public let answered: Double

    let tail: ImpatientTail
    /// The probability of n − 1 calls present, times S of `ImpatientTail`.
    let crowd: Double

    /// - Parameters:
    ///   - traffic: what comes in, and how long it takes.
    ///   - agents: 1 to 10⁷, more or fewer than the load.
    ///   - patience: from 10⁻⁶ to 10⁹ handling times.
    /// - Throws: `OutOfRange` naming `agents` or `patience`.
    public init(_ traffic: Traffic, agents: Int, patience: Time<Seconds>) throws(OutOfRange) {
        try OutOfRange.check(count: agents, "agents", in: 1...StaffingLimit.agents)
        let relative = patience / traffic.handling
        try OutOfRange.check(relative, "patience / handling", in: StaffingLimit.relativePatience)
        self.init(checked: traffic, agents: agents, patience: patience)
    }

    init(checked traffic: Traffic, agents: Int, patience: Time<Seconds>) {
        self.traffic = traffic
        self.agents = agents
        self.patience = patience
        let relative = patience / traffic.handling
        let people = Double(agents)
        let spare = (people - traffic.load) * relative
        tail = ImpatientTail(served: people * relative, offered: traffic.load * relative, spare: spare)
        let blocked = blocking(servers: agents - 1, load: traffic.load)
        let pressure = traffic.load / people
        let states = tail.emptiness + pressure * blocked
        crowd = blocked / states
        waiting = pressure * blocked / states
        answered = min(1, tail.emptiness / states + crowd * tail.company)
        abandonment = waiting * tail.abandoning
    }

    /// The share of their time agents spend on calls, 0…1: A · answered/n.
    public var occupancy: Double { min(1, traffic.load * answered / Double(agents)) }

    /// The average wait of all callers, answered or not: abandonment × patience.
    public var averageWait: Time<Seconds> { patience * abandonment }

    /// Callers waiting at an average moment: arrivals × average wait.
    public var queueLength: Double { traffic.load * (averageWait / traffic.handling) }

    /// The probability that a caller, answered or not, waits longer than `time`, 0…1.
    ///
    /// - Parameter time: 0 to 10¹⁵ seconds.
    /// - Throws: `OutOfRange` naming `time`.
    public func waits(longerThan time: Time<Seconds>) throws(OutOfRange) -> Double {
        waits(longerThan: try patiences(in: time))
    }

    /// The share of all callers offered that is answered within `time`, 0…1.
    ///
    /// For the service level in its other definitions see `counts(of:within:shortAbandon:)`.
    ///
    /// - Parameter time: 0 to 10¹⁵ seconds.
    /// - Throws: `OutOfRange` naming `time`.
    public func answered(within time: Time<Seconds>) throws(OutOfRange) -> Double {
        answered(within: try patiences(in: time))
    }

    /// The share of all callers offered that hangs up within `time`, 0…1.
    ///
    /// - Parameter time: 0 to 10¹⁵ seconds.
    /// - Throws: `OutOfRange` naming `time`.
    public func abandoned(within time: Time<Seconds>) throws(OutOfRange) -> Double {
        abandoned(within: try patiences(in: time))
    }

    private func patiences(in time: Time<Seconds>) throws(OutOfRange) -> Double {
        try OutOfRange.check(time.value, "time", in: StaffingLimit.wait)
        return time / patience
    }

    func waits(longerThan v: Double) -> Double { waiting * tail.remaining(after: v) * exp(-v) }

    func answered(within v: Double) -> Double {
        min(max(answered - answered(after: v), 0), 1)
    }

    func abandoned(within v: Double) -> Double {
        min(max(1 - answered(within: v) - waits(longerThan: v), 0), abandonment)
    }

    /// The share of all callers that waits longer than v patiences and is then answered.
    func answered(after v: Double) -> Double {
        crowd * max(0, tail.remaining(after: v) - tail.density(at: v))
    }
}
