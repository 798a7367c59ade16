import Methods
import Testing

/// Chains over a whole year of hours in zones that change their clocks, against a walk over every minute of it.
@Suite struct `Proving a chain over a random year` {
    private static let rules = [
        "EST5EDT,M3.2.0,M11.1.0", "CET-1CEST,M3.5.0,M10.5.0/3", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
        "JST-9", "UTC0",
    ]

    /// A calendar's open minutes, counted one by one.
    private struct Minutes {
        /// How many were open before each minute of the horizon.
        var before: [Int32] = [0]
        /// The first minute by which so many were open.
        var reached: [Int32] = [0]

        init(_ hours: OpenHours) {
            let start = hours.horizon.lowerBound
            let count = Int((hours.horizon.upperBound - start).milliseconds / 60_000)
            var isOpen = [Bool](repeating: false, count: count)
            for stretch in hours.stretches {
                let first = Int((stretch.lowerBound - start).milliseconds / 60_000)
                let last = Int((stretch.upperBound - start).milliseconds / 60_000)
                for minute in first..<last { isOpen[minute] = true }
            }
            before.reserveCapacity(count + 1)
            for (minute, open) in isOpen.enumerated() {
                before.append(before[minute] + (open ? 1 : 0))
                if open { reached.append(Int32(minute) + 1) }
            }
        }

        /// Nil beyond the horizon.
        func add(_ target: Int32, to minute: Int32) -> Int32? {
            guard target > 0 else { return minute }
            let sum = Int(before[Int(minute)] + target)
            return sum < reached.count ? reached[sum] : nil
        }
    }

    private struct Year {
        let days: Range<CivilDate>
        let arrivals: Range<UTCTime>

        init(_ number: Int) throws {
            let first = try CivilDate(year: number, month: 1, day: 1)
            days = first..<(try CivilDate(year: number + 1, month: 3, day: 31))
            let end = try CivilDate(year: number + 1, month: 1, day: 1)
            arrivals = IANAZone.utc.startOfDay(first)..<IANAZone.utc.startOfDay(end)
        }

        /// One horizon for every calendar, whatever its zone: a day inside what was compiled.
        var horizon: Range<UTCTime> { arrivals.lowerBound..<(arrivals.upperBound + .days(80)) }

        func hours(_ generator: inout SeededGenerator) throws -> OpenHours {
            if Int.random(in: 0..<4, using: &generator) == 0 { return try .always(over: horizon) }
            let rule = rules[Int.random(in: 0..<rules.count, using: &generator)]
            let zone = try IANAZone(name: "Somewhere", rule: rule)
            let opening = Int.random(in: 0..<72, using: &generator) * 15
            let length = Int.random(in: 8..<40, using: &generator) * 15
            let shift = try WorkingInterval(minutes: opening, (opening + length - 1) % 1440 + 1)
            var week: [Weekday: [WorkingInterval]] = [:]
            for weekday in Weekday.allCases.prefix(Int.random(in: 3...7, using: &generator)) {
                week[weekday] = [shift]
            }
            let holidays = try (0..<12).map { _ in
                try days.lowerBound.adding(days: Int.random(in: 0..<365, using: &generator))
            }
            let calendar = try WorkingCalendar(zone: zone, weekly: week).closed(on: holidays)
            return try calendar.compiled(over: horizon)
        }

        func chain(_ generator: inout SeededGenerator) throws -> Chain {
            let tiers = try (0..<Int.random(in: 1...3, using: &generator)).map { index in
                Chain.Tier(
                    "T\(index)", target: .minutes(Int64.random(in: 0...240, using: &generator)),
                    hours: try hours(&generator))
            }
            let promise = Elapsed.minutes(Int64.random(in: 120...4000, using: &generator))
            return try Chain(promise: .init(within: promise, hours: try hours(&generator)), tiers: tiers)
        }
    }

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func `finds the late minutes, the worst and the tightest of a walk over them all`(seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        let year = try Year(Int.random(in: 2024...2030, using: &generator))
        let chain = try year.chain(&generator)
        let proof = try chain.proof(over: year.arrivals)
        let customer = Minutes(chain.promise.hours)
        let tiers = try chain.tiers.map { tier in
            (Minutes(try #require(tier.hours)), Int32(try #require(tier.target).milliseconds / 60_000))
        }
        let promise = Int32(chain.promise.within.milliseconds / 60_000)

        let minutes = (year.arrivals.upperBound - year.horizon.lowerBound).milliseconds / 60_000
        var late = [Bool](repeating: false, count: Int(minutes))
        var worst = Int32.max
        var needed: Int32 = 0
        for minute in late.indices {
            var done: Int32? = Int32(minute)
            for (calendar, target) in tiers { done = done.flatMap { calendar.add(target, to: $0) } }
            guard let done, let due = customer.add(promise, to: Int32(minute)) else {
                Issue.record("the horizon ends before minute \(minute) is answered")
                return
            }
            late[minute] = done > due
            worst = min(worst, due - done)
            needed = max(needed, customer.before[Int(done)] - customer.before[minute])
        }
        var found = [Bool](repeating: false, count: late.count)
        for stretch in proof.lateArrivals {
            let first = (stretch.lowerBound - year.horizon.lowerBound).milliseconds
            let last = (stretch.upperBound - year.horizon.lowerBound).milliseconds
            for minute in Int((first + 59_999) / 60_000)..<Int((last + 59_999) / 60_000) {
                found[minute] = true
            }
        }

        #expect(found == late)
        #expect(proof.verdict == (late.contains(true) ? .broken : .kept))
        // Between two full minutes an arrival may fare worse, by less than one.
        let slack = try #require(proof.worst?.slack).milliseconds
        #expect((0..<60_000).contains(Int64(worst) * 60_000 - slack))
        let tightest = try #require(proof.tightest).within.milliseconds
        #expect((0...60_000).contains(tightest - Int64(needed) * 60_000))
        #expect(proof.decidedShare == 1)
    }
}
