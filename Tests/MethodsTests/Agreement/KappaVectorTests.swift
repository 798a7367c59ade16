import Foundation
import Methods
import Testing

@Suite(
    .enabled(
        if: SharedFolder.has("vectors/kappa.json"),
        "shared/vectors/kappa.json is not here; set REGULARS_SHARED to check against it"))
struct `Matching the reference agreements` {
    struct Vectors: Decodable {
        let cases: [Case]
        let fleiss: [Fleiss]
        let krippendorff_QA_4level: [String: Double]
        let qa_sample_size: Sizes
        let landis_koch: [[String]]
    }

    struct Case: Decodable {
        let name: String
        let table: [[Int]]
        let unweighted: Kappa
        let linear, quadratic: Kappa?
        let percent_agreement, pabak_bennett_S, gwet_ac1, scott_pi: Double
    }

    struct Kappa: Decodable {
        let n: Int
        let po, pe, kappa, se, se_null, z, lo95, hi95: Double
    }

    struct Fleiss: Decodable {
        let name: String
        let ratings: [[Int]]?
        let counts: [[Int]]
        let P_bar, P_e, kappa: Double
        let se_null, z: Double?
    }

    struct Sizes: Decodable {
        let rows: [Row]
        let zero_defects_rule_of_three: [Bound]
    }

    struct Row: Decodable {
        let p, e: Double
        let N: Int?
        let n: Int
    }

    struct Bound: Decodable {
        let n: Int
        let upper95_exact, rule_of_3: Double
    }

    let vectors: Vectors

    init() throws {
        let file = try #require(SharedFolder.file("vectors/kappa.json"))
        vectors = try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file))
        try #require(vectors.cases.count == 7 && vectors.fleiss.count == 2)
        try #require(vectors.qa_sample_size.rows.count == 27)
        try #require(vectors.qa_sample_size.zero_defects_rule_of_three.count == 4)
    }

    private func near(_ found: Double, _ expected: Double) -> Bool {
        abs(found - expected) <= 1e-13 * max(1, abs(expected))
    }

    @Test func `gives the same kappas, standard errors and intervals`() throws {
        for reference in vectors.cases {
            let kappas: [(AgreementWeights, Kappa?)] = [
                (.identity, reference.unweighted), (.linear, reference.linear),
                (.quadratic, reference.quadratic),
            ]
            for case (let weights, let expected?) in kappas {
                let table = try AgreementTable(counts: reference.table)
                let found = try cohenKappa(of: table, weights: weights)

                #expect(table.total == expected.n, "\(reference.name)")
                #expect(near(found.observed, expected.po) && near(found.expected, expected.pe))
                #expect(near(found.value, expected.kappa), "\(reference.name)")
                #expect(near(found.standardError, expected.se), "\(reference.name)")
                #expect(near(found.nullStandardError, expected.se_null), "\(reference.name)")
                #expect(found.z.map { near($0, expected.z) } == true, "\(reference.name)")
                #expect(near(found.interval.lowerBound, expected.lo95), "\(reference.name)")
                #expect(near(found.interval.upperBound, expected.hi95), "\(reference.name)")
            }
        }
    }

    @Test func `gives the same AC1, PABAK and Scott's pi`() throws {
        for reference in vectors.cases {
            let ratings = Ratings(try AgreementTable(counts: reference.table))

            #expect(near(try gwetAC(of: ratings).value, reference.gwet_ac1), "\(reference.name)")
            #expect(near(try gwetAC(of: ratings).observed, reference.percent_agreement), "\(reference.name)")
            #expect(near(try pabak(of: ratings).value, reference.pabak_bennett_S), "\(reference.name)")
            #expect(near(try fleissKappa(of: ratings).value, reference.scott_pi), "\(reference.name)")
        }
    }

    @Test func `gives the same figures in any order of raters and cases`() throws {
        var generator = SeededGenerator(state: 1971)
        for reference in vectors.cases {
            var pairs: [(first: Int, second: Int)] = []
            for (i, row) in reference.table.enumerated() {
                for (j, count) in row.enumerated() { pairs += (0..<count).map { _ in (i, j) } }
            }
            pairs.shuffle(using: &generator)
            let table = try AgreementTable(pairs: pairs, categories: reference.table.count)
            let choices = pairs.map {
                Bool.random(using: &generator) ? [$0.first, $0.second] : [$0.second, $0.first]
            }
            let ratings = try Ratings(choices: choices, categories: reference.table.count)

            #expect(try cohenKappa(of: table) == cohenKappa(of: AgreementTable(counts: reference.table)))
            #expect(near(try gwetAC(of: ratings).value, reference.gwet_ac1), "\(reference.name)")
            #expect(near(try fleissKappa(of: ratings).value, reference.scott_pi), "\(reference.name)")
        }
    }

    @Test func `gives the same Fleiss kappas from counts and from ratings`() throws {
        var generator = SeededGenerator(state: 30)
        for reference in vectors.fleiss {
            var sources = [try Ratings(counts: reference.counts.shuffled(using: &generator))]
            if let ratings = reference.ratings {
                let choices = ratings.map { $0.shuffled(using: &generator).map { Optional($0 - 1) } }
                sources.append(try Ratings(choices: choices.shuffled(using: &generator), categories: 5))
            }
            for source in sources {
                let found = try fleissKappa(of: source)

                #expect(near(found.observed, reference.P_bar) && near(found.expected, reference.P_e))
                #expect(near(found.value, reference.kappa), "\(reference.name)")
                if let z = reference.z {
                    #expect(found.z.map { near($0, z) } == true, "\(reference.name)")
                }
            }
        }
    }

    @Test func `gives the same Krippendorff alphas`() throws {
        let table = try #require(vectors.cases.first { $0.name == "QA 4-level" }).table
        let ratings = Ratings(try AgreementTable(counts: table))
        #expect(vectors.krippendorff_QA_4level.count == 2)
        for (name, expected) in vectors.krippendorff_QA_4level {
            let level = try #require(MeasurementLevel(rawValue: name))

            #expect(near(try krippendorffAlpha(of: ratings, level: level), expected), "\(name)")
        }
    }

    @Test func `gives the same audit sizes and clean-sheet bounds`() throws {
        for row in vectors.qa_sample_size.rows {
            let size = try auditSampleSize(margin: row.e, share: row.p, population: row.N)

            #expect(size == row.n, "p \(row.p), e \(row.e), N \(row.N ?? 0)")
        }
        for bound in vectors.qa_sample_size.zero_defects_rule_of_three {
            let found = try zeroDefectBound(clean: bound.n)

            #expect(near(found.exact, bound.upper95_exact) && near(found.ruleOfThree, bound.rule_of_3))
        }
    }

    @Test func `puts the ends of the bands in the same words`() throws {
        let words = ["almost perfect": AgreementBand.almostPerfect]
        #expect(vectors.landis_koch.count == 6)
        for row in vectors.landis_koch {
            let band = try #require(words[row[1]] ?? AgreementBand(rawValue: row[1]))
            let ends = row[0] == "<0" ? [-0.01] : row[0].split(separator: "-").compactMap { Double($0) }

            for end in ends { #expect(try AgreementBand(of: end) == band, "\(row[0])") }
        }
    }
}
