@testable import Tabular

/// The same "random" numbers on every machine and every day (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

/// A table made up at random, and what a right reader makes of it.
struct MadeUpTable {
    var text = ""
    var rows: [[String]] = []
    /// The physical line on which each row starts.
    var lines: [Int] = []

    private static let alphabet: [String] = [
        "a", "b", "7", " ", "\t", "\"", ",", ";", "|", "\n", "\r", "\r\n", "é", "€", "日", "😀", "\"\"", "x,y",
    ]

    init(seed: UInt64, delimiter: Delimiter, rowCount: Int = 30) {
        var random = SeededRandom(seed)
        let columns = Int.random(in: 1...5, using: &random)
        let separator = delimiter.byte.map { String(UnicodeScalar($0)) } ?? " "
        var line = 1
        for _ in 0..<rowCount {
            let row = (0..<columns).map { _ in Self.cell(&random) }
            let written = row.map { Self.written($0, delimiter, isAlone: columns == 1, &random) }
            let rowText = written.joined(separator: separator)
            let lineEnd = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
            rows.append(row.map(Self.trimmed))
            lines.append(line)
            line += Self.lineEnds(in: rowText) + 1
            text += rowText + lineEnd
        }
    }

    private static func cell(_ random: inout SeededRandom) -> String {
        let length = Int.random(in: 0...6, using: &random)
        return (0..<length).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined()
    }

    private static func written(
        _ cell: String, _ delimiter: Delimiter, isAlone: Bool, _ random: inout SeededRandom
    ) -> String {
        let special = cell.utf8.contains { [0x22, 0x0A, 0x0D, delimiter.byte ?? 0x20].contains($0) }
        let mustQuote =
            special || cell.isEmpty && isAlone || delimiter == .whitespace || trimmed(cell).isEmpty
        guard mustQuote || Bool.random(using: &random) else { return cell }
        return "\"" + cell.utf8Replacing("\"", with: "\"\"") + "\""
    }

    static func trimmed(_ cell: String) -> String {
        let isBlank: (UInt8) -> Bool = { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        var bytes = Array(cell.utf8)
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return String(decoding: bytes.drop(while: isBlank), as: UTF8.self)
    }

    private static func lineEnds(in text: String) -> Int {
        var (count, previous): (Int, UInt8) = (0, 0)
        for byte in text.utf8 {
            if byte == 0x0D || (byte == 0x0A && previous != 0x0D) { count += 1 }
            previous = byte
        }
        return count
    }
}

extension String {
    /// Replaces byte for byte: Swift's own comparison would see `\r\n` as one character.
    func utf8Replacing(_ old: Character, with new: String) -> String {
        guard let wanted = old.utf8.first else { return self }
        return String(decoding: utf8.flatMap { $0 == wanted ? Array(new.utf8) : [$0] }, as: UTF8.self)
    }

    func stored(as encoding: TextEncoding, marked: Bool = false) -> [UInt8] {
        let mark = marked ? encoding.byteOrderMark : []
        switch encoding {
        case .utf8: return mark + Array(utf8)
        case .utf16le: return mark + utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        case .utf16be: return mark + utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        case .windows1252, .latin1:
            return unicodeScalars.map { scalar in
                if scalar == "€", encoding == .windows1252 { return 0x80 }
                return scalar.value < 0x100 ? UInt8(scalar.value) : UInt8(ascii: "?")
            }
        }
    }
}
