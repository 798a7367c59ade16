/// `application/x-www-form-urlencoded`, both ways.
enum URLEncoded {
    /// Nil where an escape is broken, the bytes are not UTF-8, a NUL is hidden in them, or there are over
    /// 2,000 fields.
    static func pairs(in bytes: some Collection<UInt8>) -> [NamedValue]? {
        var pairs: [NamedValue] = []
        for part in bytes.split(separator: UInt8(ascii: "&")) {
            let halves = part.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard pairs.count < 2000, let name = decoded(halves[0], plusIsBlank: true) else { return nil }
            guard let value = halves.count == 2 ? decoded(halves[1], plusIsBlank: true) : "" else {
                return nil
            }
            pairs.append(NamedValue(name, value))
        }
        return pairs
    }

    /// Percent-decoded once, or nil where that yields no clean text.
    static func decoded(_ bytes: some Sequence<UInt8>, plusIsBlank: Bool) -> String? {
        var result: [UInt8] = []
        var rest = bytes.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(hex), let low = rest.next().flatMap(hex) else {
                    return nil
                }
                result.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsBlank: result.append(0x20)
            default: result.append(byte)
            }
        }
        return result.contains(0) ? nil : String(validating: result, as: UTF8.self)
    }

    static func text(_ pairs: [NamedValue]) -> String {
        pairs.map { encoded($0.name) + "=" + encoded($0.value) }.joined(separator: "&")
    }

    /// Everything but unreserved characters as `%XX`.
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
