import Kernel
import Storage

/// Every statement on findings. Rows of one scope belong together; the empty scope is all customers.
struct FindingStore: Sendable {
    static let reasonLimit = 2000

    let database: any Database
    let clock: any WallClock
    var scope = ""

    init(database: any Database, clock: any WallClock, scope: String = "") {
        self.database = database
        self.clock = clock
        self.scope = scope
    }

    init(_ desk: Desk) { self.init(database: desk.database, clock: desk.clock) }

    /// What is found now, the weightiest first. There are some dozens at most.
    func open() async throws -> [KeptFinding] {
        let rows: SQL = """
            SELECT \(KeptFinding.columns) FROM finding f WHERE f.scope = \(scope) AND f.gone_at IS NULL
            ORDER BY f.weight DESC, f.kind, f.subject LIMIT 200
            """
        return try await database.read { try $0.all(rows, KeptFinding.init) }.compactMap(\.self)
    }

    /// What was found once and is no more, the latest first, a page at a time.
    func gone(before id: Int64?, limit: Int) async throws -> Portion<KeptFinding> {
        let rows: SQL = """
            SELECT \(KeptFinding.columns) FROM finding f
            WHERE f.scope = \(scope) AND f.gone_at IS NOT NULL AND f.id < \(id ?? .max)
            ORDER BY f.id DESC LIMIT \(limit + 1)
            """
        let found = try await database.read { try $0.all(rows, KeptFinding.init) }.compactMap(\.self)
        return Portion(found, limit: limit) { "\($0.id)" }
    }

    func find(_ id: Int64) async throws -> KeptFinding? {
        let row: SQL =
            "SELECT \(KeptFinding.columns) FROM finding f WHERE f.id = \(id) AND f.scope = \(scope)"
        return try await database.read { try $0.first(row, KeptFinding.init) } ?? nil
    }

    func state() async throws -> FindingState? {
        let row: SQL = """
            SELECT computed_at, marker, day, from_day, to_day, document FROM finding_state WHERE scope = \(scope)
            """
        return try await database.read { connection in
            try connection.first(row) { row in
                FindingState(
                    computedAt: try row.instant(0), marker: try row.text(1), day: try row.day(2),
                    window: try row.day(3)...(try row.day(4)), document: try Stored.value(of: try row.text(5))
                )
            }
        }
    }

    func names(_ ids: [Int64]) async throws -> [Int64: String] {
        guard !ids.isEmpty else { return [:] }
        return try await database.read { try FindingStore.names(of: ids, in: $0) }
    }

    static func names(of ids: [Int64], in connection: any Connection) throws -> [Int64: String] {
        var names: [Int64: String] = [:]
        guard !ids.isEmpty else { return names }
        try connection.each("SELECT id, name FROM party WHERE id IN (\(list: Array(Set(ids))))") {
            names[try $0.int64(0)] = try $0.text(1)
        }
        return names
    }

    /// What the findings depend on. Different text, other findings.
    func marker() async throws -> String {
        try await database.read { connection in
            let numbers: [SQL] = [
                "SELECT max(id) FROM figure_run WHERE state = 'complete'",
                "SELECT max(computed_at) FROM economics",
                "SELECT max(id) FROM desired_profile",
                "SELECT max(phase_at) FROM import WHERE state IN ('complete', 'undone')",
                "SELECT max(id) FROM setting",
            ]
            return try numbers.map { "\(try connection.number($0))" }.joined(separator: ".")
        }
    }

    /// Has the next look find them out of date.
    func ask(at now: Instant) async throws {
        try await database.write { connection in
            try connection.run("UPDATE finding_state SET marker = 'asked' WHERE scope = \(scope)")
            try connection.run(
                "UPDATE job SET run_at = \(now) WHERE unique_key = \(FindFindings.order) AND state = 'waiting'"
            )
        }
    }

    /// Takes everything back that was said, where nobody is left it was said of.
    static func forget(in connection: any Connection) throws {
        try connection.run("DELETE FROM finding")
        try connection.run("DELETE FROM finding_state")
    }
}
