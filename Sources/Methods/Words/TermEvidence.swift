/// How many texts and customers stand behind a term, and where to read them.
public struct TermEvidence: Sendable, Equatable {
    /// In how many documents it occurs, and of how many different customers.
    public let documents, customers: Int
    /// The places (from 0) of up to three documents to quote, of different customers, the best first.
    public let quotes: [Int]
}

/// What it takes to show a term: enough texts of enough people. Settings; reports print the ones they used.
public struct EvidenceRule: Sendable, Equatable {
    /// The fewest documents and the fewest customers.
    public var documents, customers: Int
    /// How many documents to quote at most.
    public var quotes: Int
    /// How many terms a document of a pleasant length has; others are quoted only where these are too few.
    public var quoteLength: ClosedRange<Int>

    /// The usual demands, each of which may be replaced; checked where the rule is used.
    public init(
        documents: Int = 5, customers: Int = 3, quotes: Int = 3, quoteLength: ClosedRange<Int> = 8...60
    ) {
        self.documents = documents
        self.customers = customers
        self.quotes = quotes
        self.quoteLength = quoteLength
    }

    /// Whether there is enough to show.
    public func admits(_ evidence: TermEvidence) -> Bool {
        evidence.documents >= documents && evidence.customers >= customers
    }
}

/// Looks up the evidence of terms in the texts they came from.
///
/// A document is better to quote the nearer its number of terms lies to `rule.quoteLength`, then the earlier
/// it comes; of one customer only the best is quoted. Texts are read customer by customer, so customers are
/// counted exactly in memory that grows with the terms and the documents, not with the words. O(words).
///
/// - Parameters:
///   - rule: how much evidence a term needs, and how many quotes are kept.
///   - terms: those to look up; nil for all there are.
///   - texts: the documents.
///   - customers: who wrote each, as many as there are texts.
///   - tokenizer: the one the terms were made with.
/// - Returns: the evidence of each term that occurs.
/// - Throws: `OutOfRange` naming `customers` when there are not as many as texts, or `rule.quotes` or
///   `rule.quoteLength` below 0.
public func evidence<Customer: Hashable>(
    of terms: Set<String>? = nil, in texts: some RandomAccessCollection<String>, by customers: [Customer],
    tokenizer: Tokenizer, rule: EvidenceRule = EvidenceRule()
) throws(OutOfRange) -> [String: TermEvidence] {
    guard customers.count == texts.count else {
        let count = Double(customers.count)
        throw OutOfRange(input: "customers", value: count, allowed: "as many as texts (\(texts.count))")
    }
    try OutOfRange.check(count: rule.quotes, "rule.quotes")
    try OutOfRange.check(count: rule.quoteLength.lowerBound, "rule.quoteLength")
    var gathering: [String: TermEvidence.Gathering] = [:]
    for (document, customer) in byCustomer(customers) {
        let found = tokenizer.terms(in: texts[texts.index(texts.startIndex, offsetBy: document)])
        let candidate = TermEvidence.Quote(
            distance: distance(of: found.count, to: rule.quoteLength), document: document, customer: customer)
        for term in Set(found) where terms?.contains(term) ?? true {
            gathering[term, default: TermEvidence.Gathering()].add(candidate, keeping: rule.quotes)
        }
    }
    return gathering.mapValues(\.evidence)
}

/// The places of all documents, those of one customer together, with the customer's number.
private func byCustomer<Customer: Hashable>(_ customers: [Customer]) -> [(document: Int, customer: Int)] {
    var numbers: [Customer: Int] = [:]
    var documents: [[Int]] = []
    for (document, customer) in customers.enumerated() {
        let number = numbers[customer, default: documents.count]
        if number == documents.count {
            numbers[customer] = number
            documents.append([])
        }
        documents[number].append(document)
    }
    return documents.enumerated().flatMap { number, places in places.map { ($0, number) } }
}

private func distance(of length: Int, to range: ClosedRange<Int>) -> Int {
    max(range.lowerBound - length, length - range.upperBound, 0)
}

extension TermEvidence {
    /// A document that could be quoted.
    fileprivate struct Quote {
        let distance, document, customer: Int

        func isBetter(than other: Quote) -> Bool {
            (distance, document) < (other.distance, other.document)
        }
    }

    /// Evidence while texts are being read, customer by customer.
    fileprivate struct Gathering {
        var documents = 0
        var customers = 0
        var lastCustomer = -1
        /// The best of different customers, best first.
        var quotes: [Quote] = []

        mutating func add(_ quote: Quote, keeping limit: Int) {
            documents += 1
            if quote.customer != lastCustomer { customers += 1 }
            lastCustomer = quote.customer
            if let own = quotes.firstIndex(where: { $0.customer == quote.customer }) {
                guard quote.isBetter(than: quotes[own]) else { return }
                quotes.remove(at: own)
            }
            let place = quotes.firstIndex { quote.isBetter(than: $0) } ?? quotes.count
            guard place < limit else { return }
            quotes.insert(quote, at: place)
            if quotes.count > limit { quotes.removeLast() }
        }

        var evidence: TermEvidence {
            TermEvidence(documents: documents, customers: customers, quotes: quotes.map(\.document))
        }
    }
}

/// A term that sets one sample apart, with the texts that show it.
public struct DistinctiveTerm: Sendable, Equatable {
    /// How much it differs.
    public let difference: TermDifference
    /// From the sample that uses the term more.
    public let evidence: TermEvidence
}

extension LogOdds {
    /// The terms the first sample uses more and that enough of its documents and customers hold, most
    /// distinctive first.
    ///
    /// - Parameters:
    ///   - evidence: of the first sample’s texts.
    ///   - rule: how much evidence is enough.
    public func firstSample(
        evidence: [String: TermEvidence], rule: EvidenceRule = EvidenceRule()
    ) -> [DistinctiveTerm] {
        terms.filter { $0.delta > 0 }.compactMap { $0.shown(by: evidence, rule) }
    }

    /// The same for the second sample and the evidence of its texts.
    public func secondSample(
        evidence: [String: TermEvidence], rule: EvidenceRule = EvidenceRule()
    ) -> [DistinctiveTerm] {
        terms.reversed().filter { $0.delta < 0 }.compactMap { $0.shown(by: evidence, rule) }
    }
}

extension TermDifference {
    fileprivate func shown(by evidence: [String: TermEvidence], _ rule: EvidenceRule) -> DistinctiveTerm? {
        guard let evidence = evidence[term], rule.admits(evidence) else { return nil }
        return DistinctiveTerm(difference: self, evidence: evidence)
    }
}
