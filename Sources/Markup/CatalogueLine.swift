/// One line of a catalogue: `key(name, count)[one] = text`.
struct CatalogueLine {
    let key: String
    var order: [String]?
    var form = Wording.Form.plural(.other)
    let pieces: [Wording.Piece]
    /// The text as written, for the lines that are settings rather than phrases.
    let text: String

    init(_ line: Substring) throws(Complaint) {
        guard let equals = CatalogueLine.separator(in: line) else {
            throw Complaint("a line reads: key = text")
        }
        var head = line[..<equals].trimmingBlanks()
        let body = line[line.index(after: equals)...].trimmingBlanks()
        if head.last == "]" { form = try CatalogueLine.form(&head) }
        if head.last == ")" { order = try CatalogueLine.order(&head) }
        guard CatalogueLine.isKey(head) else {
            throw Complaint("“\(head)” is not a key: letters, digits, dots, dashes")
        }
        guard !body.isEmpty else { throw Complaint("“\(head)” has no text") }
        key = String(head)
        pieces = try Wording.Piece.pieces(of: body)
        text = pieces.reduce(into: "") { text, piece in
            switch piece {
            case .words(let words): text += words
            case .argument(let name, _): text += "{\(name)}"
            }
        }
    }

    /// The first `=` that is not part of `[=0]`.
    private static func separator(in line: Substring) -> Substring.Index? {
        var depth = 0
        return line.indices.first { index in
            if line[index] == "[" { depth += 1 }
            if line[index] == "]" { depth -= 1 }
            return line[index] == "=" && depth == 0
        }
    }

    private static func form(_ head: inout Substring) throws(Complaint) -> Wording.Form {
        guard let open = head.lastIndex(of: "[") else { throw Complaint("a ] without its [") }
        let name = head[head.index(after: open)...].dropLast()
        head = head[..<open].trimmingBlanks()
        if name.first == "=", let number = Int(name.dropFirst()) { return .exactly(number) }
        if let plural = Plural(rawValue: String(name)) { return .plural(plural) }
        let known = Plural.allCases.map(\.rawValue).joined(separator: ", ")
        throw Complaint("[\(name)] is none of the plural forms \(known), =0, =1 …")
    }

    private static func order(_ head: inout Substring) throws(Complaint) -> [String] {
        guard let open = head.lastIndex(of: "(") else { throw Complaint("a ) without its (") }
        let list = head[head.index(after: open)...].dropLast()
        head = head[..<open].trimmingBlanks()
        let names = list.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingBlanks() }
        guard names.allSatisfy(Wording.isName), Set(names).count == names.count else {
            throw Complaint("(\(list)) is not a list of argument names")
        }
        return names.map(String.init)
    }

    private static func isKey(_ key: Substring) -> Bool {
        key.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "." || $0 == " " })
            .allSatisfy(Wording.isName)
    }
}

extension Substring {
    func trimmingBlanks() -> Substring {
        var trimmed = drop { $0 == " " || $0 == "\t" || $0 == "\r" }
        while let last = trimmed.last, last == " " || last == "\t" || last == "\r" { trimmed.removeLast() }
        return trimmed
    }
}
