/// What distinguishes each of several groups of texts, such as products or topics: class-based TF-IDF.
///
/// The weight of a term in a class is its share of the class’s counts times ln(1 + A/f), f its count over all
/// classes and A the mean count of a class, cut to a whole number. As in BERTopic 0.17.4, which counts
/// occurrences. Source: M. Grootendorst, 2022, arXiv:2203.05794, and ClassTfidfTransformer.
public struct ClassTFIDF: Sendable {
    /// How the weight of a term over all classes is taken.
    public enum Weighting: Sendable {
        /// ln(1 + A/f): never negative.
        case standard
        /// ln(1 + (A − f + 0.5)/(f + 0.5)): lower for common terms, and negative for those above A.
        case bm25
    }

    /// Every term of any class, in order.
    public let terms: [String]
    /// The weights of each class’s terms, by the places of `terms`; a class without terms is all zeros.
    public let classes: [SparseVector]

    /// - Parameters:
    ///   - classes: the counts of each, counted alike.
    ///   - weighting: see `Weighting`.
    ///   - reducesFrequentTerms: takes the root of a term’s share of its class.
    /// - Throws: `WordsRefusal`: `countedDifferently`, or `outOfRange` when all counts together pass 10¹².
    public init(
        _ classes: [TermCounts], weighting: Weighting = .standard, reducesFrequentTerms: Bool = false
    ) throws(WordsRefusal) {
        var all = TermCounts(counting: classes.first?.counting ?? .documents)
        for counts in classes { try all.add(counts) }
        let terms = all.counts.keys.sorted()
        let index = Dictionary(uniqueKeysWithValues: terms.enumerated().map { ($1, $0) })
        let mean = Double(all.total / max(1, classes.count))
        let weights = terms.map { Self.weight(of: Double(all[$0]), mean, weighting) }
        self.terms = terms
        self.classes = classes.map { counts in
            let places = counts.counts.keys.compactMap { index[$0] }.sorted()
            let values = places.map { place in
                let share = Double(counts[terms[place]]) / Double(counts.total)
                return (reducesFrequentTerms ? sqrt(share) : share) * weights[place]
            }
            return SparseVector(checked: places, values)
        }
    }

    private static func weight(of count: Double, _ mean: Double, _ weighting: Weighting) -> Double {
        switch weighting {
        case .standard: log1p(mean / count)
        case .bm25: log1p((mean - count + 0.5) / (count + 0.5))
        }
    }

    /// The terms that distinguish a class, heaviest first; ties in order of the term.
    ///
    /// - Throws: `OutOfRange` naming `place` unless there is such a class, or `limit` below 0.
    public func top(_ limit: Int, ofClass place: Int) throws(OutOfRange) -> [(term: String, weight: Double)] {
        guard classes.indices.contains(place) else {
            throw OutOfRange(
                input: "place", value: Double(place), allowed: "0 or more and below \(classes.count)")
        }
        try OutOfRange.check(count: limit, "limit")
        let row = classes[place]
        let order = row.indices.indices.sorted {
            (row.values[$1], row.indices[$0]) < (row.values[$0], row.indices[$1])
        }
        return order.prefix(limit).map { (terms[row.indices[$0]], row.values[$0]) }
    }
}
