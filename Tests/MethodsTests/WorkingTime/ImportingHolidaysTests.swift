import Foundation
import Methods
import Testing

@Suite struct `Importing holidays` {
    @Test func `keeps what tells a regional day from a national one`() throws {
        let feed = try holidayFeed(
            feedEvent(
                "DTSTART;VALUE=DATE:20261111", "DTEND;VALUE=DATE:20261112", "SUMMARY:St. Martin's Day",
                "DESCRIPTION:Regional\\, in parts of\\n Austria\\; not elsewhere \\\\", "LOCATION:Burgenland",
                "CATEGORIES:Regional,School", "CATEGORIES:Saints", "TRANSP:TRANSPARENT"),
            feedEvent("DTSTART;VALUE=DATE:20261026", "SUMMARY:National Day"))

        let regional = try #require(feed.days.last)
        #expect(feed.days.map(\.name) == ["National Day", "St. Martin's Day"])
        #expect(regional.note == "Regional, in parts of\n Austria; not elsewhere \\")
        #expect(regional.location == "Burgenland" && regional.categories == ["Regional", "School", "Saints"])
        #expect(regional.isTransparent && regional.isWholeDay && regional.line == 3)
        #expect(feed.remarks.isEmpty)
    }

    @Test func `puts folded lines together, whatever their ends`() throws {
        for ending in ["\r\n", "\n", "\r"] {
            let lines = [
                "\u{FEFF}begin:vcalendar", "BEGIN:VEVENT", "dtstart;value=", " date:2026", "\t0501",
                "SUMMARY:Tag der ",
                "  Arbeit · 労", "", "END:VEVENT", "END:VCALENDAR",
            ]
            var bytes = Array(lines.joined(separator: ending).utf8)
            // A fold may cut a character in two.
            let cut = try #require(bytes.firstIndex(of: 0xE5)) + 1
            bytes.insert(contentsOf: Array((ending + " ").utf8), at: cut)
            let range = try date("2026-01-01")..<date("2027-01-01")
            let feed = try HolidayFeed(iCalendar: bytes, over: range, zone: .utc)

            #expect(feed.short == "260501" && feed.days.first?.name == "Tag der  Arbeit · 労")
            #expect(feed.days.first?.line == 2)
        }
    }

