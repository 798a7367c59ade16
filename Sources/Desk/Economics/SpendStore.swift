public import Kernel
public import Storage

/// Every statement on acquisition spend.
public struct SpendStore: Sendable {
    let database: any Database

    public init(database: any Database) { self.database = database }

    /// Puts spend on record. The same period, source, campaign and currency with the same amount is the same spend: it
    /// is answered again and `isNew` is false.
    public func record(
        _ spend: NewSpend, today: LocalDate, by act: Act
    ) async throws -> (spend: Spend, isNew: Bool) {
        try spend.check(today: today)
        let result = try await database.write { connection in
            if let known = try SpendStore.known(spend, in: connection) {
                guard known.amount == spend.amount else { throw SpendRefusal.duplicate(known.id) }
                return (known, false)
            }
            return (try SpendStore.insert(spend, by: act, in: connection), true)
        }
        if result.1 { await database.announce("events") }
        return result
    }

    private static func known(_ spend: NewSpend, in connection: any Connection) throws -> Spend? {
        let find: SQL = """
            SELECT \(Spend.columns) FROM spend
            WHERE source_key = \(spend.source.searchKey) AND campaign_key = \(spend.campaign.searchKey)
                AND from_day = \(spend.days.lowerBound) AND to_day = \(spend.days.upperBound)
                AND currency = \(spend.amount.currency) AND removed_at IS NULL
            """
        return try connection.first(find, Spend.init)
    }

    private static func insert(
        _ spend: NewSpend, importID: Int64 = 0, by act: Act, in connection: any Connection
    ) throws -> Spend {
        let insert: SQL = """
            INSERT INTO spend (from_day, to_day, source, source_key, campaign, campaign_key, amount, currency, import_id,
                recorded_by, recorded_at, changed_at)
            VALUES (\(spend.days.lowerBound), \(spend.days.upperBound), \(spend.source), \(spend.source.searchKey),
                \(spend.campaign), \(spend.campaign.searchKey), \(spend.amount.minor), \(spend.amount.currency),
                \(importID), \(act.actor), \(act.at), \(act.at))
            RETURNING \(Spend.columns)
            """
        guard let recorded = try connection.first(insert, Spend.init) else {
            throw StorageError.broken("spend was recorded without an id")
        }
        try connection.record("spend.recorded", "spend", recorded.id, by: act)
        return recorded
    }

    /// What a file's rows do, all in one transaction. What stands already stays; a new amount for it takes its place.
    public func bring(_ rows: [NewSpend], by act: Act) async throws -> SpendFileReport.Outcome {
        let outcome = try await database.write { connection in
            var outcome = SpendFileReport.Outcome()
            for row in rows {
                guard let known = try SpendStore.known(row, in: connection) else {
                    _ = try SpendStore.insert(row, by: act, in: connection)
                    outcome.added += 1
                    continue
                }
                if known.amount == row.amount {
                    outcome.known += 1
                } else {
                    try SpendStore.correct(known.id, row.amount.minor, by: act, in: connection)
                    outcome.corrected += 1
                }
            }
            return outcome
        }
        await database.announce("events")
        return outcome
    }

    private static func correct(
        _ id: Int64, _ minor: Int64, by act: Act, in connection: any Connection
    ) throws {
        try connection.run(
            "UPDATE spend SET amount = \(minor), changed_at = \(act.at) WHERE id = \(id)")
        try connection.record("spend.corrected", "spend", id, by: act)
    }

    /// Takes spend off the books; the row stays, to be put back. False where there is none.
    public func remove(_ id: Int64, by act: Act) async throws -> Bool {
        try await change(id, "removed", by: act) { connection in
            try connection.run(
                """
                UPDATE spend SET removed_at = \(act.at), changed_at = \(act.at)
                WHERE id = \(id) AND removed_at IS NULL
                """)
        }
    }

    /// Puts spend back that was taken off. Refused where another amount has its place by now.
    public func restore(_ id: Int64, by act: Act) async throws -> Bool {
        try await change(id, "restored", by: act) { connection in
            guard let row = try SpendStore.find(id, in: connection), row.isRemoved else { return 0 }
            let again = NewSpend(
                days: row.days, source: row.source, campaign: row.campaign, amount: row.amount)
            if let other = try SpendStore.known(again, in: connection) {
                throw SpendRefusal.duplicate(other.id)
            }
            return try connection.run(
                "UPDATE spend SET removed_at = NULL, changed_at = \(act.at) WHERE id = \(id)")
        }
    }

    private func change(
        _ id: Int64, _ what: String, by act: Act,
        _ body: @escaping @Sendable (any Connection) throws -> Int
    ) async throws -> Bool {
        let isDone = try await database.write { connection in
            guard try body(connection) == 1 else { return false }
            try connection.record("spend.\(what)", "spend", id, by: act)
            return true
        }
        if isDone { await database.announce("events") }
        return isDone
    }

    static func find(_ id: Int64, in connection: any Connection) throws -> Spend? {
        try connection.first("SELECT \(Spend.columns) FROM spend WHERE id = \(id)", Spend.init)
    }

    public func find(_ id: Int64) async throws -> Spend? {
        try await database.read { try SpendStore.find(id, in: $0) }
    }

    /// Spend that stands, the latest period first; `key` is the day and id of the last one seen.
    public func list(after key: (day: Int, id: Int64)?, limit: Int) async throws -> [Spend] {
        let (day, id) = key ?? (Int.max, Int64.max)
        let list: SQL = """
            SELECT \(Spend.columns) FROM spend
            WHERE removed_at IS NULL AND (from_day, id) < (\(day), \(id))
            ORDER BY from_day DESC, id DESC LIMIT \(limit)
            """
        return try await database.read { try $0.all(list, Spend.init) }
    }

    /// Spend of periods that begin no later than a day, for the job that computes with it.
    static func standing(notAfter day: Int, in connection: any Connection) throws -> [Spend] {
        try connection.all(
            """
            SELECT \(Spend.columns) FROM spend WHERE removed_at IS NULL AND from_day <= \(day)
            ORDER BY from_day, id
            """, Spend.init)
    }

    /// Where customers were won, as spend and first purchases call it, for a form to offer.
    public func sources() async throws -> [String] {
        let names: SQL = """
            SELECT source FROM (
                SELECT source, from_day, id FROM spend WHERE removed_at IS NULL ORDER BY from_day DESC, id DESC LIMIT 200
            ) AS latest GROUP BY source ORDER BY source
            """
        return try await database.read { try $0.all(names) { try $0.text(0) } }
    }
}
