/// A shortened form of somebody's words that says nothing they did not say: pieces of the text as it stands, in its
/// order, with `[…]` where something is left out.
enum Excerpt {
    static let gap = "[…]"

    /// Whether every piece stands in the words, one after the other, and none begins or ends within a word. White space
    /// is all alike.
    static func isTrue(_ short: String, of words: String) -> Bool {
        let pieces = pieces(of: short)
        guard !pieces.isEmpty else { return false }
        let text = Array(plain(words))
        var place = 0
        for piece in pieces {
            guard let end = find(Array(piece), in: text, from: place) else { return false }
            place = end
        }
        return true
    }

    /// The pieces between the gaps; `[...]` is a gap as well.
    private static func pieces(of short: String) -> [String] {
        let marked = short.replacing("[...]", with: gap)
        return marked.split(separator: gap).map { plain(String($0)) }.filter { !$0.isEmpty }
    }

    private static func plain(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Where the piece ends, the first time it stands there whole.
    private static func find(_ piece: [Character], in text: [Character], from start: Int) -> Int? {
        guard piece.count <= text.count else { return nil }
        var place = start
        while place + piece.count <= text.count {
            let end = place + piece.count
            if text[place] == piece[0], isBorder(text, place), isBorder(text, end),
                text[place..<end].elementsEqual(piece)
            {
                return end
            }
            place += 1
        }
        return nil
    }

    /// Not in the middle of a word: "unhappy" never becomes "happy".
    private static func isBorder(_ text: [Character], _ place: Int) -> Bool {
        guard place > 0, place < text.count else { return true }
        return !(isWord(text[place - 1]) && isWord(text[place]))
    }

    private static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    /// The beginning of long words, up to so many characters, ended by a gap.
    static func beginning(of words: String, upTo limit: Int) -> String {
        guard words.count > limit else { return words }
        let cut = words.prefix(limit)
        let end = cut.lastIndex(where: \.isWhitespace) ?? cut.endIndex
        return cut[..<end].trimmingSuffix(while: \.isWhitespace) + " " + gap
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while drops: (Character) -> Bool) -> String {
        var rest = self
        while let last = rest.last, drops(last) { rest.removeLast() }
        return String(rest)
    }
}
