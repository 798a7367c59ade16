import Foundation
import Methods
import Testing

/// The models as their stories define them, integrated numerically with code of their own.
@Suite struct `Integrating the stories of the models` {
    /// A trapezoidal sum over the logarithm of a rate, or over the logit of a chance.
    private func sum(_ range: ClosedRange<Double>, _ steps: Int, _ body: (Double) -> Double) -> Double {
        let step = (range.upperBound - range.lowerBound) / Double(steps)
        return (0...steps).reduce(0) { $0 + body(range.lowerBound + Double($1) * step) * step }
    }

    /// The gamma density of a rate, times the rate: the density of its logarithm.
    private func gamma(_ rate: Double, _ shape: Double, _ scale: Double) -> Double {
        exp(shape * log(scale * rate) - scale * rate - lgamma(shape))
    }

    /// The density of the logit of a beta variable.
    private func beta(_ chance: Double, _ a: Double, _ b: Double) -> Double {
        exp(a * log(chance) + b * log1p(-chance) + lgamma(a + b) - lgamma(a) - lgamma(b))
    }

    private let cases: [(Int, Double, Double)] = [(0, 0, 39), (1, 2, 39), (4, 26, 30), (12, 38, 39)]

    /// P(the history, and still there) and P(the history) of a customer with rate λ and chance p, averaged.
    private func betaGeometric(
        _ r: Double, _ alpha: Double, _ a: Double, _ b: Double,
        _ story: (_ rate: Double, _ chance: Double) -> (alive: Double, gone: Double)
    ) -> (alive: Double, all: Double) {
        var alive = 0.0
        let all = sum(-24...24, 96) { logit in
            let chance = 1 / (1 + exp(-logit))
            return beta(chance, a, b)
                * sum(-16...3, 76) { logRate in
                    let rate = exp(logRate)
                    let (there, gone) = story(rate, chance)
                    let density = gamma(rate, r, alpha)
                    alive += density * there * beta(chance, a, b) * 0.5 * 0.25
                    return density * (there + gone)
                }
        }
        return (alive, all)
    }

    @Test func `gives BG/NBD's likelihood and chance of being alive`() throws {
        let model = try BGNBD<Weeks>(r: 1.6, alpha: 9, a: 1.3, b: 2.6)
        for (repeats, last, observed) in cases {
            let x = Double(repeats)
            let (alive, all) = betaGeometric(1.6, 9, 1.3, 2.6) { rate, chance in
                let stayed = pow(1 - chance, x) * pow(rate, x) * exp(-rate * observed)
                let gone = chance * pow(1 - chance, x - 1) * pow(rate, x) * exp(-rate * last)
                return (stayed, repeats == 0 ? 0 : gone)
            }
            let history = try PurchaseHistory<Weeks>(
                repeats: repeats, last: Time(last), observed: Time(observed))

            #expect(abs(model.logLikelihood(of: history) - log(all)) < 1e-7)
            #expect(abs(model.alive(history).factor - alive / all) < 1e-7)
        }
    }

    @Test func `gives MBG/NBD's likelihood and chance of being alive`() throws {
        let model = try MBGNBD<Weeks>(r: 1.6, alpha: 9, a: 1.3, b: 2.6)
        for (repeats, last, observed) in cases {
            let x = Double(repeats)
            let (alive, all) = betaGeometric(1.6, 9, 1.3, 2.6) { rate, chance in
                let stayed = pow(1 - chance, x + 1) * pow(rate, x) * exp(-rate * observed)
                return (stayed, chance * pow(1 - chance, x) * pow(rate, x) * exp(-rate * last))
            }
            let history = try PurchaseHistory<Weeks>(
                repeats: repeats, last: Time(last), observed: Time(observed))

            #expect(abs(model.logLikelihood(of: history) - log(all)) < 1e-7)
            #expect(abs(model.alive(history).factor - alive / all) < 1e-7)
        }
    }

    @Test func `gives Pareto/NBD's likelihood and chance of being alive`() throws {
        let model = try ParetoNBD<Weeks>(r: 1.6, alpha: 9, s: 1.2, beta: 14)
        for (repeats, last, observed) in cases {
            var alive = 0.0
            let all = sum(-20...3, 92) { logLeaving in
                let leaving = exp(logLeaving)
                return gamma(leaving, 1.2, 14)
                    * sum(-16...3, 76) { logRate in
                        let rate = exp(logRate)
                        let (density, both) = (
                            gamma(rate, 1.6, 9) * pow(rate, Double(repeats)), rate + leaving
                        )
                        let stayed = exp(-both * observed)
                        let gone = leaving / both * (exp(-both * last) - stayed)
                        alive += density * stayed * gamma(leaving, 1.2, 14) * 0.25 * 0.25
                        return density * (stayed + gone)
                    }
            }
            let history = try PurchaseHistory<Weeks>(
                repeats: repeats, last: Time(last), observed: Time(observed))

            #expect(abs(model.logLikelihood(of: history) - log(all)) < 1e-7)
            #expect(abs(model.alive(history).factor - alive / all) < 1e-7)
        }
    }

    /// Made with mpmath 1.4.1 at 40 digits from the two hypergeometric forms of the likelihood: r, α, s, β, x,
    /// tₓ, T, then ln L, P(alive) and DERT at .0027 a week.
    @Test(arguments: [
        [
            0.553, 10.578, 0.606, 11.669, 2, 30.43, 38.86, -9.554283245150407, 0.8691675591530112,
            6.483773567730739,
        ],
        [
            0.553, 11.669, 0.606, 11.669, 2, 30.43, 38.86, -9.556514173075604, 0.8698509963713166,
            6.348766965237922,
        ],
        [
            0.553, 10.578, 0.606, 11.669, 1000, 30.43, 38.86, 2185.835411271033, 8.793766619188841e-79,
            2.570919927181115e-75,
        ],
        [0.25, 0.01, 0.9, 400, 3, 5, 39, -11.867342177207124, 0.19645715371803146, 3.9711371959455235],
        [
            0.25, 400, 0.9, 0.01, 0, 0, 39, -7.889574790001661e-05, 0.0005726308960393183,
            2.838092122423521e-05,
        ],
        [0.25, 400, 0.9, 0.01, 3, 20, 39, -25.429911747006667, 0.5266836523478089, 0.339347694230143],
        [2, 5, 1, 8, 4, 10, 30, -11.117657170639912, 0.023139636902087993, 0.3006000419910536],
        [8, 50, 1, 8, 12, 10, 3000, -22.607715773169318, 3.4013059305463305e-36, 7.430417076369682e-36],
        [0.1, 3, 0.02, 0.5, 0, 0, 100000, -0.8571019092127663, 0.6515155848054882, 0.00024127702302243772],
        [30, 3, 20, 300, 200, 30, 31, 169.91365075489108, 0.10193117091149118, 11.445699279084193],
    ])
    func `gives Pareto/NBD's two-function form where that is exact`(_ row: [Double]) throws {
        let model = try ParetoNBD<Weeks>(r: row[0], alpha: Time(row[1]), s: row[2], beta: Time(row[3]))
        let history = try PurchaseHistory<Weeks>(
            repeats: Int(row[4]), last: Time(row[5]), observed: Time(row[6]))

        #expect(abs(model.logLikelihood(of: history) - row[7]) < 1e-12 * max(1, abs(row[7])))
        #expect(abs(model.alive(history).factor / row[8] - 1) < 1e-11)
        let residual = try model.discountedPurchases(of: history, discount: 0.0027)
        #expect(abs(residual / row[9] - 1) < 1e-11)
    }
}
