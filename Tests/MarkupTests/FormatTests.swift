import Foundation
import Markup
import Testing

@Suite struct `Writing numbers, money and time as people do` {
    private func written(_ value: Argument, _ offset: Int64 = 0, style: DateStyle? = nil) throws -> [String] {
        let languages = try shippedRules()
        return [Language.english, .german].map { language in
            let reader = Reader(language: language, languages: languages, offset: { _ in offset })
            return value.text(for: reader, style: style)
        }
    }

    @Test(
        arguments: [
            (.count(23_570), "23,570", "23.570"), (.count(0), "0", "0"), (.count(-1000), "-1,000", "-1.000"),
            (.count(999), "999", "999"),
            (.count(.max), "9,223,372,036,854,775,807", "9.223.372.036.854.775.807"),
            (.count(.min), "-9,223,372,036,854,775,808", "-9.223.372.036.854.775.808"),
            (.number(1234.567, decimals: 2), "1,234.57", "1.234,57"),
            (.number(0.05, decimals: 1), "0.1", "0,1"),
            (.number(-0.001, decimals: 2), "0.00", "0,00"), (.number(9.999, decimals: 2), "10.00", "10,00"),
            (.number(2.5, decimals: 0), "3", "3"), (.number(.nan, decimals: 1), "–", "–"),
            (.number(1e300, decimals: 1), "–", "–"), (.number(1, decimals: -5), "1", "1"),
            (.percent(0.125, decimals: 1), "12.5%", "12,5\u{A0}%"),
            (.percent(1, decimals: 0), "100%", "100\u{A0}%"),
            (.percent(-0.5, decimals: 0), "-50%", "-50\u{A0}%"), (.text("<a>"), "<a>", "<a>"),
        ] as [(Argument, String, String)])
    func `writes numbers`(_ value: Argument, _ english: String, _ german: String) throws {
        #expect(try written(value) == [english, german])
    }

    @Test(
        arguments: [
            (250_031_563, "USD", "$2,500,315.63", "2.500.315,63\u{A0}$"),
            (-199, "EUR", "-€1.99", "-1,99\u{A0}€"), (5, "EUR", "€0.05", "0,05\u{A0}€"),
            (0, "GBP", "£0.00", "0,00\u{A0}£"),
            (1500, "JPY", "¥1,500", "1.500\u{A0}¥"), (1500, "KWD", "KWD\u{A0}1.500", "1,500\u{A0}KWD"),
            (120_000, "chf", "CHF\u{A0}1,200.00", "1.200,00\u{A0}CHF"),
            (12_345, "CLF", "CLF\u{A0}1.2345", "1,2345\u{A0}CLF"),
            (1_000_000, "AUD", "A$10,000.00", "10.000,00\u{A0}AU$"),
            (.min, "USD", "-$92,233,720,368,547,758.08", "-92.233.720.368.547.758,08\u{A0}$"),
        ] as [(Int64, String, String, String)])
    func `writes money`(_ minor: Int64, _ currency: String, _ english: String, _ german: String) throws {
        #expect(try written(.money(minor: minor, currency: currency)) == [english, german])
    }

    @Test(
        arguments: [
            (20_779, "22 Nov 2026", "22. Nov. 2026"), (0, "1 Jan 1970", "1. Jan. 1970"),
            (-1, "31 Dec 1969", "31. Dez. 1969"),
            (19_782, "29 Feb 2024", "29. Feb. 2024"), (-25_509, "28 Feb 1900", "28. Feb. 1900"),
            (-25_508, "1 Mar 1900", "1. März 1900"),
        ])
    func `writes days`(_ day: Int, _ english: String, _ german: String) throws {
        #expect(try written(.day(daysSinceEpoch: day)) == [english, german])
    }

    @Test(
        arguments: [
            (.date, "22 Nov 2026", "22. Nov. 2026"), (.long, "22 November 2026", "22. November 2026"),
            (.short, "22 Nov", "22. Nov."), (.weekday, "Sun 22 Nov 2026", "So., 22. Nov. 2026"),
            (.month, "Nov 2026", "Nov. 2026"), (.time, "00:30", "00:30"),
        ] as [(DateStyle, String, String)])
    func `writes as much of a moment as is asked for`(_ style: DateStyle, _ english: String, _ german: String)
        throws
    {
        let moment = Argument.instant(20_779 * 86_400_000 - 1_800_000)

        #expect(try written(moment, 3_600_000, style: style) == [english, german])
    }

    @Test func `shows moments on the reader's clock`() throws {
        let eveOfNewYear = Argument.instant(1_798_759_800_000)

        #expect(try written(eveOfNewYear) == ["31 Dec 2026, 23:30", "31. Dez. 2026, 23:30"])
        #expect(try written(eveOfNewYear, 3_600_000) == ["1 Jan 2027, 00:30", "1. Jan. 2027, 00:30"])
        #expect(try written(.instant(-1), -36_000_000)[0] == "31 Dec 1969, 13:59")
    }

