import Foundation
import Methods
import Testing

@Suite struct `Comparing many raters` {
    /// Four raters and twelve units with gaps: Gwet's example raw_4raters of the packages irrCAC.
    private var gwet: [[Double?]] {
        [
            [1, 1, nil, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
            [4, 4, 4, 4],
            [1, 1, 2, 1], [2, 2, 2, 2], [nil, 5, 5, 5], [nil, nil, 1, 1], [nil, nil, 3, nil],
        ]
    }

    /// irrCAC 0.4.4 for Python, to the twelve places it prints; the t quantile it takes from scipy 1.12 is off
    /// in the ninth to the eleventh.
    @Test(arguments: [
        (AgreementWeights.identity, 0.775444068127, 0.142949950641, 0.460813348132),
        (.linear, 0.858739136433, 0.117329021881, 0.600499700425),
        (.quadratic, 0.914000723552, 0.103962244645, 0.685181365879),
    ])
    func `matches irrCAC's AC1 and AC2 with gaps`(
        _ weights: AgreementWeights, _ value: Double, _ error: Double, _ lower: Double
    ) throws {
        let found = try gwetAC(of: Ratings(scores: gwet), weights: weights)

        #expect(abs(found.value - value) < 1e-12)
        #expect(found.standardError.map { abs($0 - error) < 1e-12 } == true)
        #expect(found.interval.map { abs($0.lowerBound - lower) < 1e-9 } == true)
        #expect(found.interval?.upperBound == 1)
    }

    @Test func `matches irrCAC's Fleiss kappa with gaps, and gives no z there`() throws {
        let found = try fleissKappa(of: Ratings(scores: gwet))

        #expect(abs(found.value - 0.761169275422) < 1e-12)
        #expect(found.standardError.map { abs($0 - 0.153019203469) < 1e-12 } == true)
        #expect(found.interval.map { abs($0.lowerBound - 0.424376279378) < 1e-9 } == true)
        #expect(found.z == nil)
    }

    @Test func `matches irrCAC's Brennan-Prediger with gaps`() throws {
        let found = try pabak(of: Ratings(scores: gwet))

        #expect(abs(found.value - 0.772727272727) < 1e-12 && abs(found.expected - 0.2) < 1e-15)
        #expect(found.standardError.map { abs($0 - 0.144716619899) < 1e-12 } == true)
        #expect(found.interval.map { abs($0.lowerBound - 0.454208139911) < 1e-9 } == true)
    }

    /// irrCAC 0.4.4, table by table: the standard error of AC1 and its interval.
    @Test(arguments: [
        ([[20, 5], [10, 15]], 0.13147308876, 0.141735530886, 0.670145657233),
        ([[31, 12], [4, 58]], 0.06861810881, 0.578067582517, 0.850212152042),
        ([[44, 5, 1], [7, 20, 3], [9, 5, 6]], 0.068224406483, 0.440599707598, 0.711343755299),
        ([[90, 4], [5, 1]], 0.034962312123, 0.830186364008, 0.968931988763),
        (
            [[40, 6, 1, 0], [5, 30, 7, 1], [0, 6, 18, 4], [0, 1, 3, 8]], 0.051039896543, 0.556676995971,
            0.758644366673
        ),
    ])
    func `matches irrCAC's intervals of AC1 for two raters`(
        _ counts: [[Int]], _ error: Double, _ lower: Double, _ upper: Double
    ) throws {
        let found = try gwetAC(of: Ratings(AgreementTable(counts: counts)))

        #expect(found.standardError.map { abs($0 - error) < 1e-12 } == true)
        #expect(found.interval.map { abs($0.lowerBound - lower) < 1e-9 } == true)
        #expect(found.interval.map { abs($0.upperBound - upper) < 1e-9 } == true)
    }

    /// The 30 diagnoses of Fleiss 1971; the per-category kappas and z as printed by the R package irr.
    private var diagnoses: [[Int]] {
        [
            [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0],
            [2, 0, 4, 0, 0],
            [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6], [1, 0, 0, 5, 0],
            [1, 1, 0, 4, 0],
            [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1], [0, 0, 5, 0, 1], [3, 0, 0, 1, 2],
            [5, 1, 0, 0, 0],
            [0, 2, 0, 4, 0], [1, 0, 2, 0, 3], [0, 0, 0, 0, 6], [0, 1, 0, 5, 0], [0, 2, 0, 1, 3],
            [2, 0, 0, 4, 0],
            [1, 0, 0, 4, 1], [0, 5, 0, 1, 0], [4, 0, 0, 0, 2], [0, 2, 0, 4, 0], [1, 0, 5, 0, 0],
            [0, 0, 0, 0, 6],
        ]
    }

    @Test func `says which categories raters agree on`() throws {
        let found = try categoryAgreements(of: Ratings(counts: diagnoses))

        #expect(found.map { (($0.kappa ?? 0) * 1000).rounded() } == [245, 245, 520, 471, 566])
        #expect(found.map { (($0.z ?? 0) * 1000).rounded() } == [5192, 5192, 11_031, 9994, 12_009])
        #expect(abs((found[2].agreement ?? 0) - 0.6) < 1e-15)
        #expect(abs(found.reduce(0) { $0 + $1.share } - 1) < 1e-15)
    }

    @Test func `averages the categories' kappas into Fleiss' kappa`() throws {
        let ratings = try Ratings(counts: diagnoses)
        var (above, below) = (0.0, 0.0)
        for category in try categoryAgreements(of: ratings) {
            let spread = category.share * (1 - category.share)
            above += spread * (category.kappa ?? 0)
            below += spread
        }

        #expect(abs(try fleissKappa(of: ratings).value - above / below) < 1e-14)
    }

    @Test func `finds the textbook's specific agreement of two raters`() throws {
        let found = try categoryAgreements(of: Ratings(AgreementTable(counts: [[20, 5], [10, 15]])))

        #expect(abs((found[0].agreement ?? 0) - 40.0 / 55) < 1e-15)
        #expect(abs((found[1].agreement ?? 0) - 30.0 / 45) < 1e-15)
    }

    @Test func `counts categories that nobody chose in AC1 and PABAK, not in kappa`() throws {
        let two = Ratings(try AgreementTable(counts: [[20, 5], [10, 15]]))
        let three = Ratings(try AgreementTable(counts: [[20, 5, 0], [10, 15, 0], [0, 0, 0]]))

        #expect(try fleissKappa(of: two).value == fleissKappa(of: three).value)
        #expect(try gwetAC(of: two).value < gwetAC(of: three).value)
        #expect(abs(try pabak(of: three).value - 0.55) < 1e-15)
        #expect(try categoryAgreements(of: three)[2].agreement == nil)
        #expect(try categoryAgreements(of: three)[2].kappa == nil)
    }

    @Test func `reads the same ratings alike in all three forms`() throws {
        var generator = SeededGenerator(state: 4)
        for _ in 0..<20 {
            let choices = (0..<15).map { _ in
                (0..<5).map { _ in
                    Bool.random(using: &generator) ? Int.random(in: 0...3, using: &generator) : nil
                }
            }
            let every = choices + [[0, 1, 2, 3]]
            let counts = every.map { row in (0...3).map { category in row.count { $0 == category } } }
            let byChoice = try Ratings(choices: every, categories: 4)

            #expect(try Ratings(counts: counts) == byChoice)
            #expect(try Ratings(scores: every.map { $0.map { $0.map { Double($0 + 1) } } }) == byChoice)
        }
    }

    /// Student's quantiles at 0.975 with 1, 3, 11 and 129 degrees of freedom, from mpmath with 30 digits.
    @Test(arguments: [
        (2, 12.706204736174705), (4, 3.1824463052837096), (12, 2.2009851600916398), (130, 1.9785244914792577),
    ])
    func `reaches as far as Student's t`(_ cases: Int, _ quantile: Double) throws {
        let counts = [[0, 3]] + [[Int]](repeating: [1, 2], count: cases - 1)
        let found = try fleissKappa(of: Ratings(counts: counts))
        let error = try #require(found.standardError)
        let lower = try #require(found.interval).lowerBound

        #expect(abs((found.value - lower) / error / quantile - 1) < 1e-11)
    }

    @Test func `has no interval for a single case`() throws {
        let found = try gwetAC(of: Ratings(counts: [[2, 1]]))

        #expect(found.standardError == nil && found.interval == nil)
        #expect(abs(found.observed - 1.0 / 3) < 1e-15)
    }

    @Test func `refuses what cannot be compared`() throws {
        #expect(throws: AgreementRefusal.nothingRatedTwice) { try Ratings(counts: []) }
        #expect(throws: AgreementRefusal.nothingRatedTwice) { try Ratings(counts: [[0, 0]]) }
        #expect(throws: AgreementRefusal.nothingRatedTwice) { try Ratings(scores: [[nil, nil]]) }
        #expect(throws: AgreementRefusal.unevenRow(1)) { try Ratings(counts: [[1, 1], [2]]) }
        #expect(throws: AgreementRefusal.unevenRow(0)) { try Ratings(counts: [[1, 1]], scale: [1]) }
        #expect(throws: AgreementRefusal.self) { try Ratings(counts: [[1, -1]]) }
        #expect(throws: AgreementRefusal.self) { try Ratings(counts: [[1, .max]]) }
        for scale in [[2, 1], [1, 1], [0, Double.nan], [-Double.infinity, 0], [0, 1e300]] {
            #expect(throws: AgreementRefusal.self) { try Ratings(counts: [[1, 1]], scale: scale) }
        }
        #expect(throws: AgreementRefusal.self) { try Ratings(scores: [[1, .nan]]) }
        #expect(throws: AgreementRefusal.self) { try Ratings(choices: [[0, 2]], categories: 2) }
        #expect(throws: AgreementRefusal.self) { try Ratings(choices: [], categories: 0) }
        let single = try Ratings(counts: [[1, 0], [0, 1]])
        #expect(throws: AgreementRefusal.nothingRatedTwice) { try gwetAC(of: single) }
        #expect(throws: AgreementRefusal.nothingRatedTwice) { try categoryAgreements(of: single) }
        #expect(throws: AgreementRefusal.oneCategory) { try gwetAC(of: Ratings(counts: [[2]])) }
        #expect(throws: AgreementRefusal.oneCategory) { try pabak(of: Ratings(counts: [[2]])) }
        #expect(throws: AgreementRefusal.self) {
            try gwetAC(of: Ratings(choices: [[0, 1]], categories: 2000), weights: .linear)
        }
    }
}
