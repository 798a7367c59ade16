import Foundation

extension String {
    /// Without white space at either end.
    public var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }

    /// The form names are sorted and found by: no case, no accents, single blanks. `Émile  Ørsted` is `emile orsted`.
    public var searchKey: String {
        let isPlain = utf8.allSatisfy { $0 < 0x80 }
        let folded =
            isPlain
            ? lowercased()
            : folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
                .replacingOccurrences(of: "ß", with: "ss").replacingOccurrences(of: "ø", with: "o")
                .replacingOccurrences(of: "ł", with: "l").replacingOccurrences(of: "æ", with: "ae")
                .lowercased()
        return folded.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The words of the search key: runs of letters and numbers. `o'hara-lind (ltd)` is o, hara, lind, ltd.
    public var searchWords: [String] {
        searchKey.split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }

    /// One line of printable text: control characters and line breaks become blanks. For names, subjects and headers.
    public var singleLine: String {
        let cleaned = String(
            String.UnicodeScalarView(
                unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
        return cleaned.trimmed
    }
}
