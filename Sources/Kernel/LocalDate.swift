/// A calendar day with no zone: what a shop writes on a receipt. Proleptic Gregorian.
public struct LocalDate: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public var daysSinceEpoch: Int

    public init(daysSinceEpoch: Int) { self.daysSinceEpoch = daysSinceEpoch }

    /// Nil where the calendar has no such day (31 February).
    public init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1, day <= LocalDate.days(inMonth: month, of: year) else {
            return nil
        }
        // Days from civil, H. Hinnant, "chrono-compatible low-level date algorithms".
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSinceEpoch = era * 146_097 + dayOfEra - 719_468
    }

    /// Reads exactly `YYYY-MM-DD`.
    public init?(iso text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for byte in bytes[range] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else {
            return nil
        }
        self.init(year: year, month: month, day: day)
    }

    public var civil: (year: Int, month: Int, day: Int) {
        let shifted = daysSinceEpoch + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }

    public var description: String {
        let (year, month, day) = civil
        let digits = String(year)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "-\(two(month))-\(two(day))"
    }

    public static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The same day so many months on, or the last of that month where it is shorter.
    public func adding(months: Int) -> LocalDate {
        let (year, month, day) = civil
        let index = year * 12 + month - 1 + months
        let newYear = Int(Int64(index).flooredDivision(by: 12))
        let newMonth = index - newYear * 12 + 1
        let newDay = min(day, LocalDate.days(inMonth: newMonth, of: newYear))
        return LocalDate(year: newYear, month: newMonth, day: newDay) ?? self
    }

    /// Dates before 1900 are misread ones.
    public static let earliest = LocalDate(daysSinceEpoch: -25_567)

    public static func + (date: LocalDate, days: Int) -> LocalDate {
        LocalDate(daysSinceEpoch: date.daysSinceEpoch + days)
    }

    public static func < (one: LocalDate, other: LocalDate) -> Bool {
        one.daysSinceEpoch < other.daysSinceEpoch
    }

    /// Months since January of year 0: the grain the counters fold days into.
    public var monthIndex: Int {
        let (year, month, _) = civil
        return year * 12 + month - 1
    }

    public static func first(ofMonth index: Int) -> LocalDate {
        let year = Int(Int64(index).flooredDivision(by: 12))
        return LocalDate(year: year, month: index - year * 12 + 1, day: 1) ?? LocalDate(daysSinceEpoch: 0)
    }
}

extension LocalDate: Codable {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let date = LocalDate(iso: text) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath, debugDescription: "\(text) is not a day like 2026-11-22"))
        }
        self = date
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
