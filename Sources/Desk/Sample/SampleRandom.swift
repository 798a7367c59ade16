/// A generator of our own, so that a seed gives the same company on every machine and for ever.
///
/// xoshiro256** seeded through SplitMix64 (Blackman and Vigna). What is drawn from it uses comparisons and exact
/// arithmetic only: no logarithm whose last digit depends on a library.
struct SampleRandom {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    init(seed: UInt64) {
        var seed = seed
        func next() -> UInt64 {
            seed &+= 0x9E37_79B9_7F4A_7C15
            var z = seed
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
        state = (next(), next(), next(), next())
    }

    mutating func next() -> UInt64 {
        let product = state.1 &* 5
        let result = (product << 7 | product >> 57) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = state.3 << 45 | state.3 >> 19
        return result
    }

    /// 0 to just under 1.
    mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    mutating func int(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(unit() * Double(range.upperBound - range.lowerBound + 1))
    }

    mutating func pick<Element>(_ list: [Element]) -> Element { list[int(0...list.count - 1)] }

    /// The place of a weight, as often as its share of all of them.
    mutating func place(in weights: [Double]) -> Int {
        var rest = unit() * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() {
            rest -= weight
            if rest < 0 { return index }
        }
        return weights.count - 1
    }

    /// How long until something that happens once in `mean` on average. J. von Neumann's way, by comparing only.
    mutating func wait(mean: Double) -> Double {
        var whole = 0.0
        while true {
            let first = unit()
            var last = first
            var isOdd = true
            while true {
                let next = unit()
                if next > last { break }
                last = next
                isOdd.toggle()
            }
            if isOdd { return (whole + first) * mean }
            whole += 1
        }
    }

    /// How many such things happen where `mean` are to be expected.
    mutating func count(mean: Double) -> Int {
        var count = 0
        var time = wait(mean: 1)
        while time < mean {
            count += 1
            time += wait(mean: 1)
        }
        return count
    }
}
