/// All cases there are to draw from, in one order whatever order they came in.
struct AuditFrame<ID: Hashable & Comparable & Sendable> {
    let strata: [(key: AuditKey, cases: [ID])]
    let detractors: [ID]

    init(_ candidates: some Sequence<AuditCandidate<ID>>) throws(AuditRefusal) {
        var groups: [AuditKey: [ID]] = [:]
        var detractors: [ID] = []
        var seen = Set<ID>()
        for candidate in candidates {
            guard seen.insert(candidate.id).inserted else { throw .repeatedCase }
            groups[AuditKey(agent: candidate.agent, channel: candidate.channel), default: []]
                .append(candidate.id)
            if candidate.isDetractor { detractors.append(candidate.id) }
        }
        strata = groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
        self.detractors = detractors.sorted()
    }

    /// How many cases each stratum gives; they sum to `size`, or to all there are.
    func allocate(_ size: Int, by allocation: AuditAllocation) throws(AuditRefusal) -> [Int] {
        let sizes = strata.map(\.cases.count)
        try check(size, "size", from: 0)
        switch allocation {
        case .equal: return allocateEqually(min(size, sizes.reduce(0, +)), sizes)
        case .proportional(let minimum):
            try check(minimum, "minimum", from: 0)
            let floors = sizes.map { min($0, minimum) }
            try check(size, "size", from: floors.reduce(0, +))
            return allocateProportionally(min(size, sizes.reduce(0, +)), sizes, floors)
        }
    }

    private func check(_ count: Int, _ input: String, from least: Int) throws(AuditRefusal) {
        do { try OutOfRange.check(count: count, input, from: least) } catch { throw .outOfRange(error) }
    }

    /// Largest remainders (Hamilton's method) over what the minimum leaves; ties go to the larger stratum,
    /// then to the earlier name.
    private func allocateProportionally(_ size: Int, _ sizes: [Int], _ floors: [Int]) -> [Int] {
        let spare = size - floors.reduce(0, +)
        let rooms = zip(sizes, floors).map { $0 - $1 }
        let room = rooms.reduce(0, +)
        guard spare > 0, room > 0 else { return floors }
        let parts = rooms.map { $0.multipliedFullWidth(by: spare) }
            .map { room.dividingFullWidth($0) }
        var shares = zip(floors, parts).map { $0 + $1.quotient }
        let order = sizes.indices.sorted {
            (parts[$1].remainder, sizes[$1], $0) < (parts[$0].remainder, sizes[$0], $1)
        }
        for stratum in order.prefix(size - shares.reduce(0, +)) { shares[stratum] += 1 }
        return shares
    }

    /// Fills all strata to the same height, small ones to the brim; what is left over goes one each to the
    /// largest.
    private func allocateEqually(_ size: Int, _ sizes: [Int]) -> [Int] {
        let order = sizes.indices.sorted { (sizes[$0], $1) < (sizes[$1], $0) }
        var shares = sizes
        var left = size
        for (place, stratum) in order.enumerated() {
            // The smallest first: a stratum takes all it has, or an equal part of what is left.
            shares[stratum] = min(sizes[stratum], left / (order.count - place))
            left -= shares[stratum]
        }
        return shares
    }
}

/// One agent in one channel.
struct AuditKey: Hashable, Comparable {
    let agent, channel: String

    static func < (left: Self, right: Self) -> Bool {
        (left.agent, left.channel) < (right.agent, right.channel)
    }

    /// The first `count` of the cases, shuffled by this stratum's own stream.
    func draw<ID>(_ count: Int, of cases: [ID], seed: UInt64) -> [ID] {
        var stream = SeededStream(seed: SeededStream.mixed(seed) ^ fingerprint)
        var cases = cases
        for place in 0..<count {
            cases.swapAt(place, place + stream.index(below: cases.count - place))
        }
        return Array(cases.prefix(count))
    }

    /// The names as a number (FNV-1a over their bytes, 0xFF between them), the same on every machine.
    private var fingerprint: UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in Array(agent.utf8) + [0xFF] + Array(channel.utf8) {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        return hash
    }
}
