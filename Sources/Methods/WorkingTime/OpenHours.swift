/// Stretches of time during which a clock runs, compiled so that adding a target is one search.
///
/// Half-open stretches, sorted, disjoint and clipped to a horizon, with the open time before each of them.
/// N(t) is the open time from the horizon's start until t; `add(d, to: t)` is the least u ≥ t with
/// N(u) − N(t) = d. Both ends of the horizon are moments that may be asked about. Exact to the millisecond.
public struct OpenHours: Sendable, Equatable {
    /// The time this knows about; a question about any other moment is refused.
    public let horizon: Range<UTCTime>
    /// When each stretch starts and ends, in milliseconds.
    let starts, ends: [Int64]
    /// The open time before each stretch, and last before the horizon's end, in milliseconds.
    let before: [Int64]

    /// Moments further from 1970 than this (285,000 years) are refused, so that no sum overflows.
    static let furthest: Int64 = 1 << 53

    /// Compiles stretches in any order, overlapping or not: sorts, merges and clips them to the horizon.
    ///
    /// - Throws: `OutOfRange` naming `horizon` when an end of it lies more than 2⁵³ ms from 1970.
    public init(_ stretches: [Range<UTCTime>], over horizon: Range<UTCTime>) throws(OutOfRange) {
        for end in [horizon.lowerBound.milliseconds, horizon.upperBound.milliseconds]
        where end < -Self.furthest || end > Self.furthest {
            throw OutOfRange(input: "horizon", value: Double(end), allowed: "within 2^53 ms of 1970")
        }
        let inside = stretches.map { $0.clamped(to: horizon) }.filter { !$0.isEmpty }
        self.init(merging: inside.sorted { $0.lowerBound < $1.lowerBound }, over: horizon)
    }

    /// Merges stretches that are sorted by their start and lie inside a horizon already checked.
    private init(merging sorted: [Range<UTCTime>], over horizon: Range<UTCTime>) {
        var starts: [Int64] = []
        var ends: [Int64] = []
        for stretch in sorted {
            if let last = ends.last, stretch.lowerBound.milliseconds <= last {
                ends[ends.count - 1] = max(last, stretch.upperBound.milliseconds)
            } else {
                starts.append(stretch.lowerBound.milliseconds)
                ends.append(stretch.upperBound.milliseconds)
            }
        }
        var before: [Int64] = [0]
        before.reserveCapacity(starts.count + 1)
        for index in starts.indices { before.append(before[index] + ends[index] - starts[index]) }
        self.horizon = horizon
        self.starts = starts
        self.ends = ends
        self.before = before
    }

    /// The clock that never stops.
    ///
    /// - Throws: `OutOfRange` naming `horizon` when an end of it lies more than 2⁵³ ms from 1970.
    public static func always(over horizon: Range<UTCTime>) throws(OutOfRange) -> OpenHours {
        try OpenHours([horizon], over: horizon)
    }

    /// The clock that never runs.
    ///
    /// - Throws: `OutOfRange` naming `horizon` when an end of it lies more than 2⁵³ ms from 1970.
    public static func never(over horizon: Range<UTCTime>) throws(OutOfRange) -> OpenHours {
        try OpenHours([Range<UTCTime>](), over: horizon)
    }

    /// The stretches themselves: sorted, none empty, none touching the next.
    public var stretches: [Range<UTCTime>] {
        zip(starts, ends).map { UTCTime(milliseconds: $0)..<UTCTime(milliseconds: $1) }
    }

    /// All the open time of the horizon.
    public var total: Elapsed { Elapsed(milliseconds: before[starts.count]) }

    /// N(t): the open time from the horizon's start until a moment; before the start zero, after the end all.
    public func elapsed(until moment: UTCTime) -> Elapsed {
        Elapsed(milliseconds: elapsed(moment.milliseconds, in: stretch(at: moment.milliseconds)))
    }

    /// The least moment by which so much open time has passed since the horizon's start.
    ///
    /// Zero and less have passed when the horizon starts; nil when the horizon holds less.
    public func moment(after elapsed: Elapsed) -> UTCTime? {
        guard elapsed > .zero else { return horizon.lowerBound }
        guard elapsed <= total else { return nil }
        return UTCTime(milliseconds: moment(after: elapsed.milliseconds, from: 0))
    }

