import Foundation
import Methods
import Testing

@Suite struct `Comparing two raters` {
    /// A random table with no empty margin.
    private func table(_ generator: inout SeededGenerator, categories: Int) throws -> AgreementTable {
        let counts = (0..<categories).map { i in
            (0..<categories).map { j in Int.random(in: i == j ? 1...60 : 0...9, using: &generator) }
        }
        return try AgreementTable(counts: counts)
    }

    /// Kappa written the plain way, for a table of shares.
    private func kappa(_ shares: [[Double]], _ weights: [[Double]]) -> Double {
        let rows = shares.map { $0.reduce(0, +) }
        let columns = shares[0].indices.map { j in shares.reduce(0) { $0 + $1[j] } }
        var observed = 0.0
        var expected = 0.0
        for i in shares.indices {
            for j in shares.indices {
                observed += weights[i][j] * shares[i][j]
                expected += weights[i][j] * rows[i] * columns[j]
            }
        }
        return (observed - expected) / (1 - expected)
    }

    @Test func `has the standard error that the slope of kappa in every cell gives`() throws {
        var generator = SeededGenerator(state: 1969)
        for categories in 2...5 {
            let table = try table(&generator, categories: categories)
            let weights = (0..<categories).map { i in
                (0..<categories).map { j in i == j ? 1 : Double.random(in: 0...0.9, using: &generator) }
            }
            let total = Double(table.total)
            let shares = table.counts.map { $0.map { Double($0) / total } }
            var (mean, square) = (0.0, 0.0)
            for i in shares.indices {
                for j in shares.indices {
                    // Central difference of kappa as a function of the cell's unnormalised share.
                    var (up, down) = (shares, shares)
                    up[i][j] += 1e-5
                    down[i][j] -= 1e-5
                    let slope =
                        (kappa(up.map { $0.map { $0 / (1 + 1e-5) } }, weights)
                            - kappa(down.map { $0.map { $0 / (1 - 1e-5) } }, weights)) / 2e-5
                    mean += shares[i][j] * slope
                    square += shares[i][j] * slope * slope
                }
            }
            let found = try cohenKappa(of: table, weights: .own(weights))

            #expect(abs(found.value - kappa(shares, weights)) < 1e-13)
            #expect(abs(found.standardError - ((square - mean * mean) / total).squareRoot()) < 1e-8)
        }
    }

    /// statsmodels 0.15 cohens_kappa with the disagreements [[0,1,3],[1,0,1],[3,1,0]].
    @Test func `takes the caller's own weights`() throws {
        let table = try AgreementTable(counts: [[44, 5, 1], [7, 20, 3], [9, 5, 6]])
        let near = 2.0 / 3
        let weights: [[Double]] = [[1, near, 0], [near, 1, near], [0, near, 1]]
        let found = try cohenKappa(of: table, weights: .own(weights))

        #expect(abs(found.value - 0.4623655913978494) < 1e-14)
        #expect(abs(found.standardError - 0.08587833719263946) < 1e-14)
        #expect(abs(found.nullStandardError - 0.08661755859417775) < 1e-14)
    }

