import Methods
import Testing

@Suite struct `Doubting a survival curve` {
    /// The 6-mercaptopurine arm of Freireich et al. 1963: weeks in remission.
    private static let remission: [(days: Int, ended: Bool)] =
        [6, 6, 6, 7, 10, 13, 16, 22, 23].map { ($0, true) }
        + [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map { ($0, false) }

    /// Standard errors and log-log limits, computed with exact fractions; they round to the textbook's.
    @Test(arguments: [
        (6, 0.07636035483212125, 0.6197179552659838, 0.951551747646997),
        (7, 0.0869352851800572, 0.5631465646222333, 0.9228090192028805),
        (12, 0.09634965299432051, 0.5031995107999564, 0.8893618351692656),
        (23, 0.13459145675576045, 0.18805200595923235, 0.6801426284952415),
    ])
    func `gives Greenwood's error and limits inside zero and one`(
        _ day: Int, _ error: Double, _ lower: Double, _ upper: Double
    ) throws {
        let found = try #require(try KaplanMeier(waits: Self.remission).estimate(at: day))
        let range = try #require(found.range)

        #expect(isNear(found.variance?.squareRoot(), error, to: 1e-12))
        #expect(isNear(range.lowerBound, lower, to: 1e-11) && isNear(range.upperBound, upper, to: 1e-11))
    }

    @Test func `measures the area under the curve`() throws {
        let curve = try KaplanMeier(waits: Self.remission)
        let mean = try #require(curve.restrictedMean(to: 35))

        // R's survfit prints 23.29 and 2.83.
        #expect(isNear(mean.mean.value, 23.287394957983192, to: 1e-13))
        #expect(isNear(mean.standardError.value, 2.8274676233714393, to: 1e-13))
        #expect(curve.restrictedMean(to: 6)?.mean == 6)
        #expect(curve.restrictedMean(to: 0)?.mean == 0)
    }

    @Test func `is the plain mean and the binomial error when nobody is out of sight`() throws {
        var generator = SeededGenerator(state: 12)
        let waits = (0..<300).map { _ in (days: Int.random(in: 1...40, using: &generator), ended: true) }
        let curve = try KaplanMeier(waits: waits)

        let mean = try #require(curve.restrictedMean(to: 60)).mean.value
        #expect(isNear(mean, Double(waits.map(\.days).reduce(0, +)) / 300, to: 1e-12))
        for day in 1...39 {
            let found = try #require(try curve.estimate(at: day))
            let share = Double(waits.count { $0.days > day }) / 300
            #expect(isNear(found.remaining, share, to: 1e-12))
            #expect(isNear(found.variance, share * (1 - share) / 300, to: 1e-10))
        }
    }

    @Test func `does not depend on the order of the waits`() throws {
        var generator = SeededGenerator(state: 13)

        let shuffled = try KaplanMeier(waits: Self.remission.shuffled(using: &generator))

        #expect(try shuffled == KaplanMeier(waits: Self.remission))
    }

    @Test func `covers the truth about as often as promised`() throws {
        var generator = SeededGenerator(state: 95)
        var held = 0
        for _ in 0..<600 {
            // Leaving with chance .1 a day, out of sight after a random day: S(8) = .9⁸.
            let waits = (0..<40).map { _ in
                let seen = Int.random(in: 4...20, using: &generator)
                var day = 1
                while day <= seen, Double.random(in: 0..<1, using: &generator) >= 0.1 { day += 1 }
                return day <= seen ? (days: day, ended: true) : (days: seen, ended: false)
            }
            let range = try #require(try KaplanMeier(waits: waits).estimate(at: 8)?.range)
            if range.contains(0.43046721) { held += 1 }
        }
        #expect(held > 552 && held < 588)
    }

    @Test func `has no range while nothing has happened and none when nobody is left`() throws {
        let curve = try KaplanMeier(waits: [(days: 2, ended: true), (days: 3, ended: true)])

        let before = try #require(try curve.estimate(at: 1))
        let after = try #require(try curve.estimate(at: 90))

        #expect(before.remaining == 1 && before.variance == 0 && before.range == nil)
        #expect(after.remaining == 0 && after.variance == nil && after.range == nil)
        #expect(curve.restrictedMean(to: 90)?.mean == 2.5)
        #expect(curve.restrictedMean(to: 90)?.standardError.value == 0.125.squareRoot())
    }

    @Test func `does not guess beyond what was watched`() throws {
        let curve = try KaplanMeier(waits: [(days: 2, ended: true), (days: 9, ended: false)])

        #expect(try curve.estimate(at: 10) == nil && curve.estimate(at: -1) == nil)
        #expect(curve.restrictedMean(to: 10) == nil && curve.restrictedMean(to: -1) == nil)
        #expect(try KaplanMeier(waits: []).estimate(at: 0) == nil)
    }

    @Test func `says the same of renewals as of days`() throws {
        let contracts = Self.remission.map { (tenure: $0.days, ended: $0.ended) }
        let history = try RenewalHistory<Months>(contracts: contracts)
        let curve = try KaplanMeier(waits: Self.remission)

        for day in 0...36 {
            #expect(try history.survival(after: day) == curve.estimate(at: day))
            #expect(history.restrictedMean(to: day)?.mean.value == curve.restrictedMean(to: day)?.mean.value)
        }
    }

    @Test func `stops where pooled histories have a gap`() throws {
        let history = try RenewalHistory<Years>(pooling: [
            RenewalHistory(survivors: [10, 8]), RenewalHistory(survivors: [10, 8], fromAge: 4),
        ])

        #expect(try history.survival(after: 1)?.remaining == 0.8)
        #expect(try history.survival(after: 2) == nil && history.survival(after: 5) == nil)
    }

    @Test func `refuses negative waits and impossible confidence`() throws {
        let days = #expect(throws: OutOfRange.self) { try KaplanMeier(waits: [(days: -1, ended: true)]) }
        #expect(days?.input == "days")
        for confidence in [0, 1, -1, .nan] {
            let error = #expect(throws: OutOfRange.self) {
                try KaplanMeier(waits: Self.remission).estimate(at: 7, confidence: confidence)
            }
            #expect(error?.input == "confidence")
        }
    }
}
