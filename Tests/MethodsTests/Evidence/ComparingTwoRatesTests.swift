import Methods
import Testing

@Suite struct `Comparing two rates` {
    struct Reference: Sendable {
        let first: Int, per: Double, second: Int, against: Double
        let greater, less, twoSided, lower: Double
        let upper: Double?
    }

    /// scipy 1.17.1 `binom.sf` and `binom.cdf` given the sum, the two-sided value twice the smaller; interval
    /// from statsmodels 0.15.0 `proportion_confint(method="beta")` turned into odds. 60 in 51,477.5 against
    /// 30 in 54,308.7 is the example of statsmodels' `test_poisson_2indep` (Gu et al. 2008).
    static let references = [
        Reference(
            first: 12, per: 100, second: 5, against: 120, greater: 0.03279273599848658,
            less: 0.9904491283070158, twoSided: 0.06558547199697316, lower: 0.9444550730073793,
            upper: 10.435177342416322),
        Reference(
            first: 0, per: 50, second: 4, against: 50, greater: 1, less: 0.0625, twoSided: 0.125, lower: 0,
            upper: 1.514866859365871),
        Reference(
            first: 6, per: 50, second: 0, against: 80, greater: 0.003237128297390679, less: 1,
            twoSided: 0.006474256594781358, lower: 1.8838795611586843, upper: nil),
        Reference(
            first: 60, per: 51477.5, second: 30, against: 54308.7, greater: 0.0004280526940501244,
            less: 0.9998077878100844, twoSided: 0.0008561053881002488, lower: 1.3397357217726522,
            upper: 3.3883655736162517),
        Reference(
            first: 1000, per: 10, second: 900, against: 10.5, greater: 0.0004265790930537065,
            less: 0.9996386925774715, twoSided: 0.000853158186107413, lower: 1.0651251024035369,
            upper: 1.278029378669292),
        Reference(
            first: 2, per: 17877, second: 9, against: 14654, greater: 0.9977654407522382,
            less: 0.014919431689669346, twoSided: 0.029838863379338693, lower: 0.019152287855422216,
            upper: 0.8800748245596081),
    ]

    @Test(arguments: references)
    func `matches the exact test and interval`(_ expected: Reference) throws {
        let found = try RateRatio(
            expected.first, per: expected.per, versus: expected.second, per: expected.against)
        let range = try found.interval()

        #expect(abs(try found.pValue(.greater) / expected.greater - 1) < 1e-10)
        #expect(abs(try found.pValue(.less) / expected.less - 1) < 1e-10)
        #expect(abs(try found.pValue() / expected.twoSided - 1) < 1e-10)
        #expect(abs(range.lower - expected.lower) <= 1e-10 * expected.lower)
        #expect((range.upper == nil) == (expected.upper == nil))
        if let upper = range.upper, let wanted = expected.upper { #expect(abs(upper / wanted - 1) < 1e-10) }
    }

    @Test func `agrees with itself: an interval ends where the p-value is one in twenty`() throws {
        var generator = SeededGenerator(state: 1940)
        for _ in 0..<40 {
            let (first, second) = (
                Int.random(in: 1...80, using: &generator), Int.random(in: 1...80, using: &generator)
            )
            let found = try RateRatio(first, per: 3, versus: second, per: 7)
            let range = try found.interval()
            let upper = try #require(range.upper)
            let ratio = try #require(found.ratio)

            #expect(abs(try found.pValue(ratio: range.lower) - 0.05) < 1e-10)
            #expect(abs(try found.pValue(ratio: upper) - 0.05) < 1e-10)
            #expect(range.contains(ratio) && !range.contains(upper * 1.01))
        }
    }

    @Test func `turns around when both sides trade places`() throws {
        let one = try RateRatio(12, per: 100, versus: 5, per: 120)
        let other = try RateRatio(5, per: 120, versus: 12, per: 100)
        let upper = try #require(try other.interval().upper)

        #expect(abs(try one.pValue(.greater) - other.pValue(.less)) < 1e-14)
        #expect(abs(try one.interval().lower * upper - 1) < 1e-10)
    }

    @Test func `says nothing when nothing happened`() throws {
        let silent = try RateRatio(0, per: 10, versus: 0, per: 12)

        #expect(silent.ratio == nil)
        #expect(try silent.pValue() == 1 && silent.pValue(.less) == 1)
        #expect(try silent.interval() == RateRatio(0, per: 1, versus: 0, per: 1).interval())
        #expect(try silent.interval().lower == 0 && silent.interval().upper == nil)
    }

    @Test func `counts both times in one unit`() throws {
        let timed = try RateRatio(12, over: Time<Days>(100), versus: 5, over: Time<Days>(120))

        #expect(try timed == RateRatio(12, per: 100, versus: 5, per: 120))
    }

    @Test func `survives counts as large as they come`() throws {
        let most = 1_000_000_000_000
        let found = try RateRatio(most, per: 1, versus: most, per: 1)
        let range = try found.interval()

        #expect(range.contains(1) && range.lower > 0.99999)
        #expect(try found.pValue() > 0.99)
    }

    @Test func `names the input that is out of range`() {
        let causes: [(String, () throws -> Void)] = [
            ("first", { _ = try RateRatio(-1, per: 1, versus: 1, per: 1) }),
            ("second", { _ = try RateRatio(1, per: 1, versus: .max, per: 1) }),
            ("firstExposure", { _ = try RateRatio(1, per: 0, versus: 1, per: 1) }),
            ("secondExposure", { _ = try RateRatio(1, per: 1, versus: 1, per: .nan) }),
            ("confidence", { _ = try RateRatio(1, per: 1, versus: 1, per: 1).interval(confidence: 2) }),
            ("ratio", { _ = try RateRatio(1, per: 1, versus: 1, per: 1).pValue(ratio: -.infinity) }),
        ]
        for (input, ask) in causes {
            let error = #expect(throws: OutOfRange.self, "\(input)") { try ask() }
            #expect(error?.input == input)
        }
    }
}
