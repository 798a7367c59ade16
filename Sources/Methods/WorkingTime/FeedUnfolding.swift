/// Turns the events of a feed into days.
struct FeedUnfolding {
    private let range: Range<CivilDate>
    private let zone: IANAZone
    private let overridden: [String: Set<CivilDate>]
    private var days: [Holiday] = []
    private var seen: Set<Key> = []
    private(set) var remarks: [FeedRemark] = []
    private var steps = HolidayFeed.mostSteps

    /// What makes two entries the same day off.
    private struct Key: Hashable {
        let date: CivilDate
        let name, note, location: String
        let categories: [String]
    }

    init(range: Range<CivilDate>, zone: IANAZone, overridden: [String: Set<CivilDate>]) {
        self.range = range
        self.zone = zone
        self.overridden = overridden
    }

    var sortedDays: [Holiday] { days.sorted { ($0.date, $0.line) < ($1.date, $1.line) } }

    mutating func add(_ event: FeedEvent) throws(FeedRefusal) {
        guard remarks.count < FeedReader.mostRemarks else { throw .tooManyFaults }
        guard !event.isCancelled else { return remark(event.line, .cancelled(name: event.name)) }
        guard let startLine = event.start else { return remark(event.line, .noStart) }
        guard let start = FeedMoment(startLine.word, zone) else { return unreadable(startLine) }
        let (length, isWholeDay) = extent(of: event, from: start)
        guard length <= 366 else { return remark(event.line, .tooLong(days: length)) }
        var dates = series(of: event, from: start.date)
        guard steps >= 0 else { throw .tooManyDays }
        dates.append(contentsOf: moments(event.added).map(\.date))
        var removed = Set(moments(event.removed).map(\.date))
        if event.replaced == nil { removed.formUnion(overridden[event.uid] ?? []) }
        for date in Set(dates).subtracting(removed).sorted() {
            try add(event, from: date, length: length, isWholeDay: isWholeDay)
        }
    }

    private mutating func add(
        _ event: FeedEvent, from date: CivilDate, length: Int, isWholeDay: Bool
    ) throws(FeedRefusal) {
        let first = max(date, range.lowerBound).daysSince1970
        let end = min(date.daysSince1970 + length, range.upperBound.daysSince1970)
        guard first < end else { return }
        steps -= (end - first) * 10
        guard steps >= 0 else { throw .tooManyDays }
        for number in first..<end {
            let date = CivilDate(day: number)
            let key = Key(
                date: date, name: event.name, note: event.note, location: event.location,
                categories: event.categories)
            guard seen.insert(key).inserted else { continue }
            guard days.count < HolidayFeed.mostDays else { throw .tooManyDays }
            days.append(
                Holiday(
                    date: date, name: event.name, note: event.note, location: event.location,
                    categories: event.categories, isWholeDay: isWholeDay, isTransparent: event.isTransparent,
                    line: event.line))
        }
    }

    /// How many dates one occurrence touches, and whether it fills them.
    private mutating func extent(of event: FeedEvent, from start: FeedMoment) -> (days: Int, isWholeDay: Bool)
    {
        var end = start.time == nil ? start.milliseconds + CivilTime.day : start.milliseconds
        if let line = event.end {
            if let moment = FeedMoment(line.word, zone) {
                if moment.milliseconds < start.milliseconds {
                    remark(line.number, .endsBeforeStart)
                } else if moment != start {
                    end = moment.milliseconds
                }
            } else {
                unreadable(line)
            }
        } else if let line = event.duration {
            if let duration = feedDuration(line.word) {
                end = max(end, start.milliseconds + duration)
            } else {
                unreadable(line)
            }
        }
        let midnight = start.date.daysSince1970 * CivilTime.day
        let days = max(1, (end - midnight + CivilTime.day - 1) / CivilTime.day)
        return (days, start.isMidnight && end > midnight && (end - midnight) % CivilTime.day == 0)
    }

    /// The dates on which an event begins, before additions and exceptions.
    private mutating func series(of event: FeedEvent, from start: CivilDate) -> [CivilDate] {
        guard let line = event.rule else { return [start] }
        do throws(YearlyRule.Fault) {
            return try YearlyRule(line.word).dates(from: start, before: range.upperBound, steps: &steps)
        } catch {
            remark(line.number, .rule(part: error.part))
            return [start]
        }
    }

    /// The moments of RDATE and EXDATE lines.
    private mutating func moments(_ lines: [FeedLine]) -> [FeedMoment] {
        var moments: [FeedMoment] = []
        for line in lines {
            for word in line.words {
                if let moment = FeedMoment(word, zone) {
                    moments.append(moment)
                } else {
                    remark(line.number, .unreadable(property: line.name, value: String(word.prefix(80))))
                }
            }
        }
        return moments
    }

    private mutating func unreadable(_ line: FeedLine) {
        remark(line.number, .unreadable(property: line.name, value: String(line.word.prefix(80))))
    }

    private mutating func remark(_ line: Int, _ reason: FeedRemark.Reason) {
        guard remarks.count < FeedReader.mostRemarks else { return }
        remarks.append(FeedRemark(line: line, reason: reason))
    }
}