    /// When a clock started at `start` has run for `elapsed`, counting open time only.
    ///
    /// Nothing added is `start` itself, open or not; a time that is used up exactly at closing ends at the
    /// close, not at the next opening.
    /// - Throws: `HorizonError` when `start` is outside, the time runs beyond the horizon, or is negative.
    public func add(_ elapsed: Elapsed, to start: UTCTime) throws(HorizonError) -> UTCTime {
        try check(start)
        guard elapsed > .zero else {
            guard elapsed == .zero else { throw .negative(elapsed) }
            return start
        }
        let index = stretch(at: start.milliseconds)
        let spent = self.elapsed(start.milliseconds, in: index)
        guard elapsed.milliseconds <= before[starts.count] - spent else {
            throw .beyond(elapsed, from: start, horizon: horizon)
        }
        return UTCTime(milliseconds: moment(after: spent + elapsed.milliseconds, from: max(index, 0)))
    }

    /// The open time between two moments; negative when the end comes first.
    ///
    /// - Throws: `HorizonError.outside` naming the moment that lies outside.
    public func between(_ start: UTCTime, _ end: UTCTime) throws(HorizonError) -> Elapsed {
        try check(start)
        try check(end)
        return elapsed(until: end) - elapsed(until: start)
    }

    /// Whether the clock runs at a moment; never outside the horizon. Open at the opening, closed at the
    /// close.
    public func isOpen(at moment: UTCTime) -> Bool {
        let index = stretch(at: moment.milliseconds)
        return index >= 0 && moment.milliseconds < ends[index]
    }

    /// The next moment at which the clock runs: `start` itself when open; nil when it stays closed.
    ///
    /// - Throws: `HorizonError.outside` when `start` lies outside.
    public func nextOpening(from start: UTCTime) throws(HorizonError) -> UTCTime? {
        try check(start)
        let index = stretch(at: start.milliseconds)
        if index >= 0, start.milliseconds < ends[index] { return start }
        return index + 1 < starts.count ? UTCTime(milliseconds: starts[index + 1]) : nil
    }

    private func check(_ moment: UTCTime) throws(HorizonError) {
        guard moment < horizon.lowerBound || moment > horizon.upperBound else { return }
        throw .outside(moment, horizon: horizon)
    }

    /// The last stretch that starts at or before a moment; −1 when none does.
    func stretch(at moment: Int64) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) >> 1
            if starts[middle] <= moment { low = middle + 1 } else { high = middle }
        }
        return low - 1
    }

    private func elapsed(_ moment: Int64, in index: Int) -> Int64 {
        guard index >= 0 else { return 0 }
        return moment >= ends[index] ? before[index + 1] : before[index] + moment - starts[index]
    }

    /// The moment at which a stretch at or after `first` has brought the open time to `elapsed`, which it
    /// does.
    private func moment(after elapsed: Int64, from first: Int) -> Int64 {
        var low = first
        var step = 1
        while low + step < starts.count, before[low + step] < elapsed {
            low += step
            step <<= 1
        }
        var high = min(low + step, starts.count)
        while low + 1 < high {
            let middle = (low + high) >> 1
            if before[middle] < elapsed { low = middle } else { high = middle }
        }
        return starts[low] + elapsed - before[low]
    }
}

/// Why compiled hours cannot answer: they know only the time they were compiled for.
public enum HorizonError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The moment asked about lies outside the horizon.
    case outside(UTCTime, horizon: Range<UTCTime>)
    /// Counted from a moment inside, the time is not used up when the horizon ends.
    case beyond(Elapsed, from: UTCTime, horizon: Range<UTCTime>)
    /// A clock runs forward: a negative time cannot be added.
    case negative(Elapsed)

    public var description: String {
        switch self {
        case .outside(let moment, let horizon):
            "the moment \(moment.milliseconds) ms lies outside \(Self.words(horizon))"
        case .beyond(let elapsed, let start, let horizon):
            "\(elapsed.milliseconds) ms from \(start.milliseconds) ms run beyond \(Self.words(horizon))"
        case .negative(let elapsed):
            "\(elapsed.milliseconds) ms is a negative time, which cannot be added"
        }
    }

    private static func words(_ horizon: Range<UTCTime>) -> String {
        "the horizon from \(horizon.lowerBound.milliseconds) to \(horizon.upperBound.milliseconds) ms"
    }
}
