/// Which calls a service level is a share of. Standards and vendors differ, so it is always said.
public enum InTimeDefinition: String, Sendable, CaseIterable {
    /// Answered in time / all calls offered. Callers who hang up count against the centre.
    case offered
    /// Answered in time / (offered − abandoned within the short-abandon threshold).
    case offeredLessShortAbandons = "offered less short abandons"
    /// Answered in time / answered. Callers who hang up do not count at all, which flatters.
    case answered
}

/// How many calls were, or are expected to be, offered, answered and answered in time.
///
/// Counts add up over intervals; shares do not. A day's service level is the share of the summed counts,
/// never the mean of the intervals' percentages.
public struct AnswerCounts: Sendable, Equatable {
    /// Calls that arrived, answered or not.
    public var offered: Double
    /// Answered at last, however late.
    public var answered: Double
    /// Answered within the target time.
    public var answeredInTime: Double
    /// Abandoned within the short-abandon threshold; part of `offered`.
    public var shortAbandons: Double

    /// - Parameters:
    ///   - offered: 0 to 10¹²; expected counts may have fractions.
    ///   - answered: at most `offered` − `shortAbandons`.
    ///   - answeredInTime: at most `answered`.
    ///   - shortAbandons: 0 or more.
    /// - Throws: `OutOfRange` naming the count that does not fit the others.
    public init(
        offered: Double, answered: Double, answeredInTime: Double, shortAbandons: Double
    ) throws(OutOfRange) {
        try OutOfRange.check(offered, "offered", in: 0...1e12)
        try OutOfRange.check(shortAbandons, "shortAbandons", in: 0...offered)
        try OutOfRange.check(answered, "answered", in: 0...(offered - shortAbandons))
        try OutOfRange.check(answeredInTime, "answeredInTime", in: 0...answered)
        self.init(checked: offered, answered, answeredInTime, shortAbandons)
    }

    init(checked offered: Double, _ answered: Double, _ answeredInTime: Double, _ shortAbandons: Double) {
        self.offered = offered
        self.answered = answered
        self.answeredInTime = answeredInTime
        self.shortAbandons = shortAbandons
    }

    /// No calls.
    public static let none = AnswerCounts(checked: 0, 0, 0, 0)

    /// The calls of both together.
    public static func + (left: Self, right: Self) -> Self {
        Self(
            checked: left.offered + right.offered, left.answered + right.answered,
            left.answeredInTime + right.answeredInTime, left.shortAbandons + right.shortAbandons)
    }

    /// The service level in one of its definitions, 0…1; nil where it would be a share of no calls.
    public func inTime(_ definition: InTimeDefinition) -> Double? {
        let calls =
            switch definition {
            case .offered: offered
            case .offeredLessShortAbandons: offered - shortAbandons
            case .answered: answered
            }
        return calls > 0 ? min(1, answeredInTime / calls) : nil
    }

    /// Abandoned / offered, 0…1, short abandons included; nil without calls.
    public var abandonment: Double? { offered > 0 ? 1 - answered / offered : nil }

    /// Abandoned / offered, short abandons left out of both; nil where nothing is left.
    public var abandonmentLessShort: Double? {
        let calls = offered - shortAbandons
        return calls > 0 ? max(0, 1 - answered / calls) : nil
    }
}

extension ErlangA {
    /// What becomes of `calls` callers, for the service level in all its definitions.
    ///
    /// - Parameters:
    ///   - calls: 0 to 10⁹.
    ///   - time: answered within this counts as in time; 0 to 10¹⁵ seconds.
    ///   - shortAbandon: hanging up within this is a short abandon; 0 to 10¹⁵ seconds.
    /// - Throws: `OutOfRange` naming the input.
    public func counts(
        of calls: Double, within time: Time<Seconds>, shortAbandon: Time<Seconds> = 5
    ) throws(OutOfRange) -> AnswerCounts {
        try OutOfRange.check(calls, "calls", in: StaffingLimit.calls)
        let inTime = try answered(within: time)
        let short = try abandoned(within: shortAbandon)
        return AnswerCounts(checked: calls, calls * answered, calls * inTime, calls * short)
    }
}
