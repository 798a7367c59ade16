/// Turns stored bytes into UTF-8, piece by piece.
///
/// Every scalar written stands for a known number of stored bytes, so offsets can be counted backwards
/// from the UTF-8 (`storedLength`). Damaged UTF-16 becomes U+FFFD, one for each unit.
struct ChunkDecoder {
    /// The most UTF-8 bytes one stored byte can become.
    static let growth = 3

    let encoding: TextEncoding
    private var oddByte: UInt8?
    private var highSurrogate: UInt16?

    init(encoding: TextEncoding) { self.encoding = encoding }

    var isIdentity: Bool { encoding == .utf8 }

    /// How many bytes of the file these decoded bytes took up.
    func storedLength(_ decoded: UnsafeBufferPointer<UInt8>) -> Int {
        guard !isIdentity else { return decoded.count }
        var scalars = 0
        var astral = 0
        for byte in decoded {
            scalars += byte & 0xC0 != 0x80 ? 1 : 0
            astral += byte >= 0xF0 ? 1 : 0
        }
        return encoding == .windows1252 || encoding == .latin1 ? scalars : 2 * (scalars + astral)
    }

    /// Writes the decoded bytes to `target` and says how many.
    mutating func decode(
        _ stored: UnsafeRawBufferPointer, into target: UnsafeMutablePointer<UInt8>, isLast: Bool
    ) -> Int {
        switch encoding {
        case .utf8:
            UnsafeMutableRawBufferPointer(start: target, count: stored.count).copyMemory(from: stored)
            return stored.count
        case .windows1252: return Windows1252.decode(stored, into: target)
        case .latin1: return Windows1252.decodeLatin1(stored, into: target)
        case .utf16le, .utf16be: return decodeUnits(stored, into: target, isLast: isLast)
        }
    }

    private mutating func decodeUnits(
        _ stored: UnsafeRawBufferPointer, into target: UnsafeMutablePointer<UInt8>, isLast: Bool
    ) -> Int {
        var written = 0
        for byte in stored {
            guard let first = oddByte else {
                oddByte = byte
                continue
            }
            oddByte = nil
            let (high, low) = encoding == .utf16be ? (first, byte) : (byte, first)
            written += take(UInt16(high) << 8 | UInt16(low), into: target + written)
        }
        guard isLast else { return written }
        if highSurrogate != nil { written += Utf8.write(0xFFFD, to: target + written) }
        if oddByte != nil { written += Utf8.write(0xFFFD, to: target + written) }
        (highSurrogate, oddByte) = (nil, nil)
        return written
    }

    private mutating func take(_ unit: UInt16, into target: UnsafeMutablePointer<UInt8>) -> Int {
        var written = 0
        if let high = highSurrogate {
            highSurrogate = nil
            if unit & 0xFC00 == 0xDC00 {
                let scalar = 0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF))
                return Utf8.write(scalar, to: target)
            }
            written = Utf8.write(0xFFFD, to: target)
        }
        switch unit & 0xFC00 {
        case 0xD800: highSurrogate = unit
        case 0xDC00: written += Utf8.write(0xFFFD, to: target + written)
        default: written += Utf8.write(UInt32(unit), to: target + written)
        }
        return written
    }
}
