/// A date or date-time of a feed: YYYYMMDD, YYYYMMDDThhmmss, or the latter with a Z for UTC.
struct FeedMoment: Equatable {
    let date: CivilDate
    /// Nil for a date without a time.
    let time: CivilTime?

    init?(_ word: String, _ zone: IANAZone) {
        let bytes = Array(word.utf8)
        guard let date = CivilDate(compact: bytes.prefix(8)) else { return nil }
        guard bytes.count > 8 else {
            self.init(date: date, time: nil)
            return
        }
        let isUTC = bytes.count == 16 && bytes[15] == UInt8(ascii: "Z")
        guard bytes.count == 15 || isUTC, bytes[8] == UInt8(ascii: "T"), let hour = digits(bytes[9..<11]),
            let minute = digits(bytes[11..<13]), let second = digits(bytes[13..<15]), second <= 60,
            let time = try? CivilTime(hour: hour, minute: minute, second: min(second, 59)), time < .endOfDay
        else { return nil }
        guard isUTC else {
            self.init(date: date, time: time)
            return
        }
        let local = zone.local(at: IANAZone.utc.resolve(CivilDateTime(date, time)).moment)
        self.init(date: local.date, time: local.time)
    }

    init(date: CivilDate, time: CivilTime?) {
        self.date = date
        self.time = time
    }

    /// Milliseconds of the wall clock from 1970.
    var milliseconds: Int { date.daysSince1970 * CivilTime.day + (time?.milliseconds ?? 0) }

    var isMidnight: Bool { (time ?? .midnight) == .midnight }
}

extension CivilDate {
    /// Reads YYYYMMDD.
    init?(compact bytes: some BidirectionalCollection<UInt8>) {
        guard bytes.count == 8, let year = digits(bytes.prefix(4)),
            let month = digits(bytes.dropFirst(4).prefix(2)), let day = digits(bytes.suffix(2)),
            let date = try? CivilDate(year: year, month: month, day: day)
        else { return nil }
        self = date
    }
}

/// Milliseconds of an iCalendar duration such as P1D, P2W or PT12H; nil for anything else, negative ones too.
func feedDuration(_ word: String) -> Int? {
    var rest = Array(word.utf8)[...]
    if rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    guard rest.popFirst() == UInt8(ascii: "P"), !rest.isEmpty else { return nil }
    var milliseconds = 0
    var isTime = false
    while let byte = rest.first {
        if byte == UInt8(ascii: "T"), !isTime {
            isTime = true
            rest.removeFirst()
            guard !rest.isEmpty else { return nil }
            continue
        }
        let figures = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest = rest.dropFirst(figures.count)
        guard let number = digits(figures), number <= 1_000_000, let letter = rest.popFirst() else {
            return nil
        }
        guard let unit = durationUnit(letter, isTime: isTime) else { return nil }
        milliseconds += number * unit
    }
    return milliseconds
}

/// The milliseconds of a unit of a duration; weeks and days stand before the T, the rest behind it.
private func durationUnit(_ letter: UInt8, isTime: Bool) -> Int? {
    switch (UnicodeScalar(letter), isTime) {
    case ("W", false): 7 * CivilTime.day
    case ("D", false): CivilTime.day
    case ("H", true): 3_600_000
    case ("M", true): 60_000
    case ("S", true): 1000
    default: nil
    }
}
