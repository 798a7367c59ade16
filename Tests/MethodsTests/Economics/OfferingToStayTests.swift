import Methods
import Testing

@Suite struct `Offering a customer to stay` {
    private func offer(
        _ value: Double = 1000, lost: Double = 100, without: Double = 0.1, with: Double = 0.4,
        cost: Double = 250
    ) throws -> SaveOffer {
        try SaveOffer(
            valueIfKept: Amount(minorUnits: value), valueIfLost: Amount(minorUnits: lost),
            stayingWithout: without, stayingWith: with, cost: Amount(minorUnits: cost))
    }

    @Test func `gains as the two expected values differ`() throws {
        var generator = SeededGenerator(state: 169)
        for _ in 0..<200 {
            let p0 = Double.random(in: 0...1, using: &generator)
            let p1 = Double.random(in: 0.01...1, using: &generator)
            let (V, W) = (Double.random(in: 0...3000, using: &generator), 77.0)
            let C = Double.random(in: 0...500, using: &generator)
            let found = try offer(V, lost: W, without: p0, with: p1, cost: C)
            let expected = p1 * (V - C) + (1 - p1) * W - (p0 * V + (1 - p0) * W)

            #expect(abs(found.gain.minorUnits - expected) < 1e-9)
            let most = try #require(found.breakEvenCost).minorUnits
            if most >= 0 {
                #expect(abs(try offer(V, lost: W, without: p0, with: p1, cost: most).gain.minorUnits) < 1e-9)
            }
        }
    }

    @Test func `gains nothing at any price if it keeps nobody more`() throws {
        let useless = try offer(500, lost: 0, without: 0.2, with: 0.2, cost: 10)

        #expect(useless.breakEvenCost == .zero && useless.costPerSave == nil)
        #expect(isNear(useless.gain.minorUnits, -2, to: 1e-14))
    }

    @Test func `has no break-even when nobody takes it and no return when it is free`() throws {
        #expect(try offer(with: 0).breakEvenCost == nil)
        #expect(try offer(cost: 0).returnOnCost == nil && offer(with: 0).returnOnCost == nil)
        #expect(try offer(with: .leastNonzeroMagnitude).breakEvenCost == nil)
    }

    @Test func `ranks offers by gain, not by how many accept`() throws {
        let stake = CancellationStake(
            valueIfKept: Amount(minorUnits: 1000), valueIfLost: Amount(minorUnits: 100), stayingWithout: 0.1)
        let candidates: [CancellationStake.Candidate] = [
            .init(name: "10 % off", staying: 0.12, cost: Amount(minorUnits: 60)),
            .init(name: "30 % off", staying: 0.5, cost: Amount(minorUnits: 200)),
            .init(name: "free year", staying: 0.9, cost: Amount(minorUnits: 900)),
            .init(name: "30 % off again", staying: 0.5, cost: Amount(minorUnits: 200)),
        ]

        let ranked = try stake.weigh(candidates)

        #expect(ranked.map(\.candidate.name) == ["30 % off", "30 % off again", "10 % off", "free year"])
        #expect(ranked.first?.offer.gain == (try offer(with: 0.5, cost: 200).gain))
        #expect(try stake.weigh([]).isEmpty)
        #expect(throws: OutOfRange.self) {
            try stake.weigh([.init(name: "odd", staying: 1.2, cost: .zero)])
        }
    }

    @Test func `names the input that is out of range`() throws {
        let attempts: [(String, () throws -> Void)] = [
            ("valueIfKept", { _ = try offer(.nan) }),
            ("valueIfLost", { _ = try offer(lost: .infinity) }),
            ("stayingWithout", { _ = try offer(without: -0.1) }),
            ("stayingWith", { _ = try offer(with: 1.1) }),
            ("cost", { _ = try offer(cost: -1) }),
        ]
        for (input, attempt) in attempts {
            #expect(#expect(throws: OutOfRange.self, performing: attempt)?.input == input)
        }
    }
}

@Suite struct `Counting saves that lasted` {
    @Test func `counts only those still there after the offer has ended`() throws {
        let sessions = [
            CancellationSession(stayed: true, offerEnds: 100),
            CancellationSession(stayed: true, offerEnds: 100, leftOn: 131),
            CancellationSession(stayed: true, offerEnds: 100, leftOn: 130),
            CancellationSession(stayed: true, offerEnds: 100, leftOn: 101),
            CancellationSession(stayed: false, offerEnds: 100),
        ]

        let count = try SaveCount(sessions, watch: 30, asOf: 130)

        #expect(count.sessions == 5 && count.savedAtDesk == 4)
        #expect(count.judged == 5 && count.lasting == 2)
        #expect(count.rawRate?.share == 0.8 && count.lastingRate?.share == 0.4)
        #expect(try count.lastingRate == wilson(successes: 2, of: 5))
    }

