/// One change that makes a broken chain keep its promise, proved on the changed chain.
public struct ChainRepair: Sendable, Equatable {
    /// What is changed.
    public enum Change: Sendable, Equatable {
        /// The largest target, in whole steps, with which the tier no longer breaks the promise.
        case target(tier: Int, Elapsed)
        /// Other hours for a tier.
        case hours(tier: Int, NewHours)
        /// One hand-over fewer: tickets go from the tier before straight to the one after.
        case withoutTier(Int)
        /// A longer promise to the customer.
        case promise(Elapsed)
    }

    /// Where a tier's new hours come from.
    public enum NewHours: Sendable, Equatable {
        /// The hours of the promise in place of its own.
        case customers
        /// The hours of the tier before in place of its own.
        case previousTier
        /// Its own and those of the pattern of this name.
        case extended(by: String)
    }

    /// What is changed, and how far.
    public let change: Change
    /// The chain with the change made.
    public let chain: Chain
    /// That the changed chain keeps the promise.
    public let proof: ChainProof
    /// By how much a target becomes shorter; zero where there was none.
    public let targetShortened: Elapsed
    /// How much longer a tier is open in the period of the arrivals; hours it gives up are not set off.
    public let coverageAdded: Elapsed
    /// By how much the promise becomes longer, in the customer's hours.
    public let promiseLengthened: Elapsed
    /// The cost of the change by the prices given; nil when its price was not.
    public let cost: Amount?
}

/// Hours that a tier could work beside its own, such as "9 to 18" or "Saturdays", compiled.
public struct HoursPattern: Sendable, Equatable {
    /// What the hours are called, such as "Saturdays".
    public var name: String
    /// The stretches it adds to a tier's own.
    public var hours: OpenHours

    /// Hours a tier could work besides its own.
    public init(_ name: String, _ hours: OpenHours) {
        self.name = name
        self.hours = hours
    }
}

/// What changes to a chain cost, in one currency; a price left nil is unknown.
public struct RepairCosts: Sendable, Equatable {
    /// For each hour that a tier is open and was not, in the period of the arrivals.
    public var hourOfCoverage: Amount?
    /// For each hour by which a target is shortened.
    public var hourOfTarget: Amount?
    /// For taking one tier out of the chain.
    public var handover: Amount?
    /// For each hour by which the promise is lengthened.
    public var hourOfPromise: Amount?

    /// Prices that are known.
    public init(
        hourOfCoverage: Amount? = nil, hourOfTarget: Amount? = nil, handover: Amount? = nil,
        hourOfPromise: Amount? = nil
    ) {
        self.hourOfCoverage = hourOfCoverage
        self.hourOfTarget = hourOfTarget
        self.handover = handover
        self.hourOfPromise = hourOfPromise
    }
}

extension ChainRepair {
    /// Where a kind of change stands when costs do not tell: from what stays inside to what customers notice.
    var rank: Int {
        switch change {
        case .target: 0
        case .hours: 1
        case .withoutTier: 2
        case .promise: 3
        }
    }

    /// How large the change is among those of its kind.
    var size: Elapsed { targetShortened + coverageAdded + promiseLengthened }

    /// The tier changed; that of the promise is none.
    var tier: Int? {
        switch change {
        case .target(let tier, _), .hours(let tier, _), .withoutTier(let tier): tier
        case .promise: nil
        }
    }

    /// The cheaper first, those without a known cost last; then by kind, the smaller change first, in the
    /// order of the tiers.
    static func precedes(_ left: ChainRepair, _ right: ChainRepair) -> Bool {
        switch (left.cost, right.cost) {
        case (let first?, let second?) where first != second: return first < second
        case (_?, nil): return true
        case (nil, _?): return false
        default: return (left.rank, left.size, left.tier ?? 0) < (right.rank, right.size, right.tier ?? 0)
        }
    }
}
