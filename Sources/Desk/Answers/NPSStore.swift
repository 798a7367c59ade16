public import Kernel
import Methods
public import Storage

/// Reads scores from the counters.
public struct NPSStore: Sendable {
    let database: any Database
    let clock: any WallClock

    public init(database: any Database, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    /// How many quarters a report looks back.
    static let quarters = 8
    /// How many different values a table shows.
    static let groupLimit = 200

    /// The report of a window; without one, of the 12 months that end on the day of the last answer. Without `about`, of
    /// the question that got more answers.
    public func report(
        _ window: ClosedRange<LocalDate>?, about: Answer.About? = nil, organisation: Organisation
    ) async throws -> NPSReport {
        let today = organisation.zone.day(of: clock.now)
        return try await database.read { connection in
            let standard = try NPSStore.standardWindow(today: today, in: connection)
            return try NPSStore.report(window ?? standard, standard, about, in: connection)
        }
    }

    /// The days and the question a report would be of, without the report.
    func asked(
        _ window: ClosedRange<LocalDate>?, about: Answer.About?, organisation: Organisation
    ) async throws -> (window: ClosedRange<LocalDate>, about: Answer.About) {
        let today = organisation.zone.day(of: clock.now)
        return try await database.read { connection in
            let days = try window ?? NPSStore.standardWindow(today: today, in: connection)
            if let about { return (days, about) }
            return (days, NPSStore.usual(try NPSStore.all(days, in: connection)))
        }
    }

    /// The scores of each question.
    private static func all(
        _ window: ClosedRange<LocalDate>, in connection: any Connection
    ) throws -> [Answer.About: [Int]] {
        var all: [Answer.About: [Int]] = [:]
        for about in Answer.About.allCases {
            all[about] = try AnswerTallyStore.cells(.all, about: about, window, in: connection)[""]
        }
        return all
    }

    /// The question that got more answers.
    private static func usual(_ all: [Answer.About: [Int]]) -> Answer.About {
        let totals = all.mapValues { $0.reduce(0, +) }
        return totals[.event, default: 0] > totals[.us, default: 0] ? .event : .us
    }

    static func standardWindow(
        today: LocalDate, in connection: any Connection
    ) throws -> ClosedRange<LocalDate> {
        let last = try Answer.About.allCases.compactMap { about in
            try connection.first(
                "SELECT max(day) FROM answer WHERE about = \(about)", { try $0.optionalDay(0) }) ?? nil
        }.max()
        let end = last ?? today
        return LevelWindow.start(endingAt: end, months: 12)...end
    }

    private static func report(
        _ window: ClosedRange<LocalDate>, _ standard: ClosedRange<LocalDate>, _ asked: Answer.About?,
        in connection: any Connection
    ) throws -> NPSReport {
        let all = try all(window, in: connection)
        let totals = all.mapValues { $0.reduce(0, +) }
        let about = asked ?? usual(all)
        let scores = all[about] ?? Array(repeating: 0, count: 11)
        func groups(_ family: AnswerFamily) throws -> [NPSGroup] {
            try NPSStore.groups(AnswerTallyStore.cells(family, about: about, window, in: connection))
        }
        return NPSReport(
            window: window, standard: standard, about: about, totals: totals,
            reading: try NPSReading(scores), scores: scores,
            quarters: try quarters(endingAt: window.upperBound, about, in: connection),
            sources: try groups(.source), events: try groups(.event),
            visits: try groups(.visits).sorted { (Int($0.value) ?? 0) < (Int($1.value) ?? 0) },
            attributes: try groups(.attribute).sorted { $0.value < $1.value },
            mapped: try groups(.scale), mix: try NPSMixStore.mix(about, in: connection))
    }

    /// Those with most answers first.
    private static func groups(_ cells: [String: [Int]]) throws -> [NPSGroup] {
        let groups = try cells.map { NPSGroup(value: $0.key, reading: try NPSReading($0.value)) }
        let ordered = groups.sorted {
            ($1.reading.counts.total, $0.value) < ($0.reading.counts.total, $1.value)
        }
        return Array(ordered.prefix(groupLimit))
    }

    /// Whole quarters up to the one `end` falls into, the oldest first, from the first that has answers.
    private static func quarters(
        endingAt end: LocalDate, _ about: Answer.About, in connection: any Connection
    ) throws -> [NPSQuarter] {
        let last = ProfileStore.quarterStart(of: end)
        // One more than shown: the change of the oldest is against it.
        let starts = (0...quarters).reversed().map { last.adding(months: -3 * $0) }
        let reach = starts[0]...(last.adding(months: 3) + (-1))
        var sums = Array(repeating: Array(repeating: 0, count: 11), count: starts.count)
        for (day, scores) in try AnswerTallyStore.byDay(about: about, reach, in: connection) {
            let day = LocalDate(daysSinceEpoch: day)
            guard let place = starts.lastIndex(where: { $0 <= day }) else { continue }
            for score in 0...10 { sums[place][score] += scores[score] }
        }
        var found: [NPSQuarter] = []
        var before: NPSReading?
        for (start, scores) in zip(starts, sums) {
            let reading = try NPSReading(scores)
            let change: ScoreChange? =
                if let one = before?.shown, let other = reading.shown {
                    try ScoreChange(from: one, to: other)
                } else { nil }
            let days = start...(start.adding(months: 3) + (-1))
            found.append(NPSQuarter(days: days, reading: reading, change: change))
            before = reading
        }
        return Array(found.dropFirst().drop { $0.reading.counts.total == 0 })
    }
}
