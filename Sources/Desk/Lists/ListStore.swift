public import Kernel
public import Storage

/// Every statement on lists: who is on them, who works on whom, and what came of it.
public struct ListStore: Sendable {
    let database: any Database
    let clock: any WallClock

    public init(database: any Database, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    /// A page of a list, most money first; what is done, latest first. Who is left alone is never shown.
    public func page(
        _ list: CustomerList, _ part: ListPart, of person: Int64?, run: Int64, after: String?, limit: Int
    ) async throws -> Portion<ListItem> {
        let mark = ListStore.mark(after)
        let rows: SQL =
            switch part {
            case .open: ListStore.open(list, run, after: mark, limit: limit + 1)
            case .mine: ListStore.mine(list, run, of: person ?? 0, after: mark, limit: limit + 1)
            case .done: ListStore.done(list, run, after: mark, limit: limit + 1)
            }
        let items = try await database.read { try $0.all(rows) { try ListItem(row: $0, list: list) } }
        return Portion(items, limit: limit) { $0.key }
    }

    private static func mark(_ text: String?) -> (Int64, Int64) {
        let parts = (text ?? "").split(separator: "~").map { Int64($0) }
        guard parts.count == 2, let first = parts[0], let second = parts[1] else { return (.max, .max) }
        return (first, second)
    }

    private static let columns: SQL = """
        \(Party.columns), \(CustomerFigures.columns), e.assignee_id, e.done_at, e.outcome, e.note, \(Preferences.column)
        """

    private static func open(
        _ list: CustomerList, _ run: Int64, after mark: (Int64, Int64), limit: Int
    ) -> SQL {
        """
        SELECT \(columns), r.money, r.since_day, r.money, r.party_id FROM list_row r
        JOIN party p ON p.id = r.party_id
        JOIN figure f ON f.run_id = r.run_id AND f.party_id = r.party_id
        LEFT JOIN list_entry e ON e.party_id = r.party_id AND e.list = r.list AND e.left_day IS NULL
        WHERE r.run_id = \(run) AND r.list = \(list.rawValue) AND r.held = FALSE
            AND (r.money, r.party_id) < (\(mark.0), \(mark.1)) AND e.done_at IS NULL
            AND NOT \(Consent.isRefused(.offers, party: "r.party_id"))
        ORDER BY r.money DESC, r.party_id DESC LIMIT \(limit)
        """
    }

    private static func mine(
        _ list: CustomerList, _ run: Int64, of person: Int64, after mark: (Int64, Int64), limit: Int
    ) -> SQL {
        """
        SELECT \(columns), r.money, r.since_day, r.money, r.party_id FROM list_entry e
        JOIN list_row r ON r.run_id = \(run) AND r.party_id = e.party_id AND r.list = e.list
        JOIN party p ON p.id = r.party_id
        JOIN figure f ON f.run_id = r.run_id AND f.party_id = r.party_id
        WHERE e.assignee_id = \(person) AND e.list = \(list.rawValue) AND e.left_day IS NULL AND e.done_at IS NULL
            AND NOT \(Consent.isRefused(.offers, party: "r.party_id"))
            AND (r.money, r.party_id) < (\(mark.0), \(mark.1))
        ORDER BY r.money DESC, r.party_id DESC LIMIT \(limit)
        """
    }

    private static func done(
        _ list: CustomerList, _ run: Int64, after mark: (Int64, Int64), limit: Int
    ) -> SQL {
        """
        SELECT \(columns), coalesce(f.expected_worth, f.worth, 0), e.entered_day, e.done_at, e.id FROM list_entry e
        JOIN party p ON p.id = e.party_id
        LEFT JOIN figure f ON f.run_id = \(run) AND f.party_id = e.party_id
        WHERE e.list = \(list.rawValue) AND e.done_at IS NOT NULL AND (e.done_at, e.id) < (\(mark.0), \(mark.1))
        ORDER BY e.done_at DESC, e.id DESC LIMIT \(limit)
        """
    }

    /// One customer on a list, if they are on it and not left alone.
    public func item(_ list: CustomerList, _ party: ID<Party>, run: Int64) async throws -> ListItem? {
        let one: SQL = """
            SELECT \(ListStore.columns), r.money, r.since_day, r.money, r.party_id FROM list_row r
            JOIN party p ON p.id = r.party_id
            JOIN figure f ON f.run_id = r.run_id AND f.party_id = r.party_id
            LEFT JOIN list_entry e ON e.party_id = r.party_id AND e.list = r.list AND e.left_day IS NULL
            WHERE r.run_id = \(run) AND r.party_id = \(party) AND r.list = \(list.rawValue) AND NOT r.held
                AND NOT \(Consent.isRefused(.offers, party: "r.party_id"))
            """
        return try await database.read { try $0.first(one) { try ListItem(row: $0, list: list) } }
    }

    /// Names of the colleagues who may be given customers to call on.
    func colleagues() async throws -> [(id: Int64, name: String)] {
        try await database.read { connection in
            try connection.all(
                """
                SELECT p.id, p.name FROM agent a JOIN party p ON p.id = a.person_id WHERE NOT a.suspended
                ORDER BY p.name_key, p.id LIMIT 500
                """
            ) { (id: try $0.int64(0), name: try $0.text(1)) }
        }
    }

    func names(_ ids: [Int64]) async throws -> [Int64: String] {
        try await database.read { connection in
            var names: [Int64: String] = [:]
            try connection.each("SELECT id, name FROM party WHERE id IN (\(list: Array(Set(ids))))") {
                names[try $0.int64(0)] = try $0.text(1)
            }
            return names
        }
    }
}

extension ListItem {
    /// Columns of party, figures, entry, then money, since, and the two numbers of the key.
    init(row: any Row, list: CustomerList) throws {
        self.list = list
        party = try Party(row: row)
        let entry = 4 + CustomerFigures.columnCount
        figures = row.isNull(4) ? nil : try CustomerFigures(row: row, from: 4)
        assignee = try row.optionalInt64(entry)
        doneAt = try row.optionalInstant(entry + 1)
        result = try row.optionalText(entry + 2).flatMap(ListResult.init)
        note = try row.optionalText(entry + 3) ?? ""
        preferences = try row.text(entry + 4)
        money = try row.int64(entry + 5)
        since = try row.day(entry + 6)
        key = "\(try row.int64(entry + 7))~\(try row.int64(entry + 8))"
    }
}
