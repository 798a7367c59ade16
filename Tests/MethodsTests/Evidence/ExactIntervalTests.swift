import Methods
import Testing

@Suite struct `Putting an exact range on a count` {
    /// The incomplete beta function, or for few of very many the sum of binomial terms, inverted in mpmath
    /// 1.4.1 at 40 digits. (For 3 of 10⁹ the beta quantile of scipy 1.17.1 is off by 5·10⁻⁹.) For 50,000 of a
    /// million and half of 10⁹, statsmodels 0.15.0 `proportion_confint(method="beta")`.
    @Test(arguments: [
        (0, 10, 0.95, 0, 0.30849710781876076), (1, 10, 0.95, 0.0025285785444617868, 0.44501611702819536),
        (5, 10, 0.95, 0.18708602844739857, 0.81291397155260143), (10, 10, 0.95, 0.69150289218123924, 1),
        (0, 6, 0.95, 0, 0.45925812643990045), (81, 263, 0.95, 0.25273674558527117, 0.36762192260135135),
        (3, 1000, 0.99, 0.00033814452906649337, 0.010933777420405241),
        (7, 20, 0.5, 0.26098396706393083, 0.45069671307543208),
        (199, 200, 0.9, 0.97650152956504929, 0.99974356641277653),
        (50_000, 1_000_000, 0.95, 0.04957363954732641, 0.05042896936846393),
        (3, 1_000_000_000, 0.95, 6.1867212332289581e-10, 8.7672730444606971e-9),
        (500_000_000, 1_000_000_000, 0.999, 0.499947971704288, 0.5000520282957119),
        (1, 1_000_000_000_000, 0.95, 2.5317807984289555e-14, 5.5716433909261628e-12),
    ])
    func `matches the shares of Clopper and Pearson`(
        _ successes: Int, _ total: Int, _ confidence: Double, _ lower: Double, _ upper: Double
    ) throws {
        let found = try ExactShare(ShareCount(successes, of: total), confidence: confidence)

        #expect(abs(found.lower - lower) <= 1e-10 * lower)
        #expect(abs(found.upper - upper) <= 1e-10 * upper)
    }

    @Test func `leaves exactly the asked chance outside`() throws {
        var generator = SeededGenerator(state: 1934)
        for _ in 0..<60 {
            let total = Int.random(in: 1...60, using: &generator)
            let successes = Int.random(in: 0...total, using: &generator)
            let found = try ExactShare(ShareCount(successes, of: total), confidence: 0.9)

            #expect(found.range.contains(found.share))
            if successes > 0 {
                let atLeast = (successes...total).reduce(0) { $0 + chance(of: $1, total, found.lower) }
                #expect(abs(atLeast - 0.05) < 1e-11)
            }
            if successes < total {
                let atMost = (0...successes).reduce(0) { $0 + chance(of: $1, total, found.upper) }
                #expect(abs(atMost - 0.05) < 1e-11)
            }
        }
    }

    /// C(n, k) pᵏ (1 − p)ⁿ⁻ᵏ by multiplication in full.
    private func chance(of count: Int, _ total: Int, _ share: Double) -> Double {
        var chance = 1.0
        for step in 0..<count { chance *= Double(total - step) / Double(step + 1) * share }
        for _ in count..<total { chance *= 1 - share }
        return chance
    }

    @Test func `stays ordered for confidences next to none and next to all`() throws {
        for confidence in [1e-12, 1e-3, 1 - 1e-12, 1 - 1e-16] {
            for count in [try ShareCount(0, of: 9), try ShareCount(3, of: 9), try ShareCount(9, of: 9)] {
                let found = try ExactShare(count, confidence: confidence)
                #expect(0 <= found.lower && found.lower <= found.share)
                #expect(found.share <= found.upper && found.upper <= 1)
            }
        }
    }

    /// scipy 1.17.1 `gamma.ppf` and `gamma.isf`.
    @Test(arguments: [
        (0, 0.95, 0, 3.6888794541139354), (1, 0.95, 0.025317807984289897, 5.571643390938898),
        (3, 0.95, 0.6186721228956015, 8.767273069742323),
        (10, 0.95, 4.7953886961324335, 18.39035604201778),
        (100, 0.9, 84.13927721831419, 118.07927278209706),
        (12345, 0.99, 12060.683132399843, 12634.08502415639),
    ])
    func `matches the means of Garwood`(
        _ count: Int, _ confidence: Double, _ lower: Double, _ upper: Double
    ) throws {
        let found = try PoissonCount(count, confidence: confidence)

        #expect(abs(found.lower - lower) <= 1e-12 * lower)
        #expect(abs(found.upper - upper) <= 1e-12 * upper)
    }

    @Test func `is one and the same for few of very many`() throws {
        for count in [0, 1, 7, 50, 99, 101, 500] {
            let share = try ExactShare(ShareCount(count, of: 1_000_000_000_000))
            let mean = try PoissonCount(count)

            #expect(abs(share.lower * 1e12 - mean.lower) <= 1e-9 * mean.lower)
            #expect(abs(share.upper * 1e12 - mean.upper) <= 1e-9 * mean.upper)
        }
    }

    @Test func `speaks of a rate in the unit of the time`() throws {
        let yearly = try PoissonCount(3).rate(over: Time<Years>(2))
        let monthly = try PoissonCount(3).rate(over: Time<Years>(2).converted(to: Months.self))

        #expect(yearly.rate == 1.5)
        #expect(abs(yearly.upper.value - 8.767273069742323 / 2) < 1e-11)
        #expect(abs(monthly.lower.value * 12 - yearly.lower.value) < 1e-14)
    }

    @Test func `names the input that is out of range`() throws {
        let three = try PoissonCount(3)
        let causes: [(String, () throws -> Void)] = [
            ("total", { _ = try ExactShare(ShareCount(0, of: 0)) }),
            ("confidence", { _ = try ExactShare(ShareCount(1, of: 2), confidence: 0) }),
            ("confidence", { _ = try ExactShare(ShareCount(1, of: 2), confidence: .nan) }),
            ("count", { _ = try PoissonCount(-1) }), ("count", { _ = try PoissonCount(.max) }),
            ("confidence", { _ = try PoissonCount(1, confidence: 1) }),
            ("time", { _ = try three.rate(over: Time<Hours>(0)) }),
            ("time", { _ = try three.rate(over: Time<Hours>(-.infinity)) }),
        ]
        for (input, ask) in causes {
            let error = #expect(throws: OutOfRange.self, "\(input)") { try ask() }
            #expect(error?.input == input)
        }
    }
}
