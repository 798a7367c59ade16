/// One customer who came to cancel, and what became of them.
public struct CancellationSession: Sendable, Equatable {
    /// Whether they agreed to stay at the desk.
    public var stayed: Bool
    /// The day the offer they had (or, held out, would have had) ends, on any calendar of whole days.
    ///
    /// Held-out customers need one too: both groups must be judged at the same age.
    public var offerEnds: Int
    /// The day they left after all; nil if they have not.
    public var leftOn: Int?

    /// Checked where it is counted: see `SaveCount`.
    public init(stayed: Bool, offerEnds: Int, leftOn: Int? = nil) {
        self.stayed = stayed
        self.offerEnds = offerEnds
        self.leftOn = leftOn
    }
}

/// Saves counted honestly: only those still there some days after the offer ended.
///
/// The save rate of the desk flatters, since many who accept leave when the discount does. Sessions whose
/// day of judgement has not come are left out entirely, the lost ones too; counting early losses but not
/// yet early saves would turn the error round.
public struct SaveCount: Sendable, Equatable {
    /// All sessions, and those in which the customer agreed to stay.
    public let sessions, savedAtDesk: Int
    /// Sessions old enough to be judged, and those of them in which the customer was still there.
    public let judged, lasting: Int

    /// - Parameters:
    ///   - sessions: everyone who came to cancel.
    ///   - watch: days after the end of the offer on which a customer must still be there, 0 to 10,000;
    ///     30 and 90 are usual.
    ///   - today: the last day of the records.
    /// - Throws: `OutOfRange` naming `watch` or `offerEnds` (within 10¹² days of day 0).
    public init(
        _ sessions: some Sequence<CancellationSession>, watch: Int, asOf today: Int
    ) throws(OutOfRange) {
        try OutOfRange.check(Double(watch), "watch", in: 0...10_000)
        var counts = (sessions: 0, savedAtDesk: 0, judged: 0, lasting: 0)
        for session in sessions {
            try OutOfRange.check(Double(session.offerEnds), "offerEnds", in: -1e12...1e12)
            let judgement = session.offerEnds + watch
            counts.sessions += 1
            if session.stayed { counts.savedAtDesk += 1 }
            guard judgement <= today else { continue }
            counts.judged += 1
            if session.stayed, session.leftOn.map({ $0 > judgement }) ?? true { counts.lasting += 1 }
        }
        (self.sessions, savedAtDesk, judged, lasting) = counts
    }

    /// The share saved at the desk with its 95 % range, the figure that flatters; nil without sessions.
    public var rawRate: WilsonInterval? { try? wilson(successes: savedAtDesk, of: sessions) }

    /// The share that lasted with its 95 % range; nil while no session can be judged.
    ///
    /// Of held-out customers this is p₀, of those with an offer p₁.
    public var lastingRate: WilsonInterval? { try? wilson(successes: lasting, of: judged) }
}

/// The gain of an offer as measured: what it is, and the range it credibly lies in.
public struct MeasuredSaveOffer: Sendable, Equatable {
    /// The offer with both shares as counted.
    public let offer: SaveOffer
    /// The 95 % range of `offer.gain`.
    ///
    /// The gain is (V − C − W) p₁ − (V − W) p₀; each share's Wilson range is carried over as Newcombe
    /// does for a plain difference (1998, Statistics in Medicine 17, 873–890, method 10), here for any weights
    /// (Zou, Huang & Zhang 2009, Computational Statistics and Data Analysis 53). V, W and C count as known.
    public let gain: (lower: Amount, upper: Amount)

    /// - Parameters:
    ///   - valueIfKept: V, what a kept customer is still worth.
    ///   - valueIfLost: W, what a lost one is worth, by winning some back.
    ///   - cost: C, what the offer costs for everyone who stays.
    ///   - heldOut: a random part of those who came to cancel, given no offer.
    ///   - offered: those given this offer.
    /// - Returns: nil while either group has nobody to judge.
    /// - Throws: `OutOfRange` naming the input.
    public init?(
        valueIfKept: Amount, valueIfLost: Amount, cost: Amount, heldOut: SaveCount, offered: SaveCount
    ) throws(OutOfRange) {
        guard let without = heldOut.lastingRate, let with = offered.lastingRate else { return nil }
        offer = try SaveOffer(
            valueIfKept: valueIfKept, valueIfLost: valueIfLost, stayingWithout: without.share,
            stayingWith: with.share, cost: cost)
        let kept = Self.reach(of: with, times: (offer.stake - cost).minorUnits)
        let anyway = Self.reach(of: without, times: -offer.stake.minorUnits)
        let down = sqrt(kept.down * kept.down + anyway.down * anyway.down)
        let up = sqrt(kept.up * kept.up + anyway.up * anyway.up)
        gain = (offer.gain - Amount(minorUnits: down), offer.gain + Amount(minorUnits: up))
    }

    /// How far a share times a factor may lie below and above its estimate.
    private static func reach(of share: WilsonInterval, times factor: Double) -> (down: Double, up: Double) {
        let toLower = abs(factor) * (share.share - share.lower)
        let toUpper = abs(factor) * (share.upper - share.share)
        return factor >= 0 ? (toLower, toUpper) : (toUpper, toLower)
    }

    /// Whether both are the same.
    public static func == (left: Self, right: Self) -> Bool {
        left.offer == right.offer && left.gain == right.gain
    }
}
