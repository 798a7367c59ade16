/// A day in a place's calendar, without a zone: what a holiday list holds.
///
/// Proleptic Gregorian: the present rules carried back and forth for ever, year 0 being 1 BC. Counted as days
/// from 1970-01-01, so that sorting, stepping and weekdays are integer sums.
///
/// Source of the day counts: E. G. Richards 2013, in Explanatory Supplement to the Astronomical Almanac,
/// chapter 15 (years that start in March, so that the leap day comes last).
public struct CivilDate: Sendable, Hashable, Comparable {
    /// Days from 1970-01-01, negative before it.
    public let daysSince1970: Int

    /// The days a caller may name; what a zone says of any moment goes a little further.
    static let days = -100_000_000_000...100_000_000_000

    /// For days known to lie within what a `UTCTime` reaches.
    init(day: Int) { daysSince1970 = day }

    /// - Throws: `OutOfRange` naming `daysSince1970` unless it is within 10¹¹ days of 1970.
    public init(daysSince1970 days: Int) throws(OutOfRange) {
        guard Self.days.contains(days) else {
            throw OutOfRange(input: "daysSince1970", value: Double(days), allowed: "within 10^11 of 1970")
        }
        self.init(day: days)
    }

    /// - Throws: `OutOfRange` naming `year` (−9999 to 9999), `month` or `day` (what that month has).
    public init(year: Int, month: Int, day: Int) throws(OutOfRange) {
        try OutOfRange.check(Double(year), "year", in: -9999...9999)
        try OutOfRange.check(Double(month), "month", in: 1...12)
        let length = Self.length(ofMonth: month, year: year)
        try OutOfRange.check(Double(day), "day", in: 1...Double(length))
        self.init(day: Self.dayNumber(year, month, day))
    }

    /// The year, month (1…12) and day of the month (1…31).
    public var yearMonthDay: (year: Int, month: Int, day: Int) {
        let shifted = daysSince1970 + 719_468  // from 1 March of year 0
        let era = floorDivision(shifted, 146_097).quotient
        let dayOfEra = shifted - era * 146_097
        let leapDays = dayOfEra / 1460 - dayOfEra / 36_524 + dayOfEra / 146_096
        let yearOfEra = (dayOfEra - leapDays) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// The year, negative before 1 BC.
    public var year: Int { yearMonthDay.year }
    /// The month, 1…12.
    public var month: Int { yearMonthDay.month }
    /// The day of the month, 1…31.
    public var day: Int { yearMonthDay.day }

    /// The day of the week.
    public var weekday: Weekday { Weekday.allCases[floorDivision(daysSince1970 + 3, 7).remainder] }

    /// The day so many days later, or earlier when negative.
    ///
    /// - Throws: `OutOfRange` naming `daysSince1970` beyond 10¹¹ days from 1970.
    public func adding(days: Int) throws(OutOfRange) -> CivilDate {
        let (sum, overflow) = daysSince1970.addingReportingOverflow(days)
        return try CivilDate(daysSince1970: overflow ? .max : sum)
    }

    /// The days from one date to another.
    public static func - (left: Self, right: Self) -> Int { left.daysSince1970 - right.daysSince1970 }
    /// Whether the left is less.
    public static func < (left: Self, right: Self) -> Bool { left.daysSince1970 < right.daysSince1970 }
}

extension CivilDate {
    /// Days from 1970 of a date whose parts are in range.
    static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = floorDivision(shiftedYear, 400).quotient
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    /// How many days a month from 1 to 12 has.
    static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension CivilDate: LosslessStringConvertible {
    /// The date as ISO 8601 writes it, such as 2026-03-08; years outside 0…9999 carry a sign.
    public var description: String {
        let (year, month, day) = yearMonthDay
        let sign = year < 0 ? "-" : year > 9999 ? "+" : ""
        return "\(sign)\(padded(abs(year), 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Reads YYYY-MM-DD; nil for anything else and for days that do not exist.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            let year = digits(parts[0]), let month = digits(parts[1]), let day = digits(parts[2]),
            let date = try? CivilDate(year: year, month: month, day: day)
        else { return nil }
        self = date
    }
}
