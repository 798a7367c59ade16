extension ByteCursor {
    /// What may follow a date: `T09:30`, ` 9:30:15.250`, `, 5:30 PM`, then a zone.
    ///
    /// - Parameter packed: also `T093015` and, right after the date, `093015`.
    mutating func readTime(into moment: inout CivilMoment, packed: Bool) throws(CellProblem) {
        let isSeparated = skipTimeSeparator()
        guard isSeparated || packed else { throw .notADate }
        var seconds = 0
        if packed, let time = packedTime() {
            seconds = try secondOfDay(time.hour, time.minute, time.second)
        } else {
            guard isSeparated, let hour = number(1, 2)?.value, skip(Ascii.colon),
                let minute = number(2, 2)?.value
            else { throw .notADate }
            var second = 0
            if skip(Ascii.colon) {
                guard let given = number(2, 2)?.value else { throw .notADate }
                second = given
                if skip(Ascii.dot) || skip(Ascii.comma) {
                    guard let millis = fractionMillis() else { throw .notADate }
                    moment.millisecond = millis
                }
            }
            seconds = try secondOfDay(twelveHourClock(hour), minute, second)
        }
        moment.secondOfDay = seconds
        skipBlanks()
        if !isAtEnd { moment.offsetMinutes = try zone() }
    }

    private mutating func skipTimeSeparator() -> Bool {
        if skip(word: "T") { return true }
        let before = index
        _ = skip(Ascii.comma)
        skipBlanks()
        return index > before
    }

    /// `0930` or `093015`.
    private mutating func packedTime() -> (hour: Int, minute: Int, second: Int)? {
        let start = self
        guard let time = number(4, 6), time.digits != 5 else {
            self = start
            return nil
        }
        let full = time.digits == 4 ? time.value * 100 : time.value
        return (full / 10_000, full / 100 % 100, full % 100)
    }

    private func secondOfDay(_ hour: Int, _ minute: Int, _ second: Int) throws(CellProblem) -> Int {
        guard hour < 24, minute < 60, second < 60 else { throw .noSuchDate }
        return (hour * 60 + minute) * 60 + second
    }

    /// Applies AM or PM if one follows.
    private mutating func twelveHourClock(_ hour: Int) throws(CellProblem) -> Int {
        let start = self
        skipBlanks()
        let isMorning = skip(word: "AM")
        guard isMorning || skip(word: "PM") else {
            self = start
            return hour
        }
        guard hour >= 1, hour <= 12 else { throw .noSuchDate }
        return hour % 12 + (isMorning ? 0 : 12)
    }

    /// `Z`, `UTC`, `GMT`, `+01:00`, `-0530` or `+02`, in minutes east.
    private mutating func zone() throws(CellProblem) -> Int {
        if skip(word: "Z") || skip(word: "UTC") || skip(word: "GMT") { return 0 }
        let isWest = skip(Ascii.minus)
        guard isWest || skip(Ascii.plus), let hours = number(2, 2)?.value else { throw .notADate }
        var minutes = 0
        if !isAtEnd {
            _ = skip(Ascii.colon)
            guard let given = number(2, 2)?.value else { throw .notADate }
            minutes = given
        }
        // The widest zones on earth are -12:00 and +14:00.
        guard minutes < 60, hours * 60 + minutes <= 14 * 60 else { throw .noSuchDate }
        return (hours * 60 + minutes) * (isWest ? -1 : 1)
    }
}
