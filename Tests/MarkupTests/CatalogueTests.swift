import Foundation
import Markup
import Testing

@Suite struct `Reading a catalogue` {
    static let mistakes: [(String, Int, String)] = [
        ("greeting = Hello", 1, "language"),
        ("language = en\n\nno equals sign here", 3, "key = text"),
        ("language = en\n# note\na$b = c", 3, "not a key"),
        ("language = en\na..b = c", 2, "not a key"),
        ("language = en\na =", 2, "no text"),
        ("language = en\na = {name", 2, "without its }"),
        ("language = en\na = name}", 2, "without its {"),
        ("language = en\na = {two words}", 2, "name in braces"),
        ("language = en\na = {}", 2, "name in braces"),
        ("language = en\na = {day:soon}", 2, "soon"),
        ("language = en\na = \\x", 2, "backslash"),
        ("language = en\na = \\u{D800}", 2, "by number"),
        ("language = en\na = 1\na = 2", 3, "already"),
        ("language = en\nlanguage = de", 2, "already set"),
        ("language = en\na[several] = x\na[other] = y", 2, "plural forms"),
        ("language = en\na[one] = x", 2, "[other]"),
        ("language = en\na = {one} {two}", 2, "order"),
        ("language = en\na(one) = {two}", 2, "{two}"),
        ("language = en\na(one, one) = {one}", 2, "argument names"),
        ("language = en\na(one,two)[one] = {one}\na(two,one)[other] = {two}", 3, "two orders"),
        ("language = en\na = one\n continued {\nb = c", 2, "without its }"),
    ]

    @Test(arguments: mistakes)
    func `names the line of a mistake`(_ text: String, _ line: Int, _ hint: String) throws {
        let error = try #require(throws: CatalogueError.self) { try Catalogue(text) }

        #expect(error.line == line)
        #expect(error.reason.contains(hint), "\(error)")
        #expect(error.description.hasPrefix("line \(line): "))
    }

    @Test func `accepts the line ends of every system`() throws {
        let catalogue = try Catalogue("language = en\r\na = one\r\nb = two\r\n")

        #expect(catalogue.keys == ["a", "b"])
    }

    @Test func `takes a phrase for a phrase though it begins like a setting`() throws {
        let text =
            "language = en\nlanguage.yours = Yours\nmonth.choose = Choose\ncurrency.choose = X\nmonth.1 = Jan"

        #expect(try Catalogue(text).keys == ["currency.choose", "language.yours", "month.choose"])
    }

    @Test func `holds a translation to the complete language`() throws {
        let english = try Catalogue("language = en\na(name, count) = {name} {count}")

        for (text, hint) in [
            ("language = de\nb = x", "complete language"), ("language = de\na = {who}", "{who}"),
            ("language = de\na(count, name) = {name}", "takes (name, count)"),
        ] {
            let error = try #require(throws: CatalogueError.self) { try Catalogue(text, base: english) }
            #expect(error.line == 2 && error.reason.contains(hint), "\(error)")
        }
    }

    @Test func `lists what is still to translate and how a phrase is called`() throws {
        let english = try Catalogue("language = en\na = A\nb(name, count) = {name} {count}")
        let german = try Catalogue("language = de\nlanguage.name = Deutsch\na = Ah", base: english)

        #expect(german.name == "Deutsch")
        #expect(german.untranslated == ["b"])
        #expect(german.arguments(of: "b") == ["name", "count"])
        #expect(german.arguments(of: "c") == nil)
    }

    @Test func `reads the product's own files`() throws {
        let languages = try Languages(base: shippedText(of: .english), others: [shippedText(of: .german)])

        #expect(languages.catalogues.map(\.language) == [.english, .german])
        #expect(languages.catalogues.map(\.name) == ["English", "Deutsch"])
    }
}

@Suite struct `Choosing a language` {
    private let languages: Languages

    init() throws {
        languages = try Languages(
            base: "language = en", others: ["language = de", "language = pt-BR", "language = fr"])
    }

    @Test(
        arguments: [
            ("de", "de"), ("de-AT,de;q=0.9,en;q=0.8", "de"), ("en;q=0.5, de;q=0.8", "de"), ("DE", "de"),
            ("pt", "pt-BR"),
            ("pt-PT, de", "pt-BR"), ("ja, *;q=0.1", "en"), ("ja", "en"), ("", "en"), ("de;q=0", "en"),
            ("en;q=0, *", "de"),
            ("de;q=2, fr", "fr"), ("de;q=x, fr;q=0.1", "fr"), ("fr;q=0.501, de;q=0.5", "fr"),
            ("de, fr", "de"),
            (",,;,q=1", "en"), ("<script>", "en"), ("de ; q=0.3 , fr ; q=0.4", "fr"),
        ])
    func `takes the best the browser asks for`(_ header: String, _ code: String) {
        #expect(languages.choose(accepting: header).code == code)
    }

    @Test func `takes a person's own choice before the browser's`() {
        #expect(languages.choose(chosen: "fr", accepting: "de").code == "fr")
        #expect(languages.choose(chosen: "xx", accepting: "de").code == "de")
        #expect(languages.choose().code == "en")
    }

    @Test func `is not troubled by an endless header`() {
        let header = String(repeating: "xx-YY;q=0.7,", count: 100_000) + "de"

        #expect(languages.choose(accepting: header).code == "en")
    }
}
