import Methods
import Testing

/// Working time counted a minute at a time: no search, no prefix sums, no idea of an offset's periods.
private struct MinuteWalk {
    let start: UTCTime
    private(set) var isOpen: [Bool]

    /// What the wall clock shows is asked for every minute; a reading it skips is looked for as the last
    /// minute before it, moved on by what is missing.
    init(_ calendar: WorkingCalendar, from start: UTCTime, minutes: Int) throws {
        self.start = start
        isOpen = Array(repeating: false, count: minutes)
        let margin = 3 * 1440
        var shown: [Int] = []
        for minute in -margin..<(minutes + margin) {
            let local = calendar.zone.local(at: start + .minutes(Int64(minute)))
            shown.append(local.date.daysSince1970 * 1440 + local.time.milliseconds / 60_000)
        }
        var first: [Int: Int] = [:]
        for (index, reading) in shown.enumerated() where first[reading] == nil { first[reading] = index }
        func minute(showing reading: Int) -> Int? {
            if let index = first[reading] { return index - margin }
            guard
                let jump = shown.indices.dropFirst().first(where: {
                    shown[$0 - 1] < reading && reading < shown[$0]
                })
            else { return nil }
            return jump - 1 + reading - shown[jump - 1] - margin
        }
        for day in Set(shown.map { $0 / 1440 }) {
            for interval in calendar.intervals(on: try CivilDate(daysSince1970: day)) {
                let opening = day * 1440 + interval.start.milliseconds / 60_000
                let closing =
                    day * 1440 + interval.end.milliseconds / 60_000 + (interval.isOvernight ? 1440 : 0)
                guard let from = minute(showing: opening), let to = minute(showing: closing) else { continue }
                for minute in max(0, from)..<max(0, from, min(to, minutes)) { isOpen[minute] = true }
            }
        }
    }

    func minute(after elapsed: Int, from minute: Int) -> Int? {
        var left = elapsed
        var now = minute
        while left > 0 {
            guard now < isOpen.count else { return nil }
            if isOpen[now] { left -= 1 }
            now += 1
        }
        return now
    }
}

@Suite(.enabled(if: Tzdata.hasSystem, "the system has no zones"))
struct `Walking through working time minute by minute` {
    /// Places and days on which their clocks do something.
    static let days = [
        ("America/New_York", "2026-03-06"), ("America/New_York", "2026-10-30"),
        ("Europe/London", "2025-03-28"),
        ("Australia/Lord_Howe", "2025-04-04"), ("Australia/Lord_Howe", "2025-10-03"),
        ("Pacific/Apia", "2011-12-28"), ("America/Sao_Paulo", "2018-11-02"),
        ("America/Sao_Paulo", "2019-02-15"),
        ("Asia/Kathmandu", "2026-01-01"), ("Asia/Kathmandu", "1985-12-30"),
        ("Africa/Casablanca", "2025-02-21"),
        ("Antarctica/Troll", "2025-03-28"), ("Asia/Beirut", "2025-03-28"), ("America/Nuuk", "2024-03-29"),
        ("Asia/Gaza", "2025-04-10"), ("Pacific/Kwajalein", "1993-08-19"), ("Europe/Dublin", "2025-10-24"),
    ]

    private func randomCalendar(_ zone: IANAZone, _ day: CivilDate, _ generator: inout SeededGenerator) throws
        -> WorkingCalendar
    {
        func hours(latest: Int) throws -> [WorkingInterval] {
            var intervals: [WorkingInterval] = []
            var minute = Int.random(in: 0...600, using: &generator)
            while minute < 1380, intervals.count < 4 {
                let end = minute + .random(in: 1...700, using: &generator)
                intervals.append(try WorkingInterval(minutes: minute, end <= latest ? end : 1440))
                minute = end + .random(in: 0...300, using: &generator)
            }
            if let last = intervals.last, last.end == .endOfDay, Bool.random(using: &generator) {
                let early = try WorkingInterval(
                    last.start, CivilTime(minutesOfDay: .random(in: 0...2, using: &generator)))
                if early.start > early.end { intervals[intervals.count - 1] = early }
            }
            return intervals
        }
        var weekly: [Weekday: [WorkingInterval]] = [:]
        for weekday in Weekday.allCases where Int.random(in: 0..<5, using: &generator) > 0 {
            weekly[weekday] = try hours(latest: 1440).filter {
                $0.start.milliseconds >= 120_000 || $0.end.milliseconds <= 60_000
            }
        }
        var exceptions: [CivilDate: [WorkingInterval]] = [:]
        for offset in 0..<6 where Int.random(in: 0..<4, using: &generator) == 0 {
            exceptions[try day.adding(days: offset)] =
                Bool.random(using: &generator) ? [] : try hours(latest: 1440)
        }
        return try WorkingCalendar(zone: zone, weekly: weekly, exceptions: exceptions)
    }

    @Test(arguments: days)
    func `ends where the compiled hours end`(_ place: String, _ day: String) throws {
        let zone = try Tzdata.system.zone(named: place)
        let first = try date(day)
        var generator = SeededGenerator(state: UInt64(abs(first.daysSince1970)) &+ UInt64(place.utf8.count))
        for _ in 0..<2 {
            let calendar = try randomCalendar(zone, first, &generator)
            let minutes = 5 * 1440
            let start = zone.startOfDay(first)
            let walk = try MinuteWalk(calendar, from: start, minutes: minutes)
            let hours = try calendar.compiled(over: start..<(start + .minutes(Int64(minutes))))
            #expect(hours.total == .minutes(Int64(walk.isOpen.count { $0 })), "\(place)")
            for (minute, isOpen) in walk.isOpen.enumerated() {
                if hours.isOpen(at: start + .minutes(Int64(minute))) != isOpen {
                    Issue.record("\(place): minute \(minute) of \(day), walked \(isOpen)")
                    break
                }
            }
            for _ in 0..<20 {
                let from = Int.random(in: 0..<minutes, using: &generator)
                let elapsed = Int.random(in: 0...2000, using: &generator)
                let due = try? hours.add(.minutes(Int64(elapsed)), to: start + .minutes(Int64(from)))
                #expect(
                    due == walk.minute(after: elapsed, from: from).map { start + .minutes(Int64($0)) },
                    "\(place)")
                let to = Int.random(in: from...minutes, using: &generator)
                let between = try hours.between(start + .minutes(Int64(from)), start + .minutes(Int64(to)))
                #expect(between == .minutes(Int64(walk.isOpen[from..<to].count { $0 })), "\(place)")
            }
        }
    }
}
