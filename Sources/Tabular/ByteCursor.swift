/// A place in a cell, moving forward. Every step says whether it could be taken.
struct ByteCursor {
    private let base: UnsafePointer<UInt8>?
    private(set) var index: Int
    private var end: Int

    /// Starts after leading blanks and ends before trailing ones.
    init(trimming bytes: UnsafeBufferPointer<UInt8>) {
        base = bytes.baseAddress
        (index, end) = (0, bytes.count)
        while index < end, Ascii.isBlank(bytes[index]) { index += 1 }
        while end > index, Ascii.isBlank(bytes[end - 1]) { end -= 1 }
    }

    var isAtEnd: Bool { index == end }
    var remaining: Int { end - index }

    /// The byte here, or 0 at the end.
    @inline(__always)
    var byte: UInt8 {
        guard let base, index < end else { return 0 }
        return base[index]
    }

    /// Steps over one byte if it is the one given.
    @inline(__always)
    mutating func skip(_ expected: UInt8) -> Bool {
        guard index < end, byte == expected else { return false }
        index += 1
        return true
    }

    mutating func skipBlanks() {
        while index < end, byte == Ascii.space || byte == Ascii.tab { index += 1 }
    }

    /// Steps over a word, letters in either case.
    mutating func skip(word: StaticString) -> Bool {
        guard let base, end - index >= word.utf8CodeUnitCount else { return false }
        for step in 0..<word.utf8CodeUnitCount
        where base[index + step] | 0x20 != word.utf8Start[step] | 0x20 { return false }
        index += word.utf8CodeUnitCount
        return true
    }

    /// As many digits as there are, at most `most`; `nil` if there are fewer than `least`.
    @inline(__always)
    mutating func number(_ least: Int, _ most: Int) -> (value: Int, digits: Int)? {
        guard let base else { return nil }
        let start = index
        let last = min(end, start + most)
        var value = 0
        while index < last, Ascii.isDigit(base[index]) {
            value = value * 10 + Int(Ascii.digit(base[index]))
            index += 1
        }
        return index - start >= least ? (value, index - start) : nil
    }
}
