import Methods
import Testing

/// A small random chain and the same questions answered for every millisecond of its horizon.
struct ChainBruteForce {
    let chain: Chain
    let arrivals: Range<UTCTime>
    private let start, end: Int64
    /// For each moment of the horizon the open time before it, by calendar; the customer's first.
    private let opened: [[Int64]]
    /// For each amount of open time the least moment that has it.
    private let reached: [[Int64]]

    /// Chains in whole steps of `scale` milliseconds, asked about in single ones.
    init(_ generator: inout SeededGenerator, scale: Int64 = 1) throws {
        let start = Int64.random(in: -100...100, using: &generator) * scale
        let end = start + Int64.random(in: 1...200, using: &generator) * scale
        let horizon = UTCTime(milliseconds: start)..<UTCTime(milliseconds: end)
        let promise = Chain.Promise(
            within: Self.target(&generator, 40, scale), hours: try Self.hours(&generator, horizon, scale))
        let tiers = try (0..<Int.random(in: 0...4, using: &generator)).map { index in
            Chain.Tier(
                "T\(index)", target: Self.target(&generator, 15, scale),
                hours: try Self.hours(&generator, horizon, scale),
                solved: Bool.random(using: &generator) ? Double.random(in: 0...1, using: &generator) : nil)
        }
        let first = Int64.random(in: (start - 5)...(end + 5), using: &generator)
        let last = first + Int64.random(in: 0...(end - start), using: &generator)
        let arrivals =
            Bool.random(using: &generator)
            ? horizon : UTCTime(milliseconds: first)..<UTCTime(milliseconds: last)
        self.init(try Chain(promise: promise, tiers: tiers), over: arrivals)
    }

    /// A chain whose hours all have the promise's horizon.
    init(_ chain: Chain, over arrivals: Range<UTCTime>) {
        self.chain = chain
        self.arrivals = arrivals
        let horizon = chain.promise.hours.horizon
        let (start, end) = (horizon.lowerBound.milliseconds, horizon.upperBound.milliseconds)
        self.start = start
        self.end = end
        opened = ([chain.promise.hours] + chain.tiers.compactMap(\.hours)).map { hours in
            let stretches = hours.stretches
            return (start..<end).reduce(into: [0]) { sums, moment in
                let isOpen = stretches.contains { $0.contains(UTCTime(milliseconds: moment)) }
                sums.append(sums[sums.count - 1] + (isOpen ? 1 : 0))
            }
        }
        reached = opened.map { sums in
            sums.indices.filter { $0 == 0 || sums[$0] > sums[$0 - 1] }.map { start + Int64($0) }
        }
    }

    private static func target(_ generator: inout SeededGenerator, _ most: Int64, _ scale: Int64) -> Elapsed {
        let isZero = Int.random(in: 0..<8, using: &generator) == 0
        return Elapsed(milliseconds: isZero ? 0 : scale * Int64.random(in: 1...most, using: &generator))
    }

    private static func hours(
        _ generator: inout SeededGenerator, _ horizon: Range<UTCTime>, _ scale: Int64
    ) throws -> OpenHours {
        switch Int.random(in: 0..<12, using: &generator) {
        case 0: return try .never(over: horizon)
        case 1...3: return try .always(over: horizon)
        default: break
        }
        let first = horizon.lowerBound.milliseconds / scale
        let last = horizon.upperBound.milliseconds / scale
        if Bool.random(using: &generator) {
            let day = Int64.random(in: 6...30, using: &generator)
            let opening = first - Int64.random(in: 0..<day, using: &generator)
            let length = Int64.random(in: 1..<day, using: &generator)
            let days = stride(from: opening, to: last, by: Int(day)).map {
                UTCTime(milliseconds: $0 * scale)..<UTCTime(milliseconds: ($0 + length) * scale)
            }
            return try OpenHours(days, over: horizon)
        }
        let stretches = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
            let opening = Int64.random(in: first...last, using: &generator) * scale
            let length = Int64.random(in: 1...20, using: &generator) * scale
            return UTCTime(milliseconds: opening)..<UTCTime(milliseconds: opening + length)
        }
        return try OpenHours(stretches, over: horizon)
    }

    /// The arrivals that lie in the horizon.
    var moments: [Int64] {
        let first = max(start, arrivals.lowerBound.milliseconds)
        let last = min(end, arrivals.upperBound.milliseconds - 1)
        return first <= last && !arrivals.isEmpty ? Array(first...last) : []
    }

    /// When a clock in a calendar (0: the customer's) has run so long; nil beyond the horizon.
    func add(_ target: Elapsed, to moment: Int64, in calendar: Int) -> Int64? {
        guard target > .zero else { return moment }
        let sum = opened[calendar][Int(moment - start)] + target.milliseconds
        return sum < reached[calendar].count ? reached[calendar][Int(sum)] : nil
    }

    func due(_ arrival: Int64, _ promise: Elapsed? = nil) -> Int64? {
        add(promise ?? chain.promise.within, to: arrival, in: 0)
    }

    /// The hand-over to a tier, or with the number of tiers the completion.
    func handover(_ arrival: Int64, to tier: Int, with targets: [Elapsed]? = nil) -> Int64? {
        let targets = targets ?? chain.tiers.compactMap(\.target)
        return (0..<tier).reduce(arrival) { moment, index in
            moment.flatMap { add(targets[index], to: $0, in: index + 1) }
        }
    }

    /// Whether an arrival is late; nil when the horizon does not tell.
    func isLate(_ arrival: Int64, tiers: Int? = nil, with targets: [Elapsed]? = nil) -> Bool? {
        let completion = handover(arrival, to: tiers ?? chain.tiers.count, with: targets)
        switch (completion, due(arrival)) {
        case (let completion?, let due?): return completion > due
        case (nil, _?): return true
        case (_?, nil): return false
        case (nil, nil): return nil
        }
    }

    func customerTime(_ first: Int64, _ second: Int64) -> Int64 {
        opened[0][Int(second - start)] - opened[0][Int(first - start)]
    }

    func isOpen(_ moment: Int64, in calendar: Int) -> Bool {
        moment < end && opened[calendar][Int(moment - start) + 1] > opened[calendar][Int(moment - start)]
    }

    /// The first moment from one on at which a calendar is open; the horizon's end when it stays closed.
    func opening(_ moment: Int64, in calendar: Int) -> Int64 {
        (moment..<max(moment, end)).first { isOpen($0, in: calendar) } ?? end
    }
}
