extension Chain {
    /// Proves whether the promise is kept for every arrival of a period, and says what breaks it.
    ///
    /// One pass over the edges of all hours. Compile the hours further than the period: an arrival can only
    /// be judged when its completion and due moment lie in every horizon.
    /// - Parameters:
    ///   - arrivals: when tickets may arrive; nil: the whole horizon of the customer's hours.
    ///   - margin: the share of the promise that the chain may use, more than 0 and at most 1.
    /// - Throws: `OutOfRange` naming `margin`.
    public func proof(
        over arrivals: Range<UTCTime>? = nil, margin: Double = 0.8
    ) throws(OutOfRange) -> ChainProof {
        guard margin > 0, margin <= 1 else {
            throw OutOfRange(input: "margin", value: margin, allowed: "more than 0 and at most 1")
        }
        let arrivals = arrivals ?? promise.hours.horizon
        return ChainProof(of: self, over: arrivals, margin: margin, walk: ChainWalk(self, over: arrivals))
    }
}

extension ChainProof {
    init(of chain: Chain, over arrivals: Range<UTCTime>, margin: Double, walk: ChainWalk?) {
        let late = walk.map { $0.late($0.completions) } ?? []
        let span = DecidedSpan(arrivals, walk)
        let tightest = walk?.tightest
        let verdict = Self.verdict(of: chain, isLate: !late.isEmpty, walk)
        let used = tightest.flatMap {
            chain.promise.within > .zero ? Self.ratio($0.within, chain.promise.within) : nil
        }
        let links = chain.tiers.indices.map { ChainLink(of: chain, at: $0, span, walk) }
        self.verdict = verdict
        self.arrivals = arrivals
        judged = span.judged
        decided = span.decided
        decidedShare = span.share
        worst = walk?.worst
        self.tightest = tightest
        lateArrivals = late.map {
            UTCTime(milliseconds: $0.lowerBound)..<UTCTime(milliseconds: $0.upperBound)
        }
        shareAtRisk = span.share(of: late)
        shareOfOpenTimeAtRisk = span.share(of: late, in: chain.promise.hours)
        self.links = links
        ticketsAtRisk = Self.expected(links, span)
        brokenLink = verdict == .broken ? BrokenLink(in: chain, links, tightest, late, walk) : nil
        self.margin = margin
        usedShare = used
        keepsMargin =
            verdict == .kept && tightest.map { Self.fits($0.within, margin, chain.promise.within) } ?? false
    }

    private static func ratio(_ part: Elapsed, _ whole: Elapsed) -> Double {
        Double(part.milliseconds) / Double(whole.milliseconds)
    }

    /// Whether a time is at most a share of another, rounded to the millisecond.
    private static func fits(_ time: Elapsed, _ share: Double, _ whole: Elapsed) -> Bool {
        Double(time.milliseconds) <= (share * Double(whole.milliseconds)).rounded()
    }

    private static func verdict(of chain: Chain, isLate: Bool, _ walk: ChainWalk?) -> Verdict {
        if isLate || chain.tiers.contains(where: { $0.hours == nil || $0.target == nil }) { return .broken }
        guard let walk else { return .undecided(.noArrivals) }
        let customer = chain.promise.hours
        if chain.promise.within > .zero,
            customer.elapsed(until: walk.horizon.upperBound)
                == customer.elapsed(until: walk.horizon.lowerBound)
        {
            return .undecided(.promiseNeverDue)
        }
        return walk.completions.isEmpty && walk.dues.isEmpty ? .undecided(.horizonTooShort) : .kept
    }

    private static func expected(_ links: [ChainLink], _ span: DecidedSpan) -> Double? {
        guard !span.decided.isEmpty else { return nil }
        return min(1, links.reduce(0) { $0 + $1.ended * ($1.shareAtRisk ?? 0) })
    }
}

extension ChainLink {
    init(of chain: Chain, at index: Int, _ span: DecidedSpan, _ walk: ChainWalk?) {
        let completions = walk?.handovers[index + 1]
        let extreme = walk.flatMap { walk in completions.flatMap { walk.largest(from: walk.identity, to: $0) }
        }
        name = chain.tiers[index].name
        reached = chain.reached[index]
        ended = chain.ended[index]
        shareAtRisk = walk.flatMap { walk in completions.flatMap { span.share(of: walk.late($0)) } }
        tightest = extreme.map { Elapsed(milliseconds: $0.value) }
        spare = tightest.map { chain.promise.within - $0 }
        longestWait = walk?.longestWait(at: index)
    }
}