    @Test func `judges nobody early, not even those already lost`() throws {
        let sessions = [
            CancellationSession(stayed: true, offerEnds: 200),
            CancellationSession(stayed: false, offerEnds: 200),
            CancellationSession(stayed: true, offerEnds: 200, leftOn: 90),
        ]

        #expect(try SaveCount(sessions, watch: 90, asOf: 289).judged == 0)
        #expect(try SaveCount(sessions, watch: 90, asOf: 289).lastingRate == nil)
        #expect(try SaveCount(sessions, watch: 90, asOf: 290).judged == 3)
        #expect(try SaveCount([], watch: 90, asOf: 1).rawRate == nil)
    }

    @Test func `names the input that is out of range`() {
        let session = CancellationSession(stayed: true, offerEnds: .max)
        let ends = #expect(throws: OutOfRange.self) { try SaveCount([session], watch: 30, asOf: 0) }
        let watch = #expect(throws: OutOfRange.self) { try SaveCount([], watch: -1, asOf: 0) }
        #expect(ends?.input == "offerEnds" && watch?.input == "watch")
    }
}

@Suite struct `Measuring an offer against customers held out` {
    private func count(_ lasting: Int, of judged: Int) throws -> SaveCount {
        let kept = Array(repeating: CancellationSession(stayed: true, offerEnds: 0), count: lasting)
        let lost = Array(repeating: CancellationSession(stayed: false, offerEnds: 0), count: judged - lasting)
        return try SaveCount(kept + lost, watch: 30, asOf: 1000)
    }

    private func measured(
        _ without: SaveCount, _ with: SaveCount, value: Double, cost: Double
    ) throws -> MeasuredSaveOffer? {
        try MeasuredSaveOffer(
            valueIfKept: Amount(minorUnits: value), valueIfLost: .zero, cost: Amount(minorUnits: cost),
            heldOut: without, offered: with)
    }

    @Test func `is Newcombe's interval when only the shares count`() throws {
        // Newcombe 1998, 56/70 − 48/80 by method 10: .0524 to .3339.
        let found = try #require(try measured(count(48, of: 80), count(56, of: 70), value: 1, cost: 0))

        #expect(isNear(found.offer.gain.minorUnits, 0.2, to: 1e-12))
        #expect(abs(found.gain.lower.minorUnits - 0.0524) < 5e-5)
        #expect(abs(found.gain.upper.minorUnits - 0.3339) < 5e-5)
    }

    @Test func `holds the true gain about as often as promised`() throws {
        // V 1000, C 300; staying .1 without, .45 with: the gain is .45 × 700 − 100 = 215.
        var generator = SeededGenerator(state: 10)
        var held = 0
        for _ in 0..<500 {
            let without = (0..<60).count { _ in Double.random(in: 0..<1, using: &generator) < 0.1 }
            let with = (0..<200).count { _ in Double.random(in: 0..<1, using: &generator) < 0.45 }
            let found = try #require(
                try measured(count(without, of: 60), count(with, of: 200), value: 1000, cost: 300))
            if found.gain.lower.minorUnits <= 215, found.gain.upper.minorUnits >= 215 { held += 1 }
        }
        #expect(held > 455 && held < 495)
    }

    @Test func `turns the range with the sign of what is at stake`() throws {
        // An offer dearer than the customer: the more accept, the worse.
        let found = try #require(try measured(count(0, of: 50), count(25, of: 50), value: 100, cost: 300))
        let share = try wilson(successes: 25, of: 50)

        #expect(found.offer.gain == Amount(minorUnits: -100))
        #expect(isNear(found.gain.upper.minorUnits, -100 + 200 * (0.5 - share.lower), to: 1e-12))
    }

    @Test func `waits until both groups can be judged`() throws {
        #expect(try measured(count(0, of: 0), count(5, of: 9), value: 1, cost: 0) == nil)
        #expect(try measured(count(5, of: 9), count(0, of: 0), value: 1, cost: 0) == nil)
    }
}
