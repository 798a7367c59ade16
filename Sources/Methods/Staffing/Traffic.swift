/// Calls that arrive at random and the time each takes: what agents are staffed for.
public struct Traffic: Sendable, Equatable {
    /// The mean time one call occupies an agent, talk and after-call work together; above 0.
    public let handling: Time<Seconds>
    /// The work that arrives, in erlangs (hours of work per hour): arrivals × handling time.
    public let load: Double

    /// Traffic that arrives at a steady rate.
    ///
    /// - Parameters:
    ///   - arrivals: calls per hour, 0 or more.
    ///   - handling: from 0.001 to 10⁹ seconds.
    /// - Throws: `OutOfRange` naming `arrivals`, `handling`, or `load` when it exceeds 10⁶ erlangs.
    public init(arrivals: Rate<Hours>, handling: Time<Seconds>) throws(OutOfRange) {
        try OutOfRange.check(arrivals.value, "arrivals", in: 0...1e12)
        try self.init(work: arrivals.value * handling.value, over: Hours.seconds, handling: handling)
    }

    /// Traffic counted over an interval: 100 calls in 30 minutes.
    ///
    /// - Parameters:
    ///   - calls: how many arrive in the interval, 0 to 10⁹; a forecast may have fractions.
    ///   - interval: its length, from 0.01 to 10⁶ minutes.
    ///   - handling: from 0.001 to 10⁹ seconds.
    /// - Throws: `OutOfRange` naming `calls`, `interval`, `handling`, or `load` when it exceeds 10⁶ erlangs.
    public init(calls: Double, in interval: Time<Minutes>, handling: Time<Seconds>) throws(OutOfRange) {
        try OutOfRange.check(calls, "calls", in: StaffingLimit.calls)
        try OutOfRange.check(interval.value, "interval", in: 0.01...1e6)
        try self.init(
            work: calls * handling.value, over: interval.value * Minutes.seconds, handling: handling)
    }

    private init(work: Double, over seconds: Double, handling: Time<Seconds>) throws(OutOfRange) {
        try OutOfRange.check(handling.value, "handling", in: StaffingLimit.handling)
        let load = work / seconds
        try OutOfRange.check(load, "load", in: StaffingLimit.load)
        self.handling = handling
        self.load = load
    }

    /// Calls per hour.
    public var arrivals: Rate<Hours> { Rate(load * Hours.seconds / handling.value) }
}
