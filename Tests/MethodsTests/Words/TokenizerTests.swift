import Foundation
import Methods
import Testing

@Suite struct `Cutting a text into terms` {
    @Test func `keeps a negation with its word`() {
        let english = Tokenizer(rules: .english(stopWords: ["a", "the", "is", "it"]))

        #expect(english.terms(in: "It does not work") == ["does", "not_work"])
        #expect(english.terms(in: "It doesn't work") == ["not_work"])
        #expect(english.terms(in: "It doesn’t WORK!") == ["not_work"])
        #expect(english.terms(in: "not a good idea") == ["not_good", "idea"])
        #expect(english.terms(in: "cannot recommend") == ["cannot_recommend"])
        #expect(english.terms(in: "no, never again") == ["no", "never_again"])
        #expect(english.terms(in: "why not? Good.") == ["why", "not", "good"])
        #expect(english.terms(in: "not no problem") == ["not", "no_problem"])
        #expect(english.terms(in: "I'd rather not") == ["i'd", "rather", "not"])
    }

    @Test func `takes English possessives off`() {
        let english = Tokenizer(rules: .english())

        #expect(english.terms(in: "the customer's dogs' bowl") == ["the", "customer", "dogs", "bowl"])
    }

    @Test func `takes French elisions off`() {
        let french = Tokenizer(rules: .french(stopWords: ["ne", "est", "de", "la"]))

        #expect(
            french.terms(in: "L'achat d’une orchidée, c'est l’accueil") == [
                "achat", "une", "orchidée", "accueil",
            ])
        #expect(french.terms(in: "J'ai dit qu'il n'est pas bon") == ["ai", "dit", "il", "pas_bon"])
        #expect(french.terms(in: "aujourd'hui, quelqu'un") == ["aujourd'hui", "quelqu'un"])
        #expect(french.terms(in: "jusqu'à l'entrée d'l'hôtel") == ["entrée", "hôtel"])
        #expect(french.terms(in: "sans aucun souci") == ["sans", "aucun_souci"])
        #expect(french.terms(in: "ne l'achetez pas de la boîte") == ["achetez", "pas_boîte"])
        // An apostrophe from Windows, in a text that was read as Latin-1.
        #expect(french.terms(in: "l\u{92}achat") == ["achat"])
    }

    @Test func `reads any script`() {
        let plain = Tokenizer()

        #expect(plain.terms(in: "Straße ÜBER ΛΟΓΟΣ дом") == ["straße", "über", "λογοσ", "дом"])
        #expect(plain.terms(in: "très  ÉLÉGANT\u{A0}!") == ["très", "élégant"])
        #expect(Tokenizer(minimumLength: 1).terms(in: "हिन्दी में") == ["हिन्दी", "में"])
        #expect(plain.terms(in: "rendez-vous e-mail wi-fi") == ["rendez", "vous", "mail", "wi", "fi"])
        #expect(plain.terms(in: "👍 super👍🏽super ☎️") == ["super", "super"])
        #expect(plain.terms(in: "") == [] && plain.terms(in: "'' — … '") == [])
    }

    @Test func `counts composed and decomposed letters as one term`() {
        let composed = Tokenizer().terms(in: "\u{E9}t\u{E9}")
        let decomposed = Tokenizer().terms(in: "e\u{301}te\u{301}")

        #expect(composed == decomposed)
        #expect(TermCounts([composed, decomposed]).counts == ["été": 2])
        #expect(Tokenizer(minimumLength: 4).terms(in: "e\u{301}te\u{301}").isEmpty)
    }

    @Test func `drops redactions, numbers and short words, and joins nothing over a redaction`() {
        let english = Tokenizer(rules: .english(), minimumLength: 3, addsBigrams: true)

        #expect(
            english.terms(in: "On XX/XX/2019 agent Xxxx called me 3 times, XXXX's boss too")
                == ["agent", "called", "times", "called times", "boss", "too", "boss too"])
        #expect(Tokenizer(dropsRedactions: false, dropsNumbers: false).terms(in: "xx 12") == ["xx", "12"])
        #expect(english.terms(in: "not XXXX work") == ["not", "work"])
    }

    @Test func `adds bigrams of neighbours, over dropped words but not over punctuation`() {
        let tokenizer = Tokenizer(rules: .english(stopWords: ["of"]), addsBigrams: true)

        #expect(
            tokenizer.terms(in: "quality of service. late") == [
                "quality", "service", "quality service", "late",
            ])
        #expect(tokenizer.terms(in: "did not work") == ["did", "not_work", "did not_work"])
        #expect(
            Tokenizer(words: .latinLetters, addsBigrams: true).terms(in: "red fox; big dog")
                == ["red", "fox", "red fox", "big", "dog", "big dog"])
    }

    @Test func `takes the longest of several endings`() {
        let rules = LanguageRules(
            endings: ["s", "'s", "ers"], negatingEndings: ["'t": "unsure", "n't": "not"])
        let tokenizer = Tokenizer(rules: rules)

        for _ in 0..<20 {
            #expect(tokenizer.terms(in: "bakers's") == ["bakers"])
            #expect(tokenizer.terms(in: "don't go") == ["not_go"])
        }
    }

    /// The regular expressions themselves, on random text.
    @Test(arguments: [
        (
            Tokenizer(words: .latinLetters, minimumLength: 1, dropsRedactions: false, dropsNumbers: false),
            "[a-z]+(?:'[a-z]+)?"
        ),
        (.complaints, "[a-z]+(?:'[a-z]+)?"), (.scikitLearn, "[a-z0-9_]{2,}"),
    ])
    func `reads what the regular expression reads`(_ tokenizer: Tokenizer, _ pattern: String) throws {
        let expression = try NSRegularExpression(pattern: pattern)
        let letters = Array("abxX'’_ -9éK\n.x''").map(String.init)
        var generator = SeededGenerator(state: 17)
        for _ in 0..<300 {
            let text = (0..<40).map { _ in letters.randomElement(using: &generator) ?? "" }.joined()
            let lowered = text.lowercased()
            let whole = NSRange(lowered.startIndex..., in: lowered)
            var expected = expression.matches(in: lowered, range: whole)
                .compactMap { Range($0.range, in: lowered).map { String(lowered[$0]) } }
            if tokenizer == .complaints { expected = expected.filter { $0.count > 2 && Set($0) != ["x"] } }

            #expect(tokenizer.terms(in: text) == expected, "\(text)")
        }
    }

    @Test func `survives whatever bytes come`() {
        var generator = SeededGenerator(state: 255)
        let tokenizers = [
            Tokenizer(rules: .french(), addsBigrams: true), .complaints, .scikitLearn,
            Tokenizer(minimumLength: -5),
        ]
        for _ in 0..<200 {
            let bytes = (0..<60).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let text = String(decoding: bytes, as: UTF8.self)
            for tokenizer in tokenizers {
                let terms = tokenizer.terms(in: text)
                #expect(terms.allSatisfy { !$0.isEmpty })
            }
        }
    }
}
