import Foundation
import Methods
import Testing

@Suite struct `Fitting a model of repeat purchase` {
    /// Customers who behave as BG/NBD says: their own rate, and after each repeat a chance to leave.
    private func population(
        _ count: Int, r: Double, alpha: Double, a: Double, b: Double, seed: UInt64
    ) throws -> CustomerBase<Weeks> {
        var generator = SeededGenerator(state: seed)
        return try CustomerBase(
            (0..<count).map { _ in
                let rate = generator.gamma(r) / alpha
                let (leaving, staying) = (generator.gamma(a), generator.gamma(b))
                let chance = leaving / (leaving + staying)
                let observed = Double.random(in: 20...60, using: &generator)
                var (last, repeats) = (0.0, 0)
                while true {
                    let next =
                        last - log(Double.random(in: Double.leastNormalMagnitude..<1, using: &generator))
                        / rate
                    guard next < observed else { break }
                    (last, repeats) = (next, repeats + 1)
                    guard Double.random(in: 0..<1, using: &generator) >= chance else { break }
                }
                return try PurchaseHistory(repeats: repeats, last: Time(last), observed: Time(observed))
            })
    }

    /// The truth cannot be more likely than the fit, and twice the difference is about χ² with 4 degrees of
    /// freedom: 30 is beyond one in a hundred thousand.
    @Test func `recovers the model customers were drawn from`() throws {
        let base = try population(3000, r: 0.8, alpha: 6, a: 0.9, b: 2.5, seed: 4)
        let truth = try BGNBD<Weeks>(r: 0.8, alpha: 6, a: 0.9, b: 2.5)

        let fit = try BGNBD.fit(to: base)

        let gain = 2 * (fit.logLikelihood - truth.logLikelihood(of: base))
        #expect(gain > 0 && gain < 30)
        let ratio = fit.model.r * truth.alpha.value / (fit.model.alpha.value * truth.r)
        #expect(abs(ratio - 1) < 0.15)
    }

    @Test func `rests where no step in any parameter helps`() throws {
        let base = try population(400, r: 1.2, alpha: 8, a: 0.7, b: 1.9, seed: 5)
        let better = try BGNBD.fit(to: base)
        let modified = try MBGNBD.fit(to: base)
        let pareto = try ParetoNBD.fit(to: base)
        for factor in [0.98, 1.02] {
            for index in 0..<4 {
                let change = (0..<4).map { $0 == index ? factor : 1 }
                let one = try BGNBD<Weeks>(
                    r: better.model.r * change[0], alpha: better.model.alpha * change[1],
                    a: better.model.a * change[2], b: better.model.b * change[3])
                let two = try MBGNBD<Weeks>(
                    r: modified.model.r * change[0], alpha: modified.model.alpha * change[1],
                    a: modified.model.a * change[2], b: modified.model.b * change[3])
                let three = try ParetoNBD<Weeks>(
                    r: pareto.model.r * change[0], alpha: pareto.model.alpha * change[1],
                    s: pareto.model.s * change[2], beta: pareto.model.beta * change[3])
                #expect(one.logLikelihood(of: base) < better.logLikelihood)
                #expect(two.logLikelihood(of: base) < modified.logLikelihood)
                #expect(three.logLikelihood(of: base) < pareto.logLikelihood)
            }
        }
        for fit in [better.starts, modified.starts, pareto.starts] {
            #expect(fit.count == 3 && fit.allSatisfy(\.converged))
        }
    }

    @Test func `ends in the same place from the caller's own starts`() throws {
        let base = try population(400, r: 1.2, alpha: 8, a: 0.7, b: 1.9, seed: 5)
        let starts = try [
            BGNBD<Weeks>(r: 20, alpha: 1, a: 0.02, b: 50), BGNBD(r: 0.01, alpha: 300, a: 30, b: 0.1),
        ]

        let fit = try BGNBD.fit(to: base, from: starts)

        #expect(abs(fit.logLikelihood - (try BGNBD.fit(to: base)).logLikelihood) < 1e-7)
        #expect(fit.starts.count == 2)
    }

