import Testing

@testable import Tabular

@Suite struct `Parsing amounts` {
    private func parse(_ text: String, _ exponent: Int = 2, comma: Bool = false) throws -> Int64 {
        try withBytes(text) { try parseAmount($0, exponent: exponent, decimalComma: comma) }
    }

    @Test(arguments: [
        ("11.77", 1177), ("0", 0), ("12", 1200), ("12.5", 1250), (".5", 50), ("5.", 500), ("007.10", 710),
        ("1,234.56", 123_456), ("1,234,567", 123_456_700), ("12,34,567.89", 123_456_789),
        ("1 234.56", 123_456),
        ("1'234.56", 123_456), ("1’234.56", 123_456), ("1\u{A0}234", 123_400),
        ("1\u{202F}234\u{202F}567", 123_456_700),
        ("1\u{2009}234", 123_400), ("-5.00", -500), ("\u{2212}5.00", -500), ("+5.00", 500), ("(5.00)", -500),
        ("5.00-", -500), ("- 5", -500), ("€5.00", 500), ("5.00 €", 500), ("$1,234.50", 123_450),
        ("-$5", -500),
        ("$-5", -500), ("($5.00)", -500), ("$(5.00)", -500), ("£0.99", 99), ("USD 12.00", 1200),
        ("12.00EUR", 1200),
        ("US$12", 1200), ("12 kr", 1200), ("12.50 zł", 1250), ("5.00- EUR", -500), ("₹1,00,000", 10_000_000),
        ("11.770000", 1177), ("  3.50 ", 350), ("-0.01", -1), ("-0", 0),
        ("9999999999999.99", 999_999_999_999_999),
    ])
    func `reads what people write`(text: String, minor: Int64) throws {
        #expect(try parse(text) == minor)
    }

    @Test(arguments: [
        ("1.234,56", 123_456), ("5,00", 500), ("1.234.567", 123_456_700), ("1 234,5", 123_450),
        ("-5,00 €", -500),
        ("12", 1200), ("1'234,50", 123_450), (",5", 50),
    ])
    func `reads a decimal comma where that is the custom`(text: String, minor: Int64) throws {
        #expect(try parse(text, comma: true) == minor)
    }

    @Test func `follows the decimals of the currency`() throws {
        #expect(try parse("1500", 0) == 1500)
        #expect(try parse("1.250", 3) == 1250)
        #expect(try parse("11.00", 0) == 11)
        #expect(throws: CellProblem.tooManyDecimals(allowed: 0)) { try parse("11.77", 0) }
        #expect(throws: CellProblem.tooManyDecimals(allowed: 2)) { try parse("1.005") }
        #expect(throws: CellProblem.tooManyDecimals(allowed: 2)) { try parse("1,234", comma: true) }
    }

    @Test(arguments: [
        "abc", "-", ".", "€", "()", "--5", "-5-", "-(5)", "(5", "5)", "((5))", "1.2.3", "1,23", "1,2345",
        ",5", "1,,234",
        "12,3,456", "1,23,456,789", "1,234,56,789", "1 23", "1,234 567", "1.5,000", "1e5", "5 %", "SKU123",
        "ABC5", "NaN", "inf", "EURUSD5",
        "$5€", "0x10",
        "1.234,56", "5,00", "1-2", "1 . 5", "5+", "½", "٣", "\u{FF15}", "2024-03-01",
    ])
    func `refuses what could mean anything`(text: String) {
        #expect(throws: CellProblem.notANumber) { try parse(text) }
    }

    @Test(arguments: ["", " ", "\t", "\u{A0}", "\u{202F} "])
    func `calls an empty cell empty`(text: String) {
        #expect(throws: CellProblem.emptyValue) { try parse(text) }
    }

    @Test func `stays below 10^15 minor units`() throws {
        #expect(try parse("-9999999999999.99") == -999_999_999_999_999)
        for text in ["10000000000000", "-10000000000000.00", "99999999999999999999999999999999999999"] {
            #expect(throws: CellProblem.tooLarge) { try parse(text) }
        }
        #expect(throws: CellProblem.tooLarge) { try parse("1000000000000000", 0) }
        #expect(throws: CellProblem.tooLarge) { try parse("1", 18) }
        #expect(throws: CellProblem.notANumber) { try parse("99999999999999999999999x") }
    }

    @Test func `reads back every amount it could have written`() throws {
        var random = SeededRandom(3)
        for _ in 0..<5_000 {
            let exponent = Int.random(in: 0...4, using: &random)
            let comma = Bool.random(using: &random)
            let limit = Int64(1) << Int64.random(in: 0...49, using: &random)
            let amount = Int64.random(in: -limit...limit, using: &random)
            let text = written(amount, exponent, comma, grouped: Bool.random(using: &random))
            #expect(try parse(text, exponent, comma: comma) == amount, "\(text)")
        }
    }

    private func written(_ amount: Int64, _ exponent: Int, _ comma: Bool, grouped: Bool) -> String {
        var digits = String(amount.magnitude)
        while digits.count <= exponent { digits = "0" + digits }
        let fraction = String(digits.suffix(exponent))
        var whole = String(digits.dropLast(exponent))
        if grouped {
            var groups: [Substring] = []
            var rest = whole[...]
            while rest.count > 3 {
                groups.insert(rest.suffix(3), at: 0)
                rest = rest.dropLast(3)
            }
            whole = ([rest] + groups).joined(separator: comma ? "." : ",")
        }
        let decimals = exponent == 0 ? "" : (comma ? "," : ".") + fraction
        return (amount < 0 ? "-" : "") + whole + decimals
    }
}

@Suite struct `Parsing whole numbers` {
    private func parse(_ text: String, comma: Bool = false) throws -> Int64 {
        try withBytes(text) { try parseInteger($0, decimalComma: comma) }
    }

    @Test(arguments: [
        ("1", 1), ("00042", 42), ("-7", -7), ("+7", 7), ("1.0", 1), ("12.000", 12), ("1,000", 1000),
        (" 3 ", 3),
        ("9223372036854775807", Int64.max), ("-9223372036854775807", -Int64.max),
    ])
    func `reads them`(text: String, value: Int64) throws {
        #expect(try parse(text) == value)
    }

    @Test func `reads a decimal comma where that is the custom`() throws {
        #expect(try parse("3,0", comma: true) == 3)
        #expect(try parse("1.000", comma: true) == 1000)
    }

    @Test func `refuses the rest`() {
        #expect(throws: CellProblem.tooManyDecimals(allowed: 0)) { try parse("1.5") }
        #expect(throws: CellProblem.tooLarge) { try parse("9223372036854775808") }
        #expect(throws: CellProblem.emptyValue) { try parse("") }
        for text in ["x", "1x", "$5", "(5)", "5-", "-", "1e3", "1,0", "1 2"] {
            #expect(throws: CellProblem.notANumber) { try parse(text) }
        }
    }
}
