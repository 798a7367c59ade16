/// How long the wait offered to an impatient caller lasts, once all agents are busy.
///
/// Time is counted in patiences, v = θt. With s = nμ/θ and y = λ/θ the offered wait V of those who find all
/// agents busy has a density proportional to exp(y(1 − e⁻ᵛ) − s v) and the tail
///
///     R(v) = P(s, y e⁻ᵛ)/P(s, y),      P the regularised lower incomplete gamma function.
///
/// Below the mean of that gamma distribution (fewer erlangs than agents) P is tiny, and its power series
/// or, for large s, the continued fraction DLMF 8.9.1 takes over, both arranged so that nothing is
/// subtracted. So nothing overflows or cancels with thousands of agents, in overload, or as θ goes to zero.
///
/// Source: C. Palm, 1957; F. Baccelli and G. Hebuterne, 1981; the arrangement is our own.
struct ImpatientTail: Sendable, Equatable {
    /// s, what agents finish in one patience, and y, what arrives in one patience.
    let served, offered: Double
    /// s − y, negative in overload; exact where the subtraction would not be.
    let spare: Double
    /// 1/S with S = Σⱼ yʲ/((s+1)…(s+j)): the weight of an empty queue among the states that wait.
    let emptiness: Double
    /// 1 − 1/S: the share of those who wait that is offered an answer only after somebody before them.
    let company: Double
    /// The share of those who wait that gives up, 0…1.
    let abandoning: Double

    /// Prepared where the gamma distribution itself is needed: overload, and a load next to the agents.
    private let gamma: GammaDistribution?
    /// P(s, y), above 0.3, in overload.
    private let below: Double

    init(served: Double, offered: Double, spare: Double) {
        self.served = served
        self.offered = offered
        self.spare = spare
        guard spare < 0 || Self.isClose(spare, served) else {
            let weights = Self.weights(served, offered, spare: spare)
            (emptiness, company, abandoning) = (weights.empty, weights.company, weights.abandoning)
            gamma = served > Self.wideFrom ? GammaDistribution(checked: served) : nil
            below = 1
            return
        }
        let gamma = GammaDistribution(checked: served)
        below = gamma.tails(at: offered, offset: -spare).below
        emptiness = gamma.logDensity(at: offered, offset: -spare) / (served * below)
        company = 1 - emptiness
        abandoning = min(1, (served * emptiness - spare) / offered)
        self.gamma = gamma
    }

    static func == (left: Self, right: Self) -> Bool {
        left.served == right.served && left.offered == right.offered && left.spare == right.spare
    }

    /// R(v): the share of those who wait that is offered a wait longer than v patiences.
    func remaining(after v: Double) -> Double {
        guard v > 0 else { return 1 }
        let (x, offset) = position(at: v)
        if spare < 0, let gamma { return min(1, gamma.tails(at: x, offset: offset).below / below) }
        return min(1, growth(at: v) * emptiness / emptiness(at: x, spare: -offset))
    }

    /// The density of V relative to what it is times S at zero: exp(y(1 − e⁻ᵛ) − s v)/S.
    func density(at v: Double) -> Double {
        if spare < 0, let gamma {
            let (x, offset) = position(at: v)
            return x > 0 ? gamma.logDensity(at: x, offset: offset) / (served * below) : 0
        }
        return growth(at: v) * emptiness
    }

    /// exp(y(1 − e⁻ᵛ) − s v) written so that the two large parts never meet.
    private func growth(at v: Double) -> Double { exp(-offered * expMinusOneMinus(-v) - spare * v) }

    /// x = y e⁻ᵛ and x − s.
    private func position(at v: Double) -> (x: Double, offset: Double) {
        (offered * exp(-v), offered * expm1(-v) - spare)
    }

    /// 1/S for a smaller offered load x ≤ s.
    private func emptiness(at x: Double, spare: Double) -> Double {
        if let gamma, Self.isClose(spare, served) {
            return gamma.logDensity(at: x, offset: -spare)
                / (served * gamma.tails(at: x, offset: -spare).below)
        }
        return Self.weights(served, x, spare: spare).empty
    }

    /// From here on the power series takes more terms than the other methods.
    private static let wideFrom = 1e4

    /// Where the fraction would need more than a few hundred levels.
    private static func isClose(_ spare: Double, _ served: Double) -> Bool {
        served > wideFrom && spare * spare < served
    }

    /// 1/S, 1 − 1/S and the share that gives up, for x ≤ s.
    private typealias Weights = (empty: Double, company: Double, abandoning: Double)

    private static func weights(_ s: Double, _ x: Double, spare: Double) -> Weights {
        s > wideFrom ? fraction(s, x, spare: spare) : series(s, x)
    }

    /// From S itself: S − 1 = x Σ gⱼ and the mean queue x Σ j gⱼ/S, with gⱼ = xʲ⁻¹/((s+1)…(s+j)).
    private static func series(_ s: Double, _ x: Double) -> Weights {
        var term = 1 / (s + 1)
        var (sum, queue) = (term, term)
        var place = 2.0
        while place * term > 1e-18 * queue {
            term *= x / (s + place)
            sum += term
            queue += place * term
            place += 1
        }
        let total = 1 + x * sum
        return (1 / total, x * sum / total, queue / total)
    }

    /// From c = 1 + x/(s+2 − (s+1)x/(s+3 + 2x/(s+4 − (s+2)x/(s+5 + …)))), which is at least 1.
    private static func fraction(_ s: Double, _ x: Double, spare: Double) -> Weights {
        var fraction = ContinuedFraction(leading: s + 2)
        var level = 1.0
        while !fraction.hasSettled, level < 2000 {
            fraction.extend(numerator: -(s + level) * x, denominator: s + 2 * level + 1)
            if fraction.hasSettled { break }
            fraction.extend(numerator: (level + 1) * x, denominator: s + 2 * level + 2)
            level += 1
        }
        let climb = 1 + x / fraction.value
        return ((spare + climb) / (s + climb), x / (s + climb), climb / (s + climb))
    }
}
