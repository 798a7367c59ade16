/// One arrival taken through the chain with every tier using its whole target.
public struct ChainCase: Sendable, Equatable {
    /// When the customer asked.
    public let arrival: UTCTime
    /// When the last tier is done, each having used its whole target.
    public let completion: UTCTime
    /// When the promise made falls due; nil when that lies beyond the horizon.
    public let due: UTCTime?
    /// From the completion to the due moment on the wall clock, negative when late.
    public var slack: Elapsed? { due.map { $0 - completion } }
    /// Whether still worse is approached, though not reached, by arrivals in the millisecond before
    /// `arrival`.
    public let isLimit: Bool
    /// What each tier did to it; their customer times add up to the customer's clock at the completion.
    public let legs: [ChainLeg]
}

/// One tier's part in a case.
public struct ChainLeg: Sendable, Equatable {
    /// The tier's place in the chain, from 0.
    public let tier: Int
    /// When the tier gets the work, and when it passes it on.
    public let handedOver, finished: UTCTime
    /// Time on the wall clock in which the tier was closed, and in which it worked (its target).
    public let waited, worked: Elapsed
    /// How far the customer's clock went on in each of the two.
    public let customerWaited, customerWorked: Elapsed
    /// How far the customer's clock went on while the tier had the ticket.
    public var customerTime: Elapsed { customerWaited + customerWorked }
}

/// The shortest promise, in the customer's hours, that a chain keeps for every arrival.
///
/// D* = sup over arrivals t of N₀(F(t)) − N₀(t), N₀ being the open time of the customer's hours.
public struct TightestPromise: Sendable, Equatable {
    /// The supremum of what the chain uses, in the promise's hours.
    public let within: Elapsed
    /// Whether no arrival needs quite that much: the supremum is a limit, approached just after a moment.
    public let isLimit: Bool
    /// Whether a promise of exactly `within` is kept. If not, one a millisecond longer is: a completion while
    /// the customer's clock stands still has used the promise up exactly and yet comes after the due moment.
    public let isKept: Bool
    /// Whether some arrivals' completion lies beyond the horizon, so that these may need more.
    public let isLowerBound: Bool
    /// The arrival that needs it, with the due moment of the promise in force.
    public let example: ChainCase
}

/// What one tier contributes to a chain.
public struct ChainLink: Sendable, Equatable {
    /// What the tier is called.
    public let name: String
    /// The shares of all tickets that get here and that end here, 0…1.
    public let reached, ended: Double
    /// The share of the decided arrival time at risk for the tickets that end here, 0…1.
    public let shareAtRisk: Double?
    /// The tightest promise for the tickets that end here; nil when none is completed within the horizon.
    public let tightest: Elapsed?
    /// The promise less that: the slack protecting the tickets that end here; negative when it is missing.
    public let spare: Elapsed?
    /// The longest that a ticket handed over here waits for the tier to open; nil when it never waits.
    public let longestWait: ClosedWait?
}

/// A stretch for which a tier is closed while a ticket waits for it.
public struct ClosedWait: Sendable, Equatable {
    /// From the hand-over, when every tier before has used its whole target, to the opening; to the end of
    /// the horizon when the tier does not open again.
    public let stretch: Range<UTCTime>
    /// How far the customer's clock goes on meanwhile.
    public let customerTime: Elapsed
}

/// The tier that breaks a promise, and why.
public struct BrokenLink: Sendable, Equatable {
    /// Why the chain breaks at a tier.
    public enum Cause: Sendable, Equatable {
        /// Nobody said when the tier works.
        case noHours
        /// Nobody said how long it may take.
        case noTarget
        /// Its hours hold no open time in the common horizon.
        case neverOpens
        /// Tickets can be handed to it that wait, on the customer's clock, longer than the whole promise:
        /// no target helps, only other hours or a larger promise.
        case closedLongerThanPromise(ClosedWait)
        /// Every late ticket is late only because the horizon ends after its due moment; here the first is
        /// stuck.
        case notDoneWithinHorizon
        /// No tier breaks the promise by being closed; this one takes most of the customer's time in the
        /// worst case.
        case takesMost(waited: Elapsed, worked: Elapsed)
    }

    /// The tier's place in the chain, from 0.
    public let tier: Int
    /// What the tier is called.
    public let name: String
    /// Why it is this one.
    public let cause: Cause
    /// By how much the tightest promise exceeds the promise made, on the customer's clock; nil when unknown.
    public let excess: Elapsed?
}