    @Test func `takes every day of several`() throws {
        #expect(
            try holidayFeed(feedEvent("DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227")).short
                == "261224 261225 261226")
        #expect(
            try holidayFeed(feedEvent("DTSTART;VALUE=DATE:20261224", "DURATION:P2D")).short == "261224 261225"
        )
        #expect(try holidayFeed(feedEvent("DTSTART;VALUE=DATE:20261224", "DURATION:P1W")).days.count == 7)
        #expect(
            try holidayFeed(feedEvent("DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261224")).short
                == "261224")
        let edge = try holidayFeed(feedEvent("DTSTART;VALUE=DATE:20231230", "DTEND;VALUE=DATE:20240103"))
        #expect(edge.short == "240101 240102", "only the days inside the range")
    }

    @Test func `tells whole days from hours`() throws {
        func one(_ lines: String...) throws -> (String, Bool?) {
            let feed = try holidayFeed(feedEvent(lines.joined(separator: "\r\n")))
            return (feed.short, feed.days.first?.isWholeDay)
        }
        #expect(try one("DTSTART:20261224T120000", "DTEND:20261224T170000") == ("261224", false))
        #expect(try one("DTSTART:20261224T000000", "DTEND:20261225T000000") == ("261224", true))
        #expect(
            try one("DTSTART;TZID=\"Europe/Vienna\":20261224T180000", "DURATION:PT12H") == (
                "261224 261225", false
            ))
        #expect(try one("DTSTART;TZID=a:b:20261224T180000") == ("", nil), "a colon needs quotes")
        #expect(try one("DTSTART:20261224T180000") == ("261224", false))
    }

    @Test func `turns moments in UTC into dates of the zone`() throws {
        let text = """
            BEGIN:VCALENDAR
            \(feedEvent("DTSTART:20261231T120000Z", "DTEND:20270101T120000Z"))
            END:VCALENDAR
            """
        let kiribati = try IANAZone(name: "Pacific/Kiritimati", rule: "<+14>-14")
        let range = try date("2026-01-01")..<date("2028-01-01")
        let feed = try HolidayFeed(iCalendar: Array(text.utf8), over: range, zone: kiribati)

        #expect(feed.short == "270101 270102" && feed.days.first?.isWholeDay == false)
    }

    @Test func `lists a day once that the feed repeats`() throws {
        let day = feedEvent("DTSTART;VALUE=DATE:20260501", "SUMMARY:Labour Day")
        let other = feedEvent("DTSTART;VALUE=DATE:20260501", "SUMMARY:Labour Day", "LOCATION:Wien")

        #expect(try holidayFeed(day, day, other).days.map(\.location) == ["", "Wien"])
    }

    @Test func `says what it passed over and why`() throws {
        let feed = try holidayFeed(
            feedEvent("SUMMARY:When?"), feedEvent("DTSTART:tomorrow"),
            feedEvent("DTSTART;VALUE=DATE:20260230"),
            feedEvent("DTSTART;VALUE=DATE:20260501", "STATUS:CANCELLED", "SUMMARY:Off"),
            feedEvent("DTSTART;VALUE=DATE:20260501", "DTEND;VALUE=DATE:20260430"),
            feedEvent("DTSTART;VALUE=DATE:20260601", "DTEND;VALUE=DATE:20290601"),
            feedEvent("DTSTART;VALUE=DATE:20260701", "DURATION:-P1D"), "no line at all", "END:VEVENT",
            feedEvent("DTSTART;VALUE=DATE:20260801", "BEGIN:VALARM", "DTSTART:20260901", "END:VALARM"),
            "BEGIN:VEVENT",
            "DTSTART;VALUE=DATE:20261001")

        #expect(feed.short == "260501 260701 260801")
        #expect(
            feed.reasons == [
                .noStart, .unreadable(property: "DTSTART", value: "tomorrow"),
                .unreadable(property: "DTSTART", value: "20260230"), .cancelled(name: "Off"),
                .endsBeforeStart,
                .tooLong(days: 1096), .unreadable(property: "DURATION", value: "-P1D"),
                .notALine("no line at all"), .unbalanced("END:VEVENT"), .unbalanced("BEGIN:VEVENT"),
            ])
        #expect(feed.remarks.first?.description == "line 3: the event has no start and was passed over")
        #expect(feed.remarks.allSatisfy { $0.line > 2 && !$0.description.isEmpty })
    }

    @Test func `closes a calendar on the days an administrator keeps`() throws {
        let feed = try holidayFeed(
            feedEvent("DTSTART;VALUE=DATE:20261026", "SUMMARY:National Day"),
            feedEvent("DTSTART;VALUE=DATE:20261111", "SUMMARY:St. Martin's Day", "LOCATION:Burgenland"))
        let kept = feed.days.filter { $0.location.isEmpty }.map(\.date)

        let calendar = try WorkingCalendar(zone: .utc, weekly: workweek(("09:00", "17:00"))).closed(on: kept)

        #expect(calendar.intervals(on: try date("2026-10-26")).isEmpty)
        #expect(calendar.intervals(on: try date("2026-11-11")).count == 1)
    }

    @Test(
        .enabled(
            if: SharedFolder.has("data/holidays/public_holidays_2024_2030.json"),
            "no holiday lists in shared/data"))
    func `brings back a country's holidays as they were written`() throws {
        struct Lists: Decodable { let countries: [String: [String: String]] }
        let file = try #require(SharedFolder.file("data/holidays/public_holidays_2024_2030.json"))
        let lists = try JSONDecoder().decode(Lists.self, from: Data(contentsOf: file)).countries
        try #require(lists.count == 250)
        for country in ["AT", "US", "JP", "IN", "BR"] {
            let days = try #require(lists[country])
            let events = days.map { day, name in
                let escaped = name.replacing("\\", with: "\\\\").replacing(",", with: "\\,").replacing(
                    ";", with: "\\;")
                return feedEvent("DTSTART;VALUE=DATE:\(day.filter { $0 != "-" })", "SUMMARY:\(escaped)")
            }
            let feed = try holidayFeed(events.joined(separator: "\r\n"), to: "2031-01-01")

            let found = Dictionary(uniqueKeysWithValues: feed.days.map { ($0.date.description, $0.name) })
            #expect(found == days && !days.isEmpty, "\(country)")
        }
    }
}
