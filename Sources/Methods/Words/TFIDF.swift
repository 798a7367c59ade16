/// Turns documents into vectors in which rare terms weigh more, for finding similar ones.
///
/// scikit-learn’s convention: idf = ln((1 + n)/(1 + df)) + 1, times the count of the term in the document,
/// rows scaled to length 1. Memory grows with the vocabulary. Source: the documentation of scikit-learn’s
/// TfidfTransformer (smooth_idf true, sublinear_tf false, norm l2).
public struct TFIDF: Sendable {
    /// Every term of the documents it was made from, in order.
    public let terms: [String]
    /// The weight of each, 1 or more.
    public let idf: [Double]
    private let index: [String: Int]

    /// Learns the weights; O(words), plus sorting the vocabulary. No documents give an empty vocabulary.
    public init(_ documents: some Sequence<[String]>) {
        let counts = TermCounts(documents)
        terms = counts.counts.keys.sorted()
        idf = terms.map { log((1 + Double(counts.documents)) / (1 + Double(counts[$0]))) + 1 }
        index = Dictionary(uniqueKeysWithValues: terms.enumerated().map { ($1, $0) })
    }

    /// The vector of a document, by the places of `terms`; terms never seen before say nothing, so a document
    /// of only such terms is all zeros.
    public func vector(of document: [String]) -> SparseVector {
        var counts: [Int: Int] = [:]
        for term in document {
            if let place = index[term] { counts[place, default: 0] += 1 }
        }
        let places = counts.keys.sorted()
        let values = places.map { Double(counts[$0] ?? 0) * idf[$0] }
        return SparseVector(checked: places, values).normalized
    }
}
