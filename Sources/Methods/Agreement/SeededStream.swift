/// A stream of numbers that looks random and is the same for the same seed, on every machine.
///
/// SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, 2014, OOPSLA, 453–472), written here so that a sample drawn
/// today can be drawn again in years, whatever the standard library does meanwhile.
struct SeededStream {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    static func mixed(_ state: UInt64) -> UInt64 {
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// One of 0 ..< count, each equally likely (to 2⁻⁶⁴ × count). Count is 1 or more.
    mutating func index(below count: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(truncatingIfNeeded: count)).high)
    }
}
