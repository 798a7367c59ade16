/// One phrase in one language: its plural forms, and the order its arguments are given in.
struct Wording: Sendable {
    var forms: [Form: [Piece]] = [:]
    /// Names of the arguments, first to last.
    var order: [String] = []
    /// The order stands in the file, rather than being read off the text.
    var statesOrder = false
    var line = 0

    enum Form: Hashable, Sendable {
        case plural(Plural)
        /// `key[=0]`: exactly this number, whatever the language's rule says.
        case exactly(Int)
    }

    enum Piece: Hashable, Sendable {
        case words(String)
        case argument(name: String, style: DateStyle?)
    }

    var names: Set<String> {
        var names: Set<String> = []
        for pieces in forms.values {
            for case .argument(let name, _) in pieces { names.insert(name) }
        }
        return names
    }

    /// The form for these arguments: the first count decides, or the first number where there is none.
    func form(for arguments: [Argument], in language: Language) -> [Piece] {
        let other = forms[.plural(.other)] ?? []
        guard forms.count > 1 else { return other }
        for case .count(let count) in arguments {
            return forms[.exactly(count)] ?? forms[.plural(language.plural(for: count))] ?? other
        }
        for case .number(let number, let decimals) in arguments {
            return forms[.plural(language.plural(for: number, decimals: decimals))] ?? other
        }
        return other
    }
}

extension Wording.Piece {
    /// Reads `{count} people, since {day:long}`. Backslashes: `\{`, `\}`, `\\`, `\n`, `\u{00A0}`.
    static func pieces(of text: Substring) throws(Complaint) -> [Wording.Piece] {
        var pieces: [Wording.Piece] = []
        var words = ""
        var rest = text
        while let character = rest.popFirst() {
            switch character {
            case "\\": words += try unescaped(&rest)
            case "}": throw Complaint("a } without its {; write \\} for the character")
            case "{":
                if !words.isEmpty { pieces.append(.words(words)) }
                words = ""
                pieces.append(try argument(&rest))
            default: words.append(character)
            }
        }
        if !words.isEmpty { pieces.append(.words(words)) }
        return pieces
    }

    private static func argument(_ rest: inout Substring) throws(Complaint) -> Wording.Piece {
        guard let end = rest.firstIndex(of: "}") else { throw Complaint("a { without its }") }
        let parts = rest[..<end].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        rest = rest[rest.index(after: end)...]
        guard let name = parts.first, Wording.isName(name) else {
            throw Complaint("an argument is a name in braces, such as {count}")
        }
        guard parts.count > 1 else { return .argument(name: String(name), style: nil) }
        guard let style = DateStyle(rawValue: String(parts[1])) else {
            let known = DateStyle.allCases.map(\.rawValue).joined(separator: ", ")
            throw Complaint("{\(name):\(parts[1])} is none of the styles \(known)")
        }
        return .argument(name: String(name), style: style)
    }

    private static func unescaped(_ rest: inout Substring) throws(Complaint) -> String {
        switch rest.popFirst() {
        case "n": return "\n"
        case "{": return "{"
        case "}": return "}"
        case "\\": return "\\"
        case "u":
            if rest.popFirst() == "{", let end = rest.firstIndex(of: "}"),
                let scalar = UInt32(rest[..<end], radix: 16).flatMap(Unicode.Scalar.init)
            {
                rest = rest[rest.index(after: end)...]
                return String(scalar)
            }
            throw Complaint("a character by number is written \\u{00A0}")
        default: throw Complaint("a backslash stands before n, u{…}, {, } or another backslash")
        }
    }
}

extension Wording {
    static func isName(_ name: some StringProtocol) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { Ascii.isWordPart($0) || $0 == 0x5F }
    }
}

/// A complaint about one line, before anyone knows its number.
struct Complaint: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
}
