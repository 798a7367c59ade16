/// Counts equal histories: an open-addressed table from a history to its place in `entries`.
///
/// Works on bare numbers, without the unit: it is passed once for every customer.
struct HistoryTally {
    struct Entry {
        let repeats: Int
        let last, observed: Double
        var customers: Int
    }

    private(set) var entries: [Entry] = []
    private(set) var customers = 0
    /// Places in `entries`, −1 where free; a power of two long and never more than half full.
    private var slots = [Int32](repeating: -1, count: 64)

    mutating func add(_ repeats: Int, _ last: Double, _ observed: Double, customers count: Int) {
        customers += count
        var slot = Self.mixed(repeats, last, observed) & (slots.count - 1)
        while slots[slot] >= 0 {
            let place = Int(slots[slot])
            let entry = entries[place]
            if entry.repeats == repeats, entry.last == last, entry.observed == observed {
                entries[place].customers += count
                return
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = Int32(entries.count)
        entries.append(Entry(repeats: repeats, last: last, observed: observed, customers: count))
        if entries.count * 2 > slots.count { grow() }
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 4)
        for (place, entry) in entries.enumerated() {
            var slot = Self.mixed(entry.repeats, entry.last, entry.observed) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(place)
        }
    }

    /// Ascending by repeats, last purchase and time observed.
    func sorted() -> [Entry] {
        entries.sorted { left, right in
            if left.repeats != right.repeats { return left.repeats < right.repeats }
            if left.last != right.last { return left.last < right.last }
            return left.observed < right.observed
        }
    }

    /// The three numbers' bits stirred together, 0 or more.
    private static func mixed(_ repeats: Int, _ last: Double, _ observed: Double) -> Int {
        var bits = UInt64(truncatingIfNeeded: repeats) &* 0x9E37_79B9_7F4A_7C15
        bits = stirred(bits ^ last.bitPattern)
        bits = stirred(bits ^ observed.bitPattern)
        return Int(bits >> 2)
    }

    private static func stirred(_ bits: UInt64) -> UInt64 {
        let product = (bits ^ (bits >> 32)) &* 0xD6E8_FEB8_6659_FD93
        return product ^ (product >> 29)
    }
}
