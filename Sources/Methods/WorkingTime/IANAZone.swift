/// What local clocks show in one kind of local time, such as EDT.
public struct ZoneOffset: Sendable, Hashable {
    /// Seconds east of UTC, from −89,999 to 93,599.
    public let seconds: Int
    /// Whether it is daylight saving time; in Ireland that is the winter, by law.
    public let isDaylight: Bool
    /// Letters such as EDT, or a number such as +0545 where people use none.
    public let abbreviation: String

    /// A kind of local time as stated; nothing is checked.
    public init(seconds: Int, isDaylight: Bool, abbreviation: String) {
        self.seconds = seconds
        self.isDaylight = isDaylight
        self.abbreviation = abbreviation
    }
}

/// The moment of a local time, and whether the clocks showed it once, never or twice.
public struct ResolvedTime: Sendable, Hashable {
    /// How often the clocks showed a reading.
    public enum Occurrence: Sendable, Hashable {
        /// The clocks showed it once.
        case unique
        /// The clocks skipped it, being put forward by this much. The moment is what the clocks would have
        /// shown had they not been: the offset before the gap.
        case gap(Elapsed)
        /// The clocks showed it twice, being put back between. The moment is the first; this is the second.
        case fold(second: UTCTime)
    }

    /// The moment meant by the reading.
    public let moment: UTCTime
    /// Whether there was a choice to make.
    public let occurrence: Occurrence
}

/// A time zone: the offsets from UTC that a place has had, and is going to have by its present law.
///
/// Read from a TZif file by `TimeZoneDirectory`, or built from a POSIX rule. Laws change: store moments in
/// UTC, and appointments as local time with the zone's name, to be resolved again when the files change.
public struct IANAZone: Sendable, Equatable {
    /// The name in the tz database, such as Europe/Berlin.
    public let name: String
    /// The recorded periods; after the last of them the rule holds, if there is one.
    let recorded: OffsetPeriods
    /// The kind of local time in each recorded period.
    let kinds: [ZoneOffset]
    let rule: PosixRule?

    /// Universal time itself.
    public static let utc = IANAZone(
        name: "UTC",
        rule: PosixRule(
            standard: ZoneOffset(seconds: 0, isDaylight: false, abbreviation: "UTC"), daylight: nil))

    private init(name: String, rule: PosixRule) {
        self.name = name
        self.rule = rule
        recorded = OffsetPeriods(first: Int64(rule.standard.seconds))
        kinds = [rule.standard]
    }

    /// A zone that has always followed one rule.
    ///
    /// - Parameters:
    ///   - name: what the zone is called; not looked up.
    ///   - rule: as the TZ variable of POSIX.1-2024 has it, such as `CET-1CEST,M3.5.0,M10.5.0/3`:
    ///     signs count westwards, hours of changes from −167 to 167, daylight time always with its two dates.
    /// - Throws: `ZoneFileError.badRule` naming where the rule departs from that.
    public init(name: String, rule: String) throws(ZoneFileError) {
        guard rule.utf8.count <= 256 else { throw .tooLarge(bytes: rule.utf8.count) }
        var parser = PosixRuleParser(rule.utf8, isExtended: true)
        self.init(name: name, rule: try parser.parse())
    }

    /// The zone a TZif file describes (RFC 9636, versions 1 to 4, at most 256 KiB).
    ///
    /// - Throws: `ZoneFileError` naming what is wrong with the file.
    public init(name: String, tzif bytes: [UInt8]) throws(ZoneFileError) {
        let file = try ZoneFile(bytes)
        self.name = name
        rule = file.rule
        // Before the first transition the first kind of local time holds (RFC 9636, section 3.2).
        var recorded = OffsetPeriods(first: Int64(file.kinds[0].seconds))
        var kinds = [file.kinds[0]]
        for (start, kind) in zip(file.transitions, file.kindsAfter) {
            recorded.append(from: start, offset: Int64(file.kinds[Int(kind)].seconds))
            kinds.append(file.kinds[Int(kind)])
        }
        self.recorded = recorded
        self.kinds = kinds
    }
}

extension IANAZone {
    /// The kind of local time at a moment.
    public func offset(at moment: UTCTime) -> ZoneOffset {
        let second = floorDivision(moment.milliseconds, 1000).quotient
        if let rule, second >= ruleStart { return rule.offset(at: second) }
        return kinds[recorded.index(at: second)]
    }

