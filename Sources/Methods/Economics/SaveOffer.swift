/// One offer to someone about to cancel, weighed: what it gains over letting them decide without it.
///
/// gain = p₁(V − C) + (1 − p₁)W − [p₀V + (1 − p₀)W]. The cost falls due for everyone who stays with the
/// offer, also for those who would have stayed anyway; that is why p₀ has to be known.
public struct SaveOffer: Sendable, Equatable {
    /// V: what the customer is still worth if kept, at full margin; such as DERL times the margin.
    public let valueIfKept: Amount
    /// W: what they are worth if lost: the chance to win them back times (value then − cost of winning).
    public let valueIfLost: Amount
    /// p₀ and p₁: the shares that stay without and with the offer, 0…1, counted after the offer has ended.
    public let stayingWithout, stayingWith: Double
    /// C: the present cost of the offer to each who stays with it.
    public let cost: Amount

    /// - Throws: `OutOfRange` naming the input: shares 0…1, values from −10¹⁵ to 10¹⁵ minor units, cost
    ///   from 0 to 10¹⁵.
    public init(
        valueIfKept: Amount, valueIfLost: Amount, stayingWithout: Double, stayingWith: Double, cost: Amount
    ) throws(OutOfRange) {
        try OutOfRange.check(valueIfKept.minorUnits, "valueIfKept", in: MoneyRange.signed)
        try OutOfRange.check(valueIfLost.minorUnits, "valueIfLost", in: MoneyRange.signed)
        try OutOfRange.check(stayingWithout, "stayingWithout", in: 0...1)
        try OutOfRange.check(stayingWith, "stayingWith", in: 0...1)
        try OutOfRange.check(cost.minorUnits, "cost", in: MoneyRange.unsigned)
        self.valueIfKept = valueIfKept
        self.valueIfLost = valueIfLost
        self.stayingWithout = stayingWithout
        self.stayingWith = stayingWith
        self.cost = cost
    }

    /// V − W: what keeping a customer is worth over losing them.
    public var stake: Amount { valueIfKept - valueIfLost }

    /// p₁ − p₀: the share that stays because of the offer, −1…1.
    public var lift: Double { stayingWith - stayingWithout }

    /// What the offer gains per customer it is made to; negative when it costs more than it saves.
    public var gain: Amount { stake * lift - cost * stayingWith }

    /// C* = (1 − p₀/p₁)(V − W): the cost at which the offer gains nothing; nil when nobody takes it.
    ///
    /// Whoever makes offers may go up to this. Zero or less: no price makes the offer worth its while.
    public var breakEvenCost: Amount? {
        guard stayingWith > 0 else { return nil }
        let breakEven = stake.minorUnits * (lift / stayingWith)
        return breakEven.isFinite ? Amount(minorUnits: breakEven) : nil
    }

    /// The gain for each unit of money the offer costs; nil for an offer that costs nothing.
    public var returnOnCost: Double? {
        let spent = cost * stayingWith
        let ratio = gain / spent
        return spent > .zero && ratio.isFinite ? ratio : nil
    }

    /// The offer's cost for each customer who stays because of it; nil when it keeps nobody more.
    public var costPerSave: Amount? {
        guard lift > 0 else { return nil }
        let perSave = cost.minorUnits * (stayingWith / lift)
        return perSave.isFinite ? Amount(minorUnits: perSave) : nil
    }
}

/// A customer at the cancellation desk, against whom several offers can be weighed.
public struct CancellationStake: Sendable, Equatable {
    /// An offer one might make: its name, the share that would stay with it and its cost to each of them.
    public struct Candidate: Sendable, Equatable {
        /// What the offer is called.
        public let name: String
        /// p₁, 0…1, counted after such offers ended; measured, not hoped for.
        public let staying: Double
        /// C: the present cost to each who stays, 0 to 10¹⁵ minor units.
        public let cost: Amount

        /// Checked where it is weighed.
        public init(name: String, staying: Double, cost: Amount) {
            self.name = name
            self.staying = staying
            self.cost = cost
        }
    }

    /// V and W as in `SaveOffer`.
    public var valueIfKept, valueIfLost: Amount
    /// p₀: the share that stays without any offer, 0…1, from customers held out at random.
    public var stayingWithout: Double

    /// Checked where it is weighed against candidates.
    public init(valueIfKept: Amount, valueIfLost: Amount, stayingWithout: Double) {
        self.valueIfKept = valueIfKept
        self.valueIfLost = valueIfLost
        self.stayingWithout = stayingWithout
    }

    /// The candidates with what each gains, the most gainful first; equals keep the order given.
    ///
    /// If even the first gains nothing, the best offer is none.
    ///
    /// - Throws: `OutOfRange` naming the input.
    public func weigh(
        _ candidates: [Candidate]
    ) throws(OutOfRange) -> [(candidate: Candidate, offer: SaveOffer)] {
        var weighed: [(candidate: Candidate, offer: SaveOffer)] = []
        weighed.reserveCapacity(candidates.count)
        for candidate in candidates {
            let offer = try SaveOffer(
                valueIfKept: valueIfKept, valueIfLost: valueIfLost, stayingWithout: stayingWithout,
                stayingWith: candidate.staying, cost: candidate.cost)
            weighed.append((candidate, offer))
        }
        return weighed.enumerated().sorted {
            ($1.element.offer.gain, $0.offset) < ($0.element.offer.gain, $1.offset)
        }.map(\.element)
    }
}
