/// A promise made to customers and the tiers inside the organisation that must keep it, one after the other.
///
/// Each tier's clock starts when the ticket is handed to it and runs in that tier's own hours; the customer's
/// clock starts at the arrival and runs in the hours of the promise. In the words of ITIL the promise is a
/// service level agreement, a tier's target an operational level agreement or underpinning contract.
/// `proof(over:margin:)` says whether the promise is kept for every arrival; `repairs(over:offering:)` what
/// would make it so.
public struct Chain: Sendable, Equatable {
    /// What the customer is promised: a result within some open time of the stated hours.
    public struct Promise: Sendable, Equatable {
        /// The hours in which the promise counts.
        public var hours: OpenHours
        /// D: how much of those hours may pass.
        public var within: Elapsed

        /// A promise of so much time in those hours.
        public init(within: Elapsed, hours: OpenHours) {
            self.hours = hours
            self.within = within
        }
    }

    /// One link: a team, its hours and how long a ticket may stay with it.
    public struct Tier: Sendable, Equatable {
        /// What the tier is called, in reports.
        public var name: String
        /// When its clock runs; nil when nobody has said, which no promise survives.
        public var hours: OpenHours?
        /// The open time it may take from the hand-over; nil when nobody has said.
        public var target: Elapsed?
        /// The share of all tickets that gets here, 0…1; nil: all that the tier before does not finish.
        public var reached: Double?
        /// The share of the tickets getting here that ends here, 0…1; nil: none, but at the last tier all.
        public var solved: Double?

        /// A tier; what is left out is taken as the properties say.
        public init(
            _ name: String, target: Elapsed?, hours: OpenHours?, reached: Double? = nil, solved: Double? = nil
        ) {
            self.name = name
            self.hours = hours
            self.target = target
            self.reached = reached
            self.solved = solved
        }
    }

    /// What the customer was told.
    public let promise: Promise
    /// In the order in which a ticket passes them; none: what arrives is done.
    public let tiers: [Tier]
    /// The share of all tickets that gets to each tier, 0…1, never rising.
    public let reached: [Double]

    /// - Throws: `OutOfRange` naming `promise.within`, or a tier's `target`, `reached` or `solved`: a
    ///   negative time, a share outside 0…1 or larger than what the tier before hands on, or a tier's
    ///   `reached` that contradicts the `solved` of the one before.
    public init(promise: Promise, tiers: [Tier]) throws(OutOfRange) {
        try Self.check(promise.within, "promise.within")
        for (index, tier) in tiers.enumerated() {
            if let target = tier.target { try Self.check(target, "tiers[\(index)].target") }
        }
        self.promise = promise
        self.tiers = tiers
        reached = try Self.shares(of: tiers)
    }

    private static func check(_ time: Elapsed, _ input: String) throws(OutOfRange) {
        guard time < .zero else { return }
        throw OutOfRange(input: input, value: Double(time.milliseconds), allowed: "0 ms or more")
    }

    /// The share of all tickets that gets to each tier, from whichever of the two ways it was stated.
    private static func shares(of tiers: [Tier]) throws(OutOfRange) -> [Double] {
        var shares: [Double] = []
        var handedOn = 1.0
        var isExact = false
        for (index, tier) in tiers.enumerated() {
            if let reached = tier.reached {
                let input = "tiers[\(index)].reached"
                try OutOfRange.check(reached, input, in: 0...1)
                guard reached <= handedOn + 1e-9, !isExact || reached >= handedOn - 1e-9 else {
                    let allowed =
                        isExact ? "what the tier before hands on" : "at most what the tier before has"
                    throw OutOfRange(input: input, value: reached, allowed: "\(allowed) (\(handedOn))")
                }
                handedOn = min(reached, handedOn)
            }
            shares.append(handedOn)
            if let solved = tier.solved {
                try OutOfRange.check(solved, "tiers[\(index)].solved", in: 0...1)
                handedOn *= 1 - solved
            }
            isExact = tier.solved != nil
        }
        return shares
    }

    /// The share of all tickets that ends at each tier; the last one ends all that get there.
    var ended: [Double] {
        reached.indices.map { $0 + 1 < reached.count ? reached[$0] - reached[$0 + 1] : reached[$0] }
    }
}
