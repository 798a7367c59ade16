public import Kernel
public import Storage

/// Every statement on touches: who is due, and what became of it.
public struct TouchStore: Sendable {
    let database: any Database
    let clock: any WallClock

    public init(database: any Database, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    private static let joined: SQL = """
        SELECT \(Touch.columns) FROM touch t JOIN party p ON p.id = t.party_id JOIN rhythm r ON r.id = t.rhythm_id
        """

    /// A page of the due list, longest due first; what is handled, latest first.
    public func page(
        _ part: TouchPart, of person: Int64, rhythm: Int64?, after: String?, limit: Int
    ) async throws -> Portion<Touch> {
        let statement = TouchStore.rows(part, of: person, rhythm: rhythm, after: after, limit: limit + 1)
        let items = try await database.read { try $0.all(statement, Touch.init) }
        return Portion(items, limit: limit) { touch in
            part == .handled
                ? "\(touch.handledAt?.milliseconds ?? 0)~\(touch.id)"
                : "\(touch.due.daysSinceEpoch)~\(touch.id)"
        }
    }

    static func rows(
        _ part: TouchPart, of person: Int64, rhythm: Int64?, after: String?, limit: Int
    ) -> SQL {
        let parts = (after ?? "").split(separator: "~").map { Int64($0) }
        let mark = parts.count == 2 ? parts[0].flatMap { day in parts[1].map { (day, $0) } } : nil
        let one: SQL = rhythm.map { "AND t.rhythm_id = \($0)" } ?? ""
        switch part {
        case .handled:
            let (at, id) = mark ?? (.max, .max)
            return """
                \(joined) WHERE t.handled_at IS NOT NULL AND (t.handled_at, t.id) < (\(at), \(id)) \(one)
                ORDER BY t.handled_at DESC, t.id DESC LIMIT \(limit)
                """
        case .due, .mine:
            let (day, id) = mark ?? (.min, .min)
            let whose: SQL = part == .mine ? "AND t.assignee_id = \(person)" : ""
            return """
                \(joined) WHERE t.state = 'open' AND (t.due_day, t.id) > (\(day), \(id)) \(whose) \(one)
                ORDER BY t.due_day, t.id LIMIT \(limit)
                """
        }
    }

    public func find(_ id: Int64) async throws -> Touch? {
        try await database.read { try TouchStore.find(id, in: $0) }
    }

    static func find(_ id: Int64, in connection: any Connection) throws -> Touch? {
        try connection.first("\(joined) WHERE t.id = \(id)", Touch.init)
    }

    /// What waits for a customer and what was done, latest first.
    func touches(of party: ID<Party>, limit: Int) async throws -> [Touch] {
        let latest: SQL = """
            \(TouchStore.joined) WHERE t.party_id = \(party) AND t.state <> 'dropped'
            ORDER BY t.due_day DESC, t.id DESC LIMIT \(limit)
            """
        return try await database.read { try $0.all(latest, Touch.init) }
    }

    /// Says that somebody was in touch, or why not. The note is kept; for skipping it is the reason and has to be given.
    public func handle(_ id: Int64, _ state: Touch.State, note: String, today: LocalDate, by act: Act)
        async throws
    {
        let note = note.trimmed
        guard note.count <= 2000 else { throw TouchRefusal.tooLong(field: "note", limit: 2000) }
        guard state != .skipped || !note.isEmpty else { throw TouchRefusal.reasonMissing }
        try await change(id, state == .done ? "done" : "skipped", by: act) { connection in
            try connection.run(
                """
                UPDATE touch SET state = \(state), note = \(note), handled_at = \(act.at), handled_day = \(today),
                    handled_by = \(act.actor), assignee_id = coalesce(assignee_id, \(act.actor))
                WHERE id = \(id) AND state = 'open'
                """)
        }
    }

    /// Takes back what was said: it is to be done again.
    public func reopen(_ id: Int64, by act: Act) async throws {
        try await change(id, "reopened", by: act) { connection in
            try connection.run(
                """
                UPDATE touch SET state = 'open', handled_at = NULL, handled_day = NULL, handled_by = NULL
                WHERE id = \(id) AND state IN ('done', 'skipped')
                """)
        }
    }

    /// Puts it off to a later day, at most a year from today.
    public func postpone(_ id: Int64, to day: LocalDate, today: LocalDate, by act: Act) async throws {
        guard day > today, day <= today + 366 else { throw TouchRefusal.badDay }
        try await change(id, "postponed", by: act) { connection in
            try connection.run("UPDATE touch SET due_day = \(day) WHERE id = \(id) AND state = 'open'")
        }
    }

    /// Gives it to somebody, or to nobody again. With `onlyIfFree`, not where a colleague has it.
    public func assign(_ id: Int64, to person: Int64?, onlyIfFree: Bool = false, by act: Act) async throws {
        try await change(id, "assigned", refusing: onlyIfFree ? .taken : .notOpen, by: act) { connection in
            if let person {
                let isKnown = try connection.exists(
                    "SELECT 1 FROM agent WHERE person_id = \(person) AND NOT suspended")
                guard isKnown else { throw TouchRefusal.unknownColleague }
            }
            let free: SQL = onlyIfFree ? " AND (assignee_id IS NULL OR assignee_id = \(person))" : ""
            return try connection.run(
                "UPDATE touch SET assignee_id = \(person) WHERE id = \(id) AND state = 'open'\(free)")
        }
    }

    private func change(
        _ id: Int64, _ what: String, refusing refusal: TouchRefusal = .notOpen, by act: Act,
        _ body: @escaping @Sendable (any Connection) throws -> Int
    ) async throws {
        try await database.write { connection in
            let party = try connection.first("SELECT party_id FROM touch WHERE id = \(id)") {
                try $0.int64(0)
            }
            guard let party, try body(connection) == 1 else { throw refusal }
            try connection.record("touch.\(what)", "touch", id, by: act, party: party)
        }
        await database.announce("events")
    }
}
