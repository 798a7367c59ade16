import Kernel
import Storage
import StorageTesting
import Tabular
import Testing

@testable import Desk

@Suite struct `Saying which column is which` {
    private let header = ["Kunde", "Datum", "Betrag", "Notiz"]

    @Test func `works by number and by name`() throws {
        let mapping = try ImportMapping(
            words: "customer=1, at=datum,amount=Betrag", kind: .purchases, header: header)

        #expect(mapping == ImportMapping([.customer: 0, .at: 1, .amount: 2]))
        #expect(mapping.stored == "customer=1,at=2,amount=3")
        #expect(ImportMapping(stored: mapping.stored) == mapping)
    }

    @Test(arguments: [
        ("customer=1,at=2,amount=2", ImportRefusal.columnTwice(2, .at, .amount)),
        ("customer=1,customer=2,at=2,amount=3", .fieldTwice(.customer)),
        ("customer=1,at=2,amount=3,colour=4", .unknownField("colour", .purchases)),
        ("customer=1,at=2,amount=3,consent=4", .unknownField("consent", .purchases)),
        ("customer=1,at=2", .missingField(.amount)), ("customer=1,at=2,amount=9", .noSuchColumn("9")),
        ("customer=1,at=2,amount=0", .noSuchColumn("0")),
        ("customer=1,at=2,amount=Total", .noSuchColumn("Total")),
        ("customer", .unreadableMapping("customer")),
    ])
    func `refuses what cannot be meant`(words: String, refusal: ImportRefusal) {
        #expect(throws: refusal) { try ImportMapping(words: words, kind: .purchases, header: header) }
        #expect(refusal.remark.sentence.hasSuffix("."))
    }

    @Test func `has a sentence for every code`() {
        for kind in ImportKind.allCases { #expect(Remark.sentences["unknownField.\(kind.rawValue)"] != nil) }
        for state in ImportState.allCases { #expect(Remark.sentences["notNow.\(state.rawValue)"] != nil) }
        for format in KnownFormat.allCases { #expect(Remark.sentences["format.\(format.rawValue)"] != nil) }
    }
}

@Suite struct `Guessing which column is which` {
    private func guess(_ kind: ImportKind, _ text: String) async throws -> [String: Int] {
        try await withImports(on: .sqlite) { bench in
            let path = try bench.file("file.csv", text)
            let item = try await bench.store.begin(kind, path: path, fileName: "file.csv", by: bench.act)
            return Dictionary(
                uniqueKeysWithValues: item.mapping.columns.map { ($0.key.rawValue, $0.value + 1) })
        }
    }

    @Test(arguments: [
        (
            "OrderDate;CustomerID;Total;Qty;Item;Sales Channel;Currency Code\n2026-01-05;7;1.00;1;Tea;Web;USD\n",
            ["at": 1, "customer": 2, "amount": 3, "quantity": 4, "product": 5, "channel": 6, "currency": 7]
        ),
        (
            "Kundennummer;Kaufdatum;Betrag;Menge;Artikel;Filiale;Währung\n7;05.01.2026;1,00;1;Tee;Bonn;EUR\n",
            ["customer": 1, "at": 2, "amount": 3, "quantity": 4, "product": 5, "channel": 6, "currency": 7]
        ),
        (
            "invoice no,customer,date,amount\n17,ada,2026-01-05,1\n17,ada,2026-01-05,2\n",
            ["customer": 2, "at": 3, "amount": 4]
        ),
        ("email,date,amount\na@b.example,2026-01-05,1\n", ["customer": 1, "at": 2, "amount": 3]),
    ])
    func `of purchases goes by the words above them`(text: String, mapping: [String: Int]) async throws {
        #expect(try await guess(.purchases, text) == mapping)
    }

    @Test func `of a file without names goes by what is in them`() async throws {
        let text = (1...30).map { "\($0) 199701\($0 % 19 + 10) 2 11.77\n" }.joined()

        #expect(try await guess(.purchases, text) == ["customer": 1, "at": 2, "quantity": 3, "amount": 4])
    }

    @Test func `of customers and advocacy works too`() async throws {
        let customers = "id,Full Name,E-Mail,Telefon,Firma\n7,Ada,a@b.example,0123,Acme\n"
        #expect(
            try await guess(.customers, customers) == [
                "customer": 1, "name": 2, "email": 3, "phone": 4, "organisation": 5,
            ])
        let acts = "Kunde;Art;Datum;Kommentar;Sterne\nada;Bewertung;2026-01-05;Gut;5\n"
        #expect(
            try await guess(.advocacy, acts) == ["customer": 1, "kind": 2, "at": 3, "words": 4, "rating": 5])
    }

    @Test(arguments: Engine.available)
    func `remembers what was right the last time`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let text = "who,when it was,how much,what\nada,03/04/2025,1,Tea\nbob,05/06/2025,2,Tea\n"
            var options = ImportOptions(mapping: "customer=1,at=2,amount=3,product=4", currency: "GBP")
            options.dateOrder = .dayMonthYear
            try await bench.load(.purchases, text, options)

            let path = try bench.file("next.csv", text + "cleo,07/08/2025,3,Tea\n")
            let next = try await bench.store.begin(
                .purchases, path: path, fileName: "next.csv", by: bench.act)

            #expect(next.mapping == ImportMapping([.customer: 0, .at: 1, .amount: 2, .product: 3]))
            #expect(next.currency.code == "GBP" && next.format.dateOrder == .dayMonthYear)
            let acts = try await bench.store.begin(.advocacy, path: path, fileName: "next.csv", by: bench.act)
            #expect(acts.mapping != next.mapping)
        }
    }

    @Test(arguments: Engine.available)
    func `can be corrected before anything is read`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let path = try bench.file(
                "f.csv", "customer;date;amount\nada;03/04/2025;1,50\nbob;05/06/2025;2,00\n")
            let item = try await bench.store.begin(.purchases, path: path, fileName: "f.csv", by: bench.act)
            #expect(item.format.dateOrder == nil && item.format.decimalComma)

            var options = ImportOptions(currency: "EUR")
            options.dateOrder = .monthDayYear
            let changed = try await bench.store.change(item.id, mapping: item.mapping, options: options)
            #expect(changed.state == .waiting && changed.currency.code == "EUR")
            _ = try await ImportRun(bench.store).check(changed)
            try await ImportRun(bench.store).finish(item.id, by: bench.act)

            let rows = try await bench.rows("SELECT day, amount, currency FROM purchase ORDER BY day")
            #expect(rows == ["20151|150|EUR", "20214|200|EUR"])
        }
    }
}

@Suite struct `Numbering byte strings` {
    @Test func `gives each its number once`() {
        let numbers = ByteNumbers()
        for round in 0..<2 {
            for index in 0..<5000 {
                let (number, isNew) = numbers.number(of: "customer \(index)")
                #expect(number == index && isNew == (round == 0))
            }
        }
        #expect(numbers.count == 5000)
        #expect(numbers.number(of: "").isNew)
        #expect(numbers.number(of: "").number == 5000)
    }

    @Test func `makes one string of the same bytes`() {
        var cache = TextCache()
        let texts = (0..<50_000).map { "A product with a long name, number \($0 % 30_000)" }
        for var text in texts { #expect(text.withUTF8 { cache.text(of: $0) } == text) }
    }
}
