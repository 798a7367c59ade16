import Testing

@testable import Tabular

@Suite struct `Parsing dates` {
    private func parse(_ text: String, _ order: DateOrder) throws -> CivilMoment {
        try withBytes(text) { try parseDate($0, order: order) }
    }

    private func seconds(_ hour: Int, _ minute: Int, _ second: Int = 0) -> Int {
        (hour * 60 + minute) * 60 + second
    }

    @Test(arguments: [
        ("2024-03-01", DateOrder.iso), (" 2024-3-1 ", .iso), ("2024/03/01", .iso), ("20240301", .compact),
        ("01/03/2024", .dayMonthYear), ("1.3.2024", .dayMonthYear), ("1-3-24", .dayMonthYear),
        ("03/01/2024", .monthDayYear), ("3/1/24", .monthDayYear),
    ])
    func `reads the day in every order`(text: String, order: DateOrder) throws {
        #expect(try parse(text, order) == CivilMoment(year: 2024, month: 3, day: 1))
    }

    @Test(
        arguments: [
            ("2024-03-01T09:30", 34_200, 0, nil), ("2024-03-01 09:30:15", 34_215, 0, nil),
            ("2024-03-01 9:30", 34_200, 0, nil), ("2024-03-01T09:30:15.25Z", 34_215, 250, 0),
            ("2024-03-01T09:30:15,123456789+01:00", 34_215, 123, 60),
            ("2024-03-01 09:30:15 UTC", 34_215, 0, 0),
            ("2024-03-01T09:30-0530", 34_200, 0, -330), ("2024-03-01 09:30:15.007+00", 34_215, 7, 0),
            ("2024-03-01, 09:30 AM", 34_200, 0, nil), ("2024-03-01 12:05 am", 300, 0, nil),
            ("2024-03-01 12:05:01 PM", 43_501, 0, nil), ("2024-03-01 00:00:00", 0, 0, nil),
        ] as [(String, Int, Int, Int?)])
    func `reads a time and a zone after it`(text: String, second: Int, millis: Int, zone: Int?) throws {
        let expected = CivilMoment(
            year: 2024, month: 3, day: 1, secondOfDay: second, millisecond: millis, offsetMinutes: zone)
        #expect(try parse(text, .iso) == expected)
    }

    @Test func `reads times after the other orders too`() throws {
        #expect(try parse("12/31/2024 5:30 PM", .monthDayYear).secondOfDay == seconds(17, 30))
        #expect(try parse("31.12.2024 17:30:05", .dayMonthYear).secondOfDay == seconds(17, 30, 5))
        #expect(try parse("19970131T093015Z", .compact).secondOfDay == seconds(9, 30, 15))
        #expect(try parse("199701310930", .compact).secondOfDay == seconds(9, 30))
        #expect(try parse("19970131 09:30", .compact).secondOfDay == seconds(9, 30))
    }

    @Test func `reads seconds and milliseconds since 1970`() throws {
        let moment = CivilMoment(
            year: 2024, month: 3, day: 1, secondOfDay: 15, millisecond: 250, offsetMinutes: 0)
        #expect(try parse("1709251215.25", .unixSeconds) == moment)
        #expect(try parse("1709251215250", .unixMillis) == moment)
        #expect(try parse("-1", .unixSeconds).secondOfDay == 86_399)
        #expect(try parse("-1", .unixMillis).millisecond == 999)
        #expect(try parse("0", .unixSeconds).daysSinceEpoch == 0)
    }

    @Test func `turns the century at 70`() throws {
        #expect(try parse("1.1.70", .dayMonthYear).year == 1970)
        #expect(try parse("1.1.69", .dayMonthYear).year == 2069)
        #expect(try parse("1/1/99", .monthDayYear).year == 1999)
    }

    @Test(arguments: [
        ("31/02/2024", DateOrder.dayMonthYear), ("2023-02-29", .iso), ("1900-02-29", .iso),
        ("2024-13-01", .iso),
        ("2024-00-10", .iso), ("2024-01-00", .iso), ("20240431", .compact), ("12/31/2024", .dayMonthYear),
        ("2024-03-01 24:00", .iso), ("2024-03-01 09:60", .iso), ("2024-03-01 13:00 PM", .iso),
        ("2024-03-01 09:00+15:00", .iso),
    ])
    func `says when the calendar or the clock has no such moment`(text: String, order: DateOrder) {
        #expect(throws: CellProblem.noSuchDate) { try parse(text, order) }
    }

    @Test(arguments: [
        ("hello", DateOrder.iso), ("2024-03", .iso), ("2024-03/01", .iso), ("2024-03-01T", .iso),
        ("2024-03-01x", .iso), ("2024-03-01 9", .iso), ("2024-03-01 09:3", .iso),
        ("2024-03-01 09:30:15.", .iso),
        ("2024-03-01 09:30 +1", .iso), ("24-03-01", .iso), ("2024-03-001", .iso), ("03/04/2024", .iso),
        ("2024-03-01", .dayMonthYear), ("1/2/024", .dayMonthYear), ("1/2.2024", .dayMonthYear),
        ("1/2", .monthDayYear),
        ("2024030", .compact), ("2024-0301", .compact), ("202403011", .compact), ("12a", .unixSeconds),
        ("1.", .unixSeconds), ("-", .unixMillis), ("9999999999999999", .unixMillis), ("2024-03-01Z", .iso),
    ])
    func `refuses what is not a date in the order asked for`(text: String, order: DateOrder) {
        #expect(throws: CellProblem.notADate) { try parse(text, order) }
    }

    @Test(arguments: DateOrder.allCases)
    func `calls an empty cell empty`(order: DateOrder) {
        #expect(throws: CellProblem.emptyValue) { try parse("", order) }
        #expect(throws: CellProblem.emptyValue) { try parse("  ", order) }
    }

    @Test func `believes the years 1900 to 2200`() throws {
        #expect(try parse("1900-01-01", .iso).year == 1900)
        #expect(try parse("2200-12-31", .iso).year == 2200)
        #expect(throws: CellProblem.yearOutOfRange(1899)) { try parse("1899-12-31", .iso) }
        #expect(throws: CellProblem.yearOutOfRange(1)) { try parse("0001-01-01", .iso) }
        #expect(throws: CellProblem.yearOutOfRange(2201)) { try parse("22010101", .compact) }
    }

    @Test func `counts every day from 1900 to 2200 once`() throws {
        var moment = CivilMoment(year: 1900, month: 1, day: 1)
        var days = moment.daysSinceEpoch
        #expect(days == -25_567)
        while moment.year < 2201 {
            #expect(moment.daysSinceEpoch == days)
            #expect(CivilMoment(daysSinceEpoch: days) == moment)
            let text = "\(moment.year * 10_000 + moment.month * 100 + moment.day)"
            if days % 7 == 0 { #expect(try parse(text, .compact) == moment) }
            days += 1
            moment.day += 1
            if moment.day > CivilMoment.days(inMonth: moment.month, of: moment.year) {
                (moment.day, moment.month) = (1, moment.month + 1)
            }
            if moment.month > 12 { (moment.month, moment.year) = (1, moment.year + 1) }
        }
        #expect(days == 84_371)
    }
}
