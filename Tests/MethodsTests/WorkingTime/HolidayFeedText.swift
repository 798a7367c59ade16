import Methods

/// The holidays of a calendar with these lines in it.
func holidayFeed(_ lines: String..., over first: String = "2024-01-01", to last: String = "2030-01-01")
    throws -> HolidayFeed
{
    let text = (["BEGIN:VCALENDAR", "VERSION:2.0"] + lines + ["END:VCALENDAR", ""]).joined(separator: "\r\n")
    return try HolidayFeed(iCalendar: Array(text.utf8), over: date(first)..<date(last), zone: .utc)
}

/// The lines of an event with these in it.
func feedEvent(_ lines: String...) -> String {
    (["BEGIN:VEVENT"] + lines + ["END:VEVENT"]).joined(separator: "\r\n")
}

extension HolidayFeed {
    /// The days as text, such as 240101.
    var short: String {
        days.map { $0.date.description.filter { $0 != "-" }.dropFirst(2) }.joined(separator: " ")
    }

    var reasons: [FeedRemark.Reason] { remarks.map(\.reason) }
}