    /// What the clocks of the zone show at a moment.
    public func local(at moment: UTCTime) -> CivilDateTime {
        let (seconds, milliseconds) = floorDivision(moment.milliseconds, 1000)
        let (day, second) = floorDivision(seconds + Int64(offset(at: moment).seconds), 86_400)
        return CivilDateTime(
            CivilDate(day: Int(day)), CivilTime(unchecked: Int(second * 1000 + milliseconds)))
    }

    /// The moment at which the clocks show a local time, and whether they do so once.
    ///
    /// Skipped times are read with the offset before the gap, repeated ones mean the first occurrence
    /// (RFC 5545, section 3.3.5). Readings before or after all that `UTCTime` holds become its first or last.
    public func resolve(_ local: CivilDateTime) -> ResolvedTime {
        let (seconds, milliseconds) = local.secondsAtUTC
        let periods = periods(
            from: seconds - OffsetPeriods.allowed.upperBound - 1,
            through: seconds - OffsetPeriods.allowed.lowerBound + 1)
        let reading = periods.resolve(seconds)
        let moment = UTCTime(second: reading.second, milliseconds)
        return switch reading {
        case .unique: ResolvedTime(moment: moment, occurrence: .unique)
        case .gap(_, let length): ResolvedTime(moment: moment, occurrence: .gap(.seconds(length)))
        case .fold(_, let second):
            ResolvedTime(moment: moment, occurrence: .fold(second: UTCTime(second: second, milliseconds)))
        }
    }

    /// The first moment that is not before a date, on the zone's clocks.
    public func startOfDay(_ date: CivilDate) -> UTCTime { resolve(CivilDateTime(date, .midnight)).moment }

    /// The changes of offset between two moments, such as the next ones to show an administrator.
    ///
    /// - Throws: `OutOfRange` naming `range` when it spans more than 400 years.
    public func changes(
        in range: Range<UTCTime>
    ) throws(OutOfRange) -> [(moment: UTCTime, offset: ZoneOffset)] {
        let start = floorDivision(range.lowerBound.milliseconds, 1000).quotient
        let end = floorDivision(range.upperBound.milliseconds, 1000).quotient
        guard end - start <= 400 * 31_622_400 else {
            throw OutOfRange(input: "range", value: Double(end - start), allowed: "400 years at most")
        }
        let periods = periods(from: start, through: end)
        var changes: [(moment: UTCTime, offset: ZoneOffset)] = []
        for (index, second) in periods.starts.enumerated()
        where periods.offsets[index] != periods.offsets[index + 1] && second > start && second < end {
            let moment = UTCTime(second: second, 0)
            changes.append((moment, offset(at: moment)))
        }
        return changes
    }

    /// The periods of constant offset from one second to another, recorded and by rule.
    func periods(from start: Int64, through end: Int64) -> OffsetPeriods {
        let first = recorded.index(at: start)
        var periods = OffsetPeriods(first: recorded.offsets[first])
        if let rule, start >= ruleStart {
            periods = OffsetPeriods(first: Int64(rule.offset(at: start).seconds))
        }
        for index in first..<recorded.starts.count where recorded.starts[index] <= end {
            let second = recorded.starts[index]
            let offset = rule.flatMap { second < ruleStart ? nil : Int64($0.offset(at: second).seconds) }
            periods.append(from: second, offset: offset ?? recorded.offsets[index + 1])
        }
        for change in rule?.changes(after: max(start, ruleStart), through: end) ?? [] {
            periods.append(from: change.second, offset: change.offset)
        }
        return periods
    }

    /// From here on the rule holds.
    private var ruleStart: Int64 { recorded.starts.last ?? .min }
}

extension CivilDateTime {
    /// The seconds from 1970 until a clock at UTC shows this, and the milliseconds beyond.
    var secondsAtUTC: (seconds: Int64, milliseconds: Int64) {
        let (second, milliseconds) = time.milliseconds.quotientAndRemainder(dividingBy: 1000)
        return (Int64(date.daysSince1970) * 86_400 + Int64(second), Int64(milliseconds))
    }
}

extension UTCTime {
    /// A second and milliseconds beyond it; what a `UTCTime` cannot hold becomes its first or last moment.
    init(second: Int64, _ milliseconds: Int64) {
        let (product, overflow) = second.multipliedReportingOverflow(by: 1000)
        let (sum, overflowToo) = product.addingReportingOverflow(milliseconds)
        let limit = second < 0 ? Int64.min : Int64.max
        self.init(milliseconds: overflow || overflowToo ? limit : sum)
    }
}
