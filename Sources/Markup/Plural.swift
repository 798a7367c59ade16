/// The forms a language may have for a number, as CLDR names them.
public enum Plural: String, Sendable, CaseIterable {
    case zero, one, two, few, many, other
}

/// What a plural rule looks at: the number as it is written.
struct PluralOperands: Sendable {
    /// The absolute value.
    let n: Double
    /// Its whole part.
    let i: Int
    /// How many decimals are shown, their value, and the same without trailing zeros.
    let v: Int, f: Int, t: Int

    init(_ number: Int) {
        n = Double(number.magnitude)
        i = Int(clamping: number.magnitude)
        v = 0
        f = 0
        t = 0
    }

    init(_ number: Double, decimals: Int) {
        let digits = Numeral.decimal(number.magnitude, decimals: decimals, trimmed: false)
        let parts = digits.split(separator: ".")
        n = Double(digits) ?? 0
        i = Int(parts[0]) ?? 0
        v = decimals
        f = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        t = parts.count > 1 ? Int(String(parts[1].reversed().drop { $0 == "0" }.reversed())) ?? 0 : 0
    }

    var isWhole: Bool { f == 0 }
}

extension Language {
    /// The form this language uses for a whole number.
    public func plural(for number: Int) -> Plural { PluralFamily.of(self).form(PluralOperands(number)) }

    /// The form for a number shown with so many decimals: English says "1 day" but "1.0 days".
    public func plural(for number: Double, decimals: Int) -> Plural {
        guard number.isFinite, number.magnitude < 9e15 else { return .other }
        return PluralFamily.of(self).form(PluralOperands(number, decimals: decimals))
    }
}

/// Languages that share a plural rule (CLDR 46, cardinals).
enum PluralFamily: Sendable {
    case none, english, danish, spanish, italian, french, oneWhole, zeroOrOne, upToTwo, hindi
    case polish, russian, croatian, czech, lithuanian, latvian, romanian, slovenian, arabic, hebrew
    case irish, welsh, maltese, macedonian, icelandic

    private static let members: [PluralFamily: String] = [
        .none: "ja ko zh yue vi th id ms lo my km bo dz ig jv su to wo yo",
        .english: "en de nl sv fi et fy gl ia io lij sc sw ur yi ast",
        .danish: "da",
        .spanish: "es",
        .italian: "it ca pt-pt vec scn",
        .french: "fr pt",
        .zeroOrOne: "ak bho guw ln mg nso pa ti wa",
        .upToTwo: "ff hy kab",
        .hindi: "hi am as bn doi fa gu kn pcm zu",
        .polish: "pl", .russian: "ru uk be", .croatian: "hr sr bs sh", .czech: "cs sk",
        .lithuanian: "lt", .latvian: "lv prg", .romanian: "ro mo", .slovenian: "sl",
        .arabic: "ar ars", .hebrew: "he iw", .irish: "ga", .welsh: "cy", .maltese: "mt",
        .macedonian: "mk", .icelandic: "is",
    ]

    private static let byCode: [String: PluralFamily] = {
        var table: [String: PluralFamily] = [:]
        for (family, codes) in members {
            for code in codes.split(separator: " ") { table[String(code)] = family }
        }
        return table
    }()

    /// A language we do not list says "one" for 1 and "other" for the rest, as most of the others do.
    static func of(_ language: Language) -> PluralFamily {
        byCode[language.code.lowercased()] ?? byCode[language.primary] ?? .oneWhole
    }
}
