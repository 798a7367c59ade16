extension Chain {
    /// The single changes that would make a broken chain keep its promise, the cheapest first.
    ///
    /// Tried at each tier: a smaller target, the customer's or the previous tier's hours, the smallest of the
    /// patterns beside its own hours, doing without it; and a longer promise. Every change is proved before
    /// it is offered. Changes with a known cost come first, by cost; the others by kind (target, hours, tier,
    /// promise) and within a kind the smallest change first. None when the promise is not broken, or when no
    /// single change mends it.
    /// - Parameters:
    ///   - arrivals: when tickets may arrive; nil: the whole horizon of the customer's hours.
    ///   - margin: the share of the promise the chain may use, reported by the proofs; not a condition.
    ///   - patterns: hours any tier could work beside its own.
    ///   - costs: what the changes cost; without them repairs are in the stated order.
    ///   - step: targets are offered in whole steps of this, one millisecond or more.
    /// - Throws: `OutOfRange` naming `margin`, `step`, or the price in `costs` that is not finite.
    public func repairs(
        over arrivals: Range<UTCTime>? = nil, margin: Double = 0.8, patterns: [HoursPattern] = [],
        costs: RepairCosts = RepairCosts(), step: Elapsed = .minutes(1)
    ) throws(OutOfRange) -> [ChainRepair] {
        guard step > .zero else {
            throw OutOfRange(input: "step", value: Double(step.milliseconds), allowed: "1 ms or more")
        }
        try costs.check()
        let arrivals = arrivals ?? promise.hours.horizon
        let proof = try proof(over: arrivals, margin: margin)
        guard proof.verdict == .broken, let walk = ChainWalk(self, over: arrivals) else { return [] }
        let search = RepairSearch(chain: self, walk: walk, arrivals: arrivals, margin: margin, costs: costs)
        var found = try search.longerPromise(proof.tightest)
        for tier in tiers.indices {
            found += try search.smallerTarget(at: tier, step)
            found += try search.otherHours(at: tier, patterns)
            found += try search.without(tier)
        }
        return found.sorted(by: ChainRepair.precedes)
    }

    /// The chain with one tier changed; the shares of tickets stay as they are.
    func changing(_ index: Int, _ change: (inout Tier) -> Void) throws(OutOfRange) -> Chain {
        var tiers = tiers
        change(&tiers[index])
        return try Chain(promise: promise, tiers: tiers)
    }

    /// The chain without a tier: whoever got there goes straight on, and every later tier ends the same share
    /// of those who get to it.
    func without(_ index: Int) throws(OutOfRange) -> Chain {
        var kept = tiers
        for place in kept.indices {
            let handsOn = place + 1 < reached.count && reached[place] > 0
            kept[place].solved = handsOn ? max(0, 1 - reached[place + 1] / reached[place]) : nil
            kept[place].reached = place == 0 ? reached[0] : nil
        }
        let removed = kept.remove(at: index)
        if index == 0, !kept.isEmpty { kept[0].reached = removed.reached }
        return try Chain(promise: promise, tiers: kept)
    }
}

extension RepairCosts {
    func check() throws(OutOfRange) {
        let prices = [
            ("hourOfCoverage", hourOfCoverage), ("hourOfTarget", hourOfTarget), ("handover", handover),
            ("hourOfPromise", hourOfPromise),
        ]
        for (name, price) in prices {
            guard let price, !price.minorUnits.isFinite else { continue }
            throw OutOfRange(input: "costs.\(name)", value: price.minorUnits, allowed: "any finite amount")
        }
    }
}

/// The search for repairs of one broken chain.
struct RepairSearch {
    let chain: Chain
    let walk: ChainWalk
    let arrivals: Range<UTCTime>
    let margin: Double
    let costs: RepairCosts

    func longerPromise(_ tightest: TightestPromise?) throws(OutOfRange) -> [ChainRepair] {
        guard let tightest else { return [] }
        let within = tightest.isKept ? tightest.within : tightest.within + Elapsed(milliseconds: 1)
        let longer = Chain.Promise(within: within, hours: chain.promise.hours)
        let excess = within - chain.promise.within
        let changed = try Chain(promise: longer, tiers: chain.tiers)
        let cost = cost(of: excess, costs.hourOfPromise)
        return try offer(.promise(within), changed, cost: cost, longer: excess)
    }

