/// Reads a date, strictly: the given order or a refusal, never a guess.
///
/// A time and a zone may follow in every order: `31/12/2024 5:30 PM`, `2024-03-01T09:30:00.250+01:00`.
public func parseDate(
    _ bytes: UnsafeBufferPointer<UInt8>, order: DateOrder
) throws(CellProblem) -> CivilMoment {
    var cursor = ByteCursor(trimming: bytes)
    guard !cursor.isAtEnd else { throw .emptyValue }
    var moment: CivilMoment
    switch order {
    case .iso: moment = try cursor.yearMonthDay()
    case .compact: moment = try cursor.eightDigits()
    case .dayMonthYear: moment = try cursor.numbersThenYear(dayFirst: true)
    case .monthDayYear: moment = try cursor.numbersThenYear(dayFirst: false)
    case .unixSeconds: return try cursor.unixMoment(unitsPerSecond: 1)
    case .unixMillis: return try cursor.unixMoment(unitsPerSecond: 1_000)
    }
    if !cursor.isAtEnd { try cursor.readTime(into: &moment, packed: order == .compact) }
    guard cursor.isAtEnd else { throw .notADate }
    try moment.check()
    return moment
}

extension CivilMoment {
    /// The years we believe. A customer of the year 0001 is a database default, not a person.
    static let years = 1900...2200

    /// Refuses days that the calendar does not have.
    func check() throws(CellProblem) {
        guard CivilMoment.years.contains(year) else { throw .yearOutOfRange(year) }
        guard day >= 1, day <= CivilMoment.days(inMonth: month, of: year) else { throw .noSuchDate }
    }
}

extension ByteCursor {
    /// `2024-03-01`, also with slashes or dots, also `2024-3-1`.
    fileprivate mutating func yearMonthDay() throws(CellProblem) -> CivilMoment {
        guard let year = number(4, 4)?.value, let separator = dateSeparator(),
            let month = number(1, 2)?.value, skip(separator), let day = number(1, 2)?.value
        else { throw .notADate }
        return CivilMoment(year: year, month: month, day: day)
    }

    /// `19970131`
    fileprivate mutating func eightDigits() throws(CellProblem) -> CivilMoment {
        guard let date = number(8, 8)?.value else { throw .notADate }
        return CivilMoment(year: date / 10_000, month: date / 100 % 100, day: date % 100)
    }

    /// `31.12.2024` or `12/31/24`. Years of two digits lie between 1970 and 2069.
    fileprivate mutating func numbersThenYear(dayFirst: Bool) throws(CellProblem) -> CivilMoment {
        guard let first = number(1, 2)?.value, let separator = dateSeparator(),
            let second = number(1, 2)?.value, skip(separator), let year = number(2, 4), year.digits != 3
        else { throw .notADate }
        let century = year.digits == 4 ? 0 : year.value >= 70 ? 1900 : 2000
        let (day, month) = dayFirst ? (first, second) : (second, first)
        return CivilMoment(year: year.value + century, month: month, day: day)
    }

    private mutating func dateSeparator() -> UInt8? {
        let found = byte
        guard found == Ascii.minus || found == Ascii.slash || found == Ascii.dot else { return nil }
        return skip(found) ? found : nil
    }

    /// Seconds or milliseconds since 1970, a fraction allowed.
    fileprivate mutating func unixMoment(unitsPerSecond: Int) throws(CellProblem) -> CivilMoment {
        let isNegative = skip(Ascii.minus)
        guard let units = number(1, 15)?.value else { throw .notADate }
        var millis = units * (1_000 / unitsPerSecond)
        if skip(Ascii.dot) {
            guard let fraction = fractionMillis() else { throw .notADate }
            if unitsPerSecond == 1 { millis += fraction }
        }
        guard isAtEnd else { throw .notADate }
        if isNegative { millis = -millis }
        let day = (millis - (millis < 0 ? 86_399_999 : 0)) / 86_400_000
        var moment = CivilMoment(daysSinceEpoch: day)
        let rest = millis - day * 86_400_000
        (moment.secondOfDay, moment.millisecond, moment.offsetMinutes) = (rest / 1_000, rest % 1_000, 0)
        try moment.check()
        return moment
    }

    /// The digits after a decimal mark, cut to three.
    mutating func fractionMillis() -> Int? {
        guard let leading = number(1, 3) else { return nil }
        _ = number(0, 15)
        switch leading.digits {
        case 1: return leading.value * 100
        case 2: return leading.value * 10
        default: return leading.value
        }
    }
}
