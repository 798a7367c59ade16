import Storage
import Synchronization

/// A database that remembers every statement that ran on it, so that a test can ask how the engine would go about each.
final class WatchedDatabase: Database {
    let real: any Database
    private let seen = Mutex<[SQL]>([])

    init(_ real: any Database) { self.real = real }

    var engine: Engine { real.engine }
    var activity: Activity { real.activity }

    /// What ran since the last time.
    func take() -> [SQL] {
        seen.withLock { seen in
            defer { seen = [] }
            return seen
        }
    }

    fileprivate func note(_ statement: SQL) { seen.withLock { $0.append(statement) } }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await real.read { try body(WatchedConnection(real: $0, watch: self)) }
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await real.write { try body(WatchedConnection(real: $0, watch: self)) }
    }

    func announce(_ topic: String) async { await real.announce(topic) }
    func announcements() -> AsyncStream<String> { real.announcements() }
    func close() async throws { try await real.close() }
}

private struct WatchedConnection: Connection {
    let real: any Connection
    let watch: WatchedDatabase

    var engine: Engine { real.engine }

    func each(_ statement: SQL, _ body: (any Row) throws -> Void) throws {
        watch.note(statement)
        try real.each(statement, body)
    }

    @discardableResult func run(_ statement: SQL) throws -> Int {
        watch.note(statement)
        return try real.run(statement)
    }

    func load(_ batch: Batch) throws { try real.load(batch) }
    func script(_ text: String) throws { try real.script(text) }
}
