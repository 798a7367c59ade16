/// A stretch of a working day on the wall clock, such as 09:00 to 17:00.
///
/// Half-open: work begins at the start and is over at the end. An end at or before the start's time lies on
/// the next day, and the whole shift belongs to the date on which it starts: 22:00 to 06:00 is a night shift.
public struct WorkingInterval: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// From 00:00 up to, not including, 24:00.
    public let start: CivilTime
    /// From 00:00 to 24:00, never the start's time.
    public let end: CivilTime

    /// - Throws: `CalendarRefusal.emptyInterval` when both times are the same (a full day is 00:00 to 24:00),
    ///   `.startsAtEndOfDay` for a start at 24:00.
    public init(_ start: CivilTime, _ end: CivilTime) throws(CalendarRefusal) {
        guard start < .endOfDay else { throw .startsAtEndOfDay(end: end) }
        guard start != end else { throw .emptyInterval(start) }
        self.start = start
        self.end = end
    }

    /// The same in minutes of the day, 0…1440.
    ///
    /// - Throws: as above, and `CalendarRefusal.badTime` for minutes that no day has.
    public init(minutes start: Int, _ end: Int) throws(CalendarRefusal) {
        let times: (CivilTime, CivilTime)
        do throws(OutOfRange) {
            times = (try CivilTime(minutesOfDay: start), try CivilTime(minutesOfDay: end))
        } catch {
            throw .badTime(error)
        }
        try self.init(times.0, times.1)
    }

    private init(unchecked start: CivilTime, _ end: CivilTime) {
        self.start = start
        self.end = end
    }

    /// From midnight to midnight, however long that is when the clocks change.
    public static let wholeDay = WorkingInterval(unchecked: .midnight, .endOfDay)

    /// Whether the end lies on the day after the start.
    public var isOvernight: Bool { end < start }

    /// The end counted from the start's midnight, in milliseconds of the wall clock.
    var endMilliseconds: Int { end.milliseconds + (isOvernight ? CivilTime.day : 0) }

    public var description: String { "\(start)-\(end)" }

    /// Whether the left is less.
    public static func < (left: Self, right: Self) -> Bool {
        (left.start, left.endMilliseconds) < (right.start, right.endMilliseconds)
    }
}
