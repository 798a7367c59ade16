/// One line of an iCalendar file after unfolding: NAME;PARAMETER=VALUE:value (RFC 5545, section 3.1).
struct FeedLine {
    let name: String
    let parameters: [String: String]
    let value: ArraySlice<UInt8>
    let number: Int

    /// Nil when there is no name or no colon.
    init?(_ bytes: ArraySlice<UInt8>, number: Int) {
        let nameEnd = bytes.firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ";") }
        guard let nameEnd, nameEnd > bytes.startIndex, nameEnd - bytes.startIndex <= 64 else { return nil }
        var parameters: [String: String] = [:]
        var position = nameEnd
        while bytes[position] == UInt8(ascii: ";") {
            let start = position + 1
            guard let end = Self.endOfParameter(bytes[start...]) else { return nil }
            let halves = bytes[start..<end].split(separator: UInt8(ascii: "="), maxSplits: 1)
            if halves.count == 2 { parameters[upper(halves[0])] = upper(halves[1]) }
            position = end
        }
        name = upper(bytes[..<nameEnd])
        self.parameters = parameters
        value = bytes[(position + 1)...]
        self.number = number
    }

    /// Where a parameter ends: at the next ; or : that is not between quotes.
    private static func endOfParameter(_ bytes: ArraySlice<UInt8>) -> Int? {
        var isQuoted = false
        return bytes.firstIndex { byte in
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            return !isQuoted && (byte == UInt8(ascii: ";") || byte == UInt8(ascii: ":"))
        }
    }

    /// The value as it stands, without spaces around it.
    var word: String { trimmed(value) }

    /// The values between commas that are not escaped, each unescaped.
    var texts: [String] {
        var texts: [[UInt8]] = [[]]
        var isEscaped = false
        for byte in value {
            if isEscaped {
                let isBreak = byte == UInt8(ascii: "n") || byte == UInt8(ascii: "N")
                texts[texts.count - 1].append(isBreak ? UInt8(ascii: "\n") : byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: ",") {
                texts.append([])
            } else {
                texts[texts.count - 1].append(byte)
            }
        }
        return texts.map { trimmed($0[...]) }
    }

    /// The value as one text; commas that should have been escaped stay commas.
    var text: String { texts.joined(separator: ", ") }

    /// The dates between commas.
    var words: [String] { value.split(separator: UInt8(ascii: ",")).map(trimmed) }
}

/// Bytes as text without spaces around it; bytes that are no UTF-8 become replacement characters.
private func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    let isSpace = { (byte: UInt8) in byte <= 0x20 }
    let rest = bytes.drop(while: isSpace)
    let end = rest.lastIndex { !isSpace($0) }
    return String(decoding: rest[..<(end.map { $0 + 1 } ?? rest.startIndex)], as: UTF8.self)
}

/// Bytes as text with the ASCII letters in capitals.
private func upper(_ bytes: ArraySlice<UInt8>) -> String {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    return String(decoding: bytes.map { letters.contains($0) ? $0 - 32 : $0 }, as: UTF8.self)
}

/// The lines of a file with folded ones put together: a line that starts with a space or tab continues the
/// one before. Lines end in CR LF, LF or CR; the number is that of the first line of each.
struct FeedLines: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var position: Int
    private var number = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    mutating func next() -> (bytes: ArraySlice<UInt8>, number: Int)? {
        guard position < bytes.count else { return nil }
        var line = physicalLine()
        let first = number
        var joined: [UInt8]?
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 {
            var whole = joined ?? Array(line)
            joined = nil
            whole.append(contentsOf: physicalLine().dropFirst())
            joined = whole
        }
        if let joined { line = joined[...] }
        return (line, first)
    }

    private mutating func physicalLine() -> ArraySlice<UInt8> {
        let rest = bytes[position...]
        let end = rest.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
        position = end + 1
        if end + 1 < bytes.count, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { position = end + 2 }
        number += 1
        return rest[..<end]
    }
}
