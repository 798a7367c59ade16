import Methods
import Testing

@Suite struct `Comparing two shares` {
    private func comparison(_ a: Int, _ n: Int, _ b: Int, _ m: Int) throws -> ShareComparison {
        try ShareComparison(ShareCount(a, of: n), versus: ShareCount(b, of: m))
    }

    /// statsmodels 0.15.0: `proportions_ztest`, alternatives two-sided, larger and smaller.
    @Test(arguments: [
        (
            [12, 40, 5, 44], 2.1232214390571906,
            [0.03373530024894883, 0.016867650124474415, 0.9831323498755256]
        ),
        (
            [50, 1000, 80, 1000], -2.721095431170472,
            [0.00650659748363783, 0.9967467012581811, 0.003253298741818915]
        ),
        (
            [0, 10, 10, 10], -4.47213595499958,
            [7.74421643104407e-06, 0.9999961278917845, 3.872108215522035e-06]
        ),
        (
            [250_000, 1_000_000, 248_000, 1_000_000], 3.2703584451242533,
            [0.001074112851837376, 0.000537056425918688, 0.9994629435740813]
        ),
    ])
    func `finds z and its three p-values`(_ counts: [Int], _ z: Double, _ expected: [Double]) throws {
        let found = try comparison(counts[0], counts[1], counts[2], counts[3]).z

        #expect(abs(try #require(found.z) / z - 1) < 1e-12)
        for (alternative, p) in zip(Alternative.allCases, expected) {
            #expect(abs(found.pValue(alternative) / p - 1) < 1e-11)
        }
    }

    /// statsmodels 0.15.0: `confint_proportions_2indep(method="newcomb")`.
    @Test(arguments: [
        ([56, 70, 48, 80], 0.05243147240236498, 0.33387265403690614),
        ([0, 29, 0, 28], -0.12064330476584569, 0.1169697984997408),
        ([9, 10, 3, 10], 0.1705227239345029, 0.809017973535488),
        ([0, 10, 10, 10], -1.0, -0.6075093504305241), ([3, 3, 0, 4], 0.25483428130924346, 1.0),
        ([50, 1000, 80, 1000], -0.05195222178494294, -0.008386683911944803),
    ])
    func `puts Newcombe's range on the difference`(_ n: [Int], _ lower: Double, _ upper: Double) throws {
        let range = try comparison(n[0], n[1], n[2], n[3]).interval()

        #expect(abs(range.lowerBound - lower) < 1e-12)
        #expect(abs(range.upperBound - upper) < 1e-12)
    }

    /// Sums of binomial coefficients in mpmath 1.4.1 at 40 digits; `scipy.stats.fisher_exact` 1.17.1 agrees.
    @Test(arguments: [
        ([12, 40, 5, 44], [0.05529140474645331, 0.031505293804211445, 0.99224307809807728]),
        ([3, 3, 0, 4], [0.028571428571428571, 0.028571428571428571, 1.0]),
        ([9, 10, 3, 10], [0.019766611097880448, 0.0098833055489402239, 0.99964277208859252]),
        ([1, 20, 6, 18], [0.038083538083538084, 0.99747833958360274, 0.031941031941031941]),
        ([0, 29, 0, 28], [1.0, 1.0, 1.0]),
        ([90, 100, 2, 150], [1.3813720240708835e-53, 1.3813720240708835e-53, 1.0]),
        ([400, 2000, 520, 2100], [0.00027860630545870669, 0.99989028711314723, 0.00014708410391845692]),
    ])
    func `counts tables exactly`(_ n: [Int], _ expected: [Double]) throws {
        let found = try comparison(n[0], n[1], n[2], n[3])

        for (alternative, p) in zip(Alternative.allCases, expected) {
            #expect(abs(try found.fisher(alternative) / p - 1) < 1e-12)
        }
    }

    /// scipy 1.17.1 `fisher_exact`, itself good to about 10⁻⁹ at this size.
    @Test func `stays exact for a million on each side`() throws {
        let p = try comparison(250_000, 1_000_000, 248_000, 1_000_000).fisher()

        #expect(abs(p / 0.001080327245478009 - 1) < 1e-7)
    }

