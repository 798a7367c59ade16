/// The line `sep=;` with which Excel is told what stands between the cells.
enum SeparatorLine {
    /// How many bytes to step over, line end included; `nil` when the text does not open with such a line.
    static func length(in text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard text.count >= 5, delimiterByte(in: text) != nil else { return nil }
        guard text.count > 5 else { return 5 }
        switch text[5] {
        case Ascii.lineFeed: return 6
        case Ascii.carriageReturn: return text.count > 6 && text[6] == Ascii.lineFeed ? 7 : 6
        default: return nil
        }
    }

    static func delimiter(in text: UnsafeBufferPointer<UInt8>) -> Delimiter? {
        guard length(in: text) != nil, let byte = delimiterByte(in: text) else { return nil }
        return Delimiter.allCases.first { $0.byte == byte }
    }

    private static func delimiterByte(in text: UnsafeBufferPointer<UInt8>) -> UInt8? {
        guard text.count >= 5 else { return nil }
        let word = text.prefix(4).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        return word == Array("sep=".utf8) ? text[4] : nil
    }
}
