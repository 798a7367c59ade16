extension BrokenLink {
    /// Says which tier breaks a broken promise: first whatever is missing, then the longest closed stretch
    /// over the promise, then the tier with most of the customer's time in the worst case.
    init?(
        in chain: Chain, _ links: [ChainLink], _ tightest: TightestPromise?, _ late: [Range<Int64>],
        _ walk: ChainWalk?
    ) {
        guard
            let (tier, cause) = Self.missing(in: chain, walk) ?? Self.closed(links, chain.promise.within)
                ?? Self.slowest(tightest, late, walk)
        else { return nil }
        self.tier = tier
        self.cause = cause
        name = chain.tiers[tier].name
        excess = tightest.map { $0.within - chain.promise.within }
    }

    private static func missing(in chain: Chain, _ walk: ChainWalk?) -> (Int, Cause)? {
        for (index, tier) in chain.tiers.enumerated() {
            guard let hours = tier.hours else { return (index, .noHours) }
            guard let target = tier.target else { return (index, .noTarget) }
            guard let horizon = walk?.horizon, target > .zero else { continue }
            if hours.elapsed(until: horizon.lowerBound) == hours.elapsed(until: horizon.upperBound) {
                return (index, .neverOpens)
            }
        }
        return nil
    }

    private static func closed(_ links: [ChainLink], _ promise: Elapsed) -> (Int, Cause)? {
        var found: (Int, ClosedWait)?
        for (index, link) in links.enumerated() {
            guard let wait = link.longestWait, wait.customerTime > promise else { continue }
            if let known = found?.1, known.customerTime >= wait.customerTime { continue }
            found = (index, wait)
        }
        return found.map { ($0.0, .closedLongerThanPromise($0.1)) }
    }

    private static func slowest(
        _ tightest: TightestPromise?, _ late: [Range<Int64>], _ walk: ChainWalk?
    ) -> (Int, Cause)? {
        if let walk, let first = late.first?.lowerBound, first > walk.completions.last {
            let stuck = walk.handovers.firstIndex { $0.last < first } ?? 0
            return (max(0, stuck - 1), .notDoneWithinHorizon)
        }
        let legs = tightest?.example.legs ?? []
        let slowest = legs.reduce(legs.first) { known, leg in
            guard let known, leg.customerTime > known.customerTime else { return known }
            return leg
        }
        return slowest.map {
            ($0.tier, .takesMost(waited: $0.customerWaited, worked: $0.customerWorked))
        }
    }
}
