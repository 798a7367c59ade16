/// Numbers different strings of bytes from 0, in order of first appearance.
///
/// A million customers' ids take some 40 MB and no object each: the bytes lie end to end in one arena, and a slot of
/// the table holds half of the hash beside the number, so that nearly every search touches one slot and one string.
final class ByteNumbers {
    private var slots: [UInt64]
    private var ends: [UInt32] = [0]
    private var arena: [UInt8] = []
    private let seed = UInt64.random(in: 0 ... .max) | 1

    private(set) var count = 0

    init(capacity: Int = 1024) {
        slots = Array(repeating: 0, count: ByteNumbers.slotCount(for: capacity))
    }

    private static func slotCount(for capacity: Int) -> Int {
        var size = 1024
        while size * 5 < capacity * 8 { size *= 2 }
        return size
    }

    /// The number of these bytes, and whether they are seen for the first time.
    func number(of bytes: UnsafeBufferPointer<UInt8>) -> (number: Int, isNew: Bool) {
        let hash = hash(of: bytes)
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        let tag = hash & 0xFFFF_FFFF_0000_0000
        while slots[place] != 0 {
            if slots[place] & 0xFFFF_FFFF_0000_0000 == tag {
                let number = Int(slots[place] & 0xFFFF_FFFF) - 1
                if isSame(number, bytes) { return (number, false) }
            }
            place = (place + 1) & mask
        }
        slots[place] = tag | UInt64(count + 1)
        arena.append(contentsOf: bytes)
        ends.append(UInt32(arena.count))
        count += 1
        if count * 8 > slots.count * 5 { grow() }
        return (count - 1, true)
    }

    func number(of text: String) -> (number: Int, isNew: Bool) {
        var text = text
        return text.withUTF8 { number(of: $0) }
    }

    func removeAll() {
        for place in slots.indices { slots[place] = 0 }
        ends = [0]
        arena.removeAll(keepingCapacity: true)
        count = 0
    }

    private func isSame(_ number: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = Int(ends[number])
        guard Int(ends[number + 1]) - start == bytes.count else { return false }
        return arena.withUnsafeBufferPointer { arena -> Bool in
            for index in 0..<bytes.count where arena[start + index] != bytes[index] { return false }
            return true
        }
    }

    private func grow() {
        var larger = [UInt64](repeating: 0, count: slots.count * 2)
        let mask = larger.count - 1
        for number in 0..<count {
            let hash = arena.withUnsafeBufferPointer { arena -> UInt64 in
                self.hash(of: UnsafeBufferPointer(rebasing: arena[Int(ends[number])..<Int(ends[number + 1])]))
            }
            var place = Int(truncatingIfNeeded: hash) & mask
            while larger[place] != 0 { place = (place + 1) & mask }
            larger[place] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(number + 1)
        }
        slots = larger
    }

    /// Seeded anew in each run, so that no file can be written to collide.
    private func hash(of bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let raw = UnsafeRawBufferPointer(bytes)
        var state = seed ^ UInt64(raw.count)
        var index = 0
        while index + 8 <= raw.count {
            state = ByteNumbers.mix(state ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += 8
        }
        var rest: UInt64 = 0
        while index < raw.count {
            rest = rest << 8 | UInt64(raw[index])
            index += 1
        }
        return ByteNumbers.mix(ByteNumbers.mix(state ^ rest))
    }

    @inline(__always)
    private static func mix(_ word: UInt64) -> UInt64 {
        let product = word.multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
        return (product.high ^ product.low) &+ 0x8EBC_6AF0_9C88_C6E3
    }
}

/// Makes one string of bytes that come again and again, such as the names of products.
struct TextCache {
    private let numbers = ByteNumbers()
    private var texts: [String] = []
    private let limit = 20_000

    mutating func text(of bytes: UnsafeBufferPointer<UInt8>) -> String {
        if bytes.isEmpty { return "" }
        // Up to 15 bytes a string needs no memory of its own, and looking it up would cost more.
        if bytes.count <= 15 { return String(decoding: bytes, as: UTF8.self) }
        if texts.count >= limit { forget() }
        let (number, isNew) = numbers.number(of: bytes)
        if isNew { texts.append(String(decoding: bytes, as: UTF8.self)) }
        return texts[number]
    }

    private mutating func forget() {
        numbers.removeAll()
        texts.removeAll(keepingCapacity: true)
    }
}
