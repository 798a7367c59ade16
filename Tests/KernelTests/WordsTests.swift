import Kernel
import Testing

@Suite struct `Money` {
    @Test(arguments: [("EUR", 2), ("jpy", 0), ("KWD", 3), ("ISK", 0), ("USD", 2)])
    func `has the decimals of its currency`(code: String, exponent: Int) {
        #expect(Currency(code)?.exponent == exponent)
        #expect(Currency(code)?.code == code.uppercased())
    }

    @Test(arguments: ["", "EU", "EURO", "XXX", "DEM", "€", "12A"])
    func `is refused in what is no currency`(code: String) {
        #expect(Currency(code) == nil)
    }
}

@Suite struct `A mail address` {
    @Test(arguments: [
        "ada@example.com", " Ada.Lovelace+x@mail.example.co.uk ", "jörg@exämple.de", "o'hara@example.com",
    ])
    func `is taken as people write it`(text: String) {
        #expect(EmailAddress(text)?.text == text.trimmed)
    }

    @Test(arguments: [
        "", "ada", "@example.com", "ada@", "ada@@example.com", "a b@example.com", "ada@exa mple.com",
        "ada@.com",
        "ada@example..com", "ada@-example.com", "ada@example.com\r\nBcc: x@example.com", "a,b@example.com",
        "<ada@example.com>", "ada\u{200B}@example.com", "ada\u{0}@example.com",
    ])
    func `is refused where mail could not go, or would go elsewhere`(text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test func `is the same however it is cased`() {
        #expect(EmailAddress("Ada@Example.COM")?.key == EmailAddress("ada@example.com")?.key)
    }
}

@Suite struct `A name` {
    @Test(arguments: [
        ("Émile  Ørsted", "emile orsted"), ("STRASSE Straße", "strasse strasse"), (" Łódź\t", "lodz"),
        ("Ｆｕｌｌ", "full"), ("", ""), ("Æther", "aether"),
    ])
    func `is found without case, accents and width`(name: String, key: String) {
        #expect(name.searchKey == key)
    }

    @Test func `falls into words at whatever is no letter`() {
        #expect("O'Hara-Lind (Ltd.) 7".searchWords == ["o", "hara", "lind", "ltd", "7"])
        #expect("<b>Ørsted</b>".searchWords == ["b", "orsted", "b"])
    }

    @Test func `is one line, whatever was typed`() {
        #expect(" Ada\r\nBcc: x\u{0}\u{7} ".singleLine == "Ada  Bcc: x")
    }
}

@Suite struct `A moment` {
    @Test func `is written as the API writes it`() {
        #expect(Instant(milliseconds: 1_455_334_069_000).iso == "2016-02-13T03:27:49Z")
        #expect(Instant(milliseconds: -1).iso == "1969-12-31T23:59:59Z")
    }

    @Test func `moves by durations`() {
        let start = Instant(milliseconds: 1000)
        #expect(start.advanced(by: .milliseconds(1500)).milliseconds == 2500)
        #expect(start.advanced(by: .seconds(-2)).milliseconds == -1000)
    }
}

@Suite struct `A portion of a list` {
    @Test func `knows from one row too many that the list goes on`() {
        let going = Portion([1, 2, 3], limit: 2) { "\($0)" }
        let ending = Portion([1, 2], limit: 2) { "\($0)" }

        #expect(going.items == [1, 2] && going.next == "2")
        #expect(ending.items == [1, 2] && ending.next == nil)
    }
}

@Suite struct `An id` {
    @Test(arguments: ["0", "-4", "", "7x", "9223372036854775808", "½"])
    func `is a number above nothing`(text: String) {
        #expect(ID<Int>(text) == nil)
        #expect(ID<Int>("42")?.value == 42)
    }
}
