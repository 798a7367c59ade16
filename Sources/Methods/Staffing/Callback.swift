/// Calling people back instead of letting them hold: what it costs and where the work goes.
///
/// A call-back does not remove work, it moves it, and adds the attempts that reach nobody. Each attempt fails
/// with probability u; after `attempts` tries the caller is given up.
public struct Callback: Sendable, Equatable {
    /// The mean time the call takes once the person is reached.
    public let handling: Time<Seconds>
    /// The time one attempt takes that reaches nobody.
    public let attempt: Time<Seconds>
    /// The share u of attempts that reach nobody, 0 to 0.99.
    public let unreached: Double
    /// How often one person is tried at most, 1 to 1,000.
    public let attempts: Int

    /// - Parameters:
    ///   - unreached: the share of tries nobody answers, 0 to below 1.
    ///   - attempts: how often one person is tried, 1 to 1,000.
    ///   - handling: 0.001 to 10⁹ seconds.
    ///   - attempt: 0 to 10⁹ seconds.
    /// - Throws: `OutOfRange` naming the input.
    public init(
        handling: Time<Seconds>, attempt: Time<Seconds>, unreached: Double, attempts: Int = 3
    ) throws(OutOfRange) {
        try OutOfRange.check(handling.value, "handling", in: StaffingLimit.handling)
        try OutOfRange.check(attempt.value, "attempt", in: 0...1e9)
        try OutOfRange.check(unreached, "unreached", in: 0...0.99)
        try OutOfRange.check(count: attempts, "attempts", in: 1...1000)
        self.handling = handling
        self.attempt = attempt
        self.unreached = unreached
        self.attempts = attempts
    }

    /// The share of people reached in the end, 0…1: 1 − uᵏ for k attempts.
    public var reached: Double { 1 - pow(unreached, Double(attempts)) }

    /// Attempts that reach nobody, for each person to be called back: u + u² + … + uᵏ.
    public var failedAttempts: Double { unreached * reached / (1 - unreached) }

    /// The time one promised call-back takes on average: reached · handling + failed attempts · attempt.
    ///
    /// Staff with this in place of the handling time.
    public var work: Time<Seconds> { handling * reached + attempt * failedAttempts }

    /// Moves calls to later intervals as call-backs.
    ///
    /// Each interval keeps the calls that stay on the line; a call-back counts where it is made, with `work`
    /// as its handling time, so the interval's mean handling time changes as well. Where the calls to staff
    /// for differ from those expected, they change in proportion.
    ///
    /// - Parameters:
    ///   - moves: no more from an interval than it expects.
    ///   - intervals: one or more.
    /// - Returns: the same intervals with volume and handling time changed.
    /// - Throws: `OutOfRange` naming the position, the number of calls or the interval that does not fit.
    public func moving(
        _ moves: [CallbackMove], in intervals: [ForecastInterval]
    ) throws(OutOfRange) -> [ForecastInterval] {
        try OutOfRange.check(count: intervals.count, "intervals.count", in: 1...10_000_000)
        var leaving = [Double](repeating: 0, count: intervals.count)
        var coming = leaving
        for move in moves {
            try OutOfRange.check(count: move.from, "move.from", in: 0...(intervals.count - 1))
            try OutOfRange.check(count: move.to, "move.to", in: move.from...(intervals.count - 1))
            try OutOfRange.check(move.calls, "move.calls", in: StaffingLimit.calls)
            leaving[move.from] += move.calls
            coming[move.to] += move.calls
        }
        var moved = intervals
        for index in intervals.indices {
            try change(&moved[index], leaving: leaving[index], coming: coming[index])
        }
        return moved
    }

    private func change(
        _ interval: inout ForecastInterval, leaving: Double, coming: Double
    ) throws(OutOfRange) {
        guard leaving > 0 || coming > 0 else { return }
        try OutOfRange.check(interval.calls, "interval.calls", in: StaffingLimit.calls)
        try OutOfRange.check(interval.staffedFor, "interval.staffedFor", in: StaffingLimit.calls)
        try OutOfRange.check(interval.handling.value, "interval.handling", in: StaffingLimit.handling)
        try OutOfRange.check(leaving, "move.calls", in: 0...interval.calls * (1 + 1e-12))
        let staying = max(0, interval.calls - leaving)
        let calls = staying + coming
        let margin = interval.calls > 0 ? interval.staffedFor / interval.calls : 1
        interval.staffedFor = calls * margin
        interval.calls = calls
        guard calls > 0 else { return }
        interval.handling = Time((staying * interval.handling.value + coming * work.value) / calls)
    }
}

/// Calls that ring in one interval and are called back in another, the same or later.
public struct CallbackMove: Sendable, Equatable {
    /// Positions of the intervals, from 0.
    public var from, to: Int
    /// How many, 0 to 10⁹.
    public var calls: Double

    /// A move of `calls` calls; checked where it is used.
    public init(from: Int, to: Int, calls: Double) {
        self.from = from
        self.to = to
        self.calls = calls
    }
}
