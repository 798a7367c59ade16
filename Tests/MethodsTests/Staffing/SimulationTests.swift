import Methods
import Testing

@Suite struct `Playing a queue through call by call` {
    @Test(arguments: [(10.0, 9, 1.5, 1), (10.0, 12, 3.0, 2), (6.0, 5, 0.4, 3)])
    func `meets the formulas for impatient callers`(
        _ load: Double, _ agents: Int, _ patience: Double, _ seed: UInt64
    ) throws {
        let played = SimulatedQueue(load: load, agents: agents, patience: patience)
            .play(batches: 20, calls: 1500, within: 0.3, short: 0.1, seed: seed)
        let queue = try ErlangA(
            Traffic(calls: load, in: 1, handling: 60), agents: agents, patience: Time(patience * 60))
        let counts = try queue.counts(of: 1, within: 18, shortAbandon: 6)
        let mean = { (part: (SimulatedQueue.Outcome) -> Double) in BatchMean(played.map(part)) }

        #expect(mean { $0.waited / $0.calls }.agrees(with: queue.waiting))
        #expect(mean { $0.abandoned / $0.calls }.agrees(with: queue.abandonment))
        #expect(mean { $0.inTime / $0.calls }.agrees(with: counts.answeredInTime))
        #expect(mean { $0.shortAbandons / $0.calls }.agrees(with: counts.shortAbandons))
        #expect(mean { $0.totalWait / $0.calls }.agrees(with: queue.averageWait.value / 60))
        #expect(
            mean { $0.answeredWait / ($0.calls - $0.abandoned) }
                .agrees(with: queue.averageWaitOfAnswered.value / 60))
        let abandoners = try #require(queue.averageWaitOfAbandoners)
        #expect(mean { $0.abandonedWait / $0.abandoned }.agrees(with: abandoners.value / 60))
        for definition in InTimeDefinition.allCases {
            let share = try #require(counts.inTime(definition))
            let seen = mean { outcome in
                let answered = outcome.calls - outcome.abandoned
                let calls: [InTimeDefinition: Double] = [
                    .offered: outcome.calls, .answered: answered,
                    .offeredLessShortAbandons: outcome.calls - outcome.shortAbandons,
                ]
                return outcome.inTime / (calls[definition] ?? 0)
            }
            #expect(seen.agrees(with: share), "\(definition)")
        }
    }

    @Test func `meets the formulas for patient callers`() throws {
        let played = SimulatedQueue(load: 4, agents: 6, patience: .infinity)
            .play(batches: 20, calls: 3000, within: 0.3, short: 0.1, seed: 4)
        let queue = try ErlangC(Traffic(calls: 4, in: 1, handling: 60), agents: 6)
        let mean = { (part: (SimulatedQueue.Outcome) -> Double) in BatchMean(played.map(part)) }

        #expect(mean { $0.waited / $0.calls }.agrees(with: queue.waiting))
        #expect(mean { $0.inTime / $0.calls }.agrees(with: try queue.answered(within: 18)))
        #expect(mean { $0.totalWait / $0.calls }.agrees(with: queue.averageWait.value / 60))
    }

    @Test func `gives back the patience that was put in, where the abandoners' own wait does not`() throws {
        let played = SimulatedQueue(load: 10, agents: 10, patience: 2)
            .play(batches: 1, calls: 30_000, within: 0.3, short: 0.1, seed: 5)[0]
        let patience = try Patience(
            totalWait: Time(played.totalWait * 60), abandoned: Int(played.abandoned), confidence: 0.9999)
        let upper = try #require(patience.upper)

        #expect(patience.lower < 120 && 120 < upper)
        #expect(upper.value - patience.lower.value < 30)
        #expect(played.abandonedWait / played.abandoned * 60 < 60)
    }
}
