import Markup
import Testing

@Suite struct `Saying a phrase` {
    static let english = """
        language = en
        language.name = English
        people.count[=0] = nobody
        people.count[one] = {count} person
        people.count[other] = {count} people
        hours[one] = {hours} hour
        hours[other] = {hours} hours
        greeting = Hello {name}
        taken(name, count)[one] = {name} took one ticket
        taken(name, count)[other] = {name} took {count} tickets
        only.english = English <only>
        odd = \\{braces\\} \\\\ and\\u{00A0}more,
            carried on\\nbelow
        """
    static let german = """
        language = de
        format.decimal = ,
        format.group = .
        people.count[one] = {count} Person
        people.count[other] = {count} Personen
        taken[one] = Ein Ticket nahm {name}
        taken[other] = {count} Tickets nahm {name}
        """

    private func said(_ phrase: Phrase, in language: Language = .english) throws -> String {
        let languages = try Languages(base: Self.english, others: [Self.german])
        return phrase.text(for: Reader(language: language, languages: languages))
    }

    @Test(arguments: [
        (0, "nobody"), (1, "1 person"), (2, "2 people"), (23_570, "23,570 people"), (-1, "-1 person"),
    ])
    func `chooses the form that the count asks for`(_ count: Int, _ text: String) throws {
        #expect(try said(Phrase("people.count", .count(count))) == text)
    }

    @Test func `chooses by the number as it is shown`() throws {
        #expect(try said(Phrase("hours", .number(1, decimals: 0))) == "1 hour")
        #expect(try said(Phrase("hours", .number(1, decimals: 1))) == "1.0 hours")
    }

    @Test func `says it in the reader's language, with the arguments where that language wants them`() throws
    {
        let phrase = Phrase("taken", .text("Grace"), .count(1200))

        #expect(try said(phrase) == "Grace took 1,200 tickets")
        #expect(try said(phrase, in: .german) == "1.200 Tickets nahm Grace")
        #expect(try said(Phrase("taken", .text("Grace"), .count(1)), in: .german) == "Ein Ticket nahm Grace")
    }

    @Test func `borrows from the complete language what its own lacks, and writes numbers its own way`()
        throws
    {
        #expect(try said(Phrase("only.english"), in: .german) == "English <only>")
        #expect(try said(Phrase("hours", .number(1234.5, decimals: 1)), in: .german) == "1.234,5 hours")
    }

    @Test func `reads characters that would mean something else, and lines carried on`() throws {
        #expect(try said(Phrase("odd")) == "{braces} \\ and\u{A0}more, carried on\nbelow")
    }

    @Test func `shows the key of a phrase nobody wrote, and remembers it`() throws {
        #expect(try said(Phrase("nobody.wrote.this")) == "nobody.wrote.this")
        #expect(try said(Phrase("greeting"), in: .german) == "Hello {name}")

        #expect(Catalogue.missing.isSuperset(of: ["nobody.wrote.this", "greeting{name}"]))
    }

    @Test func `is escaped inside a page`() throws {
        let languages = try Languages(base: Self.english)
        let html: HTML = reading(in: .english, languages) {
            "<p title=\"\(t: "greeting", "\"<b>")\">\(t: "only.english") \(t: "people.count", 2)</p>"
        }

        #expect(
            html.text == "<p title=\"Hello &quot;&lt;b&gt;\">English &lt;only&gt; 2 people</p>")
    }

    @Test func `takes markup round an argument and nowhere else`() throws {
        let languages = try Languages(base: Self.english)
        let html: HTML = reading(in: .english, languages) {
            "\(t: "taken", .text("<Ada>"), .count(2), wrapping: ["name": { "<b>\($0)</b>" }])"
        }

        #expect(html.text == "<b>&lt;Ada&gt;</b> took 2 tickets")
    }

    @Test func `is the same value wherever it is kept`() {
        #expect(Phrase("a", .count(1)) == Phrase("a", .count(1)))
        #expect(Phrase("a", .count(1)) != Phrase("a", .count(2)))
    }
}
