import Foundation

/// The queue with impatient callers as a plain chain of states, every sum written out. For comparison only.
struct BirthDeathChain {
    let arrivals, service, leaving: Double
    let agents: Int
    /// The probability of k calls present.
    let states: [Double]

    /// Rates per minute. Products of ratios from the fullest state outwards, so that nothing overflows.
    init(arrivals: Double, service: Double, leaving: Double, agents: Int, most: Int) {
        self.arrivals = arrivals
        self.service = service
        self.leaving = leaving
        self.agents = agents
        let deaths = { (k: Int) in
            Double(min(k, agents)) * service + Double(max(0, k - agents)) * leaving
        }
        let peak = (1...most).first { deaths($0) >= arrivals } ?? most
        var weights = [Double](repeating: 0, count: most + 1)
        weights[peak] = 1
        for k in stride(from: peak, to: 0, by: -1) { weights[k - 1] = weights[k] * deaths(k) / arrivals }
        for k in peak..<most { weights[k + 1] = weights[k] * arrivals / deaths(k + 1) }
        let total = weights.sorted().reduce(0, +)
        states = weights.map { $0 / total }
    }

    var waiting: Double { states[agents...].sorted().reduce(0, +) }
    var queue: Double {
        states.enumerated().dropFirst(agents).reduce(0) { $0 + Double($1.0 - agents) * $1.1 }
    }
    var abandonment: Double { leaving * queue / arrivals }

    /// The mean wait of those answered: each place in the queue is left at rate nμ + (i+1)θ, own leaving
    /// included.
    var waitOfAnswered: Double {
        let capacity = Double(agents) * service
        var time = 0.0
        var sum = 0.0
        for k in agents..<states.count {
            let ahead = Double(k - agents + 1) * leaving
            time += 1 / (capacity + ahead)
            sum += states[k] * capacity / (capacity + ahead) * time
        }
        return sum / (1 - abandonment)
    }

    /// The share of callers offered a wait beyond `time`: those before them leave one by one, a pure death
    /// chain solved by uniformisation.
    func offered(longerThan time: Double) -> Double {
        let places = states.count - agents
        let rates = (0..<places).map { Double(agents) * service + Double($0) * leaving }
        let clock = rates.last ?? 1
        var places0 = Array(states[agents...])
        var weight = exp(-clock * time)
        var sum = 0.0
        var step = 0.0
        while step < clock * time + 12 * (clock * time).squareRoot() + 40 {
            sum += weight * places0.reduce(0, +)
            for place in 0..<places {
                let above = place + 1 < places ? places0[place + 1] * rates[place + 1] : 0
                places0[place] += (above - places0[place] * rates[place]) / clock
            }
            step += 1
            weight *= clock * time / step
        }
        return sum
    }
}
