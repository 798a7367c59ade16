/// How a language's small words are treated before terms are counted.
///
/// All words in lower case, with a plain apostrophe. The ready-made rules hold grammar only; stop words are
/// the caller's, because which words say nothing depends on the shop.
public struct LanguageRules: Sendable, Equatable {
    /// Words that are never terms.
    public var stopWords: Set<String>
    /// What may stand before an apostrophe without being a word of its own: `l` in "l'achat", which becomes
    /// `achat`. Several are taken off one after the other.
    public var elisions: Set<String>
    /// What may stand at the end of a word without belonging to it: `'s` in "customer's".
    public var endings: Set<String>
    /// Words that turn the next one around: "not work" becomes `not_work`.
    public var negations: Set<String>
    /// Endings that do the same, and the negation they stand for: with `n't` → `not`, "doesn't work" becomes
    /// `not_work` too.
    public var negatingEndings: [String: String]

    /// Rules of one's own; what is left out is empty.
    public init(
        stopWords: Set<String> = [], elisions: Set<String> = [], endings: Set<String> = [],
        negations: Set<String> = [], negatingEndings: [String: String] = [:]
    ) {
        self.stopWords = stopWords
        self.elisions = elisions
        self.endings = endings
        self.negations = negations
        self.negatingEndings = negatingEndings
    }

    /// No rules: every word as it stands.
    public static let none = LanguageRules()

    /// English: possessive 's taken off, not, never, no, without, cannot and n't kept with the next word.
    public static func english(stopWords: Set<String> = []) -> LanguageRules {
        LanguageRules(
            stopWords: stopWords, endings: ["'s"], negations: ["not", "never", "no", "without", "cannot"],
            negatingEndings: ["n't": "not"])
    }

    /// French: elided articles and pronouns taken off ("l'achat", "qu'il", "n'est"), pas, jamais, aucun, sans
    /// and ni kept with the next word. "Ne" alone says nothing: list it among the stop words. "Plus" is not a
    /// negation here, as it means more at least as often.
    public static func french(stopWords: Set<String> = []) -> LanguageRules {
        LanguageRules(
            stopWords: stopWords,
            elisions: ["c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"],
            negations: ["pas", "jamais", "aucun", "aucune", "sans", "ni"])
    }
}
