extension WorkingCalendar {
    /// The most days one compilation may span: a full cycle of the calendar, 400 years.
    static let mostDays = 146_097

    /// The open hours of a range of dates, from the first one's midnight to the last one's, in the zone.
    ///
    /// Night shifts that began the evening before are there from midnight on.
    /// - Throws: `OutOfRange` naming `dates` when there are more than 146,097 (400 years), or when they lie
    ///   more than 2⁵³ ms from 1970.
    public func compiled(over dates: Range<CivilDate>) throws(OutOfRange) -> OpenHours {
        let count = dates.upperBound - dates.lowerBound
        guard count <= Self.mostDays else {
            throw OutOfRange(input: "dates", value: Double(count), allowed: "at most \(Self.mostDays)")
        }
        let start = zone.startOfDay(dates.lowerBound)
        return try compiled(over: start..<max(start, zone.startOfDay(dates.upperBound)))
    }

    /// The open hours between two moments.
    ///
    /// - Throws: `OutOfRange` naming `horizon` when it spans more than 400 years or lies more than 2⁵³ ms
    ///   from 1970.
    public func compiled(over horizon: Range<UTCTime>) throws(OutOfRange) -> OpenHours {
        try OpenHours([self], over: horizon)
    }

    /// All shifts that can touch a horizon already checked, in the order of their dates.
    func shifts(touching horizon: Range<UTCTime>) -> [Range<UTCTime>] {
        let first = zone.local(at: horizon.lowerBound).date.daysSince1970 - 3
        let last = zone.local(at: horizon.upperBound).date.daysSince1970 + 1
        let periods = zone.periods(from: Int64(first - 2) * 86_400, through: Int64(last + 3) * 86_400)
        let week: [[WorkingInterval]] = Weekday.allCases.map { weekly[$0] ?? [] }
        var shifts: [Range<UTCTime>] = []
        var weekday = floorDivision(first + 3, 7).remainder
        for day in first...last {
            defer { weekday = weekday == 6 ? 0 : weekday + 1 }
            let exception = exceptions.isEmpty ? nil : exceptions[CivilDate(day: day)]
            let intervals = exception ?? week[weekday]
            guard !intervals.isEmpty, periods.has(day) else { continue }
            for interval in intervals {
                let start = periods.moment(day, interval.start.milliseconds)
                let end = periods.moment(day, interval.endMilliseconds)
                if start < end { shifts.append(start..<end) }
            }
        }
        return shifts
    }
}

extension OpenHours {
    /// The hours when at least one of several calendars is open: teams that hand over round the globe.
    ///
    /// No calendar at all is never open.
    /// - Throws: `OutOfRange` naming `horizon` when it spans more than 400 years or lies more than 2⁵³ ms
    ///   from 1970.
    public init(_ calendars: [WorkingCalendar], over horizon: Range<UTCTime>) throws(OutOfRange) {
        for end in [horizon.lowerBound.milliseconds, horizon.upperBound.milliseconds]
        where end.magnitude > 1 << 53 {
            throw OutOfRange(input: "horizon", value: Double(end), allowed: "within 2^53 ms of 1970")
        }
        let days = (horizon.upperBound - horizon.lowerBound).milliseconds / 86_400_000
        guard days <= WorkingCalendar.mostDays + 2 else {
            throw OutOfRange(input: "horizon", value: Double(days), allowed: "400 years at most")
        }
        let shifts = horizon.isEmpty ? [] : calendars.flatMap { $0.shifts(touching: horizon) }
        try self.init(shifts, over: horizon)
    }
}

extension OffsetPeriods {
    /// The moment of a reading of the wall clock, counted from a day's midnight.
    fileprivate func moment(_ day: Int, _ milliseconds: Int) -> UTCTime {
        let (second, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        return UTCTime(second: resolve(Int64(day) * 86_400 + Int64(second)).second, Int64(rest))
    }

    /// Whether a date exists: false when one gap swallows it from midnight to midnight.
    fileprivate func has(_ day: Int) -> Bool {
        let midnight = Int64(day) * 86_400
        guard case .gap(let second, let length) = resolve(midnight), length >= 86_400 else { return true }
        // The gap ends this long after the date's midnight, on the clock before it.
        let start = starts[index(at: second) - 1]
        let shown = start + offsets[index(at: second) - 1]
        return shown + length < midnight + 86_400
    }
}
