import Foundation
import Methods
import Testing

@Suite(
    .enabled(
        if: SharedFolder.has("data/cfpb/complaints_sample.csv") && SharedFolder.has("vectors/logodds.json"),
        "shared/data/cfpb is not here; set REGULARS_SHARED to check against it"))
struct `Comparing real complaints` {
    struct Vectors: Decodable { let cfpb_example: Example }

    struct Example: Decodable {
        let docs_corpus1_debt_collection, docs_corpus2_checking_or_savings, n1, n2, vocab: Int
        let alpha0: Double
        let top25_corpus1, top25_corpus2: [Pair]
    }

    struct Pair: Decodable {
        let term: String
        let z: Double

        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            term = try values.decode(String.self)
            z = try values.decode(Double.self)
        }
    }

    let narratives: [(text: String, product: String, company: String)]
    let example: Example

    init() throws {
        let file = try #require(SharedFolder.file("data/cfpb/complaints_sample.csv"))
        let table = try CSVRows(Data(contentsOf: file), encoding: .utf8)
        let texts = table.column("Consumer complaint narrative")
        let products = table.column("Product")
        let companies = table.column("Company")
        narratives = texts.indices.filter { !texts[$0].isEmpty }.map {
            (texts[$0], products[$0], companies[$0])
        }
        let vectors = try #require(SharedFolder.file("vectors/logodds.json"))
        example = try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: vectors)).cfpb_example
        // 6,623 rows, 1,532 of them with a narrative: datafacts.json.
        try #require(table.rows.count == 6623 && narratives.count == 1532)
        try #require(example.top25_corpus1.count == 25 && example.top25_corpus2.count == 25)
    }

    private func counts(_ product: String?, _ terms: [[String]], _ counting: TermCounts.Counting)
        -> TermCounts
    {
        let chosen = narratives.indices.filter { product == nil || narratives[$0].product == product }
        return TermCounts(chosen.map { terms[$0] }, counting: counting)
    }

    @Test func `finds what debt collection is about and what accounts are about`() throws {
        let terms = narratives.map { Tokenizer.complaints.terms(in: $0.text) }
        let debt = counts("Debt collection", terms, .occurrences)
        let account = counts("Checking or savings account", terms, .occurrences)
        let background = counts(nil, terms, .occurrences)
        let found = try logOdds(
            of: debt, against: account,
            prior: .informative(background: background, strength: example.alpha0, atLeast: 10))

        #expect(debt.documents == example.docs_corpus1_debt_collection)
        #expect(account.documents == example.docs_corpus2_checking_or_savings)
        #expect(found.terms.count == example.vocab)
        #expect(found.firstTotal == example.n1 && found.secondTotal == example.n2)
        #expect(abs(found.priorTotal - 500) < 1e-10)
        for (term, expected) in zip(found.terms, example.top25_corpus1) {
            #expect(term.term == expected.term && abs(term.z - expected.z) < 1e-11)
        }
        for (term, expected) in zip(found.terms.reversed(), example.top25_corpus2) {
            #expect(term.term == expected.term && abs(term.z - expected.z) < 1e-11)
        }
    }

    /// The figures were computed apart, in Python, from sets of terms a document.
    @Test func `counts a long complaint once, and shows three real ones of different companies`() throws {
        let terms = narratives.map { Tokenizer.complaints.terms(in: $0.text) }
        let debt = counts("Debt collection", terms, .documents)
        let found = try logOdds(
            of: debt, against: counts("Checking or savings account", terms, .documents),
            prior: .informative(background: counts(nil, terms, .documents), strength: 500))
        let texts = narratives.filter { $0.product == "Debt collection" }
        let evidence = try evidence(
            in: texts.map(\.text), by: texts.map(\.company), tokenizer: .complaints)
        let shown = found.firstSample(evidence: evidence)

        #expect(found.firstTotal == 21_301 && found.secondTotal == 8738)
        #expect(shown.prefix(3).map(\.difference.term) == ["debt", "credit", "company"])
        #expect(abs(shown[0].difference.z - 5.310939478713447) < 1e-11)
        for term in shown.prefix(50) {
            #expect(term.evidence.documents == debt[term.difference.term])
            #expect(term.evidence.quotes.count == 3)
            #expect(Set(term.evidence.quotes.map { texts[$0].company }).count == 3)
            for quote in term.evidence.quotes {
                #expect(Tokenizer.complaints.terms(in: texts[quote].text).contains(term.difference.term))
            }
        }
        #expect(shown.allSatisfy { $0.evidence.documents >= 5 && $0.evidence.customers >= 3 })
    }
}

@Suite(
    .enabled(
        if: SharedFolder.has("data/nps_botanic/nps.csv"),
        "shared/data/nps_botanic is not here; set REGULARS_SHARED to check against it"))
struct `Comparing what French customers wrote` {
    @Test func `reads thousands of verbatims and finds prices where scores are low`() throws {
        let file = try #require(SharedFolder.file("data/nps_botanic/nps.csv"))
        let table = try CSVRows(Data(contentsOf: file), encoding: .isoLatin1)
        let scores = table.column("nps").map { Int($0) ?? -1 }
        let stopWords: Set<String> = [
            "de", "la", "le", "les", "et", "un", "une", "des", "ne", "est", "en", "que", "ce", "du", "au",
            "je",
        ]
        let tokenizer = Tokenizer(rules: .french(stopWords: stopWords))
        var (happy, unhappy) = (TermCounts(), TermCounts())
        var read = 0
        var stray: [String] = []
        for (text, score) in zip(table.column("explication"), scores) where text != "NA" && score >= 0 {
            let terms = tokenizer.terms(in: repaired(text))
            stray += terms.filter { $0.hasPrefix("l'") || $0.hasPrefix("qu'") || stopWords.contains($0) }
            stray += terms.filter { $0.count < 2 || $0 != $0.lowercased() }
            read += 1
            if score >= 9 { happy.add(terms) } else if score <= 6 { unhappy.add(terms) }
        }
        var background = happy
        try background.add(unhappy)
        let found = try logOdds(
            of: happy, against: unhappy, prior: .informative(background: background, strength: 500))

        #expect(table.rows.count == 13_954 && read == 3802 && stray == [])
        let liked = found.terms.prefix(20).map(\.term)
        let disliked = found.terms.suffix(20).map(\.term)
        #expect(Set(["personnel", "merci", "accueil", "agréable", "conseils"]).isSubset(of: liked))
        #expect(Set(["prix", "trop", "cher", "élevés", "rapport"]).isSubset(of: disliked))
    }

    /// The file is Latin-1, but many rows hold letters of the old DOS code page 850.
    private func repaired(_ text: String) -> String {
        let letters: [Character: Character] = ["\u{82}": "é", "\u{83}": "â", "\u{8C}": "î", "\u{96}": "û"]
        return String(text.map { letters[$0] ?? $0 })
    }
}
