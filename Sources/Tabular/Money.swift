extension NumberText {
    /// Takes away what surrounds the digits of an amount: signs, parentheses and one currency.
    mutating func stripMoney() throws(CellProblem) {
        var marks = MoneyMarks()
        while low < high, let width = front(&marks) { low += width }
        while low < high, let width = back(&marks) { high -= width }
        guard marks.areSensible else { throw .notANumber }
        isNegative = marks.isNegative
    }

    private func front(_ marks: inout MoneyMarks) -> Int? {
        if let width = Self.blank(bytes, low, high) { return width }
        if let width = Self.minus(bytes, low, high) {
            marks.minuses += 1
            return width
        }
        if let width = Currency.width(bytes, from: low, to: high) {
            marks.currencies += 1
            return width
        }
        switch bytes[low] {
        case Ascii.plus: marks.pluses += 1
        case Ascii.openParenthesis: marks.opened += 1
        default: return nil
        }
        return 1
    }

    private func back(_ marks: inout MoneyMarks) -> Int? {
        for width in 1...3 where high - width >= low {
            if Self.blank(bytes, high - width, high) == width { return width }
            if Self.minus(bytes, high - width, high) == width {
                marks.minuses += 1
                return width
            }
        }
        if let width = Currency.width(bytes, endingAt: high, notBefore: low) {
            marks.currencies += 1
            return width
        }
        guard bytes[high - 1] == Ascii.closeParenthesis else { return nil }
        marks.closed += 1
        return 1
    }
}

/// What was found around the digits. A number can be negative for one reason only.
private struct MoneyMarks {
    var minuses = 0
    var pluses = 0
    var opened = 0
    var closed = 0
    var currencies = 0

    var isNegative: Bool { minuses + opened > 0 }
    var areSensible: Bool { opened == closed && minuses + pluses + opened <= 1 && currencies <= 1 }
}

/// The signs and codes that stand beside an amount.
enum Currency {
    /// Longer spellings first, so that `US$` is not read as `$` after stray letters.
    private static let signs: [[UInt8]] = [
        "NT$", "MX$", "US$", "CA$", "AU$", "NZ$", "HK$", "A$", "C$", "R$", "S$", "$", "£", "¥", "kr.", "kr",
        "Kr", "zł", "Kč", "Ft", "Fr.", "Rs.", "Rs", "lei", "лв",
    ].map { Array($0.utf8) }

    /// The codes of ISO 4217 in use, three letters each.
    private static let codes: Set<UInt32> = {
        let letters = """
            AEDAFNALLAMDANGAOAARSAUDAWGAZNBAMBBDBDTBGNBHDBIFBMDBNDBOBBRLBSDBTNBWPBYNBZDCADCDFCHFCLPCNY\
            COPCRCCUPCVECZKDJFDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGNFGTQGYDHKDHNLHRKHTGHUFIDRILS\
            INRIQDIRRISKJMDJODJPYKESKGSKHRKMFKPWKRWKWDKYDKZTLAKLBPLKRLRDLSLLYDMADMDLMGAMKDMMKMNTMOPMRU\
            MURMVRMWKMXNMYRMZNNADNGNNIONOKNPRNZDOMRPABPENPGKPHPPKRPLNPYGQARRONRSDRUBRWFSARSBDSCRSDGSEK\
            SGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHBTJSTMTTNDTOPTRYTTDTWDTZSUAHUGXUSDUYUUZSVESVNDVUVWSTXAFXCD\
            XOFXPFYERZARZMWZWL
            """.utf8
        var found: Set<UInt32> = []
        var code: UInt32 = 0
        for (index, letter) in letters.enumerated() {
            code = code << 8 | UInt32(letter)
            if index % 3 == 2 { found.insert(code & 0xFF_FFFF) }
        }
        return found
    }()

    /// How many bytes the currency at `start` takes; `nil` if there is none.
    static func width(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int? {
        if isCode(bytes, start, end) { return 3 }
        if isSymbol(bytes, start, end) { return 3 }
        return signs.first { starts($0, bytes, start, end) }?.count
    }

    static func width(
        _ bytes: UnsafeBufferPointer<UInt8>, endingAt end: Int, notBefore low: Int
    ) -> Int? {
        if end - 3 >= low, isCode(bytes, end - 3, end) || isSymbol(bytes, end - 3, end) { return 3 }
        return signs.first { end - $0.count >= low && starts($0, bytes, end - $0.count, end) }?.count
    }

    private static func isCode(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard end - start >= 3 else { return false }
        let code = UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2])
        return codes.contains(code)
    }

    /// The block U+20A0 to U+20CF holds nothing but currency signs, € among them.
    private static func isSymbol(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard end - start >= 3, bytes[start] == 0xE2 else { return false }
        return (bytes[start + 1] == 0x82 && bytes[start + 2] >= 0xA0)
            || (bytes[start + 1] == 0x83 && bytes[start + 2] <= 0x8F)
    }

    private static func starts(
        _ sign: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
    ) -> Bool {
        guard end - start >= sign.count else { return false }
        for step in 0..<sign.count where bytes[start + step] != sign[step] { return false }
        return true
    }
}
