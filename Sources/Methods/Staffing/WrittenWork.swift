/// Letters, mail and tickets, whose answers are due in hours: work that can be kept, so a queue of people
/// on hold (Erlang) is the wrong picture and a backlog the right one.
public struct WrittenWork: Sendable, Equatable {
    /// The mean time one item takes.
    public let handling: Time<Minutes>
    /// The share of an agent's hours at work that goes into items, above 0…1.
    public let utilisation: Double

    /// - Parameters:
    ///   - handling: 10⁻³ to 10⁶ minutes.
    ///   - utilisation: 0.01 to 1; 0.85 leaves people room to breathe.
    /// - Throws: `OutOfRange` naming the input.
    public init(handling: Time<Minutes>, utilisation: Double = 0.85) throws(OutOfRange) {
        try OutOfRange.check(handling.value, "handling", in: 1e-3...1e6)
        try OutOfRange.check(utilisation, "utilisation", in: 0.01...1)
        self.handling = handling
        self.utilisation = utilisation
    }

    /// Items one agent finishes in an hour.
    public var pace: Rate<Hours> { Rate(60 * utilisation / handling.value) }

    /// The people needed to do `volume` items in `hours`: volume × handling / (hours × utilisation).
    ///
    /// - Parameters:
    ///   - volume: items, 0 to 10⁹.
    ///   - hours: worked by each, 0.01 to 10⁶.
    /// - Returns: with its fraction; round up with shrinkage for a roster.
    /// - Throws: `OutOfRange` naming `volume` or `hours`.
    public func agents(for volume: Double, in hours: Time<Hours>) throws(OutOfRange) -> Double {
        try OutOfRange.check(volume, "volume", in: StaffingLimit.calls)
        try OutOfRange.check(hours.value, "hours", in: 0.01...1e6)
        return volume / (pace * hours)
    }
}

/// A stretch of time in which items arrive evenly and a number of people work on them.
public struct WorkInterval: Sendable, Equatable {
    /// Closed hours too, if the target's clock runs through them; 10⁻³ to 10⁶ hours.
    public var length: Time<Hours>
    /// Items that arrive, 0 to 10⁹.
    public var arriving: Double
    /// People at work, 0 to 10⁷; where the question is how many are needed, the share of them at work here.
    public var agents: Double

    /// An interval; its ranges are checked where it is used.
    public init(length: Time<Hours>, arriving: Double, agents: Double) {
        self.length = length
        self.arriving = arriving
        self.agents = agents
    }

    func validate() throws(OutOfRange) {
        try OutOfRange.check(length.value, "interval.length", in: 1e-3...1e6)
        try OutOfRange.check(arriving, "interval.arriving", in: StaffingLimit.calls)
        try OutOfRange.check(agents, "interval.agents", in: 0...Double(StaffingLimit.agents))
    }
}

/// The work that lies there when the first interval begins.
public struct OpeningBacklog: Sendable, Equatable {
    /// 0 to 10⁹.
    public var items: Double
    /// How long the oldest has been there; the rest came in evenly since. 0 to 10⁶ hours.
    public var oldest: Time<Hours>

    /// A backlog; its ranges are checked where it is used.
    public init(items: Double, oldest: Time<Hours>) {
        self.items = items
        self.oldest = oldest
    }

    /// Nothing lies there.
    public static let empty = OpeningBacklog(items: 0, oldest: 0)

    func validate() throws(OutOfRange) {
        try OutOfRange.check(items, "opening.items", in: StaffingLimit.calls)
        try OutOfRange.check(oldest.value, "opening.oldest", in: 0...1e6)
    }
}
