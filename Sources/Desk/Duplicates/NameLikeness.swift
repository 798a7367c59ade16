import Kernel

/// Whether two names may be the same name, written by two people.
enum NameLikeness: String, Sendable, CaseIterable {
    case same
    /// Müller and Mueller, Café and Cafe.
    case spelling
    /// Berg Ida, Ida Berg.
    case order
    /// Harbour GmbH, Harbour.
    case legalForm
    /// I. Berg, Ida Berg.
    case initials
    /// Two letters swapped, one missing, added or another.
    case slip

    /// How they are alike; nil where they are not.
    static func between(_ one: NameKey, _ other: NameKey) -> NameLikeness? {
        guard !one.words.isEmpty, !other.words.isEmpty else { return nil }
        if one.plain == other.plain { return .same }
        if one.words == other.words {
            return one.legalForms == other.legalForms ? .spelling : .legalForm
        }
        let (first, second) = (one.words.sorted(), other.words.sorted())
        if first == second { return .order }
        if fitsInitials(one.words, other.words) { return .initials }
        guard first.count == second.count else { return nil }
        return slipped(one.words, other.words) ? .slip : nil
    }

    /// The same last word, and of the others each the other's first letter.
    private static func fitsInitials(_ one: [String], _ other: [String]) -> Bool {
        guard one.count == other.count, one.count > 1, one.last == other.last, (one.last ?? "").count > 1
        else {
            return false
        }
        return zip(one, other).dropLast().allSatisfy { a, b in
            a == b || (a.first == b.first && min(a.count, b.count) == 1)
        }
    }

    /// One word differs by one slip; short words must be equal.
    private static func slipped(_ one: [String], _ other: [String]) -> Bool {
        let different = zip(one, other).filter { $0 != $1 }
        guard different.count == 1, let (a, b) = different.first, min(a.count, b.count) >= 4 else {
            return false
        }
        return isOneSlip(Array(a.unicodeScalars), Array(b.unicodeScalars))
    }

    /// One letter more, less or other, or two neighbours swapped.
    static func isOneSlip(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Bool {
        guard abs(one.count - other.count) <= 1, one != other else { return false }
        let short = min(one.count, other.count)
        var start = 0
        while start < short, one[start] == other[start] { start += 1 }
        var end = 0
        while end < short - start, one[one.count - 1 - end] == other[other.count - 1 - end] { end += 1 }
        let (left, right) = (one.count - start - end, other.count - start - end)
        if max(left, right) <= 1 { return true }
        return left == 2 && right == 2 && one[start] == other[start + 1] && one[start + 1] == other[start]
    }
}

/// A name as names are compared: its words without case and accents, umlauts in one spelling, legal forms aside.
struct NameKey: Sendable, Equatable {
    /// The search key itself.
    let plain: String
    let words: [String]
    let legalForms: [String]

    init(_ name: String) {
        plain = String(name.searchKey.prefix(400))
        let all = NameKey.words(in: plain)
        let kept = all.filter { !NameKey.forms.contains($0) }
        // A name of legal forms alone is a name.
        words = kept.isEmpty ? all : kept
        legalForms = kept.isEmpty ? [] : all.filter { NameKey.forms.contains($0) }.sorted()
    }

    /// All words as one, for finding the same name again.
    var whole: String { words.joined(separator: " ") }
    /// The same whatever the order of the words.
    var sorted: String { words.sorted().joined(separator: " ") }
    /// The last word: a family's name, as a rule.
    var family: String { words.last ?? "" }

    private static func words(in key: String) -> [String] {
        let joined = key.replacing(".", with: " ").replacing("'", with: "")
        return joined.split { !($0.isLetter || $0.isNumber) }.map { oneSpelling(String($0)) }
    }

    /// `searchKey` has made ü a u already; ue becomes one as well.
    private static func oneSpelling(_ word: String) -> String {
        word.replacing("ae", with: "a").replacing("oe", with: "o").replacing("ue", with: "u")
            .replacing("ph", with: "f")
    }

    /// Legal forms in the spelling of `oneSpelling`, and what stands beside them.
    private static let forms: Set<String> = [
        "gmbh", "mbh", "ag", "kg", "ohg", "gbr", "ug", "ev", "eg", "se", "co", "cie", "und", "and", "inc",
        "corp",
        "corporation", "company", "ltd", "limited", "llc", "llp", "plc", "sarl", "sas", "sa", "spa", "srl",
        "bv",
        "nv", "oy", "ab", "aps", "as", "kft", "doo", "haftungsbeschrankt", "gesellschaft",
    ]
}
