import Foundation
import Methods
import Testing

@Suite struct `Finding similar documents` {
    private let documents = [
        "late delivery late again", "delivery was late and box damaged", "great friendly staff",
        "friendly staff great service", "invoice wrong amount", "wrong invoice again",
    ].map { $0.split(separator: " ").map(String.init) }

    /// bm25s 0.2 with method "lucene", in double precision.
    @Test(arguments: [
        (1.2, 0.75, [1.5553982255768535, 0.7602326354788648, 0.5136929847107731]),
        (1.5, 0.75, [1.3881339491878764, 0.6566723492593869, 0.4565059584610437]),
        (2.0, 0.0, [1.201222653378018, 0.6864129447874388, 0.3432064723937194]),
    ])
    func `scores as Lucene does`(_ saturation: Double, _ penalty: Double, _ expected: [Double]) throws {
        let index = try BM25(documents, saturation: saturation, lengthPenalty: penalty)
        let found = try index.matches(["late", "delivery", "again", "late", "unheard"])

        #expect(found.map(\.document) == [0, 1, 5])
        for (match, score) in zip(found, expected) { #expect(abs(match.score - score) < 1e-14) }
    }

    @Test func `scores as the formula read document by document`() throws {
        var generator = SeededGenerator(state: 25)
        let words = (0..<12).map { "w\($0)" }
        for _ in 0..<20 {
            let texts = (0..<30).map { _ in
                (0..<Int.random(in: 0...15, using: &generator)).map { _ in
                    words.randomElement(using: &generator) ?? ""
                }
            }
            let query = Array(words.shuffled(using: &generator).prefix(3))
            let mean = Double(texts.reduce(0) { $0 + $1.count }) / 30
            let expected = texts.map { text in
                query.reduce(0.0) { sum, word in
                    let holding = Double(texts.count { $0.contains(word) })
                    let count = Double(text.count { $0 == word })
                    let idf = Foundation.log(1 + (30 - holding + 0.5) / (holding + 0.5))
                    return sum + idf * count / (count + 1.2 * (0.25 + 0.75 * Double(text.count) / mean))
                }
            }
            let found = try BM25(texts).matches(query, limit: 30)

            #expect(found.count == expected.count { $0 > 0 })
            for match in found { #expect(abs(match.score - expected[match.document]) < 1e-13) }
            for (one, next) in zip(found, found.dropFirst()) {
                #expect(one.score > next.score || (one.score == next.score && one.document < next.document))
            }
        }
    }

    @Test func `finds nothing in nothing`() throws {
        #expect(try BM25([[String]]()).matches(["late"]).isEmpty)
        #expect(try BM25([[], []]).matches(["late"]).isEmpty)
        #expect(try BM25(documents).matches([]).isEmpty)
        #expect(try BM25(documents).matches(["late"], limit: 0).isEmpty)
        #expect(TFIDF([[String]]()).vector(of: ["late"]).indices.isEmpty)
    }

    @Test func `finds a document most like itself, and nothing in common with strangers`() throws {
        let model = TFIDF(documents)
        let vectors = documents.map(model.vector)

        for vector in vectors {
            #expect(vector.cosine(with: vector).map { abs($0 - 1) < 1e-15 } == true)
            #expect(abs(vector.norm - 1) < 1e-15)
        }
        #expect(vectors[0].cosine(with: vectors[2]) == 0)
        // By hand from the rows in logodds.json: 0.408248290464 × 0.354693960023 + 0.816496580928 × 0.354693960023.
        #expect(vectors[0].cosine(with: vectors[1]).map { abs($0 - 0.434409608) < 1e-9 } == true)
        #expect(model.vector(of: ["unheard"]).cosine(with: vectors[0]) == nil)
    }

    @Test func `takes cosines of very large and very small numbers`() throws {
        for scale in [1e-300, 1e300] {
            let one = try SparseVector(indices: [0, 2, 9], values: [3 * scale, -4 * scale, 0])
            let other = try SparseVector(indices: [0, 1, 2], values: [3 * scale, 5 * scale, 4 * scale])

            #expect(abs(one.norm / scale - 5) < 1e-14)
            #expect(
                one.cosine(with: other).map { abs($0 - (9.0 - 16) / (5 * 50.0.squareRoot())) < 1e-15 } == true
            )
        }
    }

    @Test func `multiplies like full rows`() throws {
        var generator = SeededGenerator(state: 3)
        for _ in 0..<50 {
            let rows = (0..<2).map { _ in
                (0..<30).map { _ in
                    Bool.random(using: &generator) ? Double.random(in: -1...1, using: &generator) : 0
                }
            }
            let sparse = try rows.map { row in
                let places = row.indices.filter { row[$0] != 0 }
                return try SparseVector(indices: places, values: places.map { row[$0] })
            }
            let expected = zip(rows[0], rows[1]).reduce(0) { $0 + $1.0 * $1.1 }

            #expect(abs(sparse[0].dot(sparse[1]) - expected) < 1e-14)
            for (place, value) in rows[0].enumerated() { #expect(sparse[0][place] == value) }
        }
    }

    @Test func `refuses vectors and settings that cannot be`() {
        #expect(throws: OutOfRange.self) { try SparseVector(indices: [1], values: []) }
        #expect(throws: OutOfRange.self) { try SparseVector(indices: [2, 1], values: [1, 1]) }
        #expect(throws: OutOfRange.self) { try SparseVector(indices: [1, 1], values: [1, 1]) }
        #expect(throws: OutOfRange.self) { try SparseVector(indices: [-1], values: [1]) }
        #expect(throws: OutOfRange.self) { try SparseVector(indices: [1], values: [.nan]) }
        #expect(throws: OutOfRange.self) { try BM25(documents, saturation: -1) }
        #expect(throws: OutOfRange.self) { try BM25(documents, saturation: .nan) }
        #expect(throws: OutOfRange.self) { try BM25(documents, lengthPenalty: 1.1) }
        #expect(throws: OutOfRange.self) { try BM25(documents).matches(["late"], limit: -1) }
    }
}

@Suite struct `Telling classes of texts apart` {
    private let classes = ["late late box", "kind kind staff late", ""].map {
        TermCounts([Tokenizer().terms(in: $0)], counting: .occurrences)
    }

    @Test func `lists the heaviest terms of a class first`() throws {
        let model = try ClassTFIDF(classes)
        let top = try model.top(2, ofClass: 1)

        #expect(top.map(\.term) == ["kind", "staff"])
        // A = int(7 words / 3 classes) = 2: kind 2/4 · ln(1 + 2/2), staff 1/4 · ln(1 + 2/1).
        #expect(abs(top[0].weight - 0.34657359027997264) < 1e-15)
        #expect(abs(top[1].weight - 0.27465307216702745) < 1e-15)
        #expect(try model.top(5, ofClass: 2).isEmpty)
        #expect(try model.top(0, ofClass: 0).isEmpty)
    }

    @Test func `marks down with bm25 what is more frequent than a mean class is long`() throws {
        let model = try ClassTFIDF(classes, weighting: .bm25)

        // f = 3 against A = 2: ln(3 / 3.5).
        #expect(
            abs(model.classes[0][model.terms.firstIndex(of: "late") ?? 0] - 2.0 / 3 * -0.15415067982725827)
                < 1e-15)
    }

    @Test func `refuses classes it does not have or that are counted differently`() throws {
        #expect(try ClassTFIDF([]).terms.isEmpty)
        #expect(throws: OutOfRange.self) { try ClassTFIDF(classes).top(1, ofClass: 3) }
        #expect(throws: OutOfRange.self) { try ClassTFIDF(classes).top(1, ofClass: -1) }
        #expect(throws: OutOfRange.self) { try ClassTFIDF(classes).top(-1, ofClass: 0) }
        #expect(throws: WordsRefusal.countedDifferently) { try ClassTFIDF(classes + [TermCounts()]) }
    }
}
