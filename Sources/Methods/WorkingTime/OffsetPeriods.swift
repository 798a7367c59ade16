/// Stretches of constant offset from UTC, in seconds: the first reaches back for ever, the last forth.
struct OffsetPeriods: Sendable, Equatable {
    /// Where each period after the first starts, ascending.
    private(set) var starts: [Int64] = []
    /// The offset of each period; one more than `starts`.
    private(set) var offsets: [Int64]

    /// No offset is further from zero than these, in seconds (RFC 9636, section 3.2).
    static let allowed: ClosedRange<Int64> = -89_999...93_599

    init(first offset: Int64) { offsets = [offset] }

    /// Adds a period that starts later than all before.
    mutating func append(from start: Int64, offset: Int64) {
        starts.append(start)
        offsets.append(offset)
    }

    /// Which period holds a moment.
    func index(at second: Int64) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) >> 1
            if starts[middle] <= second { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Where a local time, as seconds that a clock at UTC would take to show it, lies among these periods.
    ///
    /// Only periods within the largest offset of it can hold it, so few are looked at.
    func resolve(_ local: Int64) -> LocalReading {
        var first: Int64?
        var index = index(at: local - Self.allowed.upperBound - 1)
        let lastStart = local - Self.allowed.lowerBound + 1
        var gap: LocalReading?
        while true {
            let second = local - offsets[index]
            let follows = index < starts.count && starts[index] <= lastStart
            let begun = index == 0 || second >= starts[index - 1]
            if begun, index == starts.count || second < starts[index] {
                if let first { return .fold(first, second) }
                first = second
            } else if follows, gap == nil, second >= starts[index], local < starts[index] + offsets[index + 1]
            {
                gap = .gap(second, length: offsets[index + 1] - offsets[index])
            }
            guard follows else { break }
            index += 1
        }
        if let first { return .unique(first) }
        return gap ?? .unique(local - offsets[index])
    }
}

/// The moment of a local time, in seconds, and whether the clocks showed it once, never or twice.
enum LocalReading: Equatable {
    case unique(Int64)
    case gap(Int64, length: Int64)
    case fold(Int64, Int64)

    /// Gap: with the offset before it. Fold: the first occurrence.
    var second: Int64 {
        switch self {
        case .unique(let second), .gap(let second, _), .fold(let second, _): second
        }
    }
}
