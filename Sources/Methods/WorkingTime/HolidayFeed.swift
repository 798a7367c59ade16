/// One day of a holiday feed, with all that tells an administrator whether it is a day off for this team.
///
/// Feeds hold days of single regions, schools or faiths beside public holidays; nothing in the format says
/// which is which, so the feed's own words are kept for a person to decide by.
public struct Holiday: Sendable, Hashable {
    /// The day itself, as the place counts days.
    public let date: CivilDate
    /// The event's SUMMARY, such as "St. Martin's Day"; empty when it has none.
    public let name: String
    /// DESCRIPTION, where many feeds write the regions a day belongs to.
    public let note: String
    /// LOCATION, where others do.
    public let location: String
    /// CATEGORIES, in the feed's order.
    public let categories: [String]
    /// Whether the event covers the date from midnight to midnight; false for an afternoon off.
    public let isWholeDay: Bool
    /// Whether the feed says that the time stays free (TRANSP:TRANSPARENT), as observances often do; no
    /// proof, since some feeds say so of every holiday.
    public let isTransparent: Bool
    /// The line of the feed on which the event begins.
    public let line: Int
}

/// The days of an iCalendar holiday feed, and what in it was not understood.
///
/// The part of RFC 5545 that such feeds use: folded lines; events with DTSTART as a date or a date-time,
/// DTEND or DURATION, so of several days too; RRULE with FREQ=YEARLY (COUNT, UNTIL, INTERVAL, BYMONTH,
/// BYMONTHDAY, BYDAY, BYSETPOS); RDATE and EXDATE; RECURRENCE-ID; SUMMARY, DESCRIPTION, LOCATION, CATEGORIES;
/// STATUS:CANCELLED and TRANSP. Dates are taken as written, whatever TZID stands beside them: a holiday is a
/// local date. Only moments in UTC are turned into a date of the zone.
public struct HolidayFeed: Sendable, Equatable {
    /// The days inside the range asked for, by date, then as in the feed; exact repetitions left out.
    public let days: [Holiday]
    /// What was passed over or only half understood, by line.
    public let remarks: [FeedRemark]

    /// The most bytes a feed may have: 4 MiB.
    static let largest = 4_194_304
    /// The most days that may come of it.
    static let mostDays = 20_000
    /// How much work rules and repetitions may make, in days looked at.
    static let mostSteps = 1_000_000

    /// Reads a feed.
    ///
    /// - Parameters:
    ///   - bytes: the file, in UTF-8, 4 MiB at most.
    ///   - range: the dates wanted; yearly rules have no end of their own.
    ///   - zone: where the team works, for the dates of moments that are given in UTC.
    /// - Throws: `FeedRefusal` for input that is no calendar, too large, or unfolds to more than 20,000 days.
    public init(iCalendar bytes: [UInt8], over range: Range<CivilDate>, zone: IANAZone) throws(FeedRefusal) {
        guard bytes.count <= Self.largest else { throw .tooLarge(bytes: bytes.count) }
        var reader = FeedReader()
        try reader.read(bytes)
        var unfolding = FeedUnfolding(range: range, zone: zone, overridden: reader.overridden(zone))
        for event in reader.events { try unfolding.add(event) }
        days = unfolding.sortedDays
        remarks = (reader.remarks + unfolding.remarks).sorted { $0.line < $1.line }
    }
}

/// Something in a feed that a person should know of.
public struct FeedRemark: Sendable, Hashable, CustomStringConvertible {
    /// What is worth knowing, and what was done about it.
    public enum Reason: Sendable, Hashable {
        /// An event without a start; it was passed over.
        case noStart
        /// A value that cannot be read; without it the event was passed over, or taken as far as understood.
        case unreadable(property: String, value: String)
        /// A part of a recurrence rule that is not understood; only the event's own date was taken.
        case rule(part: String)
        /// An event that ends before it starts; its first day was taken.
        case endsBeforeStart
        /// An event of more than 366 days; it was passed over.
        case tooLong(days: Int)
        /// An event the feed itself calls cancelled; it was passed over.
        case cancelled(name: String)
        /// A BEGIN without its END, or the reverse.
        case unbalanced(String)
        /// A line that is no "name: value"; it was passed over.
        case notALine(String)
    }

    /// The line of the feed, counted from 1.
    public let line: Int
    /// What is wrong there.
    public let reason: Reason

    public var description: String { "line \(line): \(reason.words)" }
}

extension FeedRemark.Reason {
    fileprivate var words: String {
        switch self {
        case .noStart: "the event has no start and was passed over"
        case .unreadable(let property, let value): "\(property) \"\(value)\" cannot be read"
        case .rule(let part): "\(part) in a yearly rule is not understood; only the first date was taken"
        case .endsBeforeStart: "the event ends before it starts; only its first day was taken"
        case .tooLong(let days): "an event of \(days) days is no holiday and was passed over"
        case .cancelled(let name): "\"\(name)\" is cancelled and was passed over"
        case .unbalanced(let name): "\(name) has no counterpart"
        case .notALine(let text): "\"\(text)\" is not a line of a calendar"
        }
    }
}

/// Why a feed gives no days at all.
public enum FeedRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// More than 4 MiB.
    case tooLarge(bytes: Int)
    /// There is no BEGIN:VCALENDAR; perhaps a web page came instead of the feed.
    case notACalendar
    /// More than 20,000 days, or rules that would run through a million.
    case tooManyDays
    /// More than 20,000 remarks: not a calendar, whatever it says.
    case tooManyFaults

    public var description: String {
        switch self {
        case .tooLarge(let bytes): "the feed has \(bytes) bytes, more than \(HolidayFeed.largest)"
        case .notACalendar: "this is not an iCalendar file: it has no BEGIN:VCALENDAR"
        case .tooManyDays: "the feed unfolds to more days than any list of holidays has"
        case .tooManyFaults: "the feed has more faults than can be listed"
        }
    }
}
