/// A catalogue's text, read line by line and checked.
struct CatalogueFile {
    private(set) var language = Language("und")
    private(set) var phrases: [String: Wording] = [:]
    /// `language`, `format.date`, `month.1`, `weekday.short.7`, `currency.EUR`: how the language writes things.
    private(set) var settings: [String: String] = [:]

    /// Only these shapes are settings, so that `month.choose` or `language.yours` can be phrases.
    private static func isSetting(_ key: String) -> Bool {
        let parts = key.split(separator: ".")
        switch parts[0] {
        case "language": return parts.count == 1 || key == "language.name"
        case "format": return true
        case "month", "weekday": return parts.last.flatMap { Int($0) } != nil
        case "currency": return parts.count == 2 && parts[1].count == 3 && parts[1] == parts[1].uppercased()
        default: return false
        }
    }

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
        if CatalogueFile.isSetting(line.key) {
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
        guard wording.forms[.plural(.other)] != nil else {
            throw wording.error("“\(key)” lacks the form [other]")
        }
        if let base {
            wording.order = try theirOrder(of: key, wording, in: base)
        } else if !wording.statesOrder {
            wording.order = try onlyArgument(of: key, wording)
        }
        if let stranger = wording.names.sorted().first(where: { !wording.order.contains($0) }) {
            throw wording.error("“\(key)” has no argument {\(stranger)}")
        }
        phrases[key] = wording
    }

    private func theirOrder(of key: String, _ ours: Wording, in base: Catalogue) throws(CatalogueError)
        -> [String]
    {
        guard let theirs = base.arguments(of: key) else {
            throw ours.error("“\(key)” is not in the complete language")
        }
        guard !ours.statesOrder || ours.order == theirs else {
            throw ours.error("“\(key)” takes (\(theirs.joined(separator: ", ")))")
        }
        return theirs
    }

    private func onlyArgument(of key: String, _ wording: Wording) throws(CatalogueError) -> [String] {
        let names = wording.names.sorted()
        if names.count < 2 { return names }
        let example = "\(key)(\(names.joined(separator: ", "))) = …"
        throw wording.error("“\(key)” has several arguments; state their order: \(example)")
    }
}

extension Wording {
    fileprivate func error(_ reason: String) -> CatalogueError { CatalogueError(line: line, reason: reason) }
}
