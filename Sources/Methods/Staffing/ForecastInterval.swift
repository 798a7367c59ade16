/// One interval of a day to be staffed: what is expected and what is promised.
public struct ForecastInterval: Sendable, Equatable {
    /// Calls expected, 0 to 10⁹; the weight of the interval in the day's service level.
    public var calls: Double
    /// Calls to staff for. More than `calls` where a quantile of the forecast is staffed, not its mean.
    public var staffedFor: Double
    /// From 0.01 to 10⁶ minutes.
    public var length: Time<Minutes>
    /// The mean time one call occupies an agent; 0.001 to 10⁹ seconds.
    public var handling: Time<Seconds>
    /// What is promised in this interval.
    public var target: StaffingTarget

    /// An interval staffed for `staffedFor` calls, or for those expected; checked where it is used.
    public init(
        calls: Double, staffedFor: Double? = nil, length: Time<Minutes> = 30, handling: Time<Seconds>,
        target: StaffingTarget
    ) {
        self.calls = calls
        self.staffedFor = staffedFor ?? calls
        self.length = length
        self.handling = handling
        self.target = target
    }

    /// An interval staffed for a stated quantile of its forecast: 0.8 has enough people four days in five.
    ///
    /// - Parameters:
    ///   - forecast: how many may call, and how sure that is.
    ///   - length: of the interval.
    ///   - handling: the mean time one call takes.
    ///   - target: what answering must reach.
    ///   - quantile: above 0 and below 1.
    /// - Throws: `OutOfRange` naming `quantile`.
    public init(
        forecast: CallForecast, staffedFor quantile: Double, length: Time<Minutes> = 30,
        handling: Time<Seconds>, target: StaffingTarget
    ) throws(OutOfRange) {
        let many = Double(try forecast.quantile(quantile))
        self.init(
            calls: forecast.mean, staffedFor: many, length: length, handling: handling, target: target)
    }
}

/// What holds for a whole day: who calls, and how much of the paid time is worked.
public struct StaffingRule: Sendable, Equatable {
    /// The callers' mean patience; nil plans with Erlang C, as if nobody hung up.
    public var patience: Time<Seconds>?
    /// The share of paid time away from the work, 0 to 0.99.
    public var shrinkage: Double
    /// At least this many at work whenever the line is open, 0 to 10⁷.
    public var minimumAgents: Int

    /// A rule; its ranges are checked where it is used.
    public init(patience: Time<Seconds>? = nil, shrinkage: Double = 0, minimumAgents: Int = 0) {
        self.patience = patience
        self.shrinkage = shrinkage
        self.minimumAgents = minimumAgents
    }

    func validate() throws(StaffingRefusal) {
        try StaffingRefusal.check(shrinkage, "rule.shrinkage", in: 0...0.99)
        let people = 0...StaffingLimit.agents
        try StaffingRefusal.check(count: minimumAgents, "rule.minimumAgents", in: people)
    }
}
