/// A moment or a clock's reading as a function of the arrival, all in milliseconds.
///
/// Never falling, continuous from the left, made of pieces that stand still or rise as fast as time passes.
/// All its corners are whole milliseconds, so it is exact. Adding a target in some hours, N⁻¹(N(t) + d), maps
/// one staircase to another in one pass over its pieces and the hours' edges.
struct Staircase {
    /// The first arrival, and the last for which there is a value; there is none when it is before the first.
    let from: Int64
    private(set) var last: Int64
    /// The value at the first arrival itself; the pieces tell those after it.
    private(set) var first: Int64
    /// Piece k holds for arrivals after `starts[k]`, up to and including the next start.
    private(set) var starts: [Int64] = []
    /// The limit of the value just after each start.
    private(set) var values: [Int64] = []
    private(set) var rises: [Bool] = []

    /// Every arrival from the first to the last, mapped to itself.
    init(from: Int64, through last: Int64) {
        self.init(from: from, last: last, first: from)
        if from < last { append(from, from, rises: true) }
    }

    private init(from: Int64, last: Int64, first: Int64) {
        self.from = from
        self.last = last
        self.first = first
    }

    /// The staircase that has no value anywhere.
    static func nowhere(from: Int64) -> Staircase { Staircase(from: from, last: from - 1, first: from) }

    var isEmpty: Bool { last < from }

    /// The last arrival of a piece.
    func end(of piece: Int) -> Int64 { piece + 1 < starts.count ? starts[piece + 1] : last }

    /// The value at an arrival from the first to the last.
    func value(at arrival: Int64) -> Int64 {
        arrival == from ? first : value(after: arrival - 1) + (rises[piece(after: arrival - 1)] ? 1 : 0)
    }

    /// The limit of the value just after an arrival, which must come before the last.
    func value(after arrival: Int64) -> Int64 {
        let piece = piece(after: arrival)
        return values[piece] + (rises[piece] ? arrival - starts[piece] : 0)
    }

    private func piece(after arrival: Int64) -> Int {
        var low = 0
        var high = starts.count
        while low + 1 < high {
            let middle = (low + high) >> 1
            if starts[middle] <= arrival { low = middle } else { high = middle }
        }
        return low
    }

    /// When a clock that starts at these values and runs in these hours shows `target`.
    func adding(_ target: Elapsed, in hours: OpenHours) -> Staircase {
        target == .zero ? self : measured(by: hours).reaching(target.milliseconds, in: hours)
    }

    /// The open time before each value, N(value).
    func measured(by hours: OpenHours) -> Staircase {
        guard !isEmpty else { return self }
        let opened = hours.elapsed(until: UTCTime(milliseconds: first)).milliseconds
        var result = Staircase(from: from, last: last, first: opened)
        result.reserve(starts.count + 2 * hours.starts.count)
        var index = -1
        for piece in starts.indices {
            var arrival = starts[piece]
            var moment = values[piece]
            let end = end(of: piece)
            while arrival < end {
                while index + 1 < hours.starts.count, hours.starts[index + 1] <= moment { index += 1 }
                let isOpen = index >= 0 && moment < hours.ends[index]
                let opened =
                    isOpen ? hours.before[index] + moment - hours.starts[index] : hours.before[index + 1]
                result.append(arrival, opened, rises: rises[piece] && isOpen)
                guard rises[piece] else { break }
                var step = end - arrival
                if isOpen {
                    step = min(step, hours.ends[index] - moment)
                } else if index + 1 < hours.starts.count {
                    step = min(step, hours.starts[index + 1] - moment)
                }
                arrival += step
                moment += step
            }
        }
        return result
    }

    /// When the open time has grown by `target`, more than zero: N⁻¹(value + target), as far as the hours
    /// reach.
    private func reaching(_ target: Int64, in hours: OpenHours) -> Staircase {
        let total = hours.total.milliseconds
        guard !isEmpty, target <= total, first + target <= total,
            let start = hours.moment(after: Elapsed(milliseconds: first + target))
        else { return .nowhere(from: from) }
        var result = Staircase(from: from, last: last, first: start.milliseconds)
        result.reserve(starts.count + hours.starts.count)
        var index = 0
        for piece in starts.indices {
            var arrival = starts[piece]
            var opened = values[piece] + target
            let end = end(of: piece)
            // A value that rises from a closing time has passed it; one that stands there has not.
            let passed: Int64 = rises[piece] ? 1 : 0
            while arrival < end {
                while index < hours.starts.count, hours.before[index + 1] < opened + passed { index += 1 }
                guard index < hours.starts.count else {
                    result.last = arrival
                    return result
                }
                let moment = hours.starts[index] + opened - hours.before[index]
                result.append(arrival, moment, rises: rises[piece])
                guard rises[piece] else { break }
                let step = min(end - arrival, hours.before[index + 1] - opened)
                arrival += step
                opened += step
            }
        }
        return result
    }

    /// The same, given up at the first arrival whose value lies beyond a limit.
    func limited(to limit: Int64) -> Staircase {
        guard !isEmpty, first <= limit else { return .nowhere(from: from) }
        var result = self
        while let start = result.starts.last, let value = result.values.last, let rising = result.rises.last {
            guard value > limit || rising && value + (result.last - start) > limit else { break }
            result.last = rising ? start + max(0, limit - value) : start
            guard result.last == start else { break }
            result.removeLast()
        }
        return result
    }

    private mutating func append(_ start: Int64, _ value: Int64, rises rising: Bool) {
        if let before = starts.last, let height = values.last, rises.last == rising,
            value == (rising ? height + start - before : height)
        {
            return
        }
        starts.append(start)
        values.append(value)
        rises.append(rising)
    }

    private mutating func removeLast() {
        starts.removeLast()
        values.removeLast()
        rises.removeLast()
    }

    private mutating func reserve(_ count: Int) {
        starts.reserveCapacity(count)
        values.reserveCapacity(count)
        rises.reserveCapacity(count)
    }
}
