public import Kernel
public import Storage

/// Every statement on lists that somebody saved.
public struct SavedListStore: Sendable {
    let database: any Database

    public init(database: any Database) { self.database = database }

    /// Keeps what is open on a list now, with the money beside the names.
    public func save(
        _ list: CustomerList, as name: String, run: CompletedRun, by act: Act
    ) async throws -> Int64 {
        let name = try SavedList.checked(name)
        let report = run.report
        let isForecast = report.model != nil && report.spend.refusal == nil
        let id = try await database.write { connection in
            let insert: SQL = """
                INSERT INTO saved_list (name, list, day, currency, forecast, months, customers, money, saved_by, saved_at,
                    counted_run, counted_day, bought, gone, came)
                VALUES (\(name), \(list.rawValue), \(report.day), \(report.currency), \(isForecast),
                    \(report.horizonMonths), 0, 0, \(act.actor), \(act.at), 0, 0, 0, 0, 0)
                RETURNING id
                """
            guard let id = try connection.first(insert, { try $0.int64(0) }) else {
                throw StorageError.broken("a list was saved without an id")
            }
            let rows = try connection.run(
                """
                INSERT INTO saved_list_row (saved_id, party_id, money)
                SELECT \(id), r.party_id, r.money FROM list_row r
                WHERE r.run_id = \(run.id) AND r.list = \(list.rawValue) AND r.held = FALSE AND NOT EXISTS (
                    SELECT 1 FROM list_entry e WHERE e.party_id = r.party_id AND e.list = r.list
                        AND e.left_day IS NULL AND e.done_at IS NOT NULL)
                """)
            guard rows > 0 else { throw SavedListRefusal.nobody }
            try connection.run(
                """
                UPDATE saved_list SET customers = \(rows), money = (
                    SELECT CAST(sum(w.money) AS BIGINT) FROM saved_list_row w WHERE w.saved_id = \(id))
                WHERE id = \(id)
                """)
            try connection.record("list.saved", "saved_list", id, by: act)
            return id
        }
        await database.announce("events")
        return id
    }

    /// Saved lists, latest first.
    public func list(after id: Int64?, limit: Int) async throws -> Portion<SavedList> {
        let rows: SQL = """
            SELECT \(SavedList.columns) FROM saved_list s WHERE s.removed_at IS NULL AND s.id < \(id ?? .max)
            ORDER BY s.id DESC LIMIT \(limit + 1)
            """
        let found = try await database.read { try $0.all(rows, SavedList.init) }
        return Portion(found, limit: limit) { "\($0.id)" }
    }

    public func find(_ id: Int64) async throws -> SavedList? {
        let row: SQL = "SELECT \(SavedList.columns) FROM saved_list s WHERE s.id = \(id)"
        return try await database.read { try $0.first(row, SavedList.init) }
    }

    /// Customers of a saved list against a run of today, most money first.
    public func lines(
        of saved: SavedList, _ part: SavedPart, run: Int64, after: String?, limit: Int
    ) async throws -> Portion<SavedLine> {
        let mark = OfferStore.mark(after) ?? (.max, .max)
        let rows =
            part == .came
            ? SavedListStore.came(saved, run, mark, limit + 1)
            : SavedListStore.saved(saved, run, mark, limit + 1, onlyGone: part == .gone)
        let found = try await database.read { try $0.all(rows, SavedLine.init) }
        return Portion(found, limit: limit) { $0.key }
    }

    private static func saved(
        _ saved: SavedList, _ run: Int64, _ mark: (Int64, Int64), _ limit: Int, onlyGone: Bool
    ) -> SQL {
        let isOn: SQL = """
            EXISTS (SELECT 1 FROM list_row t WHERE t.run_id = \(run) AND t.party_id = w.party_id
                AND t.list = \(saved.list.rawValue))
            """
        let gone: SQL = onlyGone ? "AND NOT \(isOn)" : ""
        return """
            SELECT \(Party.columns), w.money, \(isOn), \(bought(saved, "w.party_id")) FROM saved_list_row w
            JOIN party p ON p.id = w.party_id
            WHERE w.saved_id = \(saved.id) AND (w.money, w.party_id) < (\(mark.0), \(mark.1)) \(gone)
            ORDER BY w.money DESC, w.party_id DESC LIMIT \(limit)
            """
    }

