public import Kernel
public import Storage

extension ListStore {
    /// Gives a customer on a list to somebody, or to nobody again. With `onlyIfFree`, not where a colleague has them.
    public func assign(
        _ party: ID<Party>, on list: CustomerList, to person: Int64?, run: Int64, onlyIfFree: Bool = false,
        by act: Act
    ) async throws {
        try await database.write { connection in
            if let person {
                let known = try connection.exists(
                    "SELECT 1 FROM agent WHERE person_id = \(person) AND NOT suspended")
                guard known else { throw ListRefusal.unknownColleague }
            }
            let entry = try ListStore.entry(party, list, run, in: connection)
            let free: SQL = onlyIfFree ? " AND (assignee_id IS NULL OR assignee_id = \(person))" : ""
            let given = try connection.run(
                "UPDATE list_entry SET assignee_id = \(person), assigned_at = \(act.at) WHERE id = \(entry)\(free)"
            )
            guard given == 1 else { throw ListRefusal.taken }
            try connection.record("list.assigned", "list", entry, by: act, party: party.value)
        }
        await database.announce("events")
    }

    /// Says how working on a customer ended. The line leaves the open list; it can be opened again.
    public func finish(
        _ party: ID<Party>, on list: CustomerList, _ result: ListResult, note: String, run: Int64, by act: Act
    ) async throws {
        guard note.utf8.count <= 2000 else { throw ListRefusal.noteTooLong }
        try await database.write { connection in
            let entry = try ListStore.entry(party, list, run, in: connection)
            try connection.run(
                """
                UPDATE list_entry SET done_at = \(act.at), done_by = \(act.actor), outcome = \(result), note = \(note),
                    assignee_id = coalesce(assignee_id, \(act.actor))
                WHERE id = \(entry)
                """)
            try connection.record("list.done", "list", entry, by: act, party: party.value)
        }
        await database.announce("events")
    }

    /// Takes a result back: the customer is to be worked on again.
    public func reopen(
        _ party: ID<Party>, on list: CustomerList, run: Int64, by act: Act
    ) async throws {
        try await database.write { connection in
            let entry = try ListStore.entry(party, list, run, in: connection)
            try connection.run(
                "UPDATE list_entry SET done_at = NULL, done_by = NULL, outcome = NULL WHERE id = \(entry)")
            try connection.record("list.reopened", "list", entry, by: act, party: party.value)
        }
        await database.announce("events")
    }

    /// The open entry of a customer who is on the list, made where the run has not yet got round to it.
    private static func entry(
        _ party: ID<Party>, _ list: CustomerList, _ run: Int64, in connection: any Connection
    ) throws -> Int64 {
        let day = try connection.first(
            """
            SELECT since_day FROM list_row
            WHERE run_id = \(run) AND party_id = \(party) AND list = \(list.rawValue) AND NOT held
            """
        ) { try $0.int(0) }
        guard let day else { throw ListRefusal.notOnList }
        try connection.run(
            """
            INSERT INTO list_entry (list, party_id, entered_day, held, note)
            VALUES (\(list.rawValue), \(party), \(day), FALSE, '') ON CONFLICT DO NOTHING
            """)
        let entry = try connection.first(
            """
            SELECT id FROM list_entry WHERE party_id = \(party) AND list = \(list.rawValue) AND left_day IS NULL
            """
        ) { try $0.int64(0) }
        guard let entry else { throw ListRefusal.notOnList }
        return entry
    }
}
