/// Which alphabet the bytes are in.
struct EncodingGuess {
    let encoding: TextEncoding
    /// Some of the text is in another encoding than the rest.
    let isMixed: Bool

    init(_ bytes: [UInt8]) {
        if let marked = Self.marked(bytes) ?? Self.unmarkedUtf16(bytes) {
            (encoding, isMixed) = (marked, marked == .utf8 && Self.utf8Census(bytes).invalid > 0)
            return
        }
        let census = Self.utf8Census(bytes)
        if census.invalid == 0 {
            (encoding, isMixed) = (.utf8, false)
        } else if census.valid >= census.invalid {
            // Text in another alphabet is hardly ever valid UTF-8 by accident, so this is UTF-8 with some
            // foreign cells; those are re-encoded one by one.
            (encoding, isMixed) = (.utf8, true)
        } else {
            let unused: Set<UInt8> = [0x81, 0x8D, 0x8F, 0x90, 0x9D]
            (encoding, isMixed) = (.windows1252, census.valid > 0 || bytes.contains { unused.contains($0) })
        }
    }

    private static func marked(_ bytes: [UInt8]) -> TextEncoding? {
        [TextEncoding.utf8, .utf16le, .utf16be].first { bytes.starts(with: $0.byteOrderMark) }
    }

    /// Western text in UTF-16 has a NUL in nearly every other byte.
    private static func unmarkedUtf16(_ bytes: [UInt8]) -> TextEncoding? {
        let pairs = bytes.count / 2
        guard pairs >= 2 else { return nil }
        var (even, odd) = (0, 0)
        for pair in 0..<pairs {
            even += bytes[2 * pair] == 0 ? 1 : 0
            odd += bytes[2 * pair + 1] == 0 ? 1 : 0
        }
        if odd * 10 > pairs * 7, even * 20 < pairs { return .utf16le }
        if even * 10 > pairs * 7, odd * 20 < pairs { return .utf16be }
        return nil
    }

    /// Characters beyond ASCII that are right, and bytes that are wrong. The sample may cut the last one.
    private static func utf8Census(_ bytes: [UInt8]) -> (valid: Int, invalid: Int) {
        bytes.withUnsafeBufferPointer { buffer in
            var (valid, invalid, index) = (0, 0, 0)
            while index < buffer.count {
                switch Utf8.sequence(in: buffer, at: index) {
                case .valid(let length):
                    valid += length > 1 ? 1 : 0
                    index += length
                case .invalid:
                    invalid += 1
                    index += 1
                case .cut:
                    // At the very end of a full sample this is our doing, elsewhere it is damage.
                    if buffer.count < FileSample.sampleBytes { invalid += 1 }
                    index = buffer.count
                }
            }
            return (valid, invalid)
        }
    }
}
