/// How often each term occurs in a body of texts: all that most questions need, in memory that grows with
/// the vocabulary and not with the texts.
public struct TermCounts: Sendable, Equatable {
    /// What is counted.
    public enum Counting: Sendable {
        /// The documents a term occurs in: one long complaint counts once, however often it repeats itself.
        case documents
        /// Every time it occurs.
        case occurrences
    }

    /// Above 0 for every term in it.
    public private(set) var counts: [String: Int] = [:]
    /// The counts added up.
    public private(set) var total = 0
    /// How many texts were added, empty ones too.
    public private(set) var documents = 0
    /// What one count is: a document or an occurrence.
    public let counting: Counting

    /// Empty counts.
    public init(counting: Counting = .documents) { self.counting = counting }

    /// Counts the terms of documents, each as `Tokenizer.terms(in:)` gives it.
    public init(_ documents: some Sequence<[String]>, counting: Counting = .documents) {
        self.init(counting: counting)
        for terms in documents { add(terms) }
    }

    /// Takes over counts made elsewhere; zeros leave no trace.
    ///
    /// - Throws: `OutOfRange` naming the count unless it, and the sum of all, is from 0 to 10¹².
    public init(
        counts: [String: Int], documents: Int = 0, counting: Counting = .occurrences
    ) throws(OutOfRange) {
        try OutOfRange.check(count: documents, "documents")
        for (term, count) in counts {
            try OutOfRange.check(count: count, "counts[\(term)]")
            total += count
            try OutOfRange.check(count: total, "the sum of counts")
        }
        self.counts = counts.filter { $0.value > 0 }
        self.documents = documents
        self.counting = counting
    }

    /// Counts one more document.
    public mutating func add(_ terms: [String]) {
        documents += 1
        switch counting {
        case .occurrences:
            for term in terms { counts[term, default: 0] += 1 }
            total += terms.count
        case .documents:
            let distinct = Set(terms)
            for term in distinct { counts[term, default: 0] += 1 }
            total += distinct.count
        }
    }

    /// Adds another body of texts: weeks into months, say.
    ///
    /// - Throws: `WordsRefusal`: `countedDifferently`, or `outOfRange` when all counts together pass 10¹²; then
    ///   nothing was added.
    public mutating func add(_ other: TermCounts) throws(WordsRefusal) {
        guard counting == other.counting else { throw .countedDifferently }
        let (total, documents) = (total + other.total, documents + other.documents)
        try WordsRefusal.passing { () throws(OutOfRange) in
            try OutOfRange.check(count: total, "the sum of counts")
            try OutOfRange.check(count: documents, "documents")
        }
        counts.merge(other.counts, uniquingKeysWith: +)
        (self.total, self.documents) = (total, documents)
    }

    /// How often a term was counted; 0 for one never seen.
    public subscript(term: String) -> Int { counts[term] ?? 0 }
}
