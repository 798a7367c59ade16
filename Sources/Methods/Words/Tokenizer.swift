/// Cuts a text into terms: the words that are counted.
///
/// In this order: the text is put in lower case; words are found (see `Words`); a redaction is dropped; with
/// language rules elisions and endings are taken off, and a negation is joined to the next word that counts;
/// stop words, words that are too short and numbers are dropped; bigrams are added. Joining reaches over
/// dropped words ("not a good" becomes `not_good`), but never over a redaction or over punctuation other than
/// apostrophes. A negation that meets no word stays a term itself.
/// O(length of the text).
public struct Tokenizer: Sendable, Equatable {
    /// What a word is.
    public enum Words: Sendable {
        /// Letters with their marks and digits of any script, with apostrophes inside (’ and ' are the same).
        /// A hyphen ends a word; a run of a script written without spaces, such as Chinese or Thai, is one word.
        case unicode
        /// [a-z]+(?:'[a-z]+)?, in lower case: English letters with at most one apostrophe inside.
        case latinLetters
        /// [A-Za-z0-9_]+, in lower case: what scikit-learn's CountVectorizer reads in English text.
        case latinIdentifiers
    }

    /// What counts as a word.
    public var words: Words
    /// The language's own rules.
    public var rules: LanguageRules
    /// The fewest characters a word may have, counted as a reader sees them, without the negation before it.
    public var minimumLength: Int
    /// Whether words of nothing but x are dropped: what a name or an account number was before it was masked.
    public var dropsRedactions: Bool
    /// Whether words of nothing but digits are dropped.
    public var dropsNumbers: Bool
    /// Whether two terms in a row are a term too, joined by a space, unless punctuation stands between them.
    public var addsBigrams: Bool

    /// A tokeniser of one's own; the standard ones are static members.
    public init(
        words: Words = .unicode, rules: LanguageRules = .none, minimumLength: Int = 2,
        dropsRedactions: Bool = true, dropsNumbers: Bool = true, addsBigrams: Bool = false
    ) {
        self.words = words
        self.rules = rules
        self.minimumLength = minimumLength
        self.dropsRedactions = dropsRedactions
        self.dropsNumbers = dropsNumbers
        self.addsBigrams = addsBigrams
    }

    /// English letters, three or more, with redactions dropped: for the complaints of the American consumer
    /// finance bureau (CFPB), where XXXX hides what is private.
    public static let complaints = Tokenizer(words: .latinLetters, minimumLength: 3, dropsNumbers: false)

    /// [A-Za-z0-9_]{2,} in lower case, nothing dropped: as scikit-learn's vectorizers for English text.
    public static let scikitLearn = Tokenizer(
        words: .latinIdentifiers, dropsRedactions: false, dropsNumbers: false)

    /// The terms of a text in the order they occur, repeated as they are; each bigram follows its second term.
    public func terms(in text: String) -> [String] {
        var terms = TermBuilder(self)
        WordScanner.scan(text.lowercased(), for: words) { word, followsBreak in
            if followsBreak { terms.breakOff() }
            terms.add(word)
        }
        terms.breakOff()
        return terms.terms
    }
}

/// Turns words into terms by a tokeniser's rules.
private struct TermBuilder {
    let tokenizer: Tokenizer
    private(set) var terms: [String] = []
    /// A negation waiting for its word.
    private var negation: String?
    /// The term before, if nothing stands between.
    private var previous: String?

    init(_ tokenizer: Tokenizer) { self.tokenizer = tokenizer }

    private var rules: LanguageRules { tokenizer.rules }

    /// Ends a stretch of words: nothing is joined over it.
    mutating func breakOff() {
        stateNegation()
        previous = nil
    }

    mutating func add(_ raw: String) {
        if isRedaction(raw) { return breakOff() }
        let word = withoutAttachments(raw)
        if let negation = negation(in: word) {
            stateNegation()
            self.negation = negation
            return
        }
        guard counts(word) else { return }
        append(negation.map { "\($0)_\(word)" } ?? word)
        negation = nil
    }

    private mutating func stateNegation() {
        guard let negation else { return }
        self.negation = nil
        append(negation)
    }

    private mutating func append(_ term: String) {
        terms.append(term)
        if tokenizer.addsBigrams, let previous { terms.append("\(previous) \(term)") }
        previous = term
    }

    private func isRedaction(_ word: String) -> Bool {
        tokenizer.dropsRedactions && word.utf8.allSatisfy { $0 == UInt8(ascii: "x") }
    }

    private func counts(_ word: String) -> Bool {
        guard word.utf8.count >= tokenizer.minimumLength, word.count >= tokenizer.minimumLength else {
            return false
        }
        if rules.stopWords.contains(word) || isRedaction(word) { return false }
        return !(tokenizer.dropsNumbers && word.utf8.allSatisfy { (0x30...0x39).contains($0) })
    }

    private func withoutAttachments(_ word: String) -> String {
        guard !(rules.elisions.isEmpty && rules.endings.isEmpty), word.utf8.contains(UInt8(ascii: "'")) else {
            return word
        }
        var rest = word[...]
        while let mark = rest.firstIndex(of: "'"), rules.elisions.contains(String(rest[..<mark])) {
            rest = rest[rest.index(after: mark)...]
        }
        let ending = longest(of: rules.endings, endingIn: rest)
        guard let ending, rest.utf8.count > ending.utf8.count else { return String(rest) }
        return String(rest.dropLast(ending.count))
    }

    private func negation(in word: String) -> String? {
        if rules.negations.contains(word) { return word }
        guard !rules.negatingEndings.isEmpty, word.utf8.contains(UInt8(ascii: "'")) else { return nil }
        let ending = longest(of: rules.negatingEndings.keys, endingIn: word[...])
        return ending.flatMap { rules.negatingEndings[$0] }
    }

    /// Of several that fit, the longest, so that a set's order never shows.
    private func longest(of endings: some Sequence<String>, endingIn word: Substring) -> String? {
        endings.filter { word.hasSuffix($0) }.max { ($0.count, $0) < ($1.count, $1) }
    }
}
