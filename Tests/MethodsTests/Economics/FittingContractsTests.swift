import Methods
import Testing

@Suite struct `Fitting contracts` {
    static let highEnd = [1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394]
    static let regular = [1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173]

    private func fit(_ survivors: [Int]) throws -> ShiftedBetaGeometricFit<Years> {
        try ShiftedBetaGeometric.fit(to: RenewalHistory(survivors: survivors))
    }

    /// Added up from the published rates rather than as the library does.
    private func logLikelihood(
        of model: ShiftedBetaGeometric<Years>, _ history: RenewalHistory<Years>
    ) throws -> Double {
        try history.renewals.reduce(0) { sum, renewal in
            let rate = try model.retention(at: renewal.number)
            let renewed = Double(renewal.atRisk - renewal.lost)
            return sum + renewed * rate.logarithm + Double(renewal.lost) * (1 - rate).logarithm
        }
    }

    /// Fader & Hardie 2007; further digits from solving the likelihood equations with 40 digits.
    @Test(arguments: [
        (highEnd, 0.6680883511064462186, 3.8060949640582669336, -1611.1581473911564414),
        (regular, 0.70407729847351620802, 1.1820430262094756755, -1680.2651884632869933),
    ])
    func `finds the published parameters`(
        _ survivors: [Int], _ alpha: Double, _ beta: Double, _ logLikelihood: Double
    ) throws {
        let fit = try fit(Array(survivors.prefix(8)))

        #expect(isNear(fit.model.alpha, alpha, to: 1e-9))
        #expect(isNear(fit.model.beta, beta, to: 1e-9))
        #expect(isNear(fit.logLikelihood, logLikelihood, to: 1e-13))
    }

    @Test func `predicts years it has not seen within two points`() throws {
        let fit = try fit(Array(Self.highEnd.prefix(8)))
        let years = try (8...12).map { try fit.model.survival(after: $0) }

        #expect(zip(years, [0.460, 0.436, 0.414, 0.395, 0.378]).allSatisfy { abs($0 - $1) < 5e-4 })
        let gap = try #require(fit.model.survivalGap(to: RenewalHistory(survivors: Self.highEnd)))
        #expect(gap.largest < 0.02 && gap.renewal == 1 && gap.mean < 0.012)
    }

    @Test func `measures the gap as the curves are drawn`() throws {
        let model = try ShiftedBetaGeometric<Years>(alpha: 0.7, beta: 1.2)
        let distances = try (1...12).map { renewal in
            abs(try model.survival(after: renewal) - Double(Self.regular[renewal]) / 1000)
        }

        let gap = try #require(model.survivalGap(to: RenewalHistory(survivors: Self.regular)))

        #expect(isNear(gap.largest, try #require(distances.max()), to: 1e-9))
        #expect(isNear(gap.mean, distances.reduce(0, +) / 12, to: 1e-9))
        #expect(distances.firstIndex { $0 == distances.max() } == gap.renewal - 1)
        #expect(model.survivalGap(to: try RenewalHistory(survivors: [5, 4], fromAge: 2)) == nil)
    }

    @Test func `cannot be beaten by any point of a grid around`() throws {
        let history = try RenewalHistory<Years>(survivors: Array(Self.regular.prefix(8)))
        let best = try ShiftedBetaGeometric.fit(to: history)

        #expect(isNear(best.logLikelihood, try logLikelihood(of: best.model, history), to: 1e-13))
        for up in -20...20 {
            for right in -20...20 where up != 0 || right != 0 {
                let other = try ShiftedBetaGeometric<Years>(
                    alpha: best.model.alpha * (1 + 0.04 * Double(up)),
                    beta: best.model.beta * (1 + 0.04 * Double(right)))
                #expect(try logLikelihood(of: other, history) < best.logLikelihood)
            }
        }
    }

