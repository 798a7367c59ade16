import Foundation
import Methods
import Testing

@Suite(
    .enabled(
        if: SharedFolder.has("vectors/logodds.json"),
        "shared/vectors/logodds.json is not here; set REGULARS_SHARED to check against it"))
struct `Matching the reference word counts` {
    struct Vectors: Decodable {
        let uninformative_example, dict_example, informative_example: Example
        let tfidf_sklearn: TFIDFExample
        let ctfidf_bertopic: Classes
    }

    struct Example: Decodable {
        let corpus1, corpus2: [String: Int]
        let prior_each: Double?
        let background: [String: Int]?
        let alpha0: Double?
        let result: [String: Term]
    }

    struct Term: Decodable {
        let y1, y2: Int
        let alpha, delta, z, z_full_variance: Double
        let `var`: Double
    }

    struct TFIDFExample: Decodable {
        let docs, features: [String]
        let idf: [Double]
        let matrix: [[Double]]
    }

    struct Classes: Decodable {
        let classes, features: [String]
        let `default`, bm25_weighting, reduce_frequent_words: [[Double]]
    }

    let vectors: Vectors

    init() throws {
        let file = try #require(SharedFolder.file("vectors/logodds.json"))
        vectors = try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file))
        try #require(vectors.uninformative_example.result.count == 11)
        try #require(vectors.dict_example.result.count == 5 && vectors.informative_example.result.count == 5)
        try #require(vectors.tfidf_sklearn.matrix.count == 6 && vectors.ctfidf_bertopic.default.count == 3)
    }

    private func near(_ found: Double, _ expected: Double) -> Bool {
        abs(found - expected) <= 2e-14 * max(1, abs(expected))
    }

    private func prior(of example: Example) throws -> DirichletPrior {
        if let each = example.prior_each { return .uninformative(each: each) }
        let background = try TermCounts(counts: #require(example.background))
        return .informative(background: background, strength: try #require(example.alpha0))
    }

    @Test func `gives the same log-odds, variances and z`() throws {
        for example in [vectors.uninformative_example, vectors.dict_example, vectors.informative_example] {
            let found = try logOdds(
                of: TermCounts(counts: example.corpus1), against: TermCounts(counts: example.corpus2),
                prior: prior(of: example))

            #expect(found.terms.count == example.result.count && found.leftOut.isEmpty)
            for term in found.terms {
                let expected = try #require(example.result[term.term])
                #expect(term.first == expected.y1 && term.second == expected.y2)
                #expect(near(term.prior, expected.alpha) && near(term.delta, expected.delta), "\(term.term)")
                #expect(near(term.variance, expected.var) && near(term.z, expected.z), "\(term.term)")
                #expect(near(term.zWithFullVariance, expected.z_full_variance), "\(term.term)")
            }
            #expect(found.terms.map(\.z) == found.terms.map(\.z).sorted(by: >))
        }
    }

    @Test func `gives the same TF-IDF, in any order of documents`() throws {
        let example = vectors.tfidf_sklearn
        var generator = SeededGenerator(state: 9)
        let order = example.docs.indices.shuffled(using: &generator)
        let documents = example.docs.map(Tokenizer.scikitLearn.terms)
        let model = TFIDF(order.map { documents[$0] })

        #expect(model.terms == example.features)
        for (found, expected) in zip(model.idf, example.idf) { #expect(near(found, expected)) }
        for (document, row) in zip(documents, example.matrix) {
            let vector = model.vector(of: document)
            for (place, expected) in row.enumerated() { #expect(abs(vector[place] - expected) < 1e-12) }
        }
    }

    @Test func `gives the same class-based TF-IDF in all three forms`() throws {
        let example = vectors.ctfidf_bertopic
        let classes = example.classes.map {
            TermCounts([Tokenizer.scikitLearn.terms(in: $0)], counting: .occurrences)
        }
        let forms = [
            (try ClassTFIDF(classes), example.default),
            (try ClassTFIDF(classes, weighting: .bm25), example.bm25_weighting),
            (try ClassTFIDF(classes, reducesFrequentTerms: true), example.reduce_frequent_words),
        ]
        for (found, matrix) in forms {
            #expect(found.terms == example.features)
            for (row, expected) in zip(found.classes, matrix) {
                for (place, weight) in expected.enumerated() { #expect(abs(row[place] - weight) < 1e-12) }
            }
        }
    }
}
