import Methods
import Testing

private func newYork() throws -> IANAZone {
    try IANAZone(name: "America/New_York", rule: "EST5EDT,M3.2.0,M11.1.0")
}

private func open(_ calendar: WorkingCalendar, _ first: String, _ last: String) throws -> OpenHours {
    try calendar.compiled(over: date(first)..<date(last))
}

@Suite struct `Working by a calendar` {
    private func nights() throws -> WorkingCalendar {
        let night = [try interval("22:00", "06:00")]
        return try WorkingCalendar(
            zone: newYork(), weekly: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, night) }))
    }

    @Test func `makes a night shift as long as the night really is`() throws {
        let hours = try open(nights(), "2026-01-01", "2027-01-01")

        func length(_ start: String) throws -> Elapsed? {
            let start = try moment(start)
            return hours.stretches.first { $0.lowerBound == start }.map { $0.upperBound - $0.lowerBound }
        }
        #expect(try length("2026-03-08T03:00:00Z") == .hours(7))
        #expect(try length("2026-11-01T02:00:00Z") == .hours(9))
        #expect(try length("2026-06-02T02:00:00Z") == .hours(8))
        #expect(hours.stretches.count == 366)
    }

    @Test func `gives a shift to the date it starts on`() throws {
        let calendar = try nights().closed(on: [date("2026-06-10")])
        let hours = try open(calendar, "2026-06-09", "2026-06-12")

        #expect(!hours.isOpen(at: try moment("2026-06-11T03:00:00Z")))
        #expect(
            hours.isOpen(at: try moment("2026-06-10T09:59:00Z")), "the night before runs into the holiday")
        #expect(hours.isOpen(at: try moment("2026-06-12T02:00:00Z")))
    }

    @Test func `starts a horizon inside a shift of the evening before`() throws {
        let hours = try open(nights(), "2026-06-10", "2026-06-11")

        #expect(hours.stretches.first == (try span("2026-06-10T04:00:00Z", "2026-06-10T10:00:00Z")))
        #expect(hours.stretches.last == (try span("2026-06-11T02:00:00Z", "2026-06-11T04:00:00Z")))
        #expect(hours.total == .hours(8))
    }

    @Test func `puts a date's own hours in the place of the weekly ones`() throws {
        let half = [try interval("09:00", "12:00")]
        let calendar = try WorkingCalendar(
            zone: newYork(), weekly: workweek(("09:00", "17:00")),
            exceptions: [date("2026-12-24"): half, date("2026-12-25"): [], date("2026-12-26"): half])
        let hours = try open(calendar, "2026-12-21", "2026-12-28")

        #expect(hours.total == .hours(30))
        #expect(calendar.intervals(on: try date("2026-12-25")).isEmpty)
        #expect(calendar.intervals(on: try date("2026-12-27")).isEmpty)
        #expect(calendar.intervals(on: try date("2026-12-24")) == half)
        let closed = try calendar.closed(on: [date("2026-12-24"), date("2026-12-23")])
        #expect(try open(closed, "2026-12-21", "2026-12-28").total == .hours(22))
    }

    @Test func `closes an interval that the clocks skip`() throws {
        let sunday = { (start: String, end: String) in
            try WorkingCalendar(zone: newYork(), weekly: [.sunday: [interval(start, end)]])
        }
        #expect(try open(sunday("02:30", "03:15"), "2026-03-08", "2026-03-09").total == .zero)
        #expect(try open(sunday("02:15", "02:45"), "2026-03-08", "2026-03-09").total == .minutes(30))
        #expect(try open(sunday("01:30", "03:30"), "2026-03-08", "2026-03-09").total == .hours(1))
        #expect(try open(sunday("00:30", "01:30"), "2026-11-01", "2026-11-02").total == .hours(1))
        #expect(try open(sunday("01:30", "02:30"), "2026-11-01", "2026-11-02").total == .hours(2))
    }

    @Test(.enabled(if: Tzdata.hasSystem, "the system has no zones"))
    func `has no hours on a date that never was`() throws {
        let apia = try Tzdata.system.zone(named: "Pacific/Apia")
        let friday = try WorkingCalendar(zone: apia, weekly: [.friday: [interval("09:00", "17:00")]])
        let thursdayNight = try WorkingCalendar(zone: apia, weekly: [.thursday: [interval("22:00", "06:00")]])

        #expect(try open(friday, "2011-12-29", "2012-01-02").total == .zero)
        #expect(try open(friday, "2011-12-26", "2012-01-08").total == .hours(8))
        let night = try open(thursdayNight, "2011-12-31", "2012-01-01").stretches
        #expect(night == [try span("2011-12-30T10:00:00Z", "2011-12-30T16:00:00Z")])
    }

    @Test func `fills a day from midnight to midnight`() throws {
        let always = try WorkingCalendar(
            zone: newYork(),
            weekly: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [.wholeDay]) }))
        let hours = try open(always, "2026-01-01", "2027-01-01")

        #expect(hours.stretches.count == 1 && hours.total == .days(365))
        let march = try open(always, "2026-03-08", "2026-03-09")
        #expect(march.total == .hours(23))
    }

    @Test func `joins teams that hand over round the globe`() throws {
        let zones = [
            try IANAZone(name: "Sydney", rule: "AEST-10AEDT,M10.1.0,M4.1.0/3"),
            try IANAZone(name: "London", rule: "GMT0BST,M3.5.0/1,M10.5.0"),
        ]
        let calendars = try zones.map { try WorkingCalendar(zone: $0, weekly: workweek(("08:00", "18:00"))) }
        let day = try span("2026-06-10T00:00:00Z", "2026-06-11T00:00:00Z")

        let hours = try OpenHours(calendars, over: day)

        #expect(hours.total == .hours(19), "08-18 in both places; an hour is shared at 07:00 UTC")
        #expect(hours.stretches.count == 2)
        #expect(try OpenHours([WorkingCalendar](), over: day).total == .zero)
    }

    @Test func `answers alike however the horizon is cut`() throws {
        let calendar = try nights()
        let year = try open(calendar, "2026-01-01", "2027-01-01")
        var generator = SeededGenerator(state: 6)
        for _ in 0..<100 {
            let start =
                try moment("2026-01-05T00:00:00Z") + .minutes(.random(in: 0...500_000, using: &generator))
            let end = start + .minutes(.random(in: 0...10_000, using: &generator))

            #expect(try calendar.compiled(over: start..<end).total == year.between(start, end))
        }
    }

    @Test func `refuses hours that cannot be, and says which`() throws {
        #expect(throws: CalendarRefusal.emptyInterval(try #require(CivilTime("09:00")))) {
            try interval("09:00", "09:00")
        }
        #expect(throws: CalendarRefusal.startsAtEndOfDay(end: .midnight)) { try interval("24:00", "00:00") }
        #expect(throws: CalendarRefusal.self) { try WorkingInterval(minutes: -1, 60) }
        #expect(throws: CalendarRefusal.self) { try WorkingInterval(minutes: 0, 1441) }
        #expect(try WorkingInterval(minutes: 540, 1020) == interval("09:00", "17:00"))

        let morning = try interval("09:00", "12:00")
        let noon = try interval("11:59", "14:00")
        #expect(throws: CalendarRefusal.overlap(morning, noon, on: .weekday(.monday))) {
            try WorkingCalendar(zone: .utc, weekly: [.monday: [noon, morning]])
        }
        let christmas = try date("2026-12-24")
        #expect(throws: CalendarRefusal.overlap(morning, noon, on: .date(christmas))) {
            try WorkingCalendar(zone: .utc, weekly: [:], exceptions: [christmas: [morning, noon]])
        }
        let night = try interval("22:00", "09:30")
        #expect(throws: CalendarRefusal.overlap(night, morning, on: .weekday(.sunday))) {
            try WorkingCalendar(zone: .utc, weekly: [.sunday: [night], .monday: [morning]])
        }
        #expect(
            try WorkingCalendar(zone: .utc, weekly: [.sunday: [night], .tuesday: [morning]]).weekly.count == 2
        )
        let many = try (0..<97).map { try WorkingInterval(minutes: $0 * 10, $0 * 10 + 5) }
        let refusal = #expect(throws: CalendarRefusal.self) {
            try WorkingCalendar(zone: .utc, weekly: [.friday: many])
        }
        #expect(refusal?.description == "97 intervals on friday are too many")
    }

    @Test func `takes hours that only meet, and nights that run into a date of its own hours`() throws {
        let touching = [try interval("12:00", "17:00"), try interval("09:00", "12:00")]
        let calendar = try WorkingCalendar(zone: .utc, weekly: [.monday: touching])
        #expect(try open(calendar, "2026-06-01", "2026-06-02").stretches.count == 1)

        let half = try nights().exceptions.merging([date("2026-12-24"): [interval("00:00", "12:00")]]) { $1 }
        let shared = try WorkingCalendar(zone: newYork(), weekly: nights().weekly, exceptions: half)
        #expect(try open(shared, "2026-12-24", "2026-12-25").total == .hours(12))
    }

    @Test func `refuses more time than anyone plans`() throws {
        let calendar = try nights()
        let first = try date("2026-01-01")
        #expect(throws: OutOfRange.self) {
            try calendar.compiled(over: first..<(try first.adding(days: 146_098)))
        }
        let furthest = try CivilDate(daysSince1970: 100_000_000_000)
        #expect(throws: OutOfRange.self) { try calendar.compiled(over: furthest..<furthest) }
        #expect(throws: OutOfRange.self) {
            try calendar.compiled(over: UTCTime(milliseconds: .min)..<UTCTime(milliseconds: .max))
        }
        #expect(try calendar.compiled(over: first..<first).total == .zero)
    }
}
