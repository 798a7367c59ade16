/// A chain walked by every arrival at once: the due moments and each hand-over as staircases.
struct ChainWalk {
    let chain: Chain
    /// What all hours know about; both ends are moments of it.
    let horizon: Range<UTCTime>
    /// Each arrival mapped to itself, and to its due moment.
    let identity, dues: Staircase
    /// The hand-over to each tier, in their order, and last the completion; each within the horizon.
    let handovers: [Staircase]

    var completions: Staircase { handovers[chain.tiers.count] }

    /// Nil when the arrivals and the horizons have no moment in common.
    init?(_ chain: Chain, over arrivals: Range<UTCTime>) {
        guard let horizon = Self.horizon(of: chain), !arrivals.isEmpty else { return nil }
        let from = max(arrivals.lowerBound.milliseconds, horizon.lowerBound.milliseconds)
        let through = min(arrivals.upperBound.milliseconds - 1, horizon.upperBound.milliseconds)
        guard from <= through else { return nil }
        let identity = Staircase(from: from, through: through)
        let end = horizon.upperBound.milliseconds
        self.chain = chain
        self.horizon = horizon
        self.identity = identity
        dues = identity.adding(chain.promise.within, in: chain.promise.hours).limited(to: end)
        handovers = Self.walk(chain.tiers[...], from: [identity], to: end)
    }

    private static func horizon(of chain: Chain) -> Range<UTCTime>? {
        var horizon = chain.promise.hours.horizon
        for hours in chain.tiers.compactMap(\.hours) {
            let lower = max(horizon.lowerBound, hours.horizon.lowerBound)
            let upper = min(horizon.upperBound, hours.horizon.upperBound)
            guard lower <= upper else { return nil }
            horizon = lower..<upper
        }
        return horizon
    }

    /// The hand-overs so far and those after each further tier; nowhere from a tier without hours or target
    /// on.
    private static func walk(
        _ tiers: ArraySlice<Chain.Tier>, from known: [Staircase], to end: Int64
    ) -> [Staircase] {
        var found = known
        for tier in tiers {
            guard let last = found.last else { break }
            if let hours = tier.hours, let target = tier.target {
                found.append(last.adding(target, in: hours).limited(to: end))
            } else {
                found.append(.nowhere(from: last.from))
            }
        }
        return found
    }

    /// Whether the promise is kept for every decided arrival when one tier has another target.
    ///
    /// Never turns from false to true as the target grows.
    func isKept(target: Elapsed, at index: Int) -> Bool {
        var tiers = chain.tiers[index...]
        tiers[index].target = target
        let known = [handovers[index]]
        guard let last = Self.walk(tiers, from: known, to: horizon.upperBound.milliseconds).last else {
            return false
        }
        return isKept(last)
    }

    /// Whether no ticket completed so is late, and none whose due moment lies in the horizon is left over.
    func isKept(_ completions: Staircase) -> Bool {
        completions.last >= dues.last && !completions.isEmpty
            && StaircasePair(upper: completions, lower: dues).isOrdered
    }

    /// The decided arrivals that are late when completed so.
    func late(_ completions: Staircase) -> [Range<Int64>] {
        var late = StaircasePair(upper: completions, lower: dues).crossings
        guard completions.last < dues.last else { return late }
        let begin = completions.last + 1
        if let previous = late.last, previous.upperBound == begin {
            late[late.count - 1] = previous.lowerBound..<(dues.last + 1)
        } else {
            late.append(begin..<(dues.last + 1))
        }
        return late
    }

    /// The largest time on the customer's clock from the first moment to the second.
    func largest(from lower: Staircase, to upper: Staircase) -> StaircasePair.Extreme? {
        let hours = chain.promise.hours
        return StaircasePair(upper: upper.measured(by: hours), lower: lower.measured(by: hours)).largest
    }

    /// The promise kept exactly when nothing on it is late.
    func keeps(promise: Elapsed) -> Bool {
        let end = horizon.upperBound.milliseconds
        let dues = identity.adding(promise, in: chain.promise.hours).limited(to: end)
        return StaircasePair(upper: completions, lower: dues).isOrdered
    }
}