    /// By bisection: a chain that fails with a target fails with every larger one.
    func smallerTarget(at index: Int, _ step: Elapsed) throws(OutOfRange) -> [ChainRepair] {
        let tier = chain.tiers[index]
        guard let hours = tier.hours, tier.target != .zero else { return [] }
        let present = tier.target.map { $0.milliseconds - 1 } ?? hours.total.milliseconds
        var low: Int64 = 0
        var high = min(present, hours.total.milliseconds) / step.milliseconds
        while low < high {
            let middle = high - (high - low) / 2
            let isKept = walk.isKept(target: Elapsed(milliseconds: middle * step.milliseconds), at: index)
            if isKept { low = middle } else { high = middle - 1 }
        }
        guard low > 0 else { return [] }
        let target = Elapsed(milliseconds: low * step.milliseconds)
        let changed = try chain.changing(index) { $0.target = target }
        let cut = tier.target.map { $0 - target } ?? .zero
        return try offer(
            .target(tier: index, target), changed, cost: cost(of: cut, costs.hourOfTarget), shorter: cut)
    }

    func otherHours(at index: Int, _ patterns: [HoursPattern]) throws(OutOfRange) -> [ChainRepair] {
        guard chain.tiers[index].target != .zero else { return [] }
        let present = chain.tiers[index].hours
        let customers = chain.promise.hours
        var found: [ChainRepair] = []
        if customers != present { found += try replacing(index, .customers, customers) }
        if index > 0, let previous = chain.tiers[index - 1].hours, previous != present, previous != customers
        {
            found += try replacing(index, .previousTier, previous)
        }
        var extensions: [(name: String, hours: OpenHours, added: Elapsed)] = []
        for pattern in patterns {
            let hours = try present.map { present throws(OutOfRange) in try present.union(pattern.hours) }
            let extended = hours ?? pattern.hours
            let added = added(extended, to: present)
            if added > .zero { extensions.append((pattern.name, extended, added)) }
        }
        for candidate in extensions.sorted(by: { $0.added < $1.added }) {
            let repair = try replacing(index, .extended(by: candidate.name), candidate.hours)
            if !repair.isEmpty { return found + repair }
        }
        return found
    }

    private func replacing(
        _ index: Int, _ new: ChainRepair.NewHours, _ hours: OpenHours
    ) throws(OutOfRange) -> [ChainRepair] {
        let changed = try chain.changing(index) { $0.hours = hours }
        let added = added(hours, to: chain.tiers[index].hours)
        let cost = cost(of: added, costs.hourOfCoverage)
        return try offer(.hours(tier: index, new), changed, cost: cost, more: added)
    }

    /// How much of the new hours, in the period of the arrivals, is not in the present ones.
    private func added(_ hours: OpenHours, to present: OpenHours?) -> Elapsed {
        let all = present.flatMap { try? $0.union(hours) } ?? hours
        let before = present.map { $0.openTime(in: arrivals) } ?? .zero
        return max(.zero, all.openTime(in: arrivals) - before)
    }

    func without(_ index: Int) throws(OutOfRange) -> [ChainRepair] {
        guard chain.tiers.count > 1 else { return [] }
        return try offer(.withoutTier(index), try chain.without(index), cost: costs.handover)
    }

    private func cost(of time: Elapsed, _ price: Amount?) -> Amount? {
        price.map { $0 * time.time(in: Hours.self).value }
    }

    /// The repair, if the changed chain is proved to keep the promise.
    private func offer(
        _ change: ChainRepair.Change, _ changed: Chain, cost: Amount?, shorter: Elapsed = .zero,
        more: Elapsed = .zero, longer: Elapsed = .zero
    ) throws(OutOfRange) -> [ChainRepair] {
        guard let walk = ChainWalk(changed, over: arrivals), walk.isKept(walk.completions) else { return [] }
        let proof = try changed.proof(over: arrivals, margin: margin)
        guard proof.verdict == .kept else { return [] }
        return [
            ChainRepair(
                change: change, chain: changed, proof: proof, targetShortened: shorter, coverageAdded: more,
                promiseLengthened: longer, cost: cost)
        ]
    }
}

extension OpenHours {
    /// Open when either is, over the time both know about.
    func union(_ other: OpenHours) throws(OutOfRange) -> OpenHours {
        let lower = max(horizon.lowerBound, other.horizon.lowerBound)
        let upper = max(lower, min(horizon.upperBound, other.horizon.upperBound))
        return try OpenHours(stretches + other.stretches, over: lower..<upper)
    }

    func openTime(in period: Range<UTCTime>) -> Elapsed {
        elapsed(until: period.upperBound) - elapsed(until: period.lowerBound)
    }
}
