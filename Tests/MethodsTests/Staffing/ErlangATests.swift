import Foundation
import Methods
import Testing

@Suite struct `Queueing with impatient callers` {
    private func close(_ found: Double, _ expected: Double, _ tolerance: Double = 1e-11) -> Bool {
        abs(found - expected) <= tolerance * abs(expected)
    }

    private func queue(_ load: Double, _ agents: Int, patience: Double) throws -> ErlangA {
        try ErlangA(Traffic(calls: load, in: 1, handling: 60), agents: agents, patience: Time(patience * 60))
    }

    @Test func `is the chain of states solved with long sums`() throws {
        var generator = SeededGenerator(state: 1957)
        for _ in 0..<150 {
            let agents = Int.random(in: 1...120, using: &generator)
            let load = Double(agents) * Double.random(in: 0.05...3, using: &generator)
            let patience = pow(10, Double.random(in: -2...1.5, using: &generator))
            let found = try queue(load, agents, patience: patience)
            let most = agents + 400 + Int(max(0, load - Double(agents)) * patience * 3)
            let chain = BirthDeathChain(
                arrivals: load, service: 1, leaving: 1 / patience, agents: agents, most: most)
            let name = "\(load) erlangs, \(agents) agents, patience \(patience)"

            #expect(close(found.waiting, chain.waiting), "waiting: \(name)")
            #expect(close(found.abandonment, chain.abandonment), "abandonment: \(name)")
            #expect(close(found.queueLength, chain.queue), "queue: \(name)")
            let answered = found.averageWaitOfAnswered.value / 60
            #expect(close(answered, chain.waitOfAnswered), "answered wait: \(name)")
        }
    }

    @Test(arguments: [
        (4000.0, 4050, 2.0), (5000.0, 4500, 3.0), (20_000.0, 20_000, 1.0), (2500.0, 2550, 30.0),
    ])
    func `holds with thousands of agents`(_ load: Double, _ agents: Int, _ patience: Double) throws {
        let found = try queue(load, agents, patience: patience)
        let chain = BirthDeathChain(
            arrivals: load, service: 1, leaving: 1 / patience, agents: agents, most: agents + 8000)

        #expect(close(found.waiting, chain.waiting))
        #expect(close(found.abandonment, chain.abandonment))
        #expect(close(found.queueLength, chain.queue))
        #expect(close(found.averageWaitOfAnswered.value / 60, chain.waitOfAnswered))
    }

    @Test func `offers the waits of the chain`() throws {
        for (load, agents, patience, minutes) in [
            (10.0, 8, 1.5, 0.4), (10.0, 12, 3.0, 0.3), (30.0, 20, 0.5, 0.2), (5.0, 5, 6.0, 1.0),
        ] {
            let found = try queue(load, agents, patience: patience)
            let chain = BirthDeathChain(
                arrivals: load, service: 1, leaving: 1 / patience, agents: agents, most: agents + 120)
            let expected = chain.offered(longerThan: minutes) * exp(-minutes / patience)

            #expect(close(try found.waits(longerThan: Time(minutes * 60)), expected, 1e-10))
        }
    }

    @Test func `adds up to all callers at every moment`() throws {
        var generator = SeededGenerator(state: 2002)
        for _ in 0..<200 {
            let agents = Int.random(in: 1...300, using: &generator)
            let patience = Double.random(in: 0.1...20, using: &generator)
            let found = try queue(Double.random(in: 0...500, using: &generator), agents, patience: patience)
            let time = Time<Seconds>(Double.random(in: 0...300, using: &generator))
            let parts = try [found.answered(within: time), found.abandoned(within: time)]
            let waiting = try found.waits(longerThan: time)

            #expect(abs(parts[0] + parts[1] + waiting - 1) < 1e-12)
            #expect(parts.allSatisfy { (0...1).contains($0) } && (0...1).contains(waiting))
            #expect(abs(try found.answered(within: 1e9) - (1 - found.abandonment)) < 1e-12)
            #expect(abs(try found.answered(within: 0) - (1 - found.waiting)) < 1e-12)
            #expect(try found.abandoned(within: 0) < 1e-12)
        }
    }

    @Test func `splits the waiting between the answered and those who hang up`() throws {
        for (load, agents, patience) in [
            (48.0, 50, 2.0), (12.0, 10, 1.0), (300.0, 250, 4.0), (3.0, 2, 0.01), (200.0, 220, 300.0),
            (0.01, 1, 5.0), (90.0, 100, 1e5),
        ] {
            let found = try queue(load, agents, patience: patience)
            let ofAbandoners = try #require(found.averageWaitOfAbandoners)
            let all =
                found.averageWaitOfAnswered.value * (1 - found.abandonment)
                + ofAbandoners.value * found.abandonment

            #expect(close(all, found.averageWait.value, 1e-9), "\(load) \(agents) \(patience)")
            #expect(close(found.answered, 1 - found.abandonment, 1e-11))
        }
    }

    @Test func `keeps the answered waiting longer than the average only in overload`() throws {
        let ordinary = try queue(48, 50, patience: 2)
        let overload = try queue(300, 250, patience: 4)

        #expect(ordinary.averageWaitOfAnswered < ordinary.averageWait)
        #expect(overload.averageWaitOfAnswered > overload.averageWait)
    }

