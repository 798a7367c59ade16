/// When a team works: weekly hours in a time zone, and the dates on which they differ.
///
/// Shift boundaries are wall-clock times, durations are elapsed time: a night shift from 22:00 to 06:00 in
/// New York lasts seven hours on 8 March 2026 and nine on 1 November. A boundary that the clocks skip is read
/// with the offset before the gap, one they show twice is the first (`IANAZone.resolve`). Dates that a zone never
/// had, such as 30 December 2011 in Samoa, have no hours.
///
/// Ask `compiled(over:)` for the hours of a range of dates, and those for due times.
public struct WorkingCalendar: Sendable, Equatable {
    /// Where the clock on the wall hangs.
    public let zone: IANAZone
    /// The hours of each day of the week, sorted; days without an entry are closed.
    public let weekly: [Weekday: [WorkingInterval]]
    /// Dates that have these hours instead of the weekly ones: none for a holiday, fewer for a half day.
    ///
    /// Shifts belong to the date they start on, so a holiday does not shorten the night before it, and
    /// removes the whole of its own.
    public let exceptions: [CivilDate: [WorkingInterval]]

    /// The most intervals one day may have.
    static let mostIntervals = 96
    /// The most dates that may differ: every day of a long life.
    static let mostExceptions = 50_000

    /// - Throws: `CalendarRefusal.overlap` when hours of one date overlap each other, or weekly hours those
    ///   of the next day; `.tooMany` for more than 96 intervals on a day or 50,000 exceptions. Hours that
    ///   only meet (09:00-12:00, 12:00-17:00) are fine, and a night shift may run into the hours of an
    ///   exceptional date: open time is never counted twice.
    public init(
        zone: IANAZone, weekly: [Weekday: [WorkingInterval]], exceptions: [CivilDate: [WorkingInterval]] = [:]
    ) throws(CalendarRefusal) {
        guard exceptions.count <= Self.mostExceptions else { throw .tooMany("exceptions", exceptions.count) }
        self.zone = zone
        var sortedWeek: [Weekday: [WorkingInterval]] = [:]
        for weekday in Weekday.allCases {
            sortedWeek[weekday] = try Self.sorted(weekly[weekday] ?? [], on: .weekday(weekday))
        }
        for weekday in Weekday.allCases {
            try Self.checkNight(sortedWeek[weekday]?.last, before: sortedWeek[weekday.next]?.first, weekday)
        }
        self.weekly = sortedWeek.filter { !$0.value.isEmpty }
        var sortedDates: [CivilDate: [WorkingInterval]] = [:]
        for (date, intervals) in exceptions {
            sortedDates[date] = try Self.sorted(intervals, on: .date(date))
        }
        self.exceptions = sortedDates
    }

    private static func sorted(
        _ intervals: [WorkingInterval], on day: CalendarRefusal.Day
    ) throws(CalendarRefusal) -> [WorkingInterval] {
        guard intervals.count <= mostIntervals else { throw .tooMany("intervals on \(day)", intervals.count) }
        let sorted = intervals.sorted()
        for (earlier, later) in zip(sorted, sorted.dropFirst())
        where later.start.milliseconds < earlier.endMilliseconds {
            throw .overlap(earlier, later, on: day)
        }
        return sorted
    }

    private static func checkNight(
        _ last: WorkingInterval?, before first: WorkingInterval?, _ weekday: Weekday
    ) throws(CalendarRefusal) {
        guard let last, let first, last.endMilliseconds > CivilTime.day + first.start.milliseconds else {
            return
        }
        throw .overlap(last, first, on: .weekday(weekday))
    }

    /// The hours of a date: its own if it is an exception, otherwise its weekday's.
    public func intervals(on date: CivilDate) -> [WorkingInterval] {
        exceptions[date] ?? weekly[date.weekday] ?? []
    }

    /// The same calendar closed on these dates too; hours stated for a date before stay as they are.
    ///
    /// - Throws: `CalendarRefusal.tooMany` for more than 50,000 exceptions in all.
    public func closed(on dates: some Sequence<CivilDate>) throws(CalendarRefusal) -> WorkingCalendar {
        var exceptions = exceptions
        for date in dates where exceptions[date] == nil { exceptions[date] = [] }
        return try WorkingCalendar(zone: zone, weekly: weekly, exceptions: exceptions)
    }
}

/// Why hours cannot be a calendar's.
public enum CalendarRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// The day whose hours are at fault.
    public enum Day: Sendable, Equatable, CustomStringConvertible {
        /// Every such day of the week.
        case weekday(Weekday)
        /// One date.
        case date(CivilDate)

        public var description: String {
            switch self {
            case .weekday(let weekday): "\(weekday)"
            case .date(let date): "\(date)"
            }
        }
    }

    /// Start and end are the same: nothing, or a whole day? A whole day is written 00:00 to 24:00.
    case emptyInterval(CivilTime)
    /// A start at 24:00, which belongs to the next day as 00:00.
    case startsAtEndOfDay(end: CivilTime)
    /// A time of day that does not exist.
    case badTime(OutOfRange)
    /// Two intervals share time; on a weekday the later may be the next day's.
    case overlap(WorkingInterval, WorkingInterval, on: Day)
    /// More of something than a calendar can have.
    case tooMany(String, Int)

    public var description: String {
        switch self {
        case .emptyInterval(let time): "\(time)-\(time) is empty; a whole day is 00:00-24:00"
        case .startsAtEndOfDay(let end): "24:00-\(end) starts on the next day, at 00:00"
        case .badTime(let fault): "\(fault)"
        case .overlap(let one, let other, let day): "\(one) and \(other) overlap on \(day)"
        case .tooMany(let what, let count): "\(count) \(what) are too many"
        }
    }
}
