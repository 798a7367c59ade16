/// Writing a stranger's words so that a browser reads exactly them.
///
/// Characters no page can hold (NUL, C0 and C1 controls, Unicode's noncharacters) become U+FFFD; a carriage return is
/// written as a reference, because parsers would otherwise turn it into a line feed.
enum Escaping {
    static let replacement: StaticString = "\u{FFFD}"

    /// `<`, `&`, quotes, and controls other than tab and line feed, as one bit each.
    private static let mask: UInt64 =
        (0xFFFF_FFFF & ~(1 << 9) & ~(1 << 10)) | 1 << 0x22 | 1 << 0x26 | 1 << 0x27 | 1 << 0x3C | 1 << 0x3E

    @inline(__always)
    static func needsLook(_ byte: UInt8) -> Bool {
        byte < 64 ? mask >> UInt64(byte) & 1 == 1 : byte == 0x7F || byte == 0xC2 || byte >= 0xEF
    }

    /// What to write for the bytes at `index`, and how many of them it stands for; nil where they stand for themselves.
    static func substitute(in words: Span<UInt8>, at index: Int) -> (StaticString, Int)? {
        switch words[index] {
        case Ascii.less: return ("&lt;", 1)
        case Ascii.greater: return ("&gt;", 1)
        case Ascii.ampersand: return ("&amp;", 1)
        case Ascii.quote: return ("&quot;", 1)
        case Ascii.apostrophe: return ("&#39;", 1)
        case 0x0D: return ("&#13;", 1)
        case 0xC2: return words[index + 1] < 0xA0 ? (replacement, 2) : nil
        case 0xEF: return isNoncharacter(words[index + 1], words[index + 2]) ? (replacement, 3) : nil
        case 0xF0...0xF4:
            let isLastOfPlane =
                words[index + 1] & 15 == 15 && words[index + 2] == 0xBF && words[index + 3] >= 0xBE
            return isLastOfPlane ? (replacement, 4) : nil
        default: return (replacement, 1)
        }
    }

    /// U+FFFE, U+FFFF and U+FDD0 to U+FDEF, which all begin with EF.
    private static func isNoncharacter(_ second: UInt8, _ third: UInt8) -> Bool {
        (second == 0xBF && third >= 0xBE) || (second == 0xB7 && (0x90...0xAF).contains(third))
    }
}

extension [UInt8] {
    mutating func append(span: Span<UInt8>) {
        span.withUnsafeBufferPointer { append(contentsOf: $0) }
    }

    mutating func append(escaping words: Span<UInt8>) {
        words.withUnsafeBufferPointer { buffer in
            var start = 0
            var index = 0
            let end = buffer.count
            while index < end {
                guard Escaping.needsLook(buffer[index]) else {
                    index += 1
                    continue
                }
                guard let (text, length) = Escaping.substitute(in: words, at: index) else {
                    index += 1
                    continue
                }
                append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<index]))
                append(literal: text)
                index += length
                start = index
            }
            append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<end]))
        }
    }

    mutating func append(literal: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }
}
