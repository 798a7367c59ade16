/// Numbers the distinct times of a base, so that a logarithm is taken once per time and not per history.
struct TimeTable {
    private(set) var times: [Double] = []
    private var slots = [Int32](repeating: -1, count: 1024)

    /// The number of this time, a new one if it has not been seen.
    mutating func index(of time: Double) -> Int32 {
        var slot = Self.mixed(time) & (slots.count - 1)
        while slots[slot] >= 0 {
            if times[Int(slots[slot])] == time { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = Int32(times.count)
        slots[slot] = number
        times.append(time)
        if times.count * 2 > slots.count { grow() }
        return number
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 4)
        for (number, time) in times.enumerated() {
            var slot = Self.mixed(time) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number)
        }
    }

    private static func mixed(_ time: Double) -> Int {
        let product = (time.bitPattern ^ (time.bitPattern >> 32)) &* 0xD6E8_FEB8_6659_FD93
        return Int((product ^ (product >> 29)) >> 2)
    }
}
