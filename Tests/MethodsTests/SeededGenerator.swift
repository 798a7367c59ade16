/// SplitMix64: the same "random" cases on every run, so a failure can be looked at twice.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A count from 0 to 10⁸, small ones as likely as large ones.
    mutating func count() -> Int {
        let size = Int.random(in: 0...8, using: &self)
        return Int.random(in: 0...(0..<size).reduce(1) { power, _ in power * 10 }, using: &self)
    }
}
