/// A catalogue's text, read line by line and checked.
struct CatalogueFile {
    private(set) var language = Language("und")
    private(set) var phrases: [String: Wording] = [:]
    /// `language.*`, `format.*`, `month.*`, `weekday.*`, `currency.*`: how the language writes things.
    private(set) var settings: [String: String] = [:]

    private static let settingPrefixes: Set<Substring> = [
        "language", "format", "month", "weekday", "currency",
    ]

    init(_ text: String, base: Catalogue?) throws(CatalogueError) {
        for (number, line) in CatalogueFile.lines(of: text) {
            do { try read(line, number) } catch { throw CatalogueError(line: number, reason: error.reason) }
        }
        guard let code = settings["language"] else {
            throw CatalogueError(line: 1, reason: "the file does not say its language: language = en")
        }
        language = Language(code)
        for key in phrases.keys.sorted() { try settleOrder(of: key, base: base) }
    }

    func setting(_ key: String) -> String? { settings[key] }

    /// Lines with their numbers, without comments, continuations joined.
    private static func lines(of text: String) -> [(Int, Substring)] {
        var lines: [(Int, Substring)] = []
        var number = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            let trimmed = line.trimmingBlanks()
            if trimmed.isEmpty || trimmed.first == "#" { continue }
            if line.first == " " || line.first == "\t", let last = lines.last {
                lines[lines.count - 1] = (last.0, last.1 + " " + trimmed)
            } else {
                lines.append((number, trimmed))
            }
        }
        return lines
    }

    private mutating func read(_ line: Substring, _ number: Int) throws(Complaint) {
        let line = try CatalogueLine(line)
        if let first = line.key.split(separator: ".").first, CatalogueFile.settingPrefixes.contains(first) {
            guard settings[line.key] == nil else { throw Complaint("“\(line.key)” is already set") }
            settings[line.key] = line.text
            return
        }
        var wording = phrases[line.key] ?? Wording(line: number)
        guard wording.forms[line.form] == nil else { throw Complaint("“\(line.key)” already has this form") }
        wording.forms[line.form] = line.pieces
        if let order = line.order {
            if wording.statesOrder, wording.order != order {
                throw Complaint("“\(line.key)” states two orders of its arguments")
            }
            wording.order = order
            wording.statesOrder = true
        }
        phrases[line.key] = wording
    }

    private mutating func settleOrder(of key: String, base: Catalogue?) throws(CatalogueError) {
        guard var wording = phrases[key] else { return }
        let names = wording.names
        guard wording.forms[.plural(.other)] != nil else {
            throw wording.error("“\(key)” lacks the form [other]")
        }
        if let theirs = base?.phrases[key]?.order {
            if wording.statesOrder, wording.order != theirs {
                throw wording.error("“\(key)” takes (\(theirs.joined(separator: ", ")))")
            }
            wording.order = theirs
        } else if base != nil {
            throw wording.error("“\(key)” is not in the complete language")
        } else if !wording.statesOrder {
            guard names.count < 2 else {
                let example = names.sorted().joined(separator: ", ")
                let reason = "“\(key)” has several arguments; state their order: \(key)(\(example)) = …"
                throw wording.error(reason)
            }
            wording.order = Array(names)
        }
        if let stranger = names.sorted().first(where: { !wording.order.contains($0) }) {
            throw wording.error("“\(key)” has no argument {\(stranger)}")
        }
        phrases[key] = wording
    }
}

extension Wording {
    fileprivate func error(_ reason: String) -> CatalogueError { CatalogueError(line: line, reason: reason) }
}
