import Methods
import Testing

@Suite struct `Changing a chain` {
    private static let horizon = UTCTime(milliseconds: 0)..<UTCTime(milliseconds: 400)

    private static func hours(_ generator: inout SeededGenerator) throws -> OpenHours {
        let day = Int64.random(in: 8...40, using: &generator)
        let length = Int64.random(in: 3..<day, using: &generator)
        let first = Int64.random(in: (1 - length)..<day, using: &generator)
        let days = stride(from: first, to: 400, by: Int(day)).map {
            UTCTime(milliseconds: $0)..<UTCTime(milliseconds: $0 + length)
        }
        return try OpenHours(days, over: horizon)
    }

    private static func chain(_ generator: inout SeededGenerator) throws -> Chain {
        let promise = Chain.Promise(
            within: Elapsed(milliseconds: Int64.random(in: 5...40, using: &generator)),
            hours: try hours(&generator))
        let tiers = try (0..<3).map { index in
            let target = Elapsed(milliseconds: Int64.random(in: 1...6, using: &generator))
            return Chain.Tier("T\(index)", target: target, hours: try hours(&generator))
        }
        return try Chain(promise: promise, tiers: tiers)
    }

    private static func changing(
        _ chain: Chain, _ index: Int, _ change: (inout Chain.Tier) -> Void
    ) throws -> Chain {
        var tiers = chain.tiers
        change(&tiers[index])
        return try Chain(promise: chain.promise, tiers: tiers)
    }

    private let early = UTCTime(milliseconds: 0)..<UTCTime(milliseconds: 120)

    private func isLate(_ arrivals: [Range<UTCTime>], within others: [Range<UTCTime>]) -> Bool {
        arrivals.allSatisfy { arrival in
            others.contains { $0.lowerBound <= arrival.lowerBound && arrival.upperBound <= $0.upperBound }
        }
    }

    @Test func `with the same hours everywhere needs the sum of the targets, whatever the hours`() throws {
        var generator = SeededGenerator(state: 7)
        for _ in 0..<100 {
            let hours = try Self.hours(&generator)
            let chain = try Self.chain(&generator)
            var tiers = chain.tiers
            for index in tiers.indices { tiers[index].hours = hours }
            let promise = Chain.Promise(within: chain.promise.within, hours: hours)
            let proof = try Chain(promise: promise, tiers: tiers).proof(over: early)
            let sum = tiers.compactMap(\.target).reduce(Elapsed.zero) { $0 + $1 }

            #expect(proof.tightest?.within == sum)
            #expect(proof.tightest?.isLimit == false)
            #expect(proof.verdict == (sum <= promise.within ? .kept : .broken))
        }
    }

    @Test func `never fits X and Y hours into a promise of X hours`() throws {
        var generator = SeededGenerator(state: 8)
        for _ in 0..<100 {
            let hours = try Self.hours(&generator)
            let times = (0..<2).map { _ in Elapsed(milliseconds: Int64.random(in: 1...9, using: &generator)) }
            let tiers = times.enumerated().map { Chain.Tier("T\($0)", target: $1, hours: hours) }
            let proof = try Chain(promise: .init(within: times[0], hours: hours), tiers: tiers).proof(
                over: early)

            #expect(proof.verdict == .broken && proof.shareAtRisk == 1)
            #expect(proof.brokenLink?.excess == times[1])
        }
    }

    @Test func `to a longer target never makes it faster`() throws {
        var generator = SeededGenerator(state: 9)
        for _ in 0..<150 {
            let chain = try Self.chain(&generator)
            let tier = Int.random(in: 0..<3, using: &generator)
            let longer = try Self.changing(chain, tier) {
                $0.target = $0.target.map { $0 + Elapsed(milliseconds: 1) }
            }
            let proofs = [try chain.proof(over: early), try longer.proof(over: early)]
            let tightest = try proofs.map { try #require($0.tightest) }

            #expect(tightest[0].within <= tightest[1].within || tightest[1].isLowerBound)
            #expect(isLate(proofs[0].lateArrivals, within: proofs[1].lateArrivals))
            #expect((proofs[0].ticketsAtRisk ?? 2) <= (proofs[1].ticketsAtRisk ?? -1))
        }
    }

    @Test func `to more hours at a tier never makes it slower`() throws {
        var generator = SeededGenerator(state: 10)
        for _ in 0..<150 {
            let chain = try Self.chain(&generator)
            let tier = Int.random(in: 0..<3, using: &generator)
            let present = try #require(chain.tiers[tier].hours)
            let more = try OpenHours(
                present.stretches + (try Self.hours(&generator)).stretches, over: Self.horizon)
            let longer = try Self.changing(chain, tier) { $0.hours = more }
            let proofs = [try chain.proof(over: early), try longer.proof(over: early)]
            let tightest = try proofs.map { try #require($0.tightest) }

            #expect(tightest[1].within <= tightest[0].within || tightest[0].isLowerBound)
            #expect(isLate(proofs[1].lateArrivals, within: proofs[0].lateArrivals))
        }
    }

    @Test func `by a moment of all its times changes no answer but the moments`() throws {
        var generator = SeededGenerator(state: 11)
        let shift: Int64 = -1_000_000_007
        for _ in 0..<50 {
            let chain = try Self.chain(&generator)
            let moved = try Chain(
                promise: .init(
                    within: chain.promise.within, hours: try Self.moved(chain.promise.hours, shift)),
                tiers: try chain.tiers.map { tier in
                    Chain.Tier(
                        tier.name, target: tier.target,
                        hours: try tier.hours.map { try Self.moved($0, shift) })
                })
            let proofs = [try chain.proof(), try moved.proof()]

            #expect(proofs[0].tightest?.within == proofs[1].tightest?.within)
            #expect(proofs[0].shareAtRisk == proofs[1].shareAtRisk)
            #expect(proofs[0].worst?.slack == proofs[1].worst?.slack)
            #expect(
                proofs[0].worst?.arrival == proofs[1].worst.map { $0.arrival - Elapsed(milliseconds: shift) })
        }
    }

    private static func moved(_ hours: OpenHours, _ shift: Int64) throws -> OpenHours {
        let by = Elapsed(milliseconds: shift)
        func moved(_ range: Range<UTCTime>) -> Range<UTCTime> {
            (range.lowerBound + by)..<(range.upperBound + by)
        }
        return try OpenHours(hours.stretches.map(moved), over: moved(hours.horizon))
    }
}
