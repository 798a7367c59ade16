/// The rule a zone follows after its last recorded transition, such as EST5EDT,M3.2.0,M11.1.0.
///
/// Source: RFC 9636, section 3.3, and the TZ variable of POSIX.1-2024, section 8.3.
struct PosixRule: Sendable, Equatable {
    let standard: ZoneOffset
    let daylight: Daylight?

    struct Daylight: Sendable, Equatable {
        let offset: ZoneOffset
        /// When daylight time starts on the standard clock, and ends on its own.
        let start, end: YearlyMoment
    }

    /// The kind of local time at a moment.
    func offset(at second: Int64) -> ZoneOffset {
        guard let daylight else { return standard }
        let year = Self.year(of: second)
        let isDaylight = [year, year - 1, year - 2, year + 1].contains {
            daylightTime(of: $0, daylight).contains(second)
        }
        return isDaylight ? daylight.offset : standard
    }

    /// The changes of offset after one moment and up to another.
    func changes(after start: Int64, through end: Int64) -> [(second: Int64, offset: Int64)] {
        guard let daylight, start < end else { return [] }
        var changes: [(second: Int64, offset: Int64)] = []
        var covered = Int64.min
        for year in (Self.year(of: start) - 2)...(Self.year(of: end) + 1) {
            let time = daylightTime(of: year, daylight)
            if time.lowerBound > covered {
                changes.append((covered, Int64(standard.seconds)))
                changes.append((time.lowerBound, Int64(daylight.offset.seconds)))
            }
            covered = max(covered, time.upperBound)
        }
        changes.append((covered, Int64(standard.seconds)))
        return changes.filter { $0.second > start && $0.second <= end }
    }

    /// The daylight time that starts in a year.
    ///
    /// One that ends before or as it starts runs into the next year: the southern hemisphere's summer, and
    /// all-year daylight time, whose end and next start are the same moment.
    private func daylightTime(of year: Int, _ daylight: Daylight) -> Range<Int64> {
        let start = daylight.start.second(of: year) - Int64(standard.seconds)
        var end = daylight.end.second(of: year) - Int64(daylight.offset.seconds)
        if end <= start { end = daylight.end.second(of: year + 1) - Int64(daylight.offset.seconds) }
        return start..<max(start, end)
    }

    private static func year(of second: Int64) -> Int {
        CivilDate(day: Int(floorDivision(second, 86_400).quotient)).year
    }
}

/// A day of every year and a time on it, which may lie on a day before or after.
struct YearlyMoment: Sendable, Equatable {
    enum Day: Sendable, Equatable {
        /// Jn: 1…365, 29 February never counted.
        case withoutLeapDay(Int)
        /// n: 0…365, 29 February counted.
        case dayOfYear(Int)
        /// Mm.w.d: the w-th (5: last) weekday d (Sunday 0) of month m.
        case weekday(Int, week: Int, month: Int)
    }

    let day: Day
    /// Seconds from the day's midnight, within a week of it.
    let time: Int

    /// The moment in a year, in seconds of the local clock.
    func second(of year: Int) -> Int64 { Int64(dayNumber(in: year)) * 86_400 + Int64(time) }

    private func dayNumber(in year: Int) -> Int {
        switch day {
        case .withoutLeapDay(let day):
            let isAfterLeapDay = CivilDate.isLeap(year) && day >= 60
            return CivilDate.dayNumber(year, 1, 1) + day - (isAfterLeapDay ? 0 : 1)
        case .dayOfYear(let day):
            return CivilDate.dayNumber(year, 1, 1) + day
        case .weekday(let weekday, let week, let month):
            let first = CivilDate.dayNumber(year, month, 1)
            let toFirst = floorDivision(weekday - (first + 4), 7).remainder
            let day = toFirst + 7 * (week - 1)
            return first + (day < CivilDate.length(ofMonth: month, year: year) ? day : day - 7)
        }
    }
}
