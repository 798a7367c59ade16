import Markup
import Testing

@testable import Desk

@Suite struct `What is said about files and rows` {
    @Test func `is the same sentence in the catalogue as on the command line`() throws {
        let languages = try TestLanguages.all.get()
        let english = Reader(language: Language("en"))
        Languages.install(languages)
        for (code, sentence) in Remark.sentences {
            let count =
                sentence.contains("{2}") ? 3 : sentence.contains("{1}") ? 2 : sentence.contains("{0}") ? 1 : 0
            let phrase = Phrase("imports.remark.\(code)", arguments: (0..<count).map { .text("{\($0)}") })
            #expect(phrase.text(for: english) == sentence)
        }
    }

    @Test func `is said in German too`() throws {
        let german = try #require(
            try TestLanguages.all.get().catalogues.first { $0.language == Language("de") })

        #expect(german.untranslated.filter { $0.hasPrefix("imports.") } == [])
    }
}
