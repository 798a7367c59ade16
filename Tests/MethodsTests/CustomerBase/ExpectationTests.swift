import Foundation
import Methods
import Testing

@Suite struct `Expecting purchases` {
    /// What a living customer with rate shape n, age α + T and chances of leaving Beta(a, B) buys within t. Made
    /// with mpmath 1.4.1 at 80 digits from the textbook form, a moved by 10⁻³⁵ where it is 0/0.
    @Test(arguments: [
        [0.243, 43.3, 0.793, 2.426, 39, 0.19499243802337432],
        [1000.243, 43.3, 0.793, 1002.426, 39, 687.3167374046203],
        [3.25, 43.5, 1.0, 5.5, 39, 2.301805736445595],
        [3.25, 43.5, 1.0000001, 5.5, 39, 2.3018056916849448],
        [0.25, 4.5, 0.3, 0.5, 52, 1.4610385009397002],
        [0.25, 4.5, 0.4, 0.6, 52, 1.3333779918260444],
        [0.25, 0.01, 0.793, 2.4, 1000, 44.0647261828333],
        [5.0, 20, 0.05, 0.2, 1_000_000, 111_124.31065862872],
        [0.5, 30, 200.0, 900.0, 30, 0.440763030649196],
        [40.0, 60, 0.7, 5000.0, 90, 59.74356364643791],
        [0.001, 5, 0.02, 3.0, 10, 0.001989667914661498],
        [1.2, 8.0, 12.0, 1.5, 0.0001, 1.4999816668858212e-05],
        [300.0, 400, 3.0, 2.0, 5000, 1.999999138530827],
    ])
    func `matches references where the textbook form overflows or is undefined`(_ row: [Double]) throws {
        // A new BG/NBD customer is a living one with these parameters.
        let model = try BGNBD<Weeks>(r: row[0], alpha: Time(row[1]), a: row[2], b: row[3])

        let found = try model.expectedPurchases(within: Time(row[4]))

        #expect(abs(found / row[5] - 1) < 1e-11)
    }

    @Test func `passes through a of 1 without a jump`() throws {
        let history = try PurchaseHistory<Weeks>(repeats: 3, last: 20, observed: 39)
        let found = try [1 - 1e-7, 1, 1 + 1e-7].map { a in
            try BGNBD<Weeks>(r: 0.25, alpha: 4.5, a: a, b: 2.5).expectedPurchases(of: history, within: 39)
        }

        // The reference file gives the limit .9449975186792682.
        #expect(abs(found[1] / 0.9449975186792682 - 1) < 1e-9)
        #expect(abs(found[0] + found[2] - 2 * found[1]) < 1e-12)
        #expect(found[0] > found[1] && found[1] > found[2])
    }

    @Test func `passes through s of 1 without a jump`() throws {
        let history = try PurchaseHistory<Weeks>(repeats: 3, last: 20, observed: 39)
        let found = try [1 - 1e-7, 1, 1 + 1e-7].map { s in
            try ParetoNBD<Weeks>(r: 0.5, alpha: 10, s: s, beta: 12).expectedPurchases(of: history, within: 39)
        }

        #expect(abs(found[0] + found[2] - 2 * found[1]) < 1e-12)
        #expect(found[0] > found[1] && found[1] > found[2])
    }

    @Test func `stays finite for a thousand repeat purchases`() throws {
        let model = try BGNBD<Weeks>(r: 0.243, alpha: 4.414, a: 0.793, b: 2.426)
        let history = try PurchaseHistory<Weeks>(repeats: 1000, last: 38.9, observed: 39)
        let found = try model.expectedPurchases(of: history, within: 39)

        #expect(found > 500 && found < 1000)
    }

    /// Σ P(J > i) E[(1 − p)ⁱ]: a purchase i + 1 of someone who never leaves, made only if they stayed i times.
    @Test func `equals the sum over loyal purchases`() throws {
        var generator = SeededGenerator(state: 24)
        for _ in 0..<60 {
            let (r, alpha) = (
                Double.random(in: 0.1...8, using: &generator), Double.random(in: 1...20, using: &generator)
            )
            let (a, b) = (
                Double.random(in: 0.1...4, using: &generator), Double.random(in: 0.1...15, using: &generator)
            )
            let time = Double.random(in: 1...60, using: &generator)
            let model = try BGNBD<Weeks>(r: r, alpha: Time(alpha), a: a, b: b)
            var chance = pow(alpha / (alpha + time), r)
            var (more, stayed, sum) = (1 - chance, 1.0, 0.0)
            for count in 0..<20_000 where more > 0 {
                sum += more * stayed
                chance *= (r + Double(count)) / Double(count + 1) * time / (alpha + time)
                more -= chance
                stayed *= (b + Double(count)) / (a + b + Double(count))
            }

            #expect(abs(try model.expectedPurchases(within: Time(time)) / sum - 1) < 1e-9)
        }
    }

    @Test func `is never negative and grows with the time`() throws {
        var generator = SeededGenerator(state: 77)
        for _ in 0..<150 {
            let history = try generator.history()
            for model in try generator.models() {
                var before = 0.0
                for weeks in [0, 1e-6, 0.3, 4, 40, 900, 1e6] {
                    let found = try model.expectedPurchases(of: history, within: Time(weeks))
                    #expect(found.isFinite && found >= before * (1 - 1e-12), "\(model) \(history) \(weeks)")
                    before = found
                }
                #expect((0...1).contains(model.alive(history).factor))
                #expect(model.logLikelihood(of: history).isFinite)
            }
        }
    }

