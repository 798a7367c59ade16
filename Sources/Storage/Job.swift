public import Kernel

/// Work that outlives the request that asked for it, as a row.
public struct Job: Sendable, Equatable {
    public enum State: String, SQLBindable { case waiting, running, dead }

    public let id: Int64
    /// What to do, named like an order to a person: `run-import`.
    public let kind: String
    public let argument: Int64
    public var state: State
    public var attempt: Int
    public let maximumAttempts: Int
    public var runAt: Instant
    public var leaseUntil: Instant?
    /// The fence: who holds the job proves it with the token of its own claim, and a worker that was thought dead
    /// finds its token outdated.
    public var token: Int64
    public var lastError: String?

    static let columns: SQL = """
        id, kind, argument, state, attempt, maximum_attempts, run_at, lease_until, lease_token, last_error
        """

    init(row: any Row) throws {
        id = try row.int64(0)
        kind = try row.text(1)
        argument = try row.int64(2)
        state = try row.word(3)
        attempt = try row.int(4)
        maximumAttempts = try row.int(5)
        runAt = try row.instant(6)
        leaseUntil = try row.optionalInstant(7)
        token = try row.int64(8)
        lastError = try row.optionalText(9)
    }

    /// Seconds before the next try: 2, 4, 8 … up to an hour, give or take a quarter so that a herd spreads out.
    /// `jitter` is uniform in 0…1.
    static func backOff(attempt: Int, jitter: Double) -> Duration {
        let seconds = min(3600, pow2(min(attempt, 12)))
        return .milliseconds(Int64(seconds * 1000 * (0.75 + 0.5 * jitter)))
    }

    private static func pow2(_ exponent: Int) -> Double { Double(1 << max(1, exponent)) }
}

extension Connection {
    /// Asks for a job in the transaction that caused it. With a `key`, a second asking while the first still waits or
    /// runs is the same job; one that died gets all its tries again.
    public func enqueue(
        _ kind: String, argument: Int64 = 0, key: String? = nil, at runAt: Instant, maximumAttempts: Int = 12
    ) throws {
        try run(
            """
            INSERT INTO job (kind, argument, unique_key, state, attempt, maximum_attempts, run_at, lease_token, created_at)
            VALUES (\(kind), \(argument), \(key), \(Job.State.waiting), 0, \(maximumAttempts), \(runAt), 0, \(runAt))
            ON CONFLICT (unique_key) DO UPDATE SET state = 'waiting', attempt = 0, run_at = excluded.run_at
                WHERE job.state = 'dead'
            """)
    }
}

/// The queue: a guarded claim, a lease, a fence.
public struct JobStore: Sendable {
    let database: any Database

    public init(database: any Database) { self.database = database }

    /// Takes the job that is due longest among the kinds somebody here can do, or one whose holder let its lease run
    /// out. Nil when nothing is due. A job whose holders vanished as often as it may be tried is dead.
    public func claim(
        _ kinds: [String]? = nil, at now: Instant, lease: Duration = .seconds(60)
    ) async throws -> Job? {
        let known: SQL = kinds.map { "kind IN (\(list: $0))" } ?? "TRUE"
        let due: SQL = """
            SELECT id, state, attempt, maximum_attempts FROM job
            WHERE \(known) AND ((state = 'waiting' AND run_at <= \(now)) OR (state = 'running' AND lease_until < \(now)))
            ORDER BY run_at, id LIMIT 1
            """
        let next = try await database.read { connection in
            try connection.first(due) { row in
                (id: try row.int64(0), isSpent: try row.text(1) == "running" && row.int(2) >= row.int(3))
            }
        }
        guard let next else { return nil }
        if next.isSpent {
            try await bury(next.id, at: now)
            return nil
        }
        return try await database.write { connection in
            let claim: SQL = """
                UPDATE job SET state = 'running', attempt = attempt + 1, lease_until = \(now.advanced(by: lease)),
                    lease_token = lease_token + 1
                WHERE id = \(next.id)
                    AND ((state = 'waiting' AND run_at <= \(now)) OR (state = 'running' AND lease_until < \(now)))
                RETURNING \(Job.columns)
                """
            return try connection.first(claim, Job.init)
        }
    }

    /// Whoever took this job never came back: it may be what ended them.
    private func bury(_ id: Int64, at now: Instant) async throws {
        _ = try await database.write { connection in
            try connection.run(
                """
                UPDATE job SET state = 'dead', lease_until = NULL, last_error = 'its worker vanished, every time'
                WHERE id = \(id) AND state = 'running' AND lease_until < \(now) AND attempt >= maximum_attempts
                """)
        }
    }

    /// Keeps the lease of a job that takes long. False when it was taken over: stop at once.
    public func extend(_ job: Job, at now: Instant, lease: Duration = .seconds(60)) async throws -> Bool {
        try await database.write { connection in
            try connection.run(
                """
                UPDATE job SET lease_until = \(now.advanced(by: lease))
                WHERE id = \(job.id) AND lease_token = \(job.token) AND state = 'running'
                """) == 1
        }
    }

    /// The job is done and leaves the table. False when the fence had moved on.
    @discardableResult
    public func finish(_ job: Job) async throws -> Bool {
        try await database.write { connection in
            try connection.run(
                "DELETE FROM job WHERE id = \(job.id) AND lease_token = \(job.token) AND state = 'running'")
                == 1
        }
    }

    /// The job is done for now and waits for its next time, in one step. False when the fence had moved on.
    @discardableResult
    public func finish(_ job: Job, againAt next: Instant) async throws -> Bool {
        try await database.write { connection in
            try connection.run(
                """
                UPDATE job SET state = 'waiting', attempt = 0, run_at = \(next), lease_until = NULL, last_error = NULL
                WHERE id = \(job.id) AND lease_token = \(job.token) AND state = 'running'
                """) == 1
        }
    }

    /// The job failed: tried again later, or kept as dead, with its reason, when its tries are used up or the failure
    /// will not go away.
    public func fail(_ job: Job, reason: String, isWorthRetrying: Bool, at now: Instant) async throws {
        let dies = !isWorthRetrying || job.attempt >= job.maximumAttempts
        let delay = Job.backOff(attempt: job.attempt, jitter: .random(in: 0...1))
        _ = try await database.write { connection in
            try connection.run(
                """
                UPDATE job SET state = \(dies ? Job.State.dead : .waiting), run_at = \(now.advanced(by: delay)),
                    lease_until = NULL, last_error = \(String(reason.prefix(2000)))
                WHERE id = \(job.id) AND lease_token = \(job.token) AND state = 'running'
                """)
        }
    }

    public func dead(limit: Int = 100) async throws -> [Job] {
        try await database.read { connection in
            try connection.all(
                "SELECT \(Job.columns) FROM job WHERE state = 'dead' ORDER BY id DESC LIMIT \(limit)",
                Job.init)
        }
    }

    /// Gives a dead job all its tries again. False where there is no such dead job.
    public func revive(_ id: Int64, at now: Instant) async throws -> Bool {
        try await database.write { connection in
            try connection.run(
                "UPDATE job SET state = 'waiting', attempt = 0, run_at = \(now) WHERE id = \(id) AND state = 'dead'"
            ) == 1
        }
    }

    /// When the next job is due, for the runner to sleep until.
    public func nextDue() async throws -> Instant? {
        try await database.read { connection in
            try connection.first(
                "SELECT min(run_at) FROM job WHERE state = 'waiting'", { try $0.optionalInstant(0) }) ?? nil
        }
    }
}
