/// Whether a chain keeps its promise for every arrival, and by how much, proved rather than sampled.
///
/// If every tier meets its target, a ticket that arrives at t is done by
/// F(t) = add_k(… add₂(add₁(t, d₁), d₂) …, d_k), and at F(t) when each uses its whole target; `add` in each
/// tier's own hours. It is due at add₀(t, D). F and the due moment never fall and are made of straight pieces
/// of slope 0 and 1 whose corners are whole milliseconds, so comparing the pieces decides every arrival.
/// Shares of time count arrivals in whole milliseconds. Times are exact.
public struct ChainProof: Sendable, Equatable {
    /// What the theorem says of a chain.
    public enum Verdict: Sendable, Equatable {
        /// Every arrival that could be decided is done by its due moment.
        case kept
        /// Some arrival is late when every tier uses its target, or a tier has no hours or no target.
        case broken
        /// Nothing could be decided, for a reason.
        case undecided(Reason)
    }

    /// Why nothing could be decided.
    public enum Reason: Sendable, Equatable {
        /// The arrivals asked about and the horizons of all hours have no moment in common.
        case noArrivals
        /// For every arrival both the completion and the due moment lie beyond the horizon.
        case horizonTooShort
        /// The customer's hours hold no open time, so nothing is ever due.
        case promiseNeverDue
    }

    /// Whether the promise is kept for every arrival.
    public let verdict: Verdict
    /// The arrivals asked about.
    public let arrivals: Range<UTCTime>
    /// The arrivals whose completion and due moment both lie in the common horizon of all hours.
    ///
    /// `worst` speaks of these.
    public let judged: Range<UTCTime>
    /// The judged arrivals and those after them that the horizon's end decides all the same.
    ///
    /// One whose completion lies beyond it while the due moment does not is late; one whose due moment lies
    /// beyond it while the completion does not is in time. Shares at risk speak of these.
    public let decided: Range<UTCTime>
    /// The length of the decided arrivals as a share of those asked about, 0…1.
    public let decidedShare: Double

    /// The judged arrival with the least slack; nil when none was judged.
    public let worst: ChainCase?
    /// The promise this chain can keep; nil when no completion lies in the horizon.
    public let tightest: TightestPromise?

    /// The decided arrivals that are late when every tier uses its whole target; sorted, disjoint.
    public let lateArrivals: [Range<UTCTime>]
    /// The share of the decided arrival time at which an arrival can become late, 0…1.
    public let shareAtRisk: Double?
    /// The same counting only arrivals in the customer's open hours, 0…1; nil when there are none.
    public let shareOfOpenTimeAtRisk: Double?
    /// The expected share of tickets that can become late, 0…1, when arrivals spread evenly over the decided
    /// time: Σ over tiers of the share of tickets ending there × the share at risk of the chain up to there.
    public let ticketsAtRisk: Double?

    /// What each tier contributes, in their order.
    public let links: [ChainLink]
    /// The tier that breaks the promise; nil unless the verdict is `broken`.
    public let brokenLink: BrokenLink?

    /// The share of the promise the chain may use up, 0…1, leaving the rest as a margin.
    public let margin: Double
    /// The tightest promise as a share of the promise made, 0 and up; nil when either is missing or zero.
    public let usedShare: Double?
    /// Whether the promise is kept and the tightest promise is at most the margin's share of it.
    public let keepsMargin: Bool
}