    @Test func `stays finite at the ends of every range`() throws {
        var generator = SeededGenerator(state: 1_000_000)
        func pick(_ values: [Double]) -> Double { values.randomElement(using: &generator) ?? 1 }
        let shapes = [1e-6, 0.1, 1, 1e3, 1e6]
        for _ in 0..<100 {
            let (r, a, b) = (pick(shapes), pick(shapes), pick(shapes))
            let (alpha, beta) = (Time<Weeks>(pick([1e-9, 1, 1e12])), Time<Weeks>(pick([1e-9, 1, 1e12])))
            let (repeats, observed) = (Int(pick([0, 1, 1e6])), pick([0, 1e-9, 50, 1e9]))
            let last = repeats == 0 ? 0 : observed * pick([0, 0.999, 1])
            let history = try PurchaseHistory<Weeks>(
                repeats: repeats, last: Time(last), observed: Time(observed))
            let (time, rate) = (Time<Weeks>(pick([0, 1e-9, 50, 1e9])), Rate<Weeks>(pick([1e-9, 0.01, 1e3])))
            let models: [any BuyingProcess<Weeks>] = [
                try BGNBD(r: r, alpha: alpha, a: a, b: b), try MBGNBD(r: r, alpha: alpha, a: a, b: b),
                try ParetoNBD(r: r, alpha: alpha, s: a, beta: beta),
            ]
            for model in models {
                let expected = try model.expectedPurchases(of: history, within: time)
                let residual = try model.discountedPurchases(of: history, discount: rate)
                let counts = try model.repeatCounts(within: time, upTo: 3)

                #expect(expected.isFinite && expected >= 0, "\(model) \(history) \(time)")
                #expect(residual.isFinite && residual >= 0, "\(model) \(history) \(rate)")
                #expect(counts.allSatisfy { (0...1).contains($0) })
                #expect(
                    model.logLikelihood(of: history).isFinite && (0...1).contains(model.alive(history).factor)
                )
            }
        }
    }

    @Test func `does not depend on the unit`() throws {
        let weekly = try BGNBD<Weeks>(r: 0.243, alpha: 4.414, a: 0.793, b: 2.426)
        let daily = try weekly.converted(to: Days.self)
        let history = try PurchaseHistory<Weeks>(repeats: 2, last: 30, observed: 39)

        let inWeeks = try weekly.expectedPurchases(of: history, within: 52)
        let inDays = try daily.expectedPurchases(of: history.converted(), within: 364)
        #expect(abs(inWeeks / inDays - 1) < 1e-12)
        let pareto = try ParetoNBD<Weeks>(r: 0.5, alpha: 10, s: 0.6, beta: 12)
        let paretoInDays = try pareto.converted(to: Days.self)
        let one = try pareto.expectedPurchases(of: history, within: 52)
        #expect(
            abs(try paretoInDays.expectedPurchases(of: history.converted(), within: 364) / one - 1) < 1e-12)
    }

    @Test func `refuses a time that is none and parameters that are none`() throws {
        let model = try MBGNBD<Weeks>(r: 0.5, alpha: 6, a: 0.9, b: 1.6)
        for time in [-1, .nan, .infinity] as [Double] {
            let error = #expect(throws: OutOfRange.self) { try model.expectedPurchases(within: Time(time)) }
            #expect(error?.input == "time")
        }
        for bad in [0, -1, .nan, .infinity] as [Double] {
            #expect(throws: OutOfRange.self) { try BGNBD<Weeks>(r: bad, alpha: 1, a: 1, b: 1) }
            #expect(throws: OutOfRange.self) { try BGNBD<Weeks>(r: 1, alpha: Time(bad), a: 1, b: 1) }
            #expect(throws: OutOfRange.self) { try MBGNBD<Weeks>(r: 1, alpha: 1, a: bad, b: 1) }
            #expect(throws: OutOfRange.self) { try MBGNBD<Weeks>(r: 1, alpha: 1, a: 1, b: bad) }
            #expect(throws: OutOfRange.self) { try ParetoNBD<Weeks>(r: 1, alpha: 1, s: bad, beta: 1) }
            #expect(throws: OutOfRange.self) { try ParetoNBD<Weeks>(r: 1, alpha: 1, s: 1, beta: Time(bad)) }
        }
    }
}

extension SeededGenerator {
    /// Any history, from one-time buyers to the busiest.
    mutating func history() throws -> PurchaseHistory<Weeks> {
        let repeats = [0, 1, 3, 40, 1000].randomElement(using: &self) ?? 0
        let observed = Double.random(in: 0.01...300, using: &self)
        let last = repeats == 0 ? 0 : Double.random(in: 0...observed, using: &self)
        return try PurchaseHistory(repeats: repeats, last: Time(last), observed: Time(observed))
    }

    /// One of each model, with parameters over three orders of magnitude.
    mutating func models() throws -> [any BuyingProcess<Weeks>] {
        let (r, a, b) = (parameter(), parameter(), parameter())
        let (alpha, beta) = (Time<Weeks>(20 * parameter()), Time<Weeks>(20 * parameter()))
        return [
            try BGNBD(r: r, alpha: alpha, a: a, b: b), try MBGNBD(r: r, alpha: alpha, a: a, b: b),
            try ParetoNBD(r: r, alpha: alpha, s: a, beta: beta),
        ]
    }

    private mutating func parameter() -> Double { pow(10, Double.random(in: -1.7...1.3, using: &self)) }
}
