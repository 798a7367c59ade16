import Methods
import Testing

@Suite struct `Keeping a promise` {
    let hours: OpenHours

    init() throws {
        let zone = try IANAZone(name: "America/New_York", rule: "EST5EDT,M3.2.0,M11.1.0")
        hours = try WorkingCalendar(zone: zone, weekly: workweek(("09:00", "17:00"))).compiled(
            over: date("2026-01-01")..<date("2027-01-01"))
    }

    private func clock(_ hoursLong: Int64, _ start: String) throws -> PromiseClock {
        try PromiseClock(target: .hours(hoursLong), startedAt: moment(start), in: hours)
    }

    @Test func `promises the moment the open time is used up`() throws {
        let clock = try clock(4, "2026-06-15T19:00:00Z")

        #expect(clock.firstPromise == (try moment("2026-06-16T15:00:00Z")))
        #expect(try clock.due(in: hours) == clock.firstPromise)
        #expect(try clock.spent(at: moment("2026-06-16T02:00:00Z"), in: hours) == .hours(2))
        #expect(try clock.remaining(at: moment("2026-06-16T16:00:00Z"), in: hours) == .hours(-1))
    }

    @Test func `keeps what is left through a pause`() throws {
        var clock = try clock(4, "2026-06-15T13:00:00Z")
        try clock.pause(at: moment("2026-06-15T14:00:00Z"))
        #expect(try clock.due(in: hours) == nil)
        #expect(try clock.remaining(at: moment("2026-06-20T00:00:00Z"), in: hours) == .hours(3))

        try clock.resume(at: moment("2026-06-15T18:00:00Z"))

        #expect(try clock.due(in: hours) == (try moment("2026-06-15T21:00:00Z")))
        #expect(clock.firstPromise == (try moment("2026-06-15T17:00:00Z")))
    }

    @Test func `does not move for a pause wholly outside the hours`() throws {
        var generator = SeededGenerator(state: 2449)
        for _ in 0..<200 {
            let start =
                try moment("2026-02-02T00:00:00Z") + .minutes(.random(in: 0...300_000, using: &generator))
            let target = Elapsed.minutes(.random(in: 1...3000, using: &generator))
            var clock = try PromiseClock(target: target, startedAt: start, in: hours)
            let gaps = zip(hours.stretches, hours.stretches.dropFirst()).map { $0.upperBound..<$1.lowerBound }
            for gap in gaps where gap.lowerBound >= start && gap.lowerBound < start + .days(20) {
                let from = gap.lowerBound + .minutes(.random(in: 0...400, using: &generator))
                try clock.pause(at: from)
                try clock.resume(at: from + .minutes(.random(in: 0...500, using: &generator)))
            }
            #expect(try clock.due(in: hours) == clock.firstPromise)
        }
    }

