import Methods
import Testing

/// References made with mpmath 1.4.1 at 40 digits, 70 for the beta function.
@Suite struct `Looking up digamma and the beta function` {
    @Test(arguments: [
        (1e-06, -1_000_000.5772140201),
        (0.001, -1000.5755719318103),
        (0.1, -10.423754940411076),
        (0.243, -4.351093864423211),
        (0.5, -1.9635100260214235),
        (1, -0.5772156649015329),
        (1.4616321449683622, -9.241265521729427e-17),
        (1.5, 0.03648997397857652),
        (2, 0.42278433509846713),
        (3.3, 1.0348224890596216),
        (9.99, 2.250700372831201),
        (11.999, 2.442574774329119),
        (12, 2.442661679975812),
        (55.5, 4.0073469585404435),
        (1000.25, 6.907505289414428),
        (100_000_000, 18.420680738952367),
        (1_000_000_000_000_000, 34.538776394910684),
    ])
    func `matches digamma`(_ x: Double, _ expected: Double) throws {
        #expect(abs(try digamma(x) - expected) < 4e-15 * max(1, abs(expected)))
    }

    @Test(arguments: [
        (0.793, 2.426, -0.5115692885937033),
        (1e-06, 1e-06, 14.508657738522574),
        (1e-06, 1_000_000_000, 13.815489257483595),
        (0.5, 0.5, 1.1447298858494002),
        (1, 1, 0),
        (100.5, 3.25, -14.083263772873362),
        (100000, 200000, -190_958.88527911686),
        (100_000_000, 0.3, -4.430406227317634),
        (2, 1_000_000_000_000_000, -69.07755278982137),
        (1_000_000_000_000_000, 1_000_000_000_000_000, -1_386_294_361_119_906.5),
        (15.9, 16.1, -22.29303584333308),
        (0.01, 10000, 4.507376969330345),
    ])
    func `matches the logarithm of the beta function`(
        _ alpha: Double, _ beta: Double, _ expected: Double
    ) throws {
        #expect(abs(try logBeta(alpha, beta) - expected) < 2e-14 * max(1, abs(expected)))
        #expect(try logBeta(alpha, beta) == logBeta(beta, alpha))
    }

    @Test func `is the slope of the logarithm of gamma`() throws {
        var generator = SeededGenerator(state: 6)
        for _ in 0..<200 {
            let x = Double.random(in: 0.05...60, using: &generator)
            let step = 1e-4 * x
            let rise = try logGamma(x + step) - logGamma(x - step)

            #expect(abs(try digamma(x) - rise / (2 * step)) < 1e-5 * max(1, 1 / x))
            #expect(abs(try digamma(x + 1) - digamma(x) - 1 / x) < 1e-13 / x)
        }
    }

    @Test func `names the input that is out of range`() {
        for x in [0, -1, .nan, .infinity] {
            #expect(#expect(throws: OutOfRange.self) { try digamma(x) }?.input == "x")
            #expect(#expect(throws: OutOfRange.self) { try logBeta(x, 1) }?.input == "alpha")
            #expect(#expect(throws: OutOfRange.self) { try logBeta(1, x) }?.input == "beta")
        }
    }
}
