/// The alphabet of old Windows programs. Its five unused bytes are read as the control characters that
/// Latin-1 has there, so that every byte means something.
enum Windows1252 {
    /// What the bytes 0x80 to 0x9F stand for.
    private static let middle: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ]

    static func decode(_ stored: UnsafeRawBufferPointer, into target: UnsafeMutablePointer<UInt8>) -> Int {
        var written = 0
        for byte in stored {
            if byte < 0x80 {
                target[written] = byte
                written += 1
            } else {
                let scalar = byte < 0xA0 ? middle[Int(byte) - 0x80] : UInt32(byte)
                written += Utf8.write(scalar, to: target + written)
            }
        }
        return written
    }

    static func decodeLatin1(
        _ stored: UnsafeRawBufferPointer, into target: UnsafeMutablePointer<UInt8>
    ) -> Int {
        var written = 0
        for byte in stored { written += Utf8.write(UInt32(byte), to: target + written) }
        return written
    }
}