    @Test func `moves by as much as a pause held up, counted in open time`() throws {
        var generator = SeededGenerator(state: 2)
        for _ in 0..<300 {
            let start =
                try moment("2026-02-02T00:00:00Z") + .minutes(.random(in: 0...200_000, using: &generator))
            let target = Elapsed.minutes(.random(in: 1...3000, using: &generator))
            var clock = try PromiseClock(target: target, startedAt: start, in: hours)
            var now = start
            var paused = Elapsed.zero
            for _ in 0..<4 {
                let from = now + .minutes(.random(in: 0...600, using: &generator))
                guard from < (try #require(try clock.due(in: hours))) else { break }
                now = from + .minutes(.random(in: 0...6000, using: &generator))
                try clock.pause(at: from)
                try clock.resume(at: now)
                paused = paused + (try hours.between(from, now))
            }
            let due = try #require(try clock.due(in: hours))
            #expect(try hours.between(start, due) == target + paused)
            #expect(try clock.remaining(at: due, in: hours) == .zero)
        }
    }

    @Test func `goes on after reopening with what was left`() throws {
        var clock = try clock(4, "2026-06-15T13:00:00Z")
        try clock.finish(at: moment("2026-06-15T16:00:00Z"))
        #expect(clock.state == .finished)

        try clock.reopen(at: moment("2026-06-17T13:00:00Z"))

        #expect(try clock.due(in: hours) == (try moment("2026-06-17T14:00:00Z")))
        #expect(clock.firstPromise == (try moment("2026-06-15T17:00:00Z")))
    }

    @Test func `stays broken once it is, paused or finished`() throws {
        var clock = try clock(4, "2026-06-15T13:00:00Z")
        try clock.pause(at: moment("2026-06-15T18:00:00Z"))

        #expect(try clock.due(in: hours) == (try moment("2026-06-15T17:00:00Z")))
        #expect(try clock.remaining(at: moment("2026-06-15T18:30:00Z"), in: hours) == .hours(-1))
        try clock.finish(at: moment("2026-06-15T19:00:00Z"))
        #expect(try clock.due(in: hours) == (try moment("2026-06-15T17:00:00Z")))
    }

    @Test func `is due at the close when that is when the time is used up, pause or no pause`() throws {
        var clock = try clock(2, "2026-06-15T19:00:00Z")
        try clock.pause(at: moment("2026-06-15T22:00:00Z"))
        #expect(try clock.due(in: hours) == (try moment("2026-06-15T21:00:00Z")))
        try clock.resume(at: moment("2026-06-16T12:00:00Z"))
        #expect(try clock.due(in: hours) == (try moment("2026-06-15T21:00:00Z")))
    }

    @Test func `finds a new due time in new hours and keeps the promise first made`() throws {
        let zone = try IANAZone(name: "America/New_York", rule: "EST5EDT,M3.2.0,M11.1.0")
        let holiday = try WorkingCalendar(zone: zone, weekly: workweek(("09:00", "17:00")))
            .closed(on: [date("2026-06-16")]).compiled(over: date("2026-01-01")..<date("2027-01-01"))
        let clock = try clock(4, "2026-06-15T19:00:00Z")

        #expect(try clock.due(in: holiday) == (try moment("2026-06-17T15:00:00Z")))
        #expect(clock.firstPromise == (try moment("2026-06-16T15:00:00Z")))
    }

    @Test func `refuses what a clock in its state cannot do`() throws {
        var clock = try clock(4, "2026-06-15T13:00:00Z")
        let before = UTCTime(seconds: 0)
        let after = try moment("2026-06-15T14:00:00Z")
        #expect(throws: ClockRefusal.wrongState(.running, wanted: .paused)) { try clock.resume(at: after) }
        #expect(throws: ClockRefusal.wrongState(.running, wanted: .finished)) { try clock.reopen(at: after) }
        #expect(throws: ClockRefusal.self) { try clock.pause(at: before) }
        try clock.pause(at: after)
        #expect(throws: ClockRefusal.wrongState(.paused, wanted: .running)) { try clock.pause(at: after) }
        #expect(throws: ClockRefusal.backwards(from: after, to: before)) { try clock.resume(at: before) }
        #expect(throws: ClockRefusal.backwards(from: after, to: before)) { try clock.finish(at: before) }
        try clock.finish(at: after)
        let refusal = #expect(throws: ClockRefusal.self) { try clock.finish(at: after) }
        #expect(refusal?.description == "the clock is finished, not running")
        #expect(throws: HorizonError.self) {
            try PromiseClock(target: .hours(-1), startedAt: after, in: hours)
        }
        #expect(throws: HorizonError.self) {
            try PromiseClock(target: .hours(1), startedAt: before, in: hours)
        }
    }

    @Test func `comes back from storage as it was, or not at all`() throws {
        var clock = try clock(4, "2026-06-15T13:00:00Z")
        try clock.pause(at: moment("2026-06-15T14:00:00Z"))
        try clock.resume(at: moment("2026-06-15T18:00:00Z"))

        let again = try PromiseClock(
            target: clock.target, firstPromise: clock.firstPromise, runs: clock.runs, state: clock.state)

        #expect(again == clock)
        let now = UTCTime(seconds: 100)
        let earlier = UTCTime(seconds: 50)
        let broken: [(Elapsed, [PromiseClock.Run], PromiseClock.State)] = [
            (.hours(-1), [.init(start: now)], .running), (.hours(1), [], .running),
            (.hours(1), [.init(start: now)], .paused), (.hours(1), [.init(start: now, end: now)], .running),
            (.hours(1), [.init(start: now), .init(start: now)], .running),
            (.hours(1), [.init(start: now, end: now), .init(start: earlier)], .running),
            (.hours(1), [.init(start: now, end: earlier)], .finished),
        ]
        for (target, runs, state) in broken {
            #expect(throws: ClockRefusal.self) {
                try PromiseClock(target: target, firstPromise: now, runs: runs, state: state)
            }
        }
    }
}