    private static func came(_ saved: SavedList, _ run: Int64, _ mark: (Int64, Int64), _ limit: Int) -> SQL {
        """
        SELECT \(Party.columns), r.money, TRUE, \(bought(saved, "r.party_id")) FROM list_row r
        JOIN party p ON p.id = r.party_id
        WHERE r.run_id = \(run) AND r.list = \(saved.list.rawValue) AND r.held = FALSE
            AND (r.money, r.party_id) < (\(mark.0), \(mark.1)) AND NOT EXISTS (
                SELECT 1 FROM saved_list_row w WHERE w.saved_id = \(saved.id) AND w.party_id = r.party_id)
        ORDER BY r.money DESC, r.party_id DESC LIMIT \(limit)
        """
    }

    /// The first day the customer bought after the list was saved.
    private static func bought(_ saved: SavedList, _ party: SQL) -> SQL {
        """
        (SELECT min(b.day) FROM purchase b WHERE b.account_id = \(party) AND b.day > \(saved.day) AND b.amount >= 0)
        """
    }

    /// Takes a saved list away, or puts it back.
    public func setRemoved(_ isRemoved: Bool, _ id: Int64, by act: Act) async throws -> Bool {
        let removedAt: Instant? = isRemoved ? act.at : nil
        let isDone = try await database.write { connection in
            let others: SQL = isRemoved ? "removed_at IS NULL" : "removed_at IS NOT NULL"
            let changed = try connection.run(
                "UPDATE saved_list SET removed_at = \(removedAt) WHERE id = \(id) AND \(others)")
            guard changed == 1 else { return false }
            try connection.record(isRemoved ? "list.removed" : "list.restored", "saved_list", id, by: act)
            return true
        }
        if isDone { await database.announce("events") }
        return isDone
    }

    /// A saved list that was last counted against an older run than this; nil where none is left.
    func uncounted(against run: Int64) async throws -> SavedList? {
        let row: SQL = """
            SELECT \(SavedList.columns) FROM saved_list s WHERE s.removed_at IS NULL AND s.counted_run <> \(run)
            ORDER BY s.id LIMIT 1
            """
        return try await database.read { try $0.first(row, SavedList.init) }
    }

    /// Counts who bought since, who left the list and who came onto it.
    func count(_ saved: SavedList, against run: CompletedRun) async throws {
        let list = saved.list.rawValue
        let counts: SQL = """
            SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT 1 FROM purchase b
                    WHERE b.account_id = w.party_id AND b.day > \(saved.day) AND b.amount >= 0)),
                count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM list_row t
                    WHERE t.run_id = \(run.id) AND t.party_id = w.party_id AND t.list = \(list)))
            FROM saved_list_row w WHERE w.saved_id = \(saved.id)
            """
        let came: SQL = """
            SELECT count(*) FROM list_row r WHERE r.run_id = \(run.id) AND r.list = \(list) AND r.held = FALSE
                AND NOT EXISTS (SELECT 1 FROM saved_list_row w
                    WHERE w.saved_id = \(saved.id) AND w.party_id = r.party_id)
            """
        let (found, newcomers) = try await database.read { connection in
            let found = try connection.first(counts) { (try $0.int(0), try $0.int(1), try $0.int(2)) }
            return (found ?? (0, 0, 0), try connection.number(came))
        }
        _ = try await database.write {
            try $0.run(
                """
                UPDATE saved_list SET counted_run = \(run.id), counted_day = \(run.report.day), customers = \(found.0),
                    bought = \(found.1), gone = \(found.2), came = \(newcomers)
                WHERE id = \(saved.id)
                """)
        }
    }

    /// Takes out customers who go, and lists of nobody but them. For the sample.
    static func forget(_ parties: SQL, in connection: any Connection) throws {
        try connection.run("DELETE FROM saved_list_row WHERE party_id IN (\(parties))")
        try connection.run(
            """
            DELETE FROM saved_list WHERE NOT EXISTS (
                SELECT 1 FROM saved_list_row w WHERE w.saved_id = saved_list.id)
            """)
        try connection.run("UPDATE saved_list SET counted_run = 0 WHERE counted_run <> 0")
    }
}

/// Counts what became of saved lists, once after each run of the figures.
struct CountSavedLists: Worker {
    let desk: Desk

    var kind: String { "count-saved-lists" }
    var rhythm: Duration? { .seconds(60) }

    func run(_ job: Job, holding lease: Lease) async throws {
        let figures = FigureStore(database: desk.database, clock: desk.clock)
        guard let run = try await figures.latest() else { return }
        let store = SavedListStore(database: desk.database)
        while let saved = try await store.uncounted(against: run.id) {
            try await store.count(saved, against: run)
            try await lease.extend()
        }
    }
}
