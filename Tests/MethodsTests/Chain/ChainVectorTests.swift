import Methods
import Testing

@Suite(
    .enabled(
        if: SharedFolder.has("vectors/businesstime.json"),
        "shared/vectors/businesstime.json is not here; set REGULARS_SHARED to check against it"))
struct `Matching the reference chains` {
    /// The file tests whole seconds on either side of each corner, so its extremes may be a second off.
    let second: Int64 = 1_000
    let cases: [(vector: ChainVectors.Case, chain: Chain, proof: ChainProof)]

    init() throws {
        let vectors = try ChainVectors.read()
        try #require(vectors.chains.count == 9)
        cases = try vectors.chains.map { vector in
            let chain = try vectors.chain(vector)
            return (vector, chain, try chain.proof(over: vector.arrivals))
        }
    }

    @Test func `says which promises are kept`() {
        for (vector, _, proof) in cases {
            #expect(proof.verdict == (vector.feasible ? .kept : .broken), "\(vector.name)")
            #expect((proof.brokenLink == nil) == vector.feasible, "\(vector.name)")
            #expect(proof.decidedShare == 1 && proof.judged == vector.arrivals, "\(vector.name)")
        }
    }

    @Test func `finds the same worst arrival, its completion, its due moment and its slack`() throws {
        for (vector, _, proof) in cases {
            let worst = try #require(proof.worst)
            let slack = try #require(worst.slack).milliseconds
            let due = try #require(worst.due)

            #expect((0...second).contains(vector.worst_slack_seconds * 1000 - slack), "\(vector.name)")
            #expect(
                abs((worst.arrival - UTCTime(vector.worst_arrival)).milliseconds) < second, "\(vector.name)")
            #expect(abs((worst.completion - UTCTime(vector.worst_completion)).milliseconds) <= second)
            #expect(abs((due - UTCTime(vector.worst_due)).milliseconds) < second, "\(vector.name)")
        }
    }

    @Test func `finds the same promise that can be kept`() throws {
        for (vector, _, proof) in cases {
            let expected = vector.tightest_keepable_promise_seconds_in_customer_calendar * 1000
            let tightest = try #require(proof.tightest)
            let lag = tightest.example.arrival - UTCTime(vector.tightest_at_arrival)

            #expect(
                tightest.within.milliseconds == expected + (tightest.isLimit ? second : 0), "\(vector.name)")
            #expect(abs(lag.milliseconds) < second, "\(vector.name)")
            #expect(tightest.isKept && !tightest.isLowerBound, "\(vector.name)")
        }
    }

    /// On the stroke of a closing time a ticket is done that a millisecond later has to wait, so the minutes
    /// counted and the time measured differ by up to a minute for each late stretch.
    @Test func `has exactly the same minutes among its late arrivals`() throws {
        let minute: Int64 = 60_000
        for (vector, _, proof) in cases {
            let minutes = proof.lateArrivals.reduce(Int64(0)) { sum, stretch in
                let after = (stretch.upperBound.milliseconds + minute - 1) / minute
                return sum + after - (stretch.lowerBound.milliseconds + minute - 1) / minute
            }
            let expected = vector.minute_grid.arrivals_that_breach_if_every_tier_uses_its_full_OLA
            let share = try #require(proof.shareAtRisk) * Double(vector.minute_grid.minutes_tested)

            #expect(minutes == expected, "\(vector.name)")
            #expect(abs(share - Double(expected)) <= Double(proof.lateArrivals.count), "\(vector.name)")
        }
    }

    @Test func `finds the file's worst slack at the full minute beside the worst arrival`() throws {
        for (vector, chain, proof) in cases {
            let arrival = try #require(proof.worst).arrival.milliseconds
            let minute = UTCTime(milliseconds: (arrival + 59_999) / 60_000 * 60_000)
            let completion = try chain.tiers.reduce(minute) { moment, tier in
                try #require(tier.hours).add(try #require(tier.target), to: moment)
            }
            let slack = try chain.promise.hours.add(chain.promise.within, to: minute) - completion

            #expect(slack == .seconds(vector.minute_grid.worst_slack_seconds), "\(vector.name)")
        }
    }

    @Test func `names the broken link of the chain that support could not keep`() throws {
        let link = try #require(cases[0].proof.brokenLink)

        #expect(link.tier == 1 && link.excess == .minutes(92 * 60 + 30))
        guard case .closedLongerThanPromise(let wait) = link.cause else {
            Issue.record("the engineers' Christmas is not the cause")
            return
        }
        #expect(wait.stretch.lowerBound == UTCTime(seconds: 1_798_131_600))
        #expect(wait.stretch.upperBound == UTCTime(seconds: 1_798_466_400))
        #expect(wait.customerTime == .hours(93))
    }
}
