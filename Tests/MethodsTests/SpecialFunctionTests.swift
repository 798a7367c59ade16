import Methods
import Testing

/// References made with mpmath 1.3.0 at 40 digits: `gammainc`, `betainc` and `loggamma`, and for large
/// shapes tanh-sinh quadrature (`quad`) of the density in ln x or logit x, over the smaller tail.
@Suite struct `Looking up gamma and beta tails` {
    @Test(arguments: [
        (0.1, 0.001, 0.52676856839244511, 0.47323143160755489),
        (0.5, 0.02, 0.15851941887820605, 0.84148058112179395),
        (0.5, 1.5, 0.9167354833364496, 0.083264516663550402),
        (0.5, 9.0, 0.99997790950300141, 2.2090496998585441e-5),
        (1.0, 3.0, 0.95021293163213606, 0.049787068367863943),
        (2.5, 0.3, 0.011996757205906265, 0.98800324279409373),
        (7.5, 11.0, 0.89219609159383593, 0.10780390840616407),
        (11.5, 7.0, 0.073128756998985081, 0.92687124300101492),
        (12.0, 3.0, 7.1386628974206605e-5, 0.99992861337102579),
        (12.0, 3.8, 5.9185289777196954e-4, 0.99940814710222803),
        (12.5, 28.0, 0.99963671632192719, 3.6328367807280895e-4),
        (30.5, 30.5, 0.52408308806645013, 0.47591691193354987),
        (30.5, 75.0, 0.99999999813693695, 1.8630630518642901e-9),
        (100.5, 60.0, 1.1357029273149612e-6, 0.99999886429707269),
        (1000.5, 1090.0, 0.99710787377864452, 0.0028921262213554831),
        (100_000.5, 99000.0, 7.5329978339666744e-4, 0.99924670021660333),
        (1e7, 10_000_100.0, 0.51265554936701472, 0.48734445063298528),
        (100_000_000.5, 99_980_000.0, 0.022742033618203405, 0.97725796638179659),
        (100_000_000.5, 100_000_000.5, 0.50001329807598087, 0.49998670192401913),
        (100_000_000.5, 100_060_000.0, 0.99999999900599557, 9.9400442521255828e-10),
    ])
    func `matches the incomplete gamma function`(
        _ shape: Double, _ x: Double, _ below: Double, _ above: Double
    ) throws {
        let tails = try GammaDistribution(shape: shape).tails(at: x)

        #expect(abs(tails.below - below) < 1e-13)
        #expect(abs(tails.above - above) < 1e-13)
        #expect(abs(min(tails.below, tails.above) / min(below, above) - 1) < 1e-12)
    }

    @Test(arguments: [
        (0.5, 0.5, 0.1, 0.20483276469913346, 0.79516723530086654),
        (0.1, 3.5, 0.001, 0.58908747632883152, 0.41091252367116848),
        (1.5, 40.5, 0.05, 0.7573445119553573, 0.2426554880446427),
        (50.5, 48.5, 0.5, 0.42001182656511594, 0.57998817343488406),
        (99.5, 10000.0, 0.011, 0.87669784076281096, 0.12330215923718904),
        (99.5, 1e8, 1.2e-06, 0.97510481959365067, 0.024895180406349327),
        (100.5, 100.5, 0.4, 0.0021120197810148536, 0.99788798021898515),
        (100.5, 100_000_000.5, 1.3e-06, 0.99681704167307731, 0.0031829583269226946),
        (5000.5, 20000.0, 0.2, 0.49873841040076893, 0.50126158959923107),
        (1_000_000.5, 1_000_000.5, 0.5005, 0.92135047430749953, 0.078649525692500469),
        (100_000_000.5, 100_000_000.5, 0.49996, 0.12894951696797823, 0.87105048303202177),
        (100_000_000.5, 200_000_001.0, 0.3333333333333333, 0.50000542891651688, 0.49999457108348312),
        (0.5, 100_000_000.5, 2e-08, 0.95449973745341575, 0.045500262546584253),
        (30_000_000.0, 1000.5, 0.99997, 0.99947873351362474, 5.2126648637526116e-4),
    ])
    func `matches the incomplete beta function`(
        _ alpha: Double, _ beta: Double, _ x: Double, _ below: Double, _ above: Double
    ) throws {
        let tails = try BetaDistribution(alpha: alpha, beta: beta).tails(at: x)

        #expect(abs(tails.below - below) < 1e-12)
        #expect(abs(tails.above - above) < 1e-12)
    }

