/// A tag's or attribute's name in lower case, packed into two words, so that reading a literal allocates nothing.
///
/// Names longer than sixteen bytes keep only their length: none of the names that matter is that long.
struct ShortName: Hashable, Sendable {
    private var high: UInt64 = 0
    private var low: UInt64 = 0
    private(set) var count: UInt8 = 0

    init() {}

    init(_ name: String) {
        for byte in name.utf8 { add(byte) }
    }

    mutating func add(_ byte: UInt8) {
        guard count < 16 else { return count = 17 }
        let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
        high = high << 8 | low >> 56
        low = low << 8 | UInt64(lower)
        count += 1
    }
}

extension ShortName: CustomStringConvertible {
    var description: String {
        let bytes = [high, low].flatMap { word in
            (0..<8).reversed().map { UInt8(truncatingIfNeeded: word >> (UInt64($0) * 8)) }
        }
        return String(decoding: bytes.drop { $0 == 0 }, as: UTF8.self)
    }
}

/// What each well-known name means, found by its length first.
struct NameTable<Meaning: Sendable>: Sendable {
    private let byLength: [[(name: ShortName, meaning: Meaning)]]

    init(_ names: KeyValuePairs<String, Meaning>) {
        var table = [[(name: ShortName, meaning: Meaning)]](repeating: [], count: 18)
        for (list, meaning) in names {
            for word in list.split(separator: " ") {
                let name = ShortName(String(word))
                table[Int(name.count)].append((name, meaning))
            }
        }
        byLength = table
    }

    subscript(name: ShortName) -> Meaning? {
        for entry in byLength[Int(name.count)] where entry.name == name { return entry.meaning }
        return nil
    }
}
