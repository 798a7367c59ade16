/// What a clock on the wall shows: a time of day without a date or a zone.
///
/// From 00:00 to 24:00 inclusive, exact to the millisecond; 24:00 is the end of the day, not the start of the
/// next. The clock is an ideal one that always has 24 hours: what a day with a clock change makes of it is
/// `IANAZone.resolve`.
public struct CivilTime: Sendable, Hashable, Comparable {
    /// Milliseconds from midnight, 0…86,400,000.
    public let milliseconds: Int

    static let day = 86_400_000
    /// 00:00, the start of a day.
    public static let midnight = CivilTime(unchecked: 0)
    /// 24:00, the end of a day.
    public static let endOfDay = CivilTime(unchecked: day)

    init(unchecked milliseconds: Int) { self.milliseconds = milliseconds }

    /// - Throws: `OutOfRange` naming `milliseconds` unless it is from 0 to 86,400,000.
    public init(milliseconds: Int) throws(OutOfRange) {
        try OutOfRange.check(Double(milliseconds), "milliseconds", in: 0...Double(Self.day))
        self.init(unchecked: milliseconds)
    }

    /// - Throws: `OutOfRange` naming `minutesOfDay` unless it is from 0 to 1440.
    public init(minutesOfDay minutes: Int) throws(OutOfRange) {
        try OutOfRange.check(Double(minutes), "minutesOfDay", in: 0...1440)
        self.init(unchecked: minutes * 60_000)
    }

    /// - Throws: `OutOfRange` naming `secondsOfDay` unless it is from 0 to 86,400.
    public init(secondsOfDay seconds: Int) throws(OutOfRange) {
        try OutOfRange.check(Double(seconds), "secondsOfDay", in: 0...86_400)
        self.init(unchecked: seconds * 1000)
    }

    /// - Throws: `OutOfRange` naming `hour` (0…24), `minute` or `second` (0…59, and 0 after 24:00).
    public init(hour: Int, minute: Int = 0, second: Int = 0) throws(OutOfRange) {
        try OutOfRange.check(Double(hour), "hour", in: 0...24)
        try OutOfRange.check(Double(minute), "minute", in: 0...(hour == 24 ? 0 : 59))
        try OutOfRange.check(Double(second), "second", in: 0...(hour == 24 ? 0 : 59))
        self.init(unchecked: (hour * 3600 + minute * 60 + second) * 1000)
    }

    /// The hour, 0…24.
    public var hour: Int { milliseconds / 3_600_000 }
    /// The minute of the hour, 0…59.
    public var minute: Int { milliseconds / 60_000 % 60 }
    /// The second of the minute, 0…59.
    public var second: Int { milliseconds / 1000 % 60 }

    /// Whether the left is less.
    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }
}

extension CivilTime: LosslessStringConvertible {
    /// The time as ISO 8601 writes it: 09:00, 09:00:30 or 09:00:30.250.
    public var description: String {
        let short = "\(padded(hour, 2)):\(padded(minute, 2))"
        if milliseconds % 60_000 == 0 { return short }
        let fraction = milliseconds % 1000
        return short + ":" + padded(second, 2) + (fraction == 0 ? "" : "." + padded(fraction, 3))
    }

    /// Reads HH:MM or HH:MM:SS, 24:00 included; nil for anything else.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ $0.count == 2 }),
            let hour = digits(parts[0]), let minute = digits(parts[1]),
            let second = parts.count == 3 ? digits(parts[2]) : 0,
            let time = try? CivilTime(hour: hour, minute: minute, second: second)
        else { return nil }
        self = time
    }
}

/// A date and what the clock on the wall shows on it; which moment that is depends on a zone.
///
/// 24:00 of a date and 00:00 of the next are the same reading, but not equal as values.
public struct CivilDateTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The day.
    public let date: CivilDate
    /// What the clock shows on it.
    public let time: CivilTime

    /// Puts a date and a time together, any two.
    public init(_ date: CivilDate, _ time: CivilTime) {
        self.date = date
        self.time = time
    }

    /// Such as 2026-03-08T02:30.
    public var description: String { "\(date)T\(time)" }

    /// Whether the left is less.
    public static func < (left: Self, right: Self) -> Bool {
        (left.date, left.time) < (right.date, right.time)
    }
}
