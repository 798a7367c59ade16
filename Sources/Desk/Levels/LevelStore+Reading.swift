import Kernel
import Storage

/// A customer's days in short, enough to tell the current level.
struct StandingSummary: Sendable, Equatable {
    var firstDay: LocalDate?
    var lastDay: LocalDate?
    var occasions = 0
    var lastAct: LocalDate?

    /// The highest level shown in a window that no evidence lies behind.
    func level(in window: ClosedRange<LocalDate>) -> Level {
        if let lastAct, lastAct >= window.lowerBound { return .advocate }
        guard let firstDay, let lastDay else { return .prospect }
        if occasions > 1, lastDay >= window.lowerBound { return .repeating }
        if firstDay > window.upperBound { return .prospect }
        return window.contains(firstDay) ? .first : .lapsed
    }
}

extension LevelStore {
    /// The trailing window that levels are read from now: it ends on the last day with an occasion or an act, so that a
    /// history brought in from elsewhere shows the levels it ended with, and never after today.
    static func currentWindow(
        _ organisation: Organisation, today: LocalDate, in connection: any Connection
    ) throws -> ClosedRange<LocalDate> {
        let occasion = try lastOccasion(notAfter: today, in: connection)
        let act =
            try connection.first(
                "SELECT max(day) FROM advocacy WHERE day <= \(today)", { try $0.optionalDay(0) }) ?? nil
        let end = [occasion, act].compactMap { $0 }.max() ?? today
        return LevelWindow.start(endingAt: end, months: organisation.levelMonths)...end
    }

    static func lastOccasion(notAfter today: LocalDate, in connection: any Connection) throws -> LocalDate? {
        let last: SQL = "SELECT max(last_day) FROM standing WHERE last_day <= \(today)"
        return try connection.first(last, { try $0.optionalDay(0) }) ?? nil
    }

    /// Days of the parties named; an organisation's acts are those of its persons.
    static func summaries(of ids: [Int64], in connection: any Connection) throws -> [Int64: StandingSummary] {
        var summaries: [Int64: StandingSummary] = [:]
        try connection.each(
            "SELECT party_id, first_day, last_day, occasions FROM standing WHERE party_id IN (\(list: ids))"
        ) { row in
            summaries[try row.int64(0)] = StandingSummary(
                firstDay: try row.day(1), lastDay: try row.day(2), occasions: try row.int(3))
        }
        let acts: SQL = """
            SELECT person_id, max(day) FROM advocacy WHERE person_id IN (\(list: ids)) AND counts GROUP BY person_id
            UNION ALL
            SELECT m.account_id, max(a.day) FROM membership m JOIN advocacy a ON a.person_id = m.person_id
            WHERE m.account_id IN (\(list: ids)) AND a.counts GROUP BY m.account_id
            """
        try connection.each(acts) { row in
            let id = try row.int64(0)
            let day = try row.day(1)
            let known = summaries[id]?.lastAct ?? day
            summaries[id, default: StandingSummary()].lastAct = max(known, day)
        }
        return summaries
    }
}
