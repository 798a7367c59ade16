/// A day of the proleptic Gregorian calendar, taken apart.
struct DayParts: Sendable, Equatable {
    let year: Int, month: Int, day: Int
    /// Monday is 1.
    let weekday: Int

    /// Civil from days, H. Hinnant, "chrono-compatible low-level date algorithms".
    init(daysSinceEpoch: Int) {
        let days = min(max(daysSinceEpoch, -3_600_000), 3_600_000)
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let sinceMonday = (days + 3) % 7
        weekday = (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1
    }
}

extension Formats {
    /// A moment on the reader's clock: day and time, or what the style asks for.
    func instant(_ milliseconds: Int64, _ style: DateStyle?, for reader: Reader) -> String {
        let utc = min(max(milliseconds, -300_000_000_000_000), 300_000_000_000_000)
        let local = utc + reader.offset(utc)
        let milliseconds = local % 86_400_000
        let timeOfDay = milliseconds < 0 ? milliseconds + 86_400_000 : milliseconds
        let day = DayParts(daysSinceEpoch: Int((local - timeOfDay) / 86_400_000))
        let minute = Int(timeOfDay / 60_000)
        if let style { return date(day, time: minute, style) }
        let parts = ["date": date(day, time: minute, .date), "time": date(day, time: minute, .time)]
        return Formats.fill(moment, parts)
    }

    func date(_ day: DayParts, time minuteOfDay: Int?, _ style: DateStyle) -> String {
        let minutes = minuteOfDay ?? 0
        let hour = minutes / 60
        let hour12 = hour % 12 == 0 ? 12 : hour % 12
        let values: [String: String] = [
            "day": String(day.day), "day2": two(day.day), "month": months[day.month - 1],
            "mon": shortMonths[day.month - 1], "month2": two(day.month), "year": String(day.year),
            "weekday": weekdays[day.weekday - 1], "wday": shortWeekdays[day.weekday - 1],
            "hour": String(hour), "hour2": two(hour), "hour12": String(hour12), "minute2": two(minutes % 60),
            "half": hour < 12 ? "am" : "pm",
        ]
        return Formats.fill(patterns[style] ?? "{day}", values)
    }

    private func two(_ number: Int) -> String { Numeral.pad(UInt64(number), to: 2) }
}
