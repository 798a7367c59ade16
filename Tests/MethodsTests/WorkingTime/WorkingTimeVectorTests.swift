import Foundation
import Methods
import Testing

@Suite(
    .enabled(
        if: SharedFolder.has("vectors/businesstime.json"),
        "shared/vectors/businesstime.json is not here; set REGULARS_SHARED to check against it"),
    .enabled(if: Tzdata.folder != nil, Tzdata.missing))
struct `Matching the reference working times` {
    struct Vectors: Decodable {
        let calendars: [String: Calendar]
        let calendar_ranges: [String: [String]]
        let add: [Case]
        let between: [Case]
        let is_open: [Case]
        let pause: [Case]
        let tz_version_sensitive: Case
    }

    struct Calendar: Decodable {
        let tz: String?
        let weekly: [String: [[String]]]?
        let holidays: [String: [[String]]]?
        let union: [Calendar]?
        let always: Bool?
    }

    struct Case: Decodable {
        let calendar: String
        let start, end, due, at, next_open, note: String?
        let minutes, target_minutes: Int64?
        let open: Bool?
        let paused: [[String]]?
    }

    let vectors: Vectors
    let hours: [String: OpenHours]

    init() throws {
        let file = try #require(SharedFolder.file("vectors/businesstime.json"))
        vectors = try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file))
        try #require(vectors.add.count == 62 && vectors.between.count == 47 && vectors.is_open.count == 7)
        try #require(vectors.pause.count == 2 && vectors.calendars.count == 14)
        var hours: [String: OpenHours] = [:]
        for (name, calendar) in vectors.calendars {
            let range = vectors.calendar_ranges[name] ?? ["2025-12-01", "2027-07-01"]
            let horizon =
                IANAZone.utc.startOfDay(try date(range[0]))..<IANAZone.utc.startOfDay(try date(range[1]))
            hours[name] = try Self.compiled(calendar, over: horizon)
        }
        self.hours = hours
    }

    private static func compiled(_ calendar: Calendar, over horizon: Range<UTCTime>) throws -> OpenHours {
        if calendar.always == true { return try .always(over: horizon) }
        return try OpenHours((calendar.union ?? [calendar]).map(working), over: horizon)
    }

    private static func working(_ calendar: Calendar) throws -> WorkingCalendar {
        var weekly: [Weekday: [WorkingInterval]] = [:]
        for (number, intervals) in calendar.weekly ?? [:] {
            let weekday = try #require(Int(number).flatMap(Weekday.init))
            weekly[weekday] = try intervals.map { try interval($0[0], $0[1]) }
        }
        var exceptions: [CivilDate: [WorkingInterval]] = [:]
        for (day, intervals) in calendar.holidays ?? [:] {
            exceptions[try date(day)] = try intervals.map { try interval($0[0], $0[1]) }
        }
        let zone = try Tzdata.current().zone(named: try #require(calendar.tz))
        return try WorkingCalendar(zone: zone, weekly: weekly, exceptions: exceptions)
    }

    private func hours(_ vector: Case) throws -> OpenHours { try #require(hours[vector.calendar]) }

    @Test func `adds working time`() throws {
        for vector in vectors.add + [vectors.tz_version_sensitive] {
            let start = try moment(try #require(vector.start))
            let due = try hours(vector).add(.minutes(try #require(vector.minutes)), to: start)

            #expect(
                due == (try moment(try #require(vector.due))),
                "\(vector.calendar) \(start): \(vector.note ?? "")")
        }
    }

    @Test func `counts working time between two moments`() throws {
        for vector in vectors.between {
            let (start, end) = (try moment(try #require(vector.start)), try moment(try #require(vector.end)))
            let between = try hours(vector).between(start, end)

            #expect(
                between == .minutes(try #require(vector.minutes)), "\(vector.calendar) \(vector.note ?? "")")
        }
    }

    @Test func `knows when it is open and when it opens`() throws {
        for vector in vectors.is_open {
            let now = try moment(try #require(vector.at))

            #expect(try hours(vector).isOpen(at: now) == vector.open, "\(vector.calendar) \(now)")
            let next = try moment(try #require(vector.next_open))
            #expect(try hours(vector).nextOpening(from: now) == next, "\(vector.calendar) \(now)")
        }
    }

    @Test func `stops the clock while it is paused`() throws {
        for vector in vectors.pause {
            let hours = try hours(vector)
            var clock = try PromiseClock(
                target: .minutes(try #require(vector.target_minutes)),
                startedAt: moment(try #require(vector.start)), in: hours)
            for pause in try #require(vector.paused) {
                try clock.pause(at: moment(pause[0]))
                try clock.resume(at: moment(pause[1]))
            }
            #expect(try clock.due(in: hours) == (try moment(try #require(vector.due))))
        }
    }

    @Test
    func `moves a Vancouver due time by sixteen hours when the zone files are old`() throws {
        let old = try IANAZone(name: "America/Vancouver", rule: "PST8PDT,M3.2.0,M11.1.0")
        let calendar = try WorkingCalendar(zone: old, weekly: workweek(("09:00", "17:00")))
        let vector = vectors.tz_version_sensitive
        let start = try moment(try #require(vector.start))
        let hours = try calendar.compiled(over: start..<(start + .days(10)))

        let due = try hours.add(.minutes(try #require(vector.minutes)), to: start)

        #expect(due - (try moment(try #require(vector.due))) == .hours(-16))
    }
}
