import Methods
import Testing

@Suite struct `Finding the agents needed` {
    private func traffic(_ load: Double) throws -> Traffic { try Traffic(calls: load, in: 1, handling: 60) }

    private func isMet(_ target: StaffingTarget, _ queue: ErlangC) throws -> Bool {
        if queue.occupancy > target.occupancy * (1 + 1e-12) { return false }
        if let wait = target.averageWait, queue.averageWait.value > wait.value * (1 + 1e-12) { return false }
        guard let share = target.share else { return true }
        return try queue.answered(within: target.within) >= share - 1e-12
    }

    private func isMet(_ target: StaffingTarget, _ queue: ErlangA) throws -> Bool {
        if queue.occupancy > target.occupancy * (1 + 1e-12) { return false }
        if let wait = target.averageWait, queue.averageWait.value > wait.value * (1 + 1e-12) { return false }
        if let most = target.abandonment, queue.abandonment > most + 1e-12 { return false }
        guard let share = target.share else { return true }
        let counts = try queue.counts(of: 1, within: target.within, shortAbandon: target.shortAbandon)
        return (counts.inTime(target.counting) ?? 0) >= share - 1e-12
    }

    private func randomTarget(_ generator: inout SeededGenerator, abandonment: Bool) -> StaffingTarget {
        var target = StaffingTarget()
        target.within = Time(Double.random(in: 0...120, using: &generator))
        target.shortAbandon = Time(Double.random(in: 0...30, using: &generator))
        target.counting = InTimeDefinition.allCases.randomElement(using: &generator) ?? .offered
        target.share = Double.random(in: 0.01...0.99, using: &generator)
        let choice = Int.random(in: 0...5, using: &generator)
        if choice == 1 { target.share = nil }
        if choice <= 2 { target.averageWait = Time(Double.random(in: 0.5...200, using: &generator)) }
        if choice == 3 { target.occupancy = Double.random(in: 0.3...0.95, using: &generator) }
        if choice == 4, abandonment { target.abandonment = Double.random(in: 0.01...0.5, using: &generator) }
        return target
    }

    @Test func `stops at the first number that is enough, callers being patient`() throws {
        var generator = SeededGenerator(state: 11)
        for _ in 0..<300 {
            let load = Double.random(in: 0.01...150, using: &generator)
            let target = randomTarget(&generator, abandonment: false)
            let found = try agentsNeeded(for: traffic(load), target: target)
            var expected = Int(load) + 1
            while try !isMet(target, ErlangC(traffic(load), agents: expected)) { expected += 1 }

            #expect(found == expected, "\(load): \(target)")
        }
    }

    @Test func `stops at the first number that is enough, callers hanging up`() throws {
        var generator = SeededGenerator(state: 12)
        for _ in 0..<300 {
            let load = Double.random(in: 0.01...60, using: &generator)
            let patience = Time<Seconds>(Double.random(in: 5...600, using: &generator))
            let target = randomTarget(&generator, abandonment: true)
            let found = try agentsNeeded(for: traffic(load), target: target, patience: patience)
            var expected = 1
            while try !isMet(target, ErlangA(traffic(load), agents: expected, patience: patience)) {
                expected += 1
            }

            #expect(found == expected, "\(load), \(patience): \(target)")
        }
    }

    @Test func `needs one person for half a call in hand and half an hour to answer`() throws {
        let loose = StaffingTarget(share: 0.5, within: 1800)
        let half = try Traffic(calls: 5, in: 30, handling: 180)

        #expect(half.load == 0.5)
        #expect(try agentsNeeded(for: half, target: loose) == 1)
        #expect(try agentsNeeded(for: half, target: loose, patience: 600) == 1)
    }

    @Test func `needs fewer where callers hang up`() throws {
        let busy = try Traffic(calls: 100, in: 30, handling: 180)
        let target = StaffingTarget(share: 0.8, within: 20)

        #expect(try agentsNeeded(for: busy, target: target) == 14)
        #expect(try agentsNeeded(for: busy, target: target, patience: 180) == 12)
        // Fewer agents than erlangs are a plan here, not a contradiction.
        let lenient = StaffingTarget(abandonment: 0.2)
        let agents = try agentsNeeded(for: busy, target: lenient, patience: 180)
        #expect(Double(agents) < busy.load)
    }

    @Test func `keeps to the occupancy cap and is not pushed over it by rounding`() throws {
        // 8.5 erlangs at 85 % are ten agents, though 8.5/0.85 is a little more than 10 in floating point.
        let capped = StaffingTarget(share: 0.01, within: 600, occupancy: 0.85)

        #expect(try agentsNeeded(for: traffic(8.5), target: capped) == 10)
        #expect(try agentsNeeded(for: traffic(8.51), target: capped) == 11)
        #expect(try agentsNeeded(for: traffic(85), target: StaffingTarget(occupancy: 0.85)) == 100)
    }

    @Test func `needs nobody where nobody calls`() throws {
        #expect(try agentsNeeded(for: traffic(0), target: StaffingTarget(share: 0.9)) == 0)
        #expect(try agentsNeeded(for: traffic(0), target: StaffingTarget(share: 0.9), patience: 60) == 0)
    }

    @Test func `answers for a whole country`() throws {
        let target = StaffingTarget(share: 0.8, within: 20)
        let patient = try agentsNeeded(for: traffic(1e6), target: target)
        let impatient = try agentsNeeded(for: traffic(1e6), target: target, patience: 120)

        #expect(patient > 1_000_000 && patient < 1_000_100)
        #expect(impatient < patient && impatient > 800_000)
        #expect(try !isMet(target, ErlangA(traffic(1e6), agents: impatient - 1, patience: 120)))
        #expect(try isMet(target, ErlangA(traffic(1e6), agents: impatient, patience: 120)))
    }

    @Test func `refuses targets that ask for nothing or cannot be judged`() throws {
        let calls = try traffic(5)
        #expect(throws: StaffingRefusal.nothingAsked) {
            try agentsNeeded(for: calls, target: StaffingTarget())
        }
        #expect(throws: StaffingRefusal.patienceUnknown) {
            try agentsNeeded(for: calls, target: StaffingTarget(abandonment: 0.05))
        }
    }

    @Test func `names the input that is out of range`() throws {
        let calls = try traffic(5)
        let refusals: [(String, StaffingTarget, Time<Seconds>?)] = [
            ("target.share", StaffingTarget(share: 1), nil),
            ("target.share", StaffingTarget(share: .nan), 60),
            ("target.within", StaffingTarget(share: 0.8, within: -1), nil),
            ("target.shortAbandon", StaffingTarget(share: 0.8, shortAbandon: Time(.nan)), nil),
            ("target.averageWait", StaffingTarget(averageWait: 0), nil),
            ("target.abandonment", StaffingTarget(abandonment: 0), 60),
            ("target.occupancy", StaffingTarget(share: 0.8, occupancy: 0), nil),
            ("target.occupancy", StaffingTarget(share: 0.8, occupancy: .nan), 60),
            ("patience / handling", StaffingTarget(share: 0.8), 0),
            ("patience / handling", StaffingTarget(share: 0.8), Time(.infinity)),
        ]
        for (input, target, patience) in refusals {
            let error = #expect(throws: StaffingRefusal.self) {
                try agentsNeeded(for: calls, target: target, patience: patience)
            }
            guard case .outOfRange(let cause) = error else {
                Issue.record("\(input) was refused as \(String(describing: error))")
                continue
            }
            #expect(cause.input == input)
        }
    }
}
