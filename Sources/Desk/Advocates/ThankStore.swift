public import Kernel
public import Storage

/// Every statement on thanks.
public struct ThankStore: Sendable {
    let database: any Database

    public init(database: any Database) { self.database = database }

    /// What is due, the most urgent first; what is done, the latest first.
    public func page(
        _ part: ThankPart, of colleague: Int64?, after: String?, limit: Int
    ) async throws -> Portion<Thank> {
        let statement = ThankStore.page(part, of: colleague, PageMark(after), limit: limit + 1)
        let rows = try await database.read { try $0.all(statement, Thank.init) }
        return Portion(rows, limit: limit) { thank in
            part == .done
                ? "\(thank.doneAt?.milliseconds ?? 0)~\(thank.id)" : "\(thank.due.daysSinceEpoch)~\(thank.id)"
        }
    }

    private static func page(
        _ part: ThankPart, of colleague: Int64?, _ mark: PageMark?, limit: Int
    ) -> SQL {
        let (first, id) = (mark?.first ?? .min, mark?.id ?? 0)
        switch part {
        case .due:
            return """
                SELECT \(Thank.columns) FROM \(Thank.sources)
                WHERE t.state = 'due' AND (t.due_day, t.id) > (\(first), \(id)) ORDER BY t.due_day, t.id LIMIT \(limit)
                """
        case .mine:
            return """
                SELECT \(Thank.columns) FROM \(Thank.sources)
                WHERE t.state = 'due' AND t.owner_id = \(colleague) AND (t.due_day, t.id) > (\(first), \(id))
                ORDER BY t.due_day, t.id LIMIT \(limit)
                """
        case .done:
            return """
                SELECT \(Thank.columns) FROM \(Thank.sources)
                WHERE t.done_at IS NOT NULL AND (t.done_at, t.id) < (\(mark?.first ?? .max), \(mark?.id ?? .max))
                ORDER BY t.done_at DESC, t.id DESC LIMIT \(limit)
                """
        }
    }

    public func find(_ id: Int64) async throws -> Thank? {
        try await database.read { try ThankStore.find(id, in: $0) }
    }

    static func find(_ id: Int64, in connection: any Connection) throws -> Thank? {
        try connection.first(
            "SELECT \(Thank.columns) FROM \(Thank.sources) WHERE t.id = \(id)", Thank.init)
    }

    /// The latest thanks of one customer, due ones included.
    static func thanks(of person: ID<Party>, limit: Int, in connection: any Connection) throws -> [Thank] {
        try connection.all(
            """
            SELECT \(Thank.columns) FROM \(Thank.sources) WHERE t.person_id = \(person) ORDER BY t.id DESC LIMIT \(limit)
            """, Thank.init)
    }

    /// Takes a thank on, where nobody else has it.
    public func take(_ id: Int64, by act: Act) async throws {
        try await database.write { connection in
            guard let thank = try ThankStore.find(id, in: connection) else { throw ThankRefusal.unknown }
            guard thank.state == .due else { throw ThankRefusal.done }
            guard thank.owner == nil || thank.owner == act.actor else { throw ThankRefusal.taken }
            try connection.run(
                "UPDATE thank SET owner_id = \(act.actor) WHERE id = \(id) AND state = 'due'")
        }
        await database.announce("events")
    }

    /// Says how it ended. Whoever comes second is told.
    @discardableResult
    public func finish(_ id: Int64, _ outcome: ThankOutcome, by act: Act) async throws -> Thank {
        try ThankStore.check(outcome)
        let thank = try await database.write { connection in
            try ThankStore.finish(id, outcome, by: act, in: connection)
        }
        await database.announce("events")
        return thank
    }

    private static func check(_ outcome: ThankOutcome) throws {
        switch outcome {
        case .thanked(let way, let cost, let note):
            guard note.utf8.count <= 2000 else { throw ThankRefusal.noteTooLong }
            guard let cost else { return }
            guard way == .gift else { throw ThankRefusal.costWithoutGift }
            guard (0..<Money.limit).contains(cost.minor) else { throw ThankRefusal.badCost }
        case .skipped(let reason):
            guard !reason.trimmed.isEmpty else { throw ThankRefusal.noReason }
            guard reason.utf8.count <= 2000 else { throw ThankRefusal.noteTooLong }
        }
    }

    private static func finish(
        _ id: Int64, _ outcome: ThankOutcome, by act: Act, in connection: any Connection
    ) throws -> Thank {
        guard let thank = try find(id, in: connection) else { throw ThankRefusal.unknown }
        guard thank.state == .due else { throw ThankRefusal.done }
        let (state, way, cost, note) = outcome.columns
        try connection.run(
            """
            UPDATE thank SET state = \(state), how = \(way), cost = \(cost?.minor), currency = \(cost?.currency.code ?? ""),
                note = \(note), done_at = \(act.at), done_by = \(act.actor), owner_id = coalesce(owner_id, \(act.actor))
            WHERE id = \(id) AND state = 'due'
            """)
        try AdvocacyCount.add(.thank, day: thank.due.daysSinceEpoch, -1, in: connection)
        try connection.record(
            state == .thanked ? "thank.given" : "thank.skipped", "thank", id, by: act,
            party: thank.person.value)
        return try find(id, in: connection) ?? thank
    }

    /// Leaves out, for one reason, the thanks for everything that happened before a day: what an old file brought in.
    /// Answers how many.
    public func skip(before day: LocalDate, reason: String, by act: Act) async throws -> Int {
        try ThankStore.check(.skipped(reason: reason))
        let skipped = try await database.write { connection in
            let old: SQL = "state = 'due' AND act_day < \(day)"
            try connection.run(
                """
                INSERT INTO advocacy_count_delta (family, day, n)
                SELECT 'thank', due_day, -count(*) FROM thank WHERE \(old) GROUP BY due_day
                """)
            let skipped = try connection.run(
                """
                UPDATE thank SET state = 'skipped', note = \(reason.trimmed), done_at = \(act.at), done_by = \(act.actor)
                WHERE \(old)
                """)
            if skipped > 0 {
                try connection.record(
                    "thanks.skipped", "thank", 0, by: act, detail: ["thanks": Int64(skipped)])
            }
            return skipped
        }
        await database.announce("events")
        return skipped
    }
}

extension ThankOutcome {
    fileprivate var columns: (state: Thank.State, way: String, cost: Money?, note: String) {
        switch self {
        case .thanked(let way, let cost, let note): (.thanked, way.rawValue, cost, note.trimmed)
        case .skipped(let reason): (.skipped, "", nil, reason.trimmed)
        }
    }
}

/// Where a list goes on: two numbers of the last row seen.
struct PageMark: Sendable {
    let first: Int64
    let id: Int64

    init?(_ text: String?) {
        let parts = (text ?? "").split(separator: "~").map { Int64($0) }
        guard parts.count == 2, let first = parts[0], let id = parts[1] else { return nil }
        self.first = first
        self.id = id
    }
}
