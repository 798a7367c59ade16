public import Kernel
import Storage

/// One line of the list of whom to ask, with everything its reasons are made of.
public struct AskItem: Sendable, Equatable {
    public let party: Party
    public let wish: Ask.Wish
    /// Whose visits these are, where it is an organisation's.
    public let accountName: String?
    public let occasions: Int
    public let lastDay: LocalDate
    public let alive: Double?
    public let part: Answer.Part?
    public let answeredDay: LocalDate?
    public let lastAsked: LocalDate?
    let place: Int64

    static let columns: SQL = """
        \(Party.columns), r.wish, o.name, r.occasions, r.last_day, r.alive_millionths, r.part, r.answered_day,
        r.asked_day, r.place
        """

    init(row: any Row) throws {
        party = try Party(row: row)
        wish = try row.word(4)
        accountName = try row.optionalText(5)
        occasions = try row.int(6)
        lastDay = try row.day(7)
        alive = try row.optionalInt64(8).map { Double($0) / 1_000_000 }
        part = try row.optionalInt(9).flatMap(Answer.Part.init(rawValue:))
        answeredDay = try row.optionalDay(10)
        lastAsked = try row.optionalDay(11)
        place = try row.int64(12)
    }
}

/// The list of whom to ask, as a job made it.
public struct AskRun: Sendable, Equatable {
    public let id: Int64
    public let day: LocalDate
    public let finishedAt: Instant
    /// Persons looked at.
    public let looked: Int
}

extension AskStore {
    /// The latest complete list; nil before the first.
    public func latest() async throws -> AskRun? {
        try await database.read { try AskStore.latest(in: $0) }
    }

    static func latest(in connection: any Connection) throws -> AskRun? {
        try connection.first(
            """
            SELECT id, day, finished_at, people FROM ask_run WHERE state = 'complete' ORDER BY id DESC LIMIT 1
            """
        ) {
            AskRun(
                id: try $0.int64(0), day: try $0.day(1), finishedAt: try $0.instant(2), looked: try $0.int(3))
        }
    }

    /// Whom to ask now, first the one to ask first. Whoever has refused or was asked since the list was made is left out.
    public func ready(run: Int64, after: String?, limit: Int) async throws -> Portion<AskItem> {
        let mark = PageMark(after)
        let statement: SQL = """
            SELECT \(AskItem.columns) FROM ask_row r JOIN party p ON p.id = r.party_id
            LEFT JOIN party o ON o.id = r.account_id AND r.account_id <> r.party_id
            WHERE r.run_id = \(run) AND (r.place, r.party_id) < (\(mark?.first ?? .max), \(mark?.id ?? .max))
                AND NOT \(Consent.isRefused(.advocacy, party: "r.party_id"))
                AND NOT \(OpenComplaint.exists(party: "r.party_id"))
                AND NOT EXISTS (SELECT 1 FROM ask k WHERE k.person_id = r.party_id AND (k.state = 'open' OR k.waits))
            ORDER BY r.place DESC, r.party_id DESC LIMIT \(limit + 1)
            """
        let rows = try await database.read { try $0.all(statement, AskItem.init) }
        return Portion(rows, limit: limit) { "\($0.place)~\($0.party.id)" }
    }

    /// Askings without an answer, oldest first; those to come back to, by their day; or all, latest first.
    public func page(_ part: AskPart, after: String?, limit: Int) async throws -> Portion<Ask> {
        let statement = AskStore.page(part, PageMark(after), limit: limit + 1)
        let rows = try await database.read { try $0.all(statement, Ask.init) }
        return Portion(rows, limit: limit) { ask in
            let day = part == .later ? ask.laterDay ?? ask.askedDay : ask.askedDay
            return "\(day.daysSinceEpoch)~\(ask.id)"
        }
    }

    private static func page(_ part: AskPart, _ mark: PageMark?, limit: Int) -> SQL {
        let (first, id) = (mark?.first ?? .min, mark?.id ?? 0)
        let head: SQL = "SELECT \(Ask.columns) FROM ask k JOIN party p ON p.id = k.person_id"
        switch part {
        case .waiting:
            return """
                \(head) WHERE k.state = 'open' AND (k.asked_day, k.id) > (\(first), \(id))
                ORDER BY k.asked_day, k.id LIMIT \(limit)
                """
        case .later:
            return """
                \(head) WHERE k.waits AND (k.later_day, k.id) > (\(first), \(id)) ORDER BY k.later_day, k.id LIMIT \(limit)
                """
        case .ready, .all:
            return """
                \(head) WHERE (k.asked_day, k.id) < (\(mark?.first ?? .max), \(mark?.id ?? .max))
                ORDER BY k.asked_day DESC, k.id DESC LIMIT \(limit)
                """
        }
    }
}
