import Methods

/// The languages whose small words we know, so that texts are compared within one language only.
enum SpokenLanguage: String, Codable, CaseIterable, Sendable {
    case english = "en"
    case german = "de"
    case french = "fr"

    /// What counts as a word in this language, two words in a row as well.
    var tokenizer: Tokenizer {
        let rules: LanguageRules =
            switch self {
            case .english: .english(stopWords: stopWords)
            case .german:
                LanguageRules(
                    stopWords: stopWords,
                    negations: ["nicht", "kein", "keine", "keinen", "keiner", "keinem", "nie", "ohne"])
            case .french: .french(stopWords: stopWords)
            }
        return Tokenizer(rules: rules, addsBigrams: true)
    }

    var stopWords: Set<String> {
        switch self {
        case .english: SpokenLanguage.englishWords
        case .german: SpokenLanguage.germanWords
        case .french: SpokenLanguage.frenchWords
        }
    }

    /// What a text is written in by its small words; `fallback` where it has none or two languages have as many.
    static func of(_ text: String, fallback: SpokenLanguage?) -> SpokenLanguage? {
        let words = Tokenizer().terms(in: String(text.prefix(2000)).replacing("'", with: " "))
        let hits = allCases.map { language in
            (language, words.count { language.stopWords.contains($0) || language.marks.contains($0) })
        }
        guard let best = hits.max(by: { $0.1 < $1.1 }), best.1 > 0 else { return fallback }
        let tied = hits.filter { $0.1 == best.1 }.map(\.0)
        if tied.count == 1 { return best.0 }
        return fallback.flatMap { tied.contains($0) ? $0 : nil }
    }

    /// Small words that are kept when counting because they turn others round.
    private var marks: Set<String> {
        switch self {
        case .english: ["not", "never", "no", "without"]
        case .german: ["nicht", "kein", "keine", "nie", "ohne"]
        case .french: ["pas", "jamais", "aucun", "aucune", "sans"]
        }
    }

    private static func words(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    private static let englishWords = words(
        """
        the a an and or but if then than so as of at by for with about into through during before after above below to
        from up down in out on off over under again once here there when where why how all any both each few more most
        other some such only own same too very can will just should now i me my we our ours you your yours he him his
        she her it its they them their what which who whom this that these those am is are was were be been being have
        has had having do does did doing would could also because while i'm i've you're it's we're they're isn
        """)

    private static let germanWords = words(
        """
        der die das den dem des ein eine einen einem einer eines und oder aber wenn dann als so wie von zu zum zur mit
        bei für über unter nach vor aus an am auf im in ist sind war waren sein bin bist hat habe haben hatte hatten
        wird werden wurde wurden kann können konnte muss ich mich mir mein meine meinen wir uns unser unsere du dich
        dir dein sie ihr ihre ihren er ihn ihm es man sich dass das daß auch noch nur schon sehr mehr hier da dort was
        wer wo warum weil um durch gegen bis alle alles immer wieder doch mal ja diese dieser dieses diesem diesen
        """)

    private static let frenchWords = words(
        """
        le la les l un une des du de d à au aux en dans par pour avec sur sous chez entre vers et ou mais donc or car si
        que qui quoi dont où ce cet cette ces c ça cela se s sa son ses leur leurs mon ma mes ton ta tes notre nos votre
        vos je j tu il elle on nous vous ils elles me m te t lui y ne n est es suis sont sommes êtes était étaient être
        été ai as a avons avez ont avait avoir eu fait faire plus très trop tout tous toute toutes bien aussi comme
        même quand lors alors encore toujours peu qu ainsi afin mais là cependant
        """)
}
