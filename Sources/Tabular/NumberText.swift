/// The part of a cell that is still to be read as a number, narrowed from both sides.
struct NumberText {
    let bytes: UnsafeBufferPointer<UInt8>
    var low = 0
    var high: Int
    var isNegative = false

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        high = bytes.count
        trim()
    }

    var isEmpty: Bool { low >= high }

    var startsAndEndsWithDigit: Bool {
        low < high && Ascii.isDigit(bytes[low]) && Ascii.isDigit(bytes[high - 1])
    }

    /// Drops blanks on both sides, the unbreakable ones among them.
    mutating func trim() {
        while let width = Self.blank(bytes, low, high) { low += width }
        while let width = Self.blankBefore(bytes, low, high) { high -= width }
    }

    mutating func stripSign() {
        if let width = Self.minus(bytes, low, high) {
            isNegative = true
            low += width
        } else if low < high, bytes[low] == Ascii.plus {
            low += 1
        }
    }

    /// Reads the digits that are left. Works on whole numbers throughout; nothing is ever rounded.
    func scaled(exponent: Int, decimalComma: Bool, below limit: UInt64) throws(CellProblem) -> Int64 {
        var digits = DigitReader(exponent: exponent, limit: limit)
        let decimal = decimalComma ? Ascii.comma : Ascii.dot
        let group = decimalComma ? Ascii.dot : Ascii.comma
        var index = low
        while index < high {
            let byte = bytes[index]
            if Ascii.isDigit(byte) {
                digits.take(Ascii.digit(byte))
                index += 1
            } else if byte == decimal {
                try digits.startFraction()
                index += 1
            } else if byte == group || byte == Ascii.apostrophe {
                try digits.startGroup(byte)
                index += 1
            } else if let width = Self.groupMark(bytes, index, high) {
                try digits.startGroup(bytes[index + width - 1])
                index += width
            } else {
                throw .notANumber
            }
        }
        let magnitude = try digits.finish()
        return isNegative ? -Int64(magnitude) : Int64(magnitude)
    }
}

extension NumberText {
    /// Blanks and the typographer's apostrophe, which stand between groups of digits in some countries.
    static func groupMark(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ end: Int) -> Int? {
        if let width = blank(bytes, index, end) { return width }
        return matches(bytes, index, end, 0xE2, 0x80, 0x99) ? 3 : nil
    }

    /// The width of the blank at `index`: space, tab, no-break, thin or narrow no-break space.
    static func blank(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ end: Int) -> Int? {
        guard index < end else { return nil }
        if Ascii.isBlank(bytes[index]) { return 1 }
        if index + 1 < end, bytes[index] == 0xC2, bytes[index + 1] == 0xA0 { return 2 }
        let isThin =
            matches(bytes, index, end, 0xE2, 0x80, 0x89) || matches(bytes, index, end, 0xE2, 0x80, 0xAF)
        return isThin ? 3 : nil
    }

    private static func blankBefore(_ bytes: UnsafeBufferPointer<UInt8>, _ low: Int, _ high: Int) -> Int? {
        for width in 1...3 where high - width >= low {
            if blank(bytes, high - width, high) == width { return width }
        }
        return nil
    }

    /// A hyphen, or the minus sign U+2212 of good typography.
    static func minus(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ end: Int) -> Int? {
        guard index < end else { return nil }
        if bytes[index] == Ascii.minus { return 1 }
        return matches(bytes, index, end, 0xE2, 0x88, 0x92) ? 3 : nil
    }

    private static func matches(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ end: Int, _ a: UInt8, _ b: UInt8, _ c: UInt8
    ) -> Bool {
        index + 2 < end && bytes[index] == a && bytes[index + 1] == b && bytes[index + 2] == c
    }
}
