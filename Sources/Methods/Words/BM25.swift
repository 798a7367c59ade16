/// Finds documents by words, best match first.
///
/// score = Σ over distinct query terms of ln(1 + (N − df + 0.5)/(df + 0.5)) · f / (f + k₁(1 − b + b·l/l̄)), f the
/// term’s count in a document of l terms. This is Lucene’s form since version 8 (the constant k₁ + 1 left
/// out, which ranks the same, and an idf that is never negative). The index keeps a posting for every
/// distinct term of every document.
/// Source: S. Robertson, H. Zaragoza, 2009, Foundations and Trends in Information Retrieval 3, 333–389.
public struct BM25: Sendable {
    /// A document found.
    public struct Match: Sendable, Equatable {
        /// Its place, from 0.
        public let document: Int
        /// Above 0; comparable within one index only.
        public let score: Double
    }

    /// How many documents were indexed.
    public let documents: Int
    /// How soon repeating a term stops helping, k₁, and how far long documents are marked down, b.
    public let saturation, lengthPenalty: Double
    private var postings: [String: [Posting]] = [:]
    private var lengths: [Int] = []
    private let meanLength: Double

    private struct Posting: Sendable {
        let document, count: Int
    }

    /// - Parameters:
    ///   - documents: the terms of each.
    ///   - saturation: k₁, 0 to 1000; 1.2 is usual.
    ///   - lengthPenalty: b, 0 to 1; 0.75 is usual.
    /// - Throws: `OutOfRange` naming `saturation` or `lengthPenalty`.
    public init(
        _ documents: some Sequence<[String]>, saturation: Double = 1.2, lengthPenalty: Double = 0.75
    ) throws(OutOfRange) {
        try OutOfRange.check(saturation, "saturation", in: 0...1000)
        try OutOfRange.check(lengthPenalty, "lengthPenalty", in: 0...1)
        var words = 0
        for terms in documents {
            var counts: [String: Int] = [:]
            for term in terms { counts[term, default: 0] += 1 }
            for (term, count) in counts {
                postings[term, default: []].append(Posting(document: lengths.count, count: count))
            }
            lengths.append(terms.count)
            words += terms.count
        }
        self.documents = lengths.count
        self.saturation = saturation
        self.lengthPenalty = lengthPenalty
        meanLength = words > 0 ? Double(words) / Double(lengths.count) : 1
    }

    /// The best matches of a query; ties, to the earlier document. Terms no document has are ignored, as are
    /// repeats. O(postings of the query’s terms), plus sorting what they hit.
    ///
    /// - Throws: `OutOfRange` naming `limit` below 0.
    public func matches(_ query: [String], limit: Int = 10) throws(OutOfRange) -> [Match] {
        try OutOfRange.check(count: limit, "limit")
        var scores: [Int: Double] = [:]
        // In order, so that sums round alike on every run.
        for term in Set(query).sorted() {
            guard let found = postings[term] else { continue }
            let holding = Double(found.count)
            let weight = log1p((Double(documents) - holding + 0.5) / (holding + 0.5))
            for posting in found {
                let length = Double(lengths[posting.document]) / meanLength
                let damping = saturation * (1 - lengthPenalty + lengthPenalty * length)
                let count = Double(posting.count)
                scores[posting.document, default: 0] += weight * count / (count + damping)
            }
        }
        let order = scores.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return order.prefix(limit).map { Match(document: $0.key, score: $0.value) }
    }
}