    @Test func `finds the best of a wide net, or refuses, whatever small cohort comes`() throws {
        var generator = SeededGenerator(state: 71)
        var fits = 0
        for _ in 0..<400 {
            var survivors = [Int.random(in: 0...40, using: &generator)]
            for _ in 0..<Int.random(in: 1...7, using: &generator) {
                let lowest = (survivors.last ?? 0) / Int.random(in: 1...4, using: &generator)
                survivors.append(Int.random(in: lowest...(survivors.last ?? 0), using: &generator))
            }
            let history = try RenewalHistory<Years>(survivors: survivors)
            let found = try? ShiftedBetaGeometric.fit(to: history)
            guard let found else { continue }
            fits += 1
            for alpha in [0.01, 0.1, 0.5, 1, 3, 10, 100, 10_000] {
                for odds in [0.05, 0.3, 1, 3, 10, 40] {
                    let other = try ShiftedBetaGeometric<Years>(alpha: alpha, beta: alpha * odds)
                    #expect(
                        try logLikelihood(of: other, history) <= found.logLikelihood + 1e-9, "\(survivors)")
                }
            }
            #expect(found.logLikelihood >= found.constantLogLikelihood)
        }
        #expect(fits > 60 && fits < 340)
    }

    @Test func `pools cohorts of different ages`() throws {
        // Young cohorts drawn from the model the old one has; the pool must find it again.
        let truth = try ShiftedBetaGeometric<Years>(alpha: 0.8, beta: 2.5)
        let cohorts = try [10, 6, 3, 1].map { age in
            try RenewalHistory<Years>(
                survivors: (0...age).map { Int((try truth.survival(after: $0) * 1e9).rounded()) })
        }

        let fit = try ShiftedBetaGeometric.fit(to: RenewalHistory(pooling: cohorts))

        #expect(isNear(fit.model.alpha, 0.8, to: 1e-6) && isNear(fit.model.beta, 2.5, to: 1e-6))
    }

    @Test func `does not need the first years of old cohorts`() throws {
        let truth = try ShiftedBetaGeometric<Years>(alpha: 0.8, beta: 2.5)
        let late = try RenewalHistory<Years>(
            survivors: (4...12).map { Int((try truth.survival(after: $0) * 1e11).rounded()) }, fromAge: 4)

        let fit = try ShiftedBetaGeometric.fit(to: late)

        #expect(isNear(fit.model.alpha, 0.8, to: 1e-5) && isNear(fit.model.beta, 2.5, to: 1e-5))
    }

    @Test func `finds parameters of any size again`() throws {
        for (alpha, beta) in [(0.05, 0.02), (0.05, 3), (0.3, 100), (4, 0.5), (30, 200), (1, 1)] {
            let truth = try ShiftedBetaGeometric<Months>(alpha: alpha, beta: beta)
            let survivors = try (0...24).map { Int((try truth.survival(after: $0) * 1e12).rounded()) }

            let fit = try ShiftedBetaGeometric<Months>.fit(to: RenewalHistory(survivors: survivors))

            #expect(isNear(fit.model.alpha, alpha, to: 1e-4), "\(alpha) \(beta)")
            #expect(isNear(fit.model.beta, beta, to: 1e-4), "\(alpha) \(beta)")
        }
    }

    @Test func `states errors as wide as repeated samples scatter`() throws {
        let truth = try ShiftedBetaGeometric<Years>(alpha: 0.7, beta: 1.2)
        var generator = SeededGenerator(state: 90)
        var scaled: [Double] = []
        for _ in 0..<150 {
            var survivors = [1000]
            for renewal in 1...8 {
                let rate = try truth.retention(at: renewal)
                let left = (0..<survivors[renewal - 1]).count { _ in
                    Double.random(in: 0..<1, using: &generator) < rate
                }
                survivors.append(left)
            }
            let fit = try fit(survivors)
            scaled.append((fit.model.alpha / 0.7).logarithm / fit.logStandardErrors.alpha)
            scaled.append((fit.model.beta / 1.2).logarithm / fit.logStandardErrors.beta)
        }
        let spread = (scaled.reduce(0) { $0 + $1 * $1 } / Double(scaled.count)).squareRoot()
        #expect(spread > 0.85 && spread < 1.15)
    }

    @Test func `tells evidence of spread from none`() throws {
        let spread = try fit(Array(Self.highEnd.prefix(8)))

        #expect(isNear(spread.constantLogLikelihood, -1637.0928189339868, to: 1e-12))
        #expect(2 * (spread.logLikelihood - spread.constantLogLikelihood) > 50)
    }

    @Test func `refuses what data do not carry`() throws {
        typealias Refusal = ShiftedBetaGeometricRefusal<Years>
        let even = try Churn<Years>(0.5)
        let cases: [([Int], Refusal)] = [
            ([0, 0], .noRenewals), ([100, 80], .oneRenewal), ([100, 0, 0], .noneRenewed),
            ([100, 100, 100], .noLosses), ([100, 90, 90, 90], .atTheEdge),
            ([64, 32, 16, 8, 4], .constantChurn(even)),
        ]
        for (survivors, refusal) in cases {
            #expect(throws: refusal, "\(survivors)") { try fit(survivors) }
        }
        // Leaving more and more readily: no spread of constant chances does that.
        #expect(throws: Refusal.constantChurn(try Churn(80.0 / 375))) { try fit([100, 98, 94, 83, 20]) }
        let nothing = try RenewalHistory<Years>(contracts: [])
        #expect(throws: Refusal.noRenewals) { try ShiftedBetaGeometric.fit(to: nothing) }
    }
}

extension Double {
    /// ln x by the series of artanh, good enough to check with and independent of the library.
    fileprivate var logarithm: Double {
        var power = 0
        var rest = self
        while rest > 1.5 { (rest, power) = (rest / 2, power + 1) }
        while rest < 0.75 { (rest, power) = (rest * 2, power - 1) }
        let ratio = (rest - 1) / (rest + 1)
        let series = (0..<24).reversed().reduce(0.0) { $0 * ratio * ratio + 1 / Double(2 * $1 + 1) }
        return 2 * ratio * series + Double(power) * 0.6931471805599453
    }
}
