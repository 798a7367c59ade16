public import Kernel
import Storage

/// Which answers a list holds. Everything left out is not asked for.
public struct AnswerFilter: Sendable, Equatable {
    public var days: ClosedRange<LocalDate>
    public var about: Answer.About
    public var part: Answer.Part?
    public var source: String?
    public var event: String?
    public var band: Int?
    public var attribute: String?
    public var party: ID<Party>?
    /// The level of who answered, as of today; their latest answer of the window alone.
    public var level: Level?

    public init(days: ClosedRange<LocalDate>, about: Answer.About) {
        self.days = days
        self.about = about
    }

    fileprivate var conditions: [SQL] {
        var conditions: [SQL] = [
            "a.about = \(about)", "a.day BETWEEN \(days.lowerBound) AND \(days.upperBound)",
        ]
        if let part { conditions.append("a.part = \(part.rawValue)") }
        if let source { conditions.append("a.source = \(source)") }
        if let event { conditions.append("a.after_event = \(event) AND a.after_event <> ''") }
        if let band { conditions.append("a.band = \(band) AND a.band IS NOT NULL") }
        if let attribute { conditions.append("a.attribute = \(attribute) AND a.attribute <> ''") }
        if let party { conditions.append("a.party_id = \(party)") }
        if level != nil {
            conditions.append(
                """
                a.party_id IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM answer b WHERE b.party_id = a.party_id AND b.about = a.about
                        AND b.day <= \(days.upperBound) AND (b.day, b.id) > (a.day, a.id))
                """)
        }
        return conditions
    }
}

/// An answer in a list, with who gave it.
public struct AnswerRow: Sendable, Equatable {
    public let answer: Answer
    /// Nil for an answer without a name.
    public let name: String?
    public var level: Level?

    var key: String { "\(answer.day.daysSinceEpoch)~\(answer.id)" }
}

extension AnswerStore {
    /// Rows looked at for one page where the level decides, which no index knows.
    private static let levelReach = 2_000

    /// Answers, latest first, a page at a time.
    public func list(
        _ filter: AnswerFilter, after: String?, limit: Int, organisation: Organisation
    ) async throws -> Portion<AnswerRow> {
        let today = organisation.zone.day(of: clock.now)
        return try await database.read { connection in
            let window = try LevelStore.currentWindow(organisation, today: today, in: connection)
            guard let level = filter.level else {
                let rows = try AnswerStore.rows(
                    filter, after: after, limit: limit + 1, window, in: connection)
                return Portion(rows, limit: limit, key: \.key)
            }
            return try AnswerStore.rows(
                filter, level, after: after, limit: limit, window, in: connection)
        }
    }

    private static func rows(
        _ filter: AnswerFilter, _ level: Level, after: String?, limit: Int,
        _ window: ClosedRange<LocalDate>, in connection: any Connection
    ) throws -> Portion<AnswerRow> {
        var found: [AnswerRow] = []
        var after = after
        for _ in 0..<(levelReach / 200) {
            let rows = try rows(filter, after: after, limit: 200, window, in: connection)
            for row in rows {
                after = row.key
                if row.level == level { found.append(row) }
                if found.count == limit { return Portion(items: found, next: after) }
            }
            if rows.count < 200 { return Portion(items: found, next: nil) }
        }
        return Portion(items: found, next: after)
    }

    private static func rows(
        _ filter: AnswerFilter, after: String?, limit: Int, _ window: ClosedRange<LocalDate>,
        in connection: any Connection
    ) throws -> [AnswerRow] {
        let mark = (after ?? "").split(separator: "~").compactMap { Int64($0) }
        var conditions = filter.conditions
        if mark.count == 2 { conditions.append("(a.day, a.id) < (\(mark[0]), \(mark[1]))") }
        let statement: SQL = """
            SELECT \(Answer.columns), p.name FROM answer a LEFT JOIN party p ON p.id = a.party_id
            WHERE \(conditions.joined(" AND ")) ORDER BY a.day DESC, a.id DESC LIMIT \(limit)
            """
        var rows = try connection.all(statement) { row in
            AnswerRow(answer: try Answer(row: row), name: try row.optionalText(Answer.width))
        }
        let ids = Set(rows.compactMap(\.answer.party?.value)).sorted()
        let summaries = try LevelStore.summaries(of: ids, in: connection)
        for index in rows.indices {
            guard let party = rows[index].answer.party else { continue }
            rows[index].level = summaries[party.value]?.level(in: window) ?? .prospect
        }
        return rows
    }
}