    @Test func `is undefined when both never leave one category`() throws {
        let table = try AgreementTable(counts: [[30, 0], [0, 0]])

        #expect(throws: AgreementRefusal.chanceAgreementIsCertain) { try cohenKappa(of: table) }
        #expect(throws: AgreementRefusal.chanceAgreementIsCertain) { try fleissKappa(of: Ratings(table)) }
        #expect(throws: AgreementRefusal.chanceAgreementIsCertain) {
            try krippendorffAlpha(of: Ratings(table))
        }
        #expect(try gwetAC(of: Ratings(table)).value == 1)
        #expect(try pabak(of: Ratings(table)).value == 1)
    }

    @Test func `has no test when one rater never varied`() throws {
        let found = try cohenKappa(of: AgreementTable(counts: [[10, 0], [5, 0]]))

        #expect(abs(found.value) < 1e-15 && found.z == nil && found.nullStandardError == 0)
    }

    @Test func `stays below one when a small sample's interval would not`() throws {
        let found = try cohenKappa(of: AgreementTable(counts: [[9, 1], [0, 9]]))

        #expect(found.value + 1.96 * found.standardError > 1)
        #expect(found.interval.upperBound == 1)
        #expect(found.band == .almostPerfect)
    }

    @Test func `falls into the prevalence paradox where AC1 does not`() throws {
        let table = try AgreementTable(counts: [[90, 4], [5, 1]])

        #expect(try cohenKappa(of: table).band == .slight)
        #expect(try gwetAC(of: Ratings(table)).band == .almostPerfect)
    }

    @Test func `covers the true kappa about as often as promised`() throws {
        var generator = SeededGenerator(state: 95)
        // Margins one half, agreement 0.8, so kappa is 0.6.
        var covered = 0
        for _ in 0..<400 {
            var counts = [[0, 0], [0, 0]]
            for _ in 0..<150 {
                let first = Int.random(in: 0...1, using: &generator)
                counts[first][Double.random(in: 0..<1, using: &generator) < 0.8 ? first : 1 - first] += 1
            }
            if try cohenKappa(of: AgreementTable(counts: counts)).interval.contains(0.6) { covered += 1 }
        }

        #expect((364...394).contains(covered))
    }

    @Test func `takes the largest counts without overflow`() throws {
        let most = 1_000_000_000_000
        let found = try cohenKappa(of: AgreementTable(counts: [[most, 1], [1, most]]), weights: .quadratic)

        #expect(found.value > 0.999_999 && found.standardError > 0 && found.standardError < 1e-11)
    }

    @Test func `says what is wrong with a table`() {
        let tables: [([[Int]], AgreementRefusal)] = [
            ([[1, 2], [3]], .unevenRow(1)), ([[0, 0], [0, 0]], .nothingRatedTwice),
            ([], .outOfRange(OutOfRange(input: "categories", value: 0, allowed: "from 1 to 1000"))),
            (
                [[1, -2], [3, 4]],
                .outOfRange(OutOfRange(input: "counts[0][1]", value: -2, allowed: "from 0 to 1000000000000"))
            ),
        ]
        for (counts, refusal) in tables {
            #expect(throws: refusal) { try AgreementTable(counts: counts) }
        }
        #expect(throws: AgreementRefusal.self) { try AgreementTable(counts: [[.max]]) }
        #expect(throws: AgreementRefusal.self) {
            try AgreementTable(pairs: [(first: 0, second: 2)], categories: 2)
        }
        #expect(throws: AgreementRefusal.self) {
            try AgreementTable(pairs: [(first: -1, second: 0)], categories: 2)
        }
        #expect(throws: AgreementRefusal.nothingRatedTwice) { try AgreementTable(pairs: [], categories: 2) }
        #expect(throws: AgreementRefusal.self) { try AgreementTable(pairs: [], categories: .max) }
    }

    @Test func `says what is wrong with weights and confidence`() throws {
        let table = try AgreementTable(counts: [[5, 1], [1, 5]])
        let wrong: [[[Double]]] = [
            [[1, 0]], [[1, 0], [0]], [[0.9, 0], [0, 1]], [[1, -0.1], [0, 1]], [[1, .nan], [0, 1]], [],
        ]
        for weights in wrong {
            #expect(throws: AgreementRefusal.self) { try cohenKappa(of: table, weights: .own(weights)) }
        }
        #expect(throws: AgreementRefusal.chanceAgreementIsCertain) {
            try cohenKappa(of: table, weights: .own([[1, 1], [1, 1]]))
        }
        for confidence in [0, 1, -1, Double.nan, .infinity] {
            #expect(throws: AgreementRefusal.self) { try cohenKappa(of: table, confidence: confidence) }
            #expect(throws: AgreementRefusal.self) { try gwetAC(of: Ratings(table), confidence: confidence) }
        }
    }
}
