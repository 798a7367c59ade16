/// Which addresses a page may send its reader to, and how values become parts of one.
enum Address {
    /// What an address that is refused becomes.
    static let nowhere: StaticString = "#"

    /// Marks that stay as they are after `mailto:` and `tel:`.
    static let contactMarks: [UInt8] = Array("@+".utf8)

    private static let schemes = ["https://", "http://", "mailto:", "tel:"].map { Array($0.utf8) }

    /// Relative, `http`, `https`, `mailto` or `tel`, with no trick in it: no control characters or outer spaces
    /// (browsers drop them before they look for the scheme), no backslash start, no `//other.site`.
    static func isHarmless(_ words: Span<UInt8>) -> Bool {
        isClean(words) && (isRelative(words) || schemes.contains { begins(words, with: $0) })
    }

    static func isOnThisSite(_ words: Span<UInt8>) -> Bool { isClean(words) && isRelative(words) }

    private static func isClean(_ words: Span<UInt8>) -> Bool {
        let end = words.count
        if end > 0, words[0] == Ascii.space || words[end - 1] == Ascii.space { return false }
        for index in 0..<end where words[index] < Ascii.space || words[index] == 0x7F { return false }
        return true
    }

    private static func isRelative(_ words: Span<UInt8>) -> Bool {
        if words.count > 1, words[0] == Ascii.slash {
            return words[1] != Ascii.slash && words[1] != Ascii.backslash
        }
        for index in 0..<words.count {
            switch words[index] {
            case Ascii.slash, Ascii.question, Ascii.hash: return true
            case Ascii.colon, Ascii.backslash, Ascii.ampersand: return false
            default: continue
            }
        }
        return true
    }

    private static func begins(_ words: Span<UInt8>, with scheme: [UInt8]) -> Bool {
        guard words.count >= scheme.count else { return false }
        for (index, expected) in scheme.enumerated() {
            let byte = words[index]
            let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
            if lower != expected { return false }
        }
        return true
    }

    /// Percent-encodes all but unreserved characters. A value of dots alone would climb out of its folder, and
    /// stays in it as U+FFFD.
    static func encode(_ words: Span<UInt8>, keeping marks: [UInt8], into bytes: inout [UInt8]) {
        let climbs = isDots(words)
        for index in 0..<words.count {
            let byte = words[index]
            if climbs {
                bytes.append(literal: "%EF%BF%BD")
            } else if isUnreserved(byte) || marks.contains(byte) {
                bytes.append(byte)
            } else {
                bytes += [0x25, hex(byte >> 4), hex(byte & 15)]
            }
        }
    }

    private static func isDots(_ words: Span<UInt8>) -> Bool {
        switch words.count {
        case 1: words[0] == Ascii.dot
        case 2: words[0] == Ascii.dot && words[1] == Ascii.dot
        default: false
        }
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        Ascii.isLetter(byte) || Ascii.isDigit(byte) || byte == Ascii.dash || byte == Ascii.dot || byte == 0x5F
            || byte == 0x7E
    }

    private static func hex(_ digit: UInt8) -> UInt8 { digit < 10 ? 0x30 + digit : 0x37 + digit }
}