    @Test(arguments: [
        (0.1, 2.2527126517342059), (0.5, 0.57236494292470009), (1, 0), (1.5, -0.12078223763524522),
        (2, 0), (3.3, 0.9870985778947344), (15.999, 27.89653040276015), (40.25, 107.55163153760463),
        (1000.5, 5908.6741758486775), (1e6, 12815504.569147612), (100_000_000.5, 1742068075.3141751),
    ])
    func `matches the logarithm of the gamma function`(_ x: Double, _ expected: Double) throws {
        #expect(abs(try logGamma(x) - expected) < 1e-14 * max(1, abs(expected)))
    }

    @Test func `meets at the seams between its methods`() throws {
        // A jump where one formula hands over to another would show as a kink far above rounding.
        for (shape, seam) in [(11.5, 12.5), (40.0, 12.4), (40.0, 92.0), (1000.5, 310.155), (1e6, 2.3e6)] {
            let law = try GammaDistribution(shape: shape)
            let left = try law.tails(at: seam * (1 - 1e-9))
            let right = try law.tails(at: seam * (1 + 1e-9))

            #expect(abs(left.below - right.below) < 1e-8 && left.below <= right.below)
        }
        let below = try BetaDistribution(alpha: 99.999_999_9, beta: 300).tails(at: 0.26).below
        let above = try BetaDistribution(alpha: 100.000_000_1, beta: 300).tails(at: 0.26).below
        #expect(abs(below - above) < 1e-8 && below > above)
    }

    @Test func `never leaves zero to one however odd the input`() throws {
        var generator = SeededGenerator(state: 99)
        for _ in 0..<2000 {
            let shape = exp10(Double.random(in: -6...15, using: &generator))
            let other = exp10(Double.random(in: -6...15, using: &generator))
            let x = exp10(Double.random(in: -300...300, using: &generator))
            let share = Double.random(in: 0...1, using: &generator)
            let gamma = try GammaDistribution(shape: shape).tails(at: x)
            let beta = try BetaDistribution(alpha: shape, beta: other).tails(at: share)

            for tails in [gamma, beta] {
                #expect((0...1).contains(tails.below) && (0...1).contains(tails.above))
                #expect(abs(tails.below + tails.above - 1) < 1e-15)
            }
        }
    }

    @Test func `knows both ends exactly`() throws {
        let gamma = try GammaDistribution(shape: 3.5)
        let beta = try BetaDistribution(alpha: 3.5, beta: 200)

        #expect(try gamma.tails(at: 0).below == 0)
        #expect(try gamma.tails(at: .infinity).above == 0)
        #expect(try beta.tails(at: 0).above == 1)
        #expect(try beta.tails(at: 1).below == 1)
    }

    @Test func `names the input that is out of range`() throws {
        #expect(try input { _ = try GammaDistribution(shape: 0) } == "shape")
        #expect(try input { _ = try GammaDistribution(shape: .nan) } == "shape")
        #expect(try input { _ = try GammaDistribution(shape: 1).tails(at: -1) } == "x")
        #expect(try input { _ = try GammaDistribution(shape: 1).quantile(1) } == "probability")
        #expect(try input { _ = try BetaDistribution(alpha: -1, beta: 1) } == "alpha")
        #expect(try input { _ = try BetaDistribution(alpha: 1, beta: .infinity) } == "beta")
        #expect(try input { _ = try BetaDistribution(alpha: 1, beta: 1).tails(at: 1.5) } == "x")
        #expect(try input { _ = try logGamma(0) } == "x")
    }

    private func input(_ ask: () throws -> Void) throws -> String {
        try #require(#expect(throws: OutOfRange.self) { try ask() }).input
    }

    private func exp10(_ power: Double) -> Double {
        var value = 1.0
        for _ in 0..<Int(abs(power)) { value *= power < 0 ? 0.1 : 10 }
        return value * (1 + abs(power).truncatingRemainder(dividingBy: 1))
    }
}
