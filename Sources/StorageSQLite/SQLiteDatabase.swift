import Dispatch
import class GRDB.DatabasePool
public import Storage

/// The embedded engine: one file, many readers, one writer whose waiting writes share a commit.
///
/// A write is on disk when it returns: the journal is a write-ahead log with `synchronous=FULL`, read back at opening.
public final class SQLiteDatabase: Database {
    public let engine = Engine.sqlite
    private let pool: DatabasePool
    private let sessions: SQLiteSessions
    private let writes: GroupCommit
    private let tally: Tally
    private let noticeboard: Noticeboard
    private let topics: TopicGathering

    /// Opens the file, or makes it. `readers` reads run at a time; the writer keeps `cacheMegabytes` of pages.
    public init(path: String, readers: Int = 5, cacheMegabytes: Int = 64) throws {
        let sessions = SQLiteSessions()
        let opening = SQLiteOpening(path: path, readers: readers, cacheMegabytes: cacheMegabytes)
        do { pool = try opening.open(sessions) } catch { throw StorageError(grdb: error) }
        let tally = Tally()
        let noticeboard = Noticeboard()
        self.sessions = sessions
        self.tally = tally
        self.noticeboard = noticeboard
        writes = GroupCommit { tally.addCommit(of: $0) }
        topics = TopicGathering { $0.forEach(noticeboard.post) }
    }

    public var activity: Activity { tally.activity }

    public func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T
    {
        tally.addRead()
        return try await withCheckedThrowingContinuation { continuation in
            pool.asyncUnsafeRead { [sessions] loan in
                continuation.resume(with: Result { try sessions.session(of: loan).reading(body) })
            }
        }
    }

    public func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T
    {
        try await withCheckedThrowingContinuation { continuation in
            let write = WaitingWrite(
                run: { session in
                    let answer = try session.whole(body)
                    return { continuation.resume(returning: answer) }
                },
                fail: { continuation.resume(throwing: $0) })
            if writes.add(write) { drain() }
        }
    }

    private func drain() {
        pool.asyncWriteWithoutTransaction { [self] database in
            do {
                if writes.drain(on: try sessions.session(of: .success(database))) { drain() }
            } catch {
                writes.refuse(StorageError(grdb: error))
            }
        }
    }

    /// Moves the write-ahead log into the file and empties it. `tooBusy` where a long read still needs the log.
    public func checkpoint() async throws {
        try await onWriter { try $0.checkpoint() }
    }

    /// Runs something outside any transaction, after the writes that already wait.
    private func onWriter(_ act: @escaping @Sendable (SQLiteSession) throws -> Void) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            pool.asyncWriteWithoutTransaction { [sessions] database in
                continuation.resume(with: Result { try act(sessions.session(of: .success(database))) })
            }
        }
    }

    public func announce(_ topic: String) async { topics.add(topic) }

    public func announcements() -> AsyncStream<String> { noticeboard.listen() }

    public func close() async throws {
        noticeboard.close()
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            DispatchQueue(label: "regulars.sqlite.close").async { [pool, sessions] in
                continuation.resume(
                    with: Result {
                        do { try sessions.close(pool) } catch { throw StorageError(grdb: error) }
                    })
            }
        }
    }
}

extension SQLiteDatabase: PlanExplaining {
    public func explain(_ statement: SQL) async throws -> String {
        try await read { connection in
            try connection.all("EXPLAIN QUERY PLAN \(statement)") { try $0.text(3) }.joined(separator: "\n")
        }
    }
}