    @Test func `weighs a history as often as customers share it`() throws {
        let base = try population(300, r: 1.2, alpha: 8, a: 0.7, b: 1.9, seed: 7)
        let tripled = try CustomerBase(
            counted: base.groups.map { (history: $0.history, customers: 3 * $0.customers) })

        let (once, thrice) = (try BGNBD.fit(to: base), try BGNBD.fit(to: tripled))

        #expect(abs(thrice.logLikelihood / once.logLikelihood - 3) < 1e-9)
        #expect(abs(thrice.model.alpha.value - once.model.alpha.value) < 1e-5)
        let mbg = try MBGNBD.fit(to: tripled).logLikelihood / MBGNBD.fit(to: base).logLikelihood
        #expect(abs(mbg - 3) < 1e-9)
    }

    @Test func `refuses a base that is too small or never came back`() throws {
        let base = try population(20, r: 1.2, alpha: 8, a: 0.7, b: 1.9, seed: 7)
        let once = try CustomerBase<Weeks>(
            (1...100).map { try PurchaseHistory(repeats: 0, last: 0, observed: Time(Double($0))) })

        #expect(throws: FitRefusal.tooFewCustomers(20, least: 30)) { try BGNBD.fit(to: base) }
        #expect(throws: FitRefusal.tooFewCustomers(0, least: 30)) {
            try BGNBD<Weeks>.fit(to: CustomerBase([]))
        }
        #expect(throws: FitRefusal.tooFewRepeaters(0, least: 10)) { try MBGNBD.fit(to: once) }
        #expect(throws: FitRefusal.tooFewRepeaters(0, least: 1)) {
            try ParetoNBD.fit(to: once, rule: FitRule(leastCustomers: -5, leastRepeaters: .min))
        }
    }

    @Test func `refuses customers who are all alike, naming a parameter that runs away`() throws {
        // Two repeats in ten weeks each, evenly: nothing to tell rates apart by.
        let alike = try CustomerBase(
            counted: [(history: PurchaseHistory<Weeks>(repeats: 20, last: 10, observed: 10), customers: 500)])
        for fit in [
            { _ = try BGNBD.fit(to: alike) }, { _ = try MBGNBD.fit(to: alike) },
            { _ = try ParetoNBD.fit(to: alike) },
        ] {
            let refusal = #expect(throws: FitRefusal.self) { try fit() }
            guard case .runaway = refusal else {
                Issue.record("\(String(describing: refusal)) is no runaway")
                continue
            }
        }
    }

    @Test func `refuses a base that was never watched`() throws {
        let unwatched = try CustomerBase(
            counted: [(history: PurchaseHistory<Weeks>(repeats: 1, last: 0, observed: 0), customers: 50)])

        let refusal = #expect(throws: FitRefusal.self) { try BGNBD.fit(to: unwatched) }
        guard case .outOfRange(let cause) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(cause.input == "observed")
        #expect(throws: FitRefusal.self) { try ParetoNBD.fit(to: unwatched) }
    }

    @Test func `survives a base of extremes`() throws {
        let histories = try [0, 1, 1_000_000].flatMap { repeats in
            try (1...20).map { index in
                try PurchaseHistory<Weeks>(
                    repeats: repeats, last: Time(repeats == 0 ? 0 : Double(index)),
                    observed: Time(Double(index) * 1e7))
            }
        }
        let base = try CustomerBase(histories)
        for fit in [
            { try BGNBD.fit(to: base).logLikelihood }, { try MBGNBD.fit(to: base).logLikelihood },
        ] {
            do { #expect(try fit().isFinite) } catch { #expect(error is FitRefusal) }
        }
    }
}

extension SeededGenerator {
    /// A gamma variable of scale 1: Marsaglia and Tsang 2000, *ACM Transactions on Mathematical Software* 26:363.
    mutating func gamma(_ shape: Double) -> Double {
        guard shape >= 1 else {
            return gamma(shape + 1) * pow(Double.random(in: 0..<1, using: &self), 1 / shape)
        }
        let (lift, spread) = (shape - 1 / 3.0, 1 / (9 * shape - 3).squareRoot())
        while true {
            let normal = normal()
            let cube = (1 + spread * normal) * (1 + spread * normal) * (1 + spread * normal)
            guard cube > 0 else { continue }
            let chance = Double.random(in: Double.leastNormalMagnitude..<1, using: &self)
            if log(chance) < 0.5 * normal * normal + lift * (1 - cube + log(cube)) { return lift * cube }
        }
    }

    /// A standard normal variable, by Box and Muller.
    private mutating func normal() -> Double {
        let radius = Double.random(in: Double.leastNormalMagnitude..<1, using: &self)
        return (-2 * log(radius)).squareRoot() * cos(2 * Double.pi * Double.random(in: 0..<1, using: &self))
    }
}
