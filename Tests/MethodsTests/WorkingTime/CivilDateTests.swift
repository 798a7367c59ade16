import Methods
import Testing

@Suite struct `Counting days` {
    @Test func `agrees with a calendar kept by hand, day after day`() throws {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var number = 0
        var weekday = 4  // 1 January 1970 was a Thursday
        for year in 1970...2401 {
            let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
            for month in 1...12 {
                for day in 1...(month == 2 && isLeap ? 29 : lengths[month - 1]) {
                    let date = try CivilDate(year: year, month: month, day: day)
                    let parts = date.yearMonthDay
                    let isRight =
                        date.daysSince1970 == number && parts == (year, month, day)
                        && date.weekday.rawValue == weekday
                    if !isRight { Issue.record("\(year)-\(month)-\(day) reads \(date), \(date.weekday)") }
                    number += 1
                    weekday = weekday % 7 + 1
                }
            }
        }
        #expect(number == 157_785)
    }

    @Test func `goes back and forth over ten thousand years`() throws {
        var generator = SeededGenerator(state: 1582)
        for _ in 0..<2000 {
            let number = Int.random(in: -4_000_000...2_900_000, using: &generator)
            let date = try CivilDate(daysSince1970: number)

            let again = try CivilDate(year: date.year, month: date.month, day: date.day)
            #expect(again == date)
            #expect(try date.adding(days: 7).weekday == date.weekday)
            #expect(try date.adding(days: 1).weekday == date.weekday.next)
        }
    }

    @Test(arguments: [
        ("1969-12-31", -1, Weekday.wednesday), ("2000-02-29", 11_016, .tuesday),
        ("2026-03-08", 20_520, .sunday), ("0001-01-01", -719_162, .monday),
        ("9999-12-31", 2_932_896, .friday),
    ])
    func `knows these days`(_ text: String, _ number: Int, _ weekday: Weekday) throws {
        let date = try #require(CivilDate(text))

        #expect(date.daysSince1970 == number && date.weekday == weekday && date.description == text)
    }

    @Test(arguments: [
        "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-06-31", "2026-09-31",
        "2026-11-31", "2026-4-3", "20260403", "",
        "2026-04-03 ", "+026-04-03", "２０２６-04-03",
    ])
    func `refuses what is no date`(_ text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test func `names the part that is out of range`() {
        let causes: [(String, Int, Int, Int)] = [
            ("year", 10_000, 1, 1), ("year", -10_000, 1, 1), ("month", 2026, 0, 1), ("month", 2026, 13, 1),
            ("day", 2026, 2, 29), ("day", 2026, 1, 0), ("year", .max, 1, 1), ("day", 2026, 1, .min),
        ]
        for (input, year, month, day) in causes {
            let error = #expect(throws: OutOfRange.self) {
                try CivilDate(year: year, month: month, day: day)
            }
            #expect(error?.input == input)
        }
        #expect(throws: OutOfRange.self) { try CivilDate(daysSince1970: .max) }
        #expect(throws: OutOfRange.self) { try CivilDate(daysSince1970: 0).adding(days: .min) }
        #expect(throws: OutOfRange.self) { try CivilDate(daysSince1970: 1).adding(days: .max) }
    }
}
