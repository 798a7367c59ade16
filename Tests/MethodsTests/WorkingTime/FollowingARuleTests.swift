import Methods
import Testing

@Suite struct `Following a zone's rule` {
    private func changes(_ rule: String, in year: Int) throws -> [String] {
        let zone = try IANAZone(name: "rule", rule: rule)
        let start = IANAZone.utc.startOfDay(try CivilDate(year: year, month: 1, day: 1))
        let end = IANAZone.utc.startOfDay(try CivilDate(year: year + 1, month: 1, day: 1))
        return try zone.changes(in: start..<end).map {
            "\(IANAZone.utc.local(at: $0.moment)) \($0.offset.abbreviation)"
        }
    }

    @Test func `finds the n-th and the last weekday of a month`() throws {
        #expect(
            try changes("EST5EDT,M3.2.0,M11.1.0", in: 2026) == [
                "2026-03-08T07:00 EDT", "2026-11-01T06:00 EST",
            ])
        #expect(
            try changes("CET-1CEST,M3.5.0,M10.5.0/3", in: 2026) == [
                "2026-03-29T01:00 CEST", "2026-10-25T01:00 CET",
            ])
        #expect(
            try changes("NZST-12NZDT,M9.5.0,M4.1.0/3", in: 2026) == [
                "2026-04-04T14:00 NZST", "2026-09-26T14:00 NZDT",
            ])
    }

    @Test func `counts days with and without the leap day`() throws {
        // 1 March is day 60 of every year for J, and day 60 counted from 0 only in a leap year.
        #expect(try changes("AAA0BBB,J60/0,J300/1", in: 2024).first == "2024-03-01T00:00 BBB")
        #expect(try changes("AAA0BBB,J60/0,J300/1", in: 2026).first == "2026-03-01T00:00 BBB")
        #expect(try changes("AAA0BBB,60/0,300/1", in: 2024).first == "2024-03-01T00:00 BBB")
        #expect(try changes("AAA0BBB,60/0,300/1", in: 2026).first == "2026-03-02T00:00 BBB")
        #expect(try changes("AAA0BBB,J59/0,J300/1", in: 2024).first == "2024-02-28T00:00 BBB")
    }

    @Test func `takes hours from minus 167 to 167, which move a change to another day`() throws {
        // Greenland: the Saturday before the last Sunday of March, at 22:00.
        #expect(
            try changes("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", in: 2026) == [
                "2026-03-29T01:00 -01", "2026-10-25T01:00 -02",
            ])
        // Gaza as of 2025: the Saturday after the fourth Thursday.
        #expect(try changes("EET-2EEST,M3.4.4/50,M10.4.4/50", in: 2026).first == "2026-03-28T00:00 EEST")
        #expect(try changes("AAA0BBB,M1.1.1/-167,M7.1.1", in: 2026).last == "2026-12-28T01:00 BBB")
        #expect(try changes("AAA0BBB,M12.5.4/167,M7.1.1", in: 2027).first == "2027-01-06T23:00 BBB")
    }

    @Test(arguments: [
        "EST5EDT,0/0,J365/25", "XXX3EDT4,0/0,J365/23", "EST5EDT4,J1/0,J1/1", "EST5EDT,0/-5,J365/30",
    ])
    func `keeps daylight time all year without a moment of the other`(_ rule: String) throws {
        let zone = try IANAZone(name: "all year", rule: rule)
        for hour in Int64(0)..<(3 * 366 * 24) {
            let offset = zone.offset(at: UTCTime(seconds: 1_750_000_000 + hour * 3600))
            if offset.seconds != -14_400 || !offset.isDaylight {
                Issue.record("\(rule) at hour \(hour): \(offset)")
            }
        }
        #expect(try changes(rule, in: 2028).isEmpty)
    }

    @Test func `has no change without a second name`() throws {
        let zone = try IANAZone(name: "Nepal", rule: "<+0545>-5:45")

        #expect(zone.offset(at: try moment("2026-07-01T00:00:00Z")).seconds == 20_700)
        #expect(try changes("<+0545>-5:45", in: 2026).isEmpty)
    }

    @Test func `asks moment by moment what it lists as changes`() throws {
        var generator = SeededGenerator(state: 167)
        for _ in 0..<25 {
            func day() -> String {
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: "J\(Int.random(in: 1...365, using: &generator))"
                case 1: "\(Int.random(in: 0...365, using: &generator))"
                default:
                    "M\(Int.random(in: 1...12, using: &generator))"
                        + ".\(Int.random(in: 1...5, using: &generator))"
                        + ".\(Int.random(in: 0...6, using: &generator))"
                }
            }
            func time() -> String { "/\(Int.random(in: -167...167, using: &generator)):30" }
            let rule =
                "AAA\(Int.random(in: -14...12, using: &generator))BBB,\(day())\(time()),\(day())\(time())"
            let zone = try IANAZone(name: "random", rule: rule)
            let start = UTCTime(seconds: 1_700_000_000)
            var changes = try zone.changes(in: start..<(start + .days(1500)))[...]
            var seconds = zone.offset(at: start).seconds
            for hour in Int64(1)..<(1500 * 8) {
                let now = start + .hours(hour * 3)
                while let next = changes.first, next.moment <= now {
                    #expect(zone.offset(at: next.moment - .seconds(1)).seconds == seconds, "\(rule)")
                    seconds = next.offset.seconds
                    changes.removeFirst()
                }
                if zone.offset(at: now).seconds != seconds { Issue.record("\(rule) at \(now)") }
            }
        }
    }

    @Test(arguments: [
        ("", 0), ("E5", 1), ("EST", 3), ("EST5EDT", 7), ("EST25", 3), ("EST5:60", 5), ("EST5EDT,M3.2.0", 14),
        ("EST5EDT,M13.1.0,M11.1.0", 9), ("EST5EDT,M3.6.0,M11.1.0", 11), ("EST5EDT,M3.2.7,M11.1.0", 13),
        ("EST5EDT,J0,J365", 9), ("EST5EDT,366,J365", 8), ("EST5EDT,M3.2.0/168,M11.1.0", 15),
        ("EST5EDT,M3.2.0,M11.1.0x", 22), ("<EST5EDT", 8), ("EST5EDT,M3.2.0/2:,M11.1.0", 17), ("5EST", 0),
        ("EST5EDT,M99999999999999999999.1.0,0", 9), ("ÉST5", 0),
    ])
    func `says where a rule goes wrong`(_ rule: String, _ place: Int) {
        let error = #expect(throws: ZoneFileError.self) { try IANAZone(name: "bad", rule: rule) }

        guard case .badRule(_, let at, _)? = error else {
            Issue.record("\(rule): \(String(describing: error))")
            return
        }
        #expect(at == place, "\(rule): \(String(describing: error))")
    }
}
