import Foundation
import Kernel
import Testing

@Suite struct `A day` {
    @Test func `is the day of the civil calendar, from 1900 to 2200`() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "GMT"))
        for number in stride(from: -25_567, through: 84_000, by: 13) {
            let parts = calendar.dateComponents(
                [.year, .month, .day], from: Date(timeIntervalSince1970: Double(number) * 86_400))
            let day = LocalDate(daysSinceEpoch: number)
            #expect(
                day.civil.year == parts.year && day.civil.month == parts.month && day.civil.day == parts.day)
            #expect(LocalDate(iso: day.description) == day)
            #expect(LocalDate(year: day.civil.year, month: day.civil.month, day: day.civil.day) == day)
        }
    }

    @Test(arguments: [
        "2026-02-29", "2026-2-03", "2026-13-01", "2026-00-10", "26-01-01", "2026-01-01 ", "", "2026/01/01",
    ])
    func `is none where the calendar has none, or it is written another way`(text: String) {
        #expect(LocalDate(iso: text) == nil)
    }

    @Test func `moves by months, and stays in the month it came to`() throws {
        let january = try #require(LocalDate(iso: "2024-01-31"))

        #expect(january.adding(months: 1).description == "2024-02-29")
        #expect(january.adding(months: 13).description == "2025-02-28")
        #expect(january.adding(months: -2).description == "2023-11-30")
        #expect(LocalDate.first(ofMonth: january.monthIndex).description == "2024-01-01")
    }
}

@Suite struct `A zone` {
    @Test func `turns moments into the days people there would write`() throws {
        let berlin = try #require(Zone("Europe/Berlin"))
        let late = Instant(milliseconds: 1_767_222_000_000)  // 2025-12-31T23:00:00Z

        #expect(berlin.day(of: late).description == "2026-01-01")
        #expect(Zone.utc.day(of: late).description == "2025-12-31")
        #expect(Zone("Middle/Earth") == nil)
    }

    @Test(arguments: [
        "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe",
    ])
    func `agrees with the system's rules at every third hour of forty years`(id: String) throws {
        let zone = try #require(Zone(id))
        let rules = try #require(TimeZone(identifier: id))
        for hour in stride(from: 87_600, through: 438_000, by: 3) {
            let offset = zone.offset(at: Instant(milliseconds: Int64(hour) * 3_600_000))
            #expect(
                offset == Int64(rules.secondsFromGMT(for: Date(timeIntervalSince1970: Double(hour) * 3600)))
                    * 1000)
        }
    }

    @Test func `finds the moment of a local time, across both changes of the clocks`() throws {
        let berlin = try #require(Zone("Europe/Berlin"))
        let spring = try #require(LocalDate(iso: "2026-03-29"))
        let autumn = try #require(LocalDate(iso: "2026-10-25"))

        #expect(berlin.instant(of: spring).iso == "2026-03-28T23:00:00Z")
        #expect(berlin.instant(of: spring + 1).iso == "2026-03-29T22:00:00Z")
        #expect(berlin.instant(of: autumn, secondOfDay: 2 * 3600 + 1800).iso == "2026-10-25T00:30:00Z")
        for day in 0..<400 {
            let date = spring + day
            #expect(berlin.day(of: berlin.instant(of: date)) == date)
            #expect(berlin.day(of: berlin.instant(of: date).advanced(by: .milliseconds(-1))) == date + (-1))
        }
    }
}
