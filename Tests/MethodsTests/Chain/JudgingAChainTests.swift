import Methods
import Testing

@Suite struct `Judging a chain` {
    private func promise(_ hours: Int64) throws -> Chain.Promise {
        .init(within: .hours(hours), hours: try ChainYear.always())
    }

    private func proof(_ promise: Chain.Promise, _ tiers: [Chain.Tier]) throws -> ChainProof {
        try Chain(promise: promise, tiers: tiers).proof(over: ChainYear.year)
    }

    @Test func `keeps any promise when no tier takes any time`() throws {
        let zero = Chain.Tier("mail room", target: .zero, hours: try .never(over: ChainYear.horizon))
        for tiers in [[], [zero, zero]] {
            let proof = try proof(try promise(0), tiers)

            #expect(proof.verdict == .kept && proof.shareAtRisk == 0 && proof.ticketsAtRisk == 0)
            #expect(proof.worst?.slack == .zero && proof.worst?.arrival == ChainYear.year.lowerBound)
            #expect(proof.tightest?.within == .zero && proof.tightest?.isLimit == false)
            #expect(proof.usedShare == nil && proof.keepsMargin)
            #expect(proof.links.allSatisfy { $0.longestWait == nil })
        }
    }

    @Test func `calls a chain broken at the first tier without hours or target`() throws {
        let good = Chain.Tier("support", target: .hours(1), hours: try ChainYear.always(), solved: 0.75)
        let noHours = Chain.Tier("engineers", target: .hours(1), hours: nil)
        let noTarget = Chain.Tier("partner", target: nil, hours: try ChainYear.always())

        let first = try proof(try promise(4), [good, noHours, noTarget])
        let second = try proof(try promise(4), [good, noTarget])

        #expect(first.verdict == .broken && first.tightest == nil && first.worst == nil)
        #expect(first.brokenLink?.name == "engineers" && first.brokenLink?.cause == .noHours)
        #expect(second.brokenLink?.name == "partner" && second.brokenLink?.cause == .noTarget)
        #expect(first.brokenLink?.tier == 1 && first.brokenLink?.excess == nil)
        #expect(second.shareAtRisk == 1 && second.ticketsAtRisk == 0.25)
        #expect(second.links.map(\.shareAtRisk) == [0, 1])
        #expect(second.links[0].spare == .hours(3))
    }

    @Test func `calls a tier that never opens the broken link`() throws {
        let asleep = Chain.Tier("asleep", target: .hours(1), hours: try .never(over: ChainYear.horizon))
        let proof = try proof(try promise(4), [asleep])

        #expect(proof.verdict == .broken && proof.shareAtRisk == 1 && proof.judged.isEmpty)
        #expect(proof.brokenLink?.cause == .neverOpens)
        #expect(proof.links[0].longestWait?.stretch == ChainYear.horizon)
    }

    @Test func `cannot judge a promise whose hours never come`() throws {
        let never = Chain.Promise(within: .hours(4), hours: try .never(over: ChainYear.horizon))
        let support = Chain.Tier("support", target: .hours(1), hours: try ChainYear.always())
        let proof = try proof(never, [support])

        #expect(proof.verdict == .undecided(.promiseNeverDue))
        #expect(proof.tightest?.within == .zero && !proof.keepsMargin && proof.brokenLink == nil)
    }

    @Test func `says how much of the period the horizon let it judge`() throws {
        let chain = try ChainYear.seed()
        let all = try chain.proof()
        let short = try chain.proof(over: ChainYear.year.lowerBound..<(ChainYear.year.upperBound + .days(31)))
        let beyond = try chain.proof(
            over: ChainYear.horizon.upperBound..<(ChainYear.horizon.upperBound + .days(9)))
        let nothing = try chain.proof(over: ChainYear.year.lowerBound..<ChainYear.year.lowerBound)
        let outside = try chain.proof(over: UTCTime(milliseconds: .min)..<UTCTime(milliseconds: 0))

        #expect(all == short && all.arrivals == ChainYear.horizon)
        #expect(all.decided.upperBound == ChainYear.horizon.upperBound - .hours(4) + Elapsed(milliseconds: 1))
        #expect(all.decidedShare > 0.999 && all.decidedShare < 1)
        #expect(all.tightest?.isLowerBound == true)
        #expect(beyond.verdict == .undecided(.horizonTooShort) && beyond.decidedShare == 0)
        #expect(nothing.verdict == .undecided(.noArrivals) && nothing.shareAtRisk == nil)
        #expect(outside.verdict == .undecided(.noArrivals) && outside.ticketsAtRisk == nil)
    }

    @Test func `counts a ticket as late that the horizon's end finds undone past its due moment`() throws {
        let firstDay = ChainYear.year.lowerBound..<(ChainYear.year.lowerBound + .days(1))
        let closedForGood = Chain.Tier(
            "gone", target: .hours(1), hours: try OpenHours([firstDay], over: ChainYear.horizon))
        let proof = try proof(try promise(4), [closedForGood])

        #expect(proof.verdict == .broken)
        #expect(proof.judged.upperBound == ChainYear.year.lowerBound + .hours(23) + Elapsed(milliseconds: 1))
        #expect(proof.lateArrivals == [proof.judged.upperBound..<ChainYear.year.upperBound])
        #expect(proof.tightest?.within == .hours(1) && proof.tightest?.isLowerBound == true)
        guard case .closedLongerThanPromise(let wait) = proof.brokenLink?.cause else {
            Issue.record("\(String(describing: proof.brokenLink))")
            return
        }
        #expect(wait.stretch.upperBound == ChainYear.horizon.upperBound)
    }