    @Test func `is gone after its quantiles`() throws {
        for (load, agents, patience) in [
            (48.0, 50, 2.0), (30.0, 20, 0.5), (10.0, 14, 1e6), (500.0, 300, 50.0),
        ] {
            let found = try queue(load, agents, patience: patience)
            for quantile in [0.9, 0.99, 0.999] {
                let wait = try found.wait(quantile: quantile)
                let past = try found.waits(longerThan: wait)
                #expect(wait == 0 ? past <= 1 - quantile : close(past, 1 - quantile, 1e-7))
                let answered = try found.waitOfAnswered(quantile: quantile)
                let share = try found.answered(within: answered) / (1 - found.abandonment)
                #expect(answered == 0 ? share >= quantile : abs(share - quantile) < 1e-9)
            }
            #expect(try found.wait(quantile: 1e-6) == 0 || found.waiting > 1 - 1e-6)
        }
    }

    @Test func `approaches the patient queue as patience grows`() throws {
        for (load, agents) in [(10.0, 14), (48.0, 50), (480.0, 500), (0.5, 1), (999.0, 1000)] {
            let patient = try ErlangC(Traffic(calls: load, in: 1, handling: 60), agents: agents)
            let found = try queue(load, agents, patience: 1e9)

            #expect(close(found.waiting, patient.waiting, 1e-3 / (Double(agents) - load) * 1e-2))
            #expect(close(found.averageWait.value, patient.averageWait.value, 1e-4))
            #expect(close(found.queueLength, patient.queueLength, 1e-4))
            #expect(abs(try found.answered(within: 20) - patient.answered(within: 20)) < 1e-5)
            #expect(
                close(try found.wait(quantile: 0.9999).value, try patient.wait(quantile: 0.9999).value, 1e-3))
        }
    }

    @Test func `answers what the agents can do when nearly everyone gives up`() throws {
        let flooded = try queue(1000, 10, patience: 100)
        let unlimited = try queue(100_000, 50_000, patience: 1e9)

        #expect(abs(flooded.abandonment - 0.99) < 1e-12 && abs(flooded.occupancy - 1) < 1e-12)
        #expect(abs(unlimited.abandonment - 0.5) < 1e-12 && unlimited.waiting == 1)
        #expect(close(unlimited.averageWaitOfAnswered.value, 60e9 * Foundation.log(2), 1e-6))
    }

    @Test func `stays finite and between its bounds for any input allowed`() throws {
        var generator = SeededGenerator(state: 7)
        for _ in 0..<400 {
            let agents = min(generator.count() + 1, 1_000_000)
            let load = min(Double(generator.count()) * 0.37, 1e6)
            let patience = pow(10, Double.random(in: -6...9, using: &generator))
            let found = try queue(load, agents, patience: patience)
            let shares = try [
                found.waiting, found.abandonment, found.occupancy, found.answered(within: 20),
                found.abandoned(within: 5), found.waits(longerThan: 1e15),
            ]
            let times = try [
                found.averageWait, found.averageWaitOfAnswered, found.wait(quantile: 0.9),
                found.waitOfAnswered(quantile: 0.5), found.averageWaitOfAbandoners ?? 0,
            ]

            #expect(shares.allSatisfy { $0 >= 0 && $0 <= 1 }, "\(load) \(agents) \(patience)")
            #expect(times.allSatisfy { $0.value >= 0 && $0.value.isFinite }, "\(load) \(agents) \(patience)")
        }
    }

    @Test func `lets nobody wait where nobody calls`() throws {
        let quiet = try queue(0, 3, patience: 2)

        #expect(quiet.waiting == 0 && quiet.abandonment == 0 && quiet.averageWaitOfAnswered == 0)
        #expect(quiet.averageWaitOfAbandoners == nil)
        #expect(try quiet.answered(within: 0) == 1)
        #expect(try quiet.wait(quantile: 0.99) == 0)
    }

    @Test func `announces the wait of someone who stays`() throws {
        let found = try queue(12, 10, patience: 1)

        #expect(close(try found.expectedWait(ahead: 0).value, 6))
        #expect(close(try found.expectedWait(ahead: 2).value, 6 + 60.0 / 11 + 60.0 / 12))
    }

    @Test func `names the input that is out of range`() throws {
        let traffic = try Traffic(calls: 12, in: 1, handling: 60)
        let found = try ErlangA(traffic, agents: 10, patience: 60)
        let refusals: [(String, () throws -> Void)] = [
            ("agents", { _ = try ErlangA(traffic, agents: 0, patience: 60) }),
            ("agents", { _ = try ErlangA(traffic, agents: Int.max, patience: 60) }),
            ("patience / handling", { _ = try ErlangA(traffic, agents: 1, patience: 0) }),
            ("patience / handling", { _ = try ErlangA(traffic, agents: 1, patience: Time(.nan)) }),
            ("time", { _ = try found.answered(within: -1) }),
            ("time", { _ = try found.waits(longerThan: Time(.infinity)) }),
            ("time", { _ = try found.abandoned(within: Time(.nan)) }),
            ("quantile", { _ = try found.wait(quantile: 1) }),
            ("quantile", { _ = try found.waitOfAnswered(quantile: .nan) }),
            ("ahead", { _ = try found.expectedWait(ahead: -1) }),
            ("calls", { _ = try found.counts(of: -1, within: 20) }),
            ("arrivals", { _ = try Traffic(arrivals: Rate(.nan), handling: 60) }),
            ("handling", { _ = try Traffic(arrivals: 10, handling: 0) }),
            ("load", { _ = try Traffic(arrivals: 1e9, handling: 3600) }),
            ("interval", { _ = try Traffic(calls: 10, in: 0, handling: 60) }),
        ]
        for (input, refused) in refusals {
            let error = #expect(throws: OutOfRange.self) { try refused() }
            #expect(error?.input == input)
        }
    }
}
