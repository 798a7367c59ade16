import Methods

/// How long the chain theorem takes with the hours compiled, and one addition of a target to a moment.
func chainBench() throws -> [(name: String, seconds: Double, note: String)] {
    let chains = try ChainBenchChains()
    let additions = 1_000_000
    let adding = try best(of: 5) { try chains.add(additions) }
    let compiling = try best(of: 5) { try chains.weekdays(utcOffset: -5, opens: 9, closes: 17).starts }
    return [
        ("OpenHours compiled, weekdays of two years", compiling, "522 stretches"),
        ("OpenHours.add", adding / Double(additions), "per addition; best of 5 x \(additions)"),
        (
            "Chain.proof, 4 h 24x7, engineers weekdays", try solve(chains.seed, chains.year),
            "arrivals of a year"
        ),
        ("Chain.repairs of the same", try repair(chains.seed, chains.year), "all repairs, each proved"),
        ("Chain.proof, 6 tiers in six zones", try solve(chains.sixTiers, chains.year), "arrivals of a year"),
        ("Chain.repairs of the same", try repair(chains.sixTiers, chains.year), "all repairs, each proved"),
    ]
}

private func solve(_ chain: Chain, _ year: Range<UTCTime>) throws -> Double {
    try best(of: 20) { try chain.proof(over: year).tightest?.within.milliseconds ?? 0 }
}

private func repair(_ chain: Chain, _ year: Range<UTCTime>) throws -> Double {
    try best(of: 5) { Int64(try chain.repairs(over: year).count) }
}

/// The least time of several runs; what they return is used, so that nothing is left out.
private func best(of runs: Int, _ body: () throws -> Int64) throws -> Double {
    var least = Double.infinity
    var sum: Int64 = 0
    for _ in 0..<runs {
        let time = try ContinuousClock().measure { sum &+= try body() }
        least = min(least, Double(time.components.attoseconds) / 1e18 + Double(time.components.seconds))
    }
    guard sum != .min else { return .infinity }
    return least
}

/// The chains measured: fixed offsets from UTC stand for zones, which only the compiling would notice.
private struct ChainBenchChains {
    /// 2026, and with it the year after, so that everything arriving in 2026 can be judged.
    let year = UTCTime(seconds: 1_767_225_600)..<UTCTime(seconds: 1_798_761_600)
    let horizon = UTCTime(seconds: 1_767_225_600)..<UTCTime(seconds: 1_830_297_600)
    let seed, sixTiers: Chain

    init() throws {
        let always = try OpenHours.always(over: horizon)
        let horizon = horizon
        func tier(_ name: String, _ minutes: Int64, _ offset: Int64) throws -> Chain.Tier {
            let hours = try OpenHours(Self.days(horizon, offset, 9, 17), over: horizon)
            return Chain.Tier(name, target: .minutes(minutes), hours: hours)
        }
        let support = Chain.Tier("support", target: .minutes(30), hours: always, solved: 0.8)
        let promise = Chain.Promise(within: .hours(4), hours: always)
        seed = try Chain(promise: promise, tiers: [support, try tier("engineers", 180, -5)])
        let six = try [
            tier("New York", 30, -5), tier("London", 45, 0), tier("Kathmandu", 60, 6), tier("Sydney", 75, 10),
            tier("Tokyo", 90, 9), tier("San Francisco", 120, -8),
        ]
        sixTiers = try Chain(promise: Chain.Promise(within: .hours(48), hours: always), tiers: six)
    }

    func weekdays(utcOffset: Int64, opens: Int64, closes: Int64) throws -> (starts: Int64, hours: OpenHours) {
        let hours = try OpenHours(Self.days(horizon, utcOffset, opens, closes), over: horizon)
        return (Int64(hours.stretches.count), hours)
    }

    /// Monday to Friday; the first day of 1970 was a Thursday.
    private static func days(
        _ horizon: Range<UTCTime>, _ offset: Int64, _ opens: Int64, _ closes: Int64
    ) -> [Range<UTCTime>] {
        let days =
            (horizon.lowerBound.milliseconds / 86_400_000)..<(horizon.upperBound.milliseconds / 86_400_000)
        return days.filter { ($0 + 3) % 7 < 5 }.map { day in
            let midnight = UTCTime(seconds: day * 86_400 - offset * 3600)
            return (midnight + .hours(opens))..<(midnight + .hours(closes))
        }
    }

    /// Additions of up to 40 hours to moments all over the year.
    func add(_ count: Int) throws -> Int64 {
        let hours = try weekdays(utcOffset: -5, opens: 9, closes: 17).hours
        var state: UInt64 = 2026
        var sum: Int64 = 0
        for _ in 0..<count {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let start = year.lowerBound + Elapsed(milliseconds: Int64(state >> 33) * 14 % 31_536_000_000)
            let due = try hours.add(Elapsed(milliseconds: Int64(state >> 40) % 144_000_000), to: start)
            sum &+= due.milliseconds & 0xFFFF
        }
        return sum
    }
}