    @Test func `names the tier at which tickets are stuck when the horizon ends`() throws {
        let horizon = ChainYear.year.lowerBound..<(ChainYear.year.lowerBound + .hours(10))
        let always = try OpenHours.always(over: horizon)
        let chain = try Chain(
            promise: .init(within: .hours(6), hours: always),
            tiers: [
                .init("quick", target: .hours(1), hours: always),
                .init("slow", target: .hours(11), hours: always),
            ])
        let link = try #require(try chain.proof().brokenLink)

        #expect(link.tier == 1 && link.name == "slow")
        #expect(link.cause == .notDoneWithinHorizon && link.excess == nil)
    }

    @Test func `knows only what all horizons share`() throws {
        let later = ChainYear.year.upperBound..<(ChainYear.year.upperBound + .days(3))
        let apart = Chain.Tier("apart", target: .hours(1), hours: try .always(over: later))
        let nowhere = (ChainYear.horizon.upperBound + .days(1))..<(ChainYear.horizon.upperBound + .days(2))
        let missed = Chain.Tier("missed", target: .hours(1), hours: try .always(over: nowhere))
        let chain = try Chain(promise: try promise(4), tiers: [apart])
        let disjoint = try Chain(promise: try promise(4), tiers: [missed])

        #expect(try chain.proof().judged.lowerBound == later.lowerBound)
        #expect(
            try chain.proof().judged.upperBound == later.upperBound - .hours(4) + Elapsed(milliseconds: 1))
        #expect(try disjoint.proof().verdict == .undecided(.noArrivals))
    }

    @Test func `keeps a promise to the millisecond, but not a millisecond less`() throws {
        var chain = try ChainYear.seed()
        let tightest = try #require(try chain.proof(over: ChainYear.year).tightest)
        for (offset, verdict): (Int64, ChainProof.Verdict) in [(0, .kept), (-1, .broken)] {
            let within = tightest.within + Elapsed(milliseconds: offset)
            chain = try Chain(promise: .init(within: within, hours: chain.promise.hours), tiers: chain.tiers)
            let proof = try chain.proof(over: ChainYear.year)

            #expect(proof.verdict == verdict && proof.worst?.slack?.milliseconds == offset)
        }
        #expect(tightest.within == .hours(67) + .minutes(30))
    }

    /// Eight hours are used up at the close; the work is done half an hour later and the promise due before.
    @Test func `says when exactly the tightest promise would still be missed by the wall clock`() throws {
        let customers = try ChainYear.hours(0...6, from: 9, to: 17)
        let late = Chain.Tier(
            "round the clock", target: .hours(8) + .minutes(30), hours: try ChainYear.always())
        let exact = try proof(.init(within: .hours(8), hours: customers), [late])
        let above = try proof(.init(within: .hours(8) + Elapsed(milliseconds: 1), hours: customers), [late])

        #expect(exact.tightest?.within == .hours(8) && exact.tightest?.isKept == false)
        #expect(exact.verdict == .broken && exact.worst?.slack == .minutes(-30))
        #expect(exact.brokenLink?.excess == .zero)
        #expect(above.verdict == .kept && above.shareAtRisk == 0)
    }

    @Test func `asks for a margin`() throws {
        let support = Chain.Tier("support", target: .hours(4), hours: try ChainYear.always())
        for (hours, keeps): (Int64, Bool) in [(3, false), (4, false), (5, true), (6, true)] {
            let proof = try proof(try promise(hours), [support])

            #expect(proof.keepsMargin == keeps && proof.margin == 0.8)
            #expect(proof.usedShare == 4 / Double(hours))
        }
    }

    @Test func `refuses a margin or a time that makes no sense`() throws {
        let chain = try ChainYear.seed()
        for margin in [0, -0.5, 1.01, .nan, .infinity] {
            let error = #expect(throws: OutOfRange.self) { try chain.proof(margin: margin) }
            #expect(error?.input == "margin")
        }
        let always = try ChainYear.always()
        let negative = Elapsed(milliseconds: -1)
        #expect(throws: OutOfRange(input: "promise.within", value: -1, allowed: "0 ms or more")) {
            try Chain(promise: .init(within: negative, hours: always), tiers: [])
        }
        #expect(throws: OutOfRange(input: "tiers[0].target", value: -1, allowed: "0 ms or more")) {
            try Chain(promise: try promise(4), tiers: [.init("T", target: negative, hours: always)])
        }
    }

    @Test func `survives the largest times there are`() throws {
        let forever = Elapsed(milliseconds: .max)
        let always = try ChainYear.always()
        let tier = Chain.Tier("T", target: forever, hours: always)
        let endless = try Chain(promise: .init(within: forever, hours: always), tiers: [tier, tier])
        let slow = try Chain(promise: try promise(4), tiers: [tier])
        let everywhen = UTCTime(milliseconds: .min)..<UTCTime(milliseconds: .max)

        #expect(try endless.proof(over: everywhen).verdict == .undecided(.horizonTooShort))
        #expect(try slow.proof(over: everywhen).shareAtRisk == 1)
        #expect(try slow.repairs(over: everywhen).map(\.change) == [.target(tier: 0, .hours(4))])
    }
}
