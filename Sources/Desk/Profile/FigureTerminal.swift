import Kernel
import Markup
import Methods

extension ProfileFigure {
    /// The picture in characters, with its numbers, no line wider than `width` (at least 40).
    ///
    /// - Parameters:
    ///   - colour: the level colours as the terminal's own blue, green and yellow.
    ///   - unicode: edges to an eighth of a character; otherwise plain ASCII throughout, words included.
    public func terminal(width: Int, colour: Bool, unicode: Bool) -> String {
        let width = max(40, width)
        let pen = TerminalPen(hasColour: colour, hasUnicode: unicode)
        var lines = heading(width)
        lines += TerminalBars(figure: self, width: width, pen: pen).lines
        lines += desiredLines(pen, width)
        if let note = result.note { lines += [""] + pen.wrap(note.text, width) }
        return lines.map(pen.spelled).joined(separator: "\n") + "\n"
    }

    /// What the marks in the bands stand for.
    private func desiredLines(_ pen: TerminalPen, _ width: Int) -> [String] {
        guard let levels = desired?.levels else { return [] }
        let words = Phrase(
            "desired.terminal", .text(String(pen.desiredMark)), .count(levels.advocate),
            .count(levels.repeating),
            .count(levels.first))
        return [""] + pen.wrap(words.text, width)
    }

    private func heading(_ width: Int) -> [String] {
        let pen = TerminalPen(hasColour: false, hasUnicode: true)
        let name =
            isSample
            ? "\(organisation.singleLine) (\(Phrase("figure.sample").text))" : organisation.singleLine
        return [name, result.sentence, windowWords.text].flatMap { pen.wrap($0, width) } + [""]
    }
}

/// Writes for a terminal that can do so much and no more.
struct TerminalPen {
    let hasColour: Bool
    let hasUnicode: Bool

    /// Marks how wide a band is wanted.
    var desiredMark: Character { hasUnicode ? "┆" : "!" }

    func paint(_ text: String, _ level: Level) -> String {
        guard hasColour, !text.isEmpty else { return text }
        let code =
            switch level {
            case .first: 34
            case .repeating: 32
            case .advocate: 33
            case .prospect, .lapsed: 37
            }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    func bold(_ text: String) -> String { hasColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    /// Broken at blanks; a word longer than a line is cut.
    func wrap(_ text: String, _ width: Int) -> [String] {
        var lines: [String] = []
        for word in spelled(text).split(whereSeparator: { $0 == " " || $0 == "\u{A0}" }) {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word.prefix(width)))
            }
        }
        return lines
    }

    /// In the characters this terminal has.
    func spelled(_ text: String) -> String {
        guard !hasUnicode else { return text }
        var plain = ""
        for character in text {
            switch character {
            case "ä": plain += "ae"
            case "ö": plain += "oe"
            case "ü": plain += "ue"
            case "Ä": plain += "Ae"
            case "Ö": plain += "Oe"
            case "Ü": plain += "Ue"
            case "ß": plain += "ss"
            case "–", "—": plain += "-"
            case "\u{A0}": plain += " "
            default: plain += character.isASCII ? String(character) : TerminalPen.folded(character)
            }
        }
        return plain
    }

    private static func folded(_ character: Character) -> String {
        let folded = String(character).searchKey
        return !folded.isEmpty && folded.utf8.allSatisfy { $0 < 0x80 } ? folded : "?"
    }
}
