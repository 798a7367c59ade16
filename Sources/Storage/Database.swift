/// Which engine answers. Code outside the drivers asks only to skip what cannot be said in one dialect.
public enum Engine: String, Sendable, CaseIterable {
    case sqlite, postgres
}

/// The one door to the data. SQLite serves a single machine, PostgreSQL serves many.
public protocol Database: Sendable {
    var engine: Engine { get }

    /// Reads from one unchanging snapshot. Writing in here is refused.
    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T

    /// Writes as if no one else were writing, and is durable when it returns. Runs `body` again if another write got
    /// in first, so `body` does nothing but SQL: send mail and announce changes after it returns.
    func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T

    /// Tells every process on this database that something changed. At most once per topic and 10 ms, never inside a
    /// transaction; a listener that was away misses it, so a topic only ever says "look again".
    func announce(_ topic: String) async

    /// Topics as they are announced by any process, this one included.
    func announcements() -> AsyncStream<String>

    /// What the engine did since it was opened.
    var activity: Activity { get }

    /// Finishes what runs, then lets go of files and sockets.
    func close() async throws
}

extension Database {
    /// Has the engine look again at how the values of these tables spread, after much has changed, so that it plans the
    /// next questions by what is there now. SQLite's plans here need no statistics, so there it does nothing.
    public func refreshStatistics(of tables: [SQL]) async throws {
        guard engine == .postgres else { return }
        try await write { connection in
            for table in tables { try connection.run("ANALYZE \(table)") }
        }
    }
}

/// Counts since the engine was opened. `writes / commits` is how many writes shared one disk flush.
public struct Activity: Sendable, Equatable {
    public var reads = 0
    public var writes = 0
    public var commits = 0
    public var retries = 0

    public init() {}
}

/// A transaction in progress. Lives only inside `read` and `write`, on one thread.
public protocol Connection {
    var engine: Engine { get }

    /// Runs a statement, handing each row over as it comes: ten million rows pass through in constant memory.
    func each(_ statement: SQL, _ body: (any Row) throws -> Void) throws

    /// Runs a statement that changes rows and answers how many it changed.
    @discardableResult func run(_ statement: SQL) throws -> Int

    /// Appends a batch of rows as fast as the engine can (prepared inserts, COPY).
    func load(_ batch: Batch) throws

    /// Runs several statements of the house dialect, translated into the engine's words. For migrations.
    func script(_ text: String) throws
}

extension Connection {
    public func all<T>(_ statement: SQL, _ make: (any Row) throws -> T) throws -> [T] {
        var rows: [T] = []
        try each(statement) { rows.append(try make($0)) }
        return rows
    }

    /// The first row, or nil where there is none.
    public func first<T>(_ statement: SQL, _ make: (any Row) throws -> T) throws -> T? {
        var found: T?
        try each(statement) { if found == nil { found = try make($0) } }
        return found
    }

    /// The only column of the only row; 0 where there is no row or it is NULL.
    public func number(_ statement: SQL) throws -> Int {
        try first(statement) { $0.isNull(0) ? 0 : try $0.int(0) } ?? 0
    }

    public func exists(_ statement: SQL) throws -> Bool { try first(statement) { _ in true } ?? false }
}