    @Test func `calls everything possible when any table would do`() throws {
        var generator = SeededGenerator(state: 1935)
        for _ in 0..<300 {
            let n = Int.random(in: 1...30, using: &generator)
            let m = Int.random(in: 1...30, using: &generator)
            let a = Int.random(in: 0...n, using: &generator)
            let b = Int.random(in: 0...m, using: &generator)
            let found = try comparison(a, n, b, m)
            let turned = try comparison(b, m, a, n)

            #expect(abs(try found.fisher() - turned.fisher()) < 1e-12)
            #expect(abs(try found.fisher(.greater) - turned.fisher(.less)) < 1e-12)
            // The two tails share the table at hand and nothing else.
            let overlap = try found.fisher(.greater) + found.fisher(.less) - 1
            #expect(overlap > 0 && overlap <= 1 + 1e-12)
            #expect(abs(overlap - probability(of: a, n, b, m)) < 1e-12)
        }
    }

    /// C(n, a) C(m, b) / C(n + m, a + b) by multiplication in full.
    private func probability(of a: Int, _ n: Int, _ b: Int, _ m: Int) -> Double {
        choose(n, a) * choose(m, b) / choose(n + m, a + b)
    }

    private func choose(_ n: Int, _ k: Int) -> Double {
        (0..<k).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
    }

    @Test func `covers the true difference about as often as it says`() throws {
        var generator = SeededGenerator(state: 873)
        var held = 0
        let rounds = 2000
        for _ in 0..<rounds {
            let a = (0..<25).count { _ in Double.random(in: 0...1, using: &generator) < 0.9 }
            let b = (0..<40).count { _ in Double.random(in: 0...1, using: &generator) < 0.6 }
            if try comparison(a, 25, b, 40).interval().contains(0.3) { held += 1 }
        }

        // Four standard errors of the simulation are 0.02.
        #expect((0.93...0.98).contains(Double(held) / Double(rounds)))
    }

    @Test func `turns to the exact test when five are not to be expected`() throws {
        let small = try comparison(9, 10, 3, 10)
        let large = try comparison(12, 40, 5, 44)

        #expect(small.leastExpected == 4)
        #expect(small.test().method == .exact)
        #expect(try small.test(.greater).pValue == small.fisher(.greater))
        #expect(large.test().method == .normal)
        #expect(large.test(.less).pValue == large.z.pValue(.less))
    }

    @Test func `has no statistic and no surprise where nothing varies`() throws {
        for n in [[0, 10, 0, 20], [7, 7, 9, 9]] {
            let found = try comparison(n[0], n[1], n[2], n[3])

            #expect(found.z.z == nil && found.z.pValue() == 1 && found.z.pValue(.greater) == 1)
            #expect(found.test().method == .exact && found.test().pValue == 1)
            #expect(try found.interval().contains(0))
        }
    }

    @Test func `survives counts as large as they come`() throws {
        let most = 1_000_000_000_000
        let rare = try comparison(5, most, 1, most)

        // Of six, five or more on one side of two equal ones: 7 of 64.
        #expect(rare.test(.greater).method == .exact)
        #expect(abs(rare.test(.greater).pValue - 7.0 / 64) < 1e-9)
        #expect(try comparison(most, most, 0, most).z.pValue() == 0)
        #expect(try comparison(0, most, most, most).interval().upperBound < -0.999)
    }

    @Test func `names the input that is out of range`() throws {
        let most = 1_000_000_000_000
        let causes: [(String, () throws -> Void)] = [
            ("total", { _ = try ShareCount(0, of: -1) }), ("total", { _ = try ShareCount(0, of: .max) }),
            ("successes", { _ = try ShareCount(-1, of: 4) }), ("successes", { _ = try ShareCount(5, of: 4) }),
            ("first.total", { _ = try comparison(0, 0, 1, 2) }),
            ("second.total", { _ = try comparison(1, 2, 0, 0) }),
            ("confidence", { _ = try comparison(1, 2, 1, 2).interval(confidence: 1) }),
            ("confidence", { _ = try comparison(1, 2, 1, 2).interval(confidence: .nan) }),
            ("first.total", { _ = try comparison(most / 2, most, most / 2, most).fisher() }),
        ]
        for (input, ask) in causes {
            let error = #expect(throws: OutOfRange.self, "\(input)") { try ask() }
            #expect(error?.input == input)
        }
    }
}
