import Dispatch
public import Storage

/// The engine for many machines. Reads see one snapshot, writes are serialisable and run again when they collide.
public final class PostgresDatabase: Database {
    public let engine = Engine.postgres
    private let pool: PostgresPool
    private let listener: PostgresListener
    private let herald: PostgresHerald
    private let untyped = UntypedStatements()
    private let tally = Tally()
    private let noticeboard = Noticeboard()
    private let topics: TopicGathering

    /// Connects, so that a wrong address is told at once. `url` may name several hosts; libpq takes the one that
    /// accepts writes. Two connections are kept besides the pool: one listens, one announces.
    public init(url: String, poolSize: Int = 16) async throws {
        let address = try PostgresAddress(url)
        let herald = PostgresHerald(at: address)
        pool = PostgresPool(size: poolSize, at: address)
        listener = try PostgresListener(at: address, for: noticeboard)
        self.herald = herald
        topics = TopicGathering(herald.tell)
        try await listener.start()
    }

    /// The listener's thread outlives whoever forgot to close.
    deinit { listener.stop() }

    public var activity: Activity { tally.activity }

    public func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T
    {
        tally.addRead()
        return try await run(.read, body)
    }

    public func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T
    {
        let answer = try await run(.write, body)
        tally.addCommit(of: 1)
        return answer
    }

    private func run<T: Sendable>(
        _ transaction: PostgresTransaction, _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        for attempt in 1... {
            do {
                return try await pool.lend { [untyped] in try transaction.run(body, over: $0, untyped) }
            } catch let again as PostgresTransaction.Again {
                guard attempt < PostgresTransaction.Again.mostTries else { throw again.reason }
                tally.addRetry()
                try await Task.sleep(for: again.pause(before: attempt))
            }
        }
        throw StorageError.tooBusy
    }

    public func announce(_ topic: String) async { topics.add(topic) }

    public func announcements() -> AsyncStream<String> { noticeboard.listen() }

    public func close() async throws {
        noticeboard.close()
        await pool.close()
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            DispatchQueue(label: "regulars.postgres.close").async { [listener, herald] in
                listener.stop()
                listener.waitForEnd()
                herald.close()
                continuation.resume()
            }
        }
    }

    /// Runs a statement that no transaction may hold, such as CREATE DATABASE.
    package func execute(outsideTransaction text: String) async throws {
        try await pool.lend { link in
            try link.connect()
            let result = link.execute(text)
            guard result.isGood else { throw link.failure(result).error }
        }
    }
}

extension PostgresDatabase: PlanExplaining {
    public func explain(_ statement: SQL) async throws -> String {
        try await read { connection in
            try connection.run("SET LOCAL enable_seqscan = off")
            return try connection.all("EXPLAIN (COSTS OFF) \(statement)") { try $0.text(0) }.joined(
                separator: "\n")
        }
    }
}
