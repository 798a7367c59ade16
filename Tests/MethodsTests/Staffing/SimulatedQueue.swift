import Foundation

/// A queue played through call by call: first come, first answered, some hang up.
struct SimulatedQueue {
    struct Outcome {
        var calls = 0.0, waited = 0.0, abandoned = 0.0, inTime = 0.0, shortAbandons = 0.0
        var totalWait = 0.0, answeredWait = 0.0, abandonedWait = 0.0
    }

    /// Per minute, in minutes. Infinite patience is allowed.
    let load: Double, agents: Int, patience: Double

    /// - Returns: one outcome a batch; a tenth of a batch is played first and not counted.
    func play(batches: Int, calls: Int, within: Double, short: Double, seed: UInt64) -> [Outcome] {
        var generator = SeededGenerator(state: seed)
        var free = [Double](repeating: 0, count: agents)
        var clock = 0.0
        var outcomes = [Outcome](repeating: Outcome(), count: batches)
        for call in -(calls / 10)..<(batches * calls) {
            clock += draw(1 / load, &generator)
            var best = 0
            for agent in 1..<max(agents, 1) where free[agent] < free[best] { best = agent }
            let offered = max(0, free[best] - clock)
            let ready = patience.isFinite ? draw(patience, &generator) : .infinity
            let handling = draw(1, &generator)
            if offered < ready { free[best] = clock + offered + handling }
            guard call >= 0 else { continue }
            record(&outcomes[call / calls], offered: offered, ready: ready, within, short)
        }
        return outcomes
    }

    private func record(
        _ outcome: inout Outcome, offered: Double, ready: Double, _ within: Double, _ short: Double
    ) {
        outcome.calls += 1
        outcome.waited += offered > 0 ? 1 : 0
        outcome.totalWait += min(offered, ready)
        if offered < ready {
            outcome.inTime += offered <= within ? 1 : 0
            outcome.answeredWait += offered
        } else {
            outcome.abandoned += 1
            outcome.abandonedWait += ready
            outcome.shortAbandons += ready <= short ? 1 : 0
        }
    }

    private func draw(_ mean: Double, _ generator: inout SeededGenerator) -> Double {
        -mean * log(Double.random(in: Double.leastNonzeroMagnitude..<1, using: &generator))
    }
}

/// A mean with the standard error the batches give it.
struct BatchMean {
    let mean, error: Double

    init(_ values: [Double]) {
        let count = Double(values.count)
        let centre = values.reduce(0, +) / count
        mean = centre
        error = (values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / (count - 1) / count).squareRoot()
    }

    /// Within five standard errors: one honest comparison in a million fails.
    func agrees(with expected: Double) -> Bool { abs(mean - expected) <= 5 * error + 1e-12 }
}
