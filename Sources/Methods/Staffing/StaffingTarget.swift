/// What a centre promises its callers and its agents. Everything that is set must be met.
public struct StaffingTarget: Sendable, Equatable {
    /// What counts as answered in time, also where no share is promised: plans report it.
    public var within: Time<Seconds>
    /// The smallest share of calls answered in time, above 0 and below 1; nil promises none.
    public var share: Double?
    /// Which calls `share` is a share of.
    public var counting: InTimeDefinition
    /// Hanging up sooner than this is a short abandon.
    public var shortAbandon: Time<Seconds>
    /// The longest average wait of all callers, above 0; nil promises none.
    public var averageWait: Time<Seconds>?
    /// The largest share of callers who hang up, above 0 and below 1; nil promises none.
    public var abandonment: Double?
    /// The largest share of their time agents may be on calls, 0.01…1. For long periods 0.85 to 0.88 is
    /// what people can keep up.
    public var occupancy: Double

    /// A target; its ranges are checked where it is used.
    public init(
        share: Double? = nil, within: Time<Seconds> = 20, counting: InTimeDefinition = .offered,
        shortAbandon: Time<Seconds> = 5, averageWait: Time<Seconds>? = nil, abandonment: Double? = nil,
        occupancy: Double = 1
    ) {
        self.within = within
        self.share = share
        self.counting = counting
        self.shortAbandon = shortAbandon
        self.averageWait = averageWait
        self.abandonment = abandonment
        self.occupancy = occupancy
    }

    func validate(hasPatience: Bool) throws(StaffingRefusal) {
        try StaffingRefusal.check(within.value, "target.within", in: StaffingLimit.wait)
        try StaffingRefusal.check(shortAbandon.value, "target.shortAbandon", in: StaffingLimit.wait)
        try StaffingRefusal.check(occupancy, "target.occupancy", in: 0.01...1)
        try Self.check(share, "target.share")
        try Self.check(abandonment, "target.abandonment")
        if let averageWait {
            try StaffingRefusal.check(averageWait.value, "target.averageWait", in: 1e-9...1e15)
        }
        if abandonment != nil, !hasPatience { throw .patienceUnknown }
        if share == nil, averageWait == nil, abandonment == nil, occupancy == 1 { throw .nothingAsked }
    }

    private static func check(_ share: Double?, _ input: String) throws(StaffingRefusal) {
        guard let share else { return }
        do { try OutOfRange.check(inside: share, input) } catch { throw .outOfRange(error) }
    }
}
