import Methods
import Testing

@Suite struct `Reading the normal distribution` {
    /// Abramowitz & Stegun table 26.1 and mpmath at 40 digits.
    @Test(arguments: [
        (0.0, 0.5), (1.0, 0.15865525393145705), (1.959963984540054, 0.025), (3.0, 0.0013498980316300945),
        (6.0, 9.865876450376982e-10), (10.0, 7.619853024160527e-24), (30.0, 4.906713927148187e-198),
    ])
    func `matches the reference tails`(_ z: Double, _ above: Double) throws {
        let right = try NormalDistribution.tails(at: z)
        let left = try NormalDistribution.tails(at: -z)

        let tolerance = z > 10 ? 1e-12 : 2e-14
        #expect(abs(right.above / above - 1) < tolerance)
        #expect(left.below == right.above && abs(right.below + above - 1) < 1e-15)
        #expect(abs(try NormalDistribution.twoSided(z) / (2 * above) - 1) < tolerance)
    }

    @Test func `finds the deviate of every probability again`() throws {
        for probability in [1e-300, 1e-20, 1e-5, 0.025, 0.3, 0.5, 0.7, 0.975, 0.999_999] {
            let z = try NormalDistribution.quantile(probability)

            let found = try NormalDistribution.tails(at: z).below
            #expect(abs(found / probability - 1) < 1e-12, "\(probability)")
        }
        #expect(abs(try NormalDistribution.deviate(confidence: 0.95) - 1.959963984540054) < 1e-14)
    }

    /// 3.841458820694124 and 18.307038053275146 are the 95 % points for 1 and 10 degrees of freedom.
    @Test func `gives chi-squared tails`() throws {
        #expect(abs(try chiSquareTails(at: 3.841458820694124, degrees: 1).above - 0.05) < 1e-14)
        #expect(abs(try chiSquareTails(at: 18.307038053275146, degrees: 10).above - 0.05) < 1e-14)
    }

    @Test func `refuses what has no answer`() {
        let refused: [(String, () throws -> Void)] = [
            ("z", { _ = try NormalDistribution.tails(at: .nan) }),
            ("z", { _ = try NormalDistribution.twoSided(.nan) }),
            ("probability", { _ = try NormalDistribution.quantile(0) }),
            ("probability", { _ = try NormalDistribution.quantile(.nan) }),
            ("confidence", { _ = try NormalDistribution.deviate(confidence: 1) }),
            ("degrees", { _ = try chiSquareTails(at: 1, degrees: 0) }),
            ("x", { _ = try chiSquareTails(at: -1, degrees: 1) }),
        ]
        for (input, ask) in refused {
            let error = #expect(throws: OutOfRange.self) { try ask() }
            #expect(error?.input == input)
        }
    }
}