    @Test func `agrees with the calendar about every day of five centuries`() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        let languages = try Languages(base: "language = en\nformat.date = {year}-{month2}-{day2} {weekday}")
        let reader = Reader(languages: languages)

        for day in stride(from: -68_000, to: 120_000, by: 97) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
            let weekday = ((parts.weekday ?? 0) + 5) % 7 + 1
            let expected = "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day)) \(weekday)"
            #expect(Argument.day(daysSinceEpoch: day).text(for: reader) == expected)
        }
    }

    private func two(_ number: Int?) -> String { String(String(100 + (number ?? 0)).dropFirst()) }

    @Test func `survives days and moments outside every calendar`() throws {
        for value: Argument in [
            .day(daysSinceEpoch: .max), .day(daysSinceEpoch: .min), .instant(.max), .instant(.min),
        ] {
            #expect(try written(value).allSatisfy { !$0.isEmpty })
        }
    }

    @Test func `writes a value straight into a page`() throws {
        let html: HTML = try reading(in: .german, shippedRules()) {
            "<td>\(.money(minor: 123_456, currency: "EUR"))</td>"
        }

        #expect(html.text == "<td>1.234,56\u{A0}€</td>")
    }
}

@Suite struct `Choosing a plural form` {
    @Test(
        arguments: [
            ("en", "0 other 1 one 2 other 11 other 21 other"), ("de", "0 other 1 one 2 other"),
            ("fr", "0 one 1 one 2 other 1000000 many"), ("es", "0 other 1 one 2 other 1000000 many"),
            ("it", "1 one 0 other 2000000 many"), ("pt", "0 one 1 one 2 other"), ("pt-PT", "0 other 1 one"),
            ("ja", "0 other 1 other 5 other"), ("zh-Hans", "1 other"), ("tr", "0 other 1 one 2 other"),
            ("pl", "0 many 1 one 2 few 4 few 5 many 12 many 14 many 22 few 25 many 112 many"),
            ("ru", "0 many 1 one 2 few 5 many 11 many 12 many 21 one 22 few 111 many"),
            ("cs", "0 other 1 one 2 few 4 few 5 other"), ("hr", "1 one 2 few 5 other 11 other 21 one 22 few"),
            ("ar", "0 zero 1 one 2 two 3 few 10 few 11 many 99 many 100 other 103 few"),
            ("he", "1 one 2 two 3 other 10 other"), ("ga", "1 one 2 two 6 few 7 many 10 many 11 other"),
            ("cy", "0 zero 1 one 2 two 3 few 6 many 7 other"),
            ("mt", "0 few 1 one 2 two 10 few 11 many 19 many 20 other"),
            ("lt", "0 other 1 one 2 few 10 other 11 other 21 one 22 few"),
            ("lv", "0 zero 1 one 2 other 10 zero 11 zero 21 one"),
            ("ro", "0 few 1 one 2 few 19 few 20 other 101 few 120 other"),
            ("sl", "0 other 1 one 2 two 3 few 4 few 5 other 101 one"),
            ("mk", "0 other 1 one 11 other 21 one"), ("is", "1 one 11 other 21 one"),
            ("hi", "0 one 1 one 2 other"),
            ("da", "0 other 1 one 2 other"), ("hy", "0 one 1 one 2 other"), ("xx", "0 other 1 one 2 other"),
        ])
    func `knows the families of languages`(_ code: String, _ expected: String) throws {
        let words = expected.split(separator: " ").map(String.init)
        for (number, form) in zip(words, words.dropFirst()).enumerated().filter({ $0.offset % 2 == 0 }).map(
            \.element)
        {
            let count = try #require(Int(number))
            #expect(Language(code).plural(for: count).rawValue == form, "\(code) \(count)")
        }
    }

    @Test(
        arguments: [
            ("en", 1.0, 0, "one"), ("en", 1.0, 1, "other"), ("fr", 1.5, 1, "one"), ("fr", 2.0, 1, "other"),
            ("da", 0.5, 1, "one"), ("pl", 1.5, 1, "other"), ("cs", 1.5, 1, "many"), ("lt", 1.5, 1, "many"),
            ("lv", 0.1, 1, "one"), ("sl", 1.5, 1, "few"), ("ro", 1.5, 1, "few"), ("he", 0.5, 1, "one"),
            ("hr", 0.1, 1, "one"), ("hr", 1.2, 1, "few"), ("is", 1.1, 1, "one"), ("mk", 1.1, 1, "one"),
            ("hi", 0.5, 1, "one"), ("hi", 1.5, 1, "other"), ("hy", 1.5, 1, "one"), ("en", .nan, 1, "other"),
            ("ar", 2.0, 1, "two"), ("ar", 2.5, 1, "other"),
        ] as [(String, Double, Int, String)])
    func `looks at decimals as they are shown`(
        _ code: String, _ number: Double, _ decimals: Int, _ form: String
    ) {
        #expect(Language(code).plural(for: number, decimals: decimals).rawValue == form)
    }
}
