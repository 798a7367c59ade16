import Methods
import Testing

@Suite struct `Drawing the uncertainty of a level` {
    /// Made with scipy 1.17.1 `gamma.ppf`, polished by Newton steps in mpmath at 40 digits.
    @Test(arguments: [
        (0, 0.00049103455858762801, 2.5119430936574437), (1, 0.10789764131194894, 4.6742018022480729),
        (3, 0.84493459033867731, 8.0063821373146609), (10, 5.1414488912614311, 17.739437952863625),
        (20, 12.607259319056255, 30.280285867421875), (100, 81.815014088483921, 121.07793174019264),
        (1000, 939.45752414416881, 1063.4366455565284), (1_000_000, 998041.48285030293, 1001961.4114554413),
        (100_000_000, 99980401.807275736, 100019601.08703014),
    ])
    func `matches the quantiles of the posterior`(_ count: Int, _ lower: Double, _ upper: Double) throws {
        let range = try credibleInterval(count: count)

        #expect(abs(range.lowerBound / lower - 1) < 1e-12)
        #expect(abs(range.upperBound / upper - 1) < 1e-12)
    }

    @Test(arguments: [
        (0.1, 1e-10, 6.0730483624079624e-101), (0.1, 0.005, 5.9307112914139665e-24),
        (0.1, 0.7, 0.017427776389281993), (0.1, 0.995, 2.0945580233853611),
        (0.5, 0.5, 0.22746821155978638), (1.5, 1e-10, 2.6046988107172402e-7),
        (3.5, 0.7, 4.1917154143041919), (10.5, 0.995, 20.7005323857088),
        (1000.5, 1e-10, 812.2485282103938), (100_000_000.5, 0.5, 100000000.16666667),
    ])
    func `inverts the distribution anywhere`(_ shape: Double, _ probability: Double, _ x: Double) throws {
        #expect(abs(try GammaDistribution(shape: shape).quantile(probability) / x - 1) < 1e-12)
    }

    @Test func `holds exactly the asked mass and widens with it`() throws {
        for count in [0, 1, 7, 40, 3000] {
            let posterior = try GammaDistribution(shape: Double(count) + 0.5)
            let narrow = try LevelInterval(count: count, mass: 0.5)
            let wide = try LevelInterval(count: count, mass: 0.999)
            let inside =
                try posterior.tails(at: wide.rate.upperBound).below
                - posterior.tails(at: wide.rate.lowerBound).below

            #expect(abs(inside - 0.999) < 1e-12)
            #expect(wide.rate.contains(narrow.rate.lowerBound) && wide.rate.contains(narrow.rate.upperBound))
        }
    }

    @Test func `stays ordered for masses next to nothing and next to all`() throws {
        for mass in [1e-15, 1e-9, 1 - 1e-12] {
            let range = try LevelInterval(count: 12, mass: mass).rate

            #expect(range.lowerBound > 0 && range.upperBound.isFinite)
        }
    }

    @Test func `names the input that is out of range`() {
        for mass in [0, 1, -0.5, .nan] {
            #expect(throws: OutOfRange.self) { try credibleInterval(count: 5, mass: mass) }
        }
        let error = #expect(throws: OutOfRange.self) { try LevelInterval(count: -1) }
        #expect(error?.input == "count")
    }
}
