/// When a customer belongs on the list of those about to be lost. The numbers are a house proposal.
///
/// A pure rule over estimates made elsewhere: P(alive) below a threshold, or a fall by more than a share of
/// what it was four weeks (28 days) before. Listed customers are ranked by their expected residual value, so the list
/// begins with those for whom a call pays most, not with those who are surely gone.
public struct AtRiskRule: Sendable, Equatable {
    /// Listed below this P(alive), 0…1.
    public let threshold: Double
    /// Listed when P(alive) lost more than this share in four weeks, 0…1.
    public let drop: Double

    /// How long before now the earlier estimate is to be taken.
    public static let lookBack = Time<Weeks>(4)

    /// - Throws: `OutOfRange` naming `threshold` or `drop` unless it is from 0 to 1.
    public init(threshold: Double = 0.5, drop: Double = 0.5) throws(OutOfRange) {
        try OutOfRange.check(threshold, "threshold", in: 0...1)
        try OutOfRange.check(drop, "drop", in: 0...1)
        self.threshold = threshold
        self.drop = drop
    }

    /// Judges one customer.
    ///
    /// - Parameters:
    ///   - now: P(alive) today.
    ///   - before: P(alive) from the history as it was `lookBack` ago; nil when there was none.
    ///   - residual: the expected residual value, which already has P(alive) in it.
    /// - Returns: nil for a customer who is not at risk. A `presumed` estimate is never "not at risk": it
    ///   comes back as `unknown`.
    /// - Throws: `OutOfRange` naming `now`, `before` or `residual` where it is not a number in range.
    public func judge(
        now: AliveEstimate, before: AliveEstimate?, residual: Amount
    ) throws(OutOfRange) -> RiskFinding? {
        try OutOfRange.check(residual.minorUnits, "residual", in: -1e18...1e18)
        if let earlier = before?.probability { try OutOfRange.check(earlier, "before", in: 0...1) }
        guard let alive = now.probability else {
            return RiskFinding(reason: .unknown, alive: nil, residual: residual)
        }
        try OutOfRange.check(alive, "now", in: 0...1)
        let fell = before?.probability.map { alive < (1 - drop) * $0 } ?? false
        guard alive < threshold || fell else { return nil }
        let reason: RiskFinding.Reason = alive < threshold ? (fell ? .both : .low) : .fell
        return RiskFinding(reason: reason, alive: alive, residual: residual)
    }
}

/// Why a customer is on the list, and how much is at stake.
public struct RiskFinding: Sendable, Equatable, Comparable {
    /// What put the customer on the list.
    public enum Reason: Sendable {
        /// P(alive) is below the threshold.
        case low
        /// P(alive) fell by more than the allowed share.
        case fell
        /// Both.
        case both
        /// The model presumes the customer alive and so cannot tell; judge with another model.
        case unknown
    }

    /// What put the customer on the list.
    public let reason: Reason
    /// P(alive) now, 0…1; nil when unknown.
    public let alive: Double?
    /// The expected residual value, by which the list is sorted.
    public let residual: Amount

    /// Most money first.
    public static func < (left: Self, right: Self) -> Bool { left.residual > right.residual }
}
