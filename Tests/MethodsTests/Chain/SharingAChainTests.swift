import Methods
import Testing

@Suite struct `Sharing tickets out along a chain` {
    private func reached(_ shares: [(reached: Double?, solved: Double?)]) throws -> [Double] {
        let always = try ChainYear.always()
        let tiers = shares.map {
            Chain.Tier("T", target: .hours(1), hours: always, reached: $0.reached, solved: $0.solved)
        }
        return try Chain(promise: .init(within: .hours(4), hours: always), tiers: tiers).reached
    }

    @Test func `takes the share that gets to a tier or the share that ends at the one before`() throws {
        #expect(try reached([(nil, nil), (nil, nil)]) == [1, 1])
        #expect(try reached([(nil, 0.75), (nil, 0.5), (nil, nil)]) == [1, 0.25, 0.125])
        #expect(try reached([(nil, nil), (0.25, nil), (0.125, nil)]) == [1, 0.25, 0.125])
        #expect(try reached([(0.5, 0.5), (0.25, 1), (nil, nil)]) == [0.5, 0.25, 0])
        #expect(try reached([(nil, 0.8), (0.2, nil)])[1] <= 0.2)
    }

    @Test func `refuses shares outside their range or at odds with each other`() {
        let wrong: [([(reached: Double?, solved: Double?)], String)] = [
            ([(1.5, nil)], "tiers[0].reached"), ([(.nan, nil)], "tiers[0].reached"),
            ([(nil, -0.1)], "tiers[0].solved"), ([(nil, .infinity)], "tiers[0].solved"),
            ([(0.2, nil), (0.3, nil)], "tiers[1].reached"),
            ([(nil, 0.8), (0.1, nil)], "tiers[1].reached"), ([(nil, 0.8), (0.3, nil)], "tiers[1].reached"),
        ]
        for (shares, input) in wrong {
            let error = #expect(throws: OutOfRange.self) { try reached(shares) }
            #expect(error?.input == input)
        }
    }

    @Test func `expects one ticket in five of those that arrive at the wrong time to be late`() throws {
        let proof = try ChainYear.seed().proof(over: ChainYear.year)
        let share = try #require(proof.shareAtRisk)

        #expect(proof.links.map(\.shareAtRisk) == [0, share])
        #expect(abs((proof.ticketsAtRisk ?? 0) - share / 5) < 1e-12)
        #expect(proof.links[0].spare == .minutes(210) && proof.links[0].tightest == .minutes(30))
        #expect(proof.links[1].spare == .zero - .hours(63) - .minutes(30))
    }

    /// On each of the 261 weekdays of 2026 arrivals are in time from 8:00, when the earliest completion at
    /// noon is just due, through 13:30, when the engineers get the ticket three hours before they close.
    @Test func `measures the late arrival time exactly`() throws {
        let proof = try ChainYear.seed().proof(over: ChainYear.year)
        let inTime = Elapsed(milliseconds: 261 * (330 * 60_000 + 1))
        let late = proof.lateArrivals.reduce(Elapsed.zero) { $0 + ($1.upperBound - $1.lowerBound) }

        #expect(
            late.milliseconds == (ChainYear.year.upperBound - ChainYear.year.lowerBound - inTime).milliseconds
        )
        #expect(proof.lateArrivals.count == 262)
    }
}
