public import Kernel

/// One row of the spine: something a person could ask about happened.
///
/// It is written in the transaction of the change itself and holds ids and numbers only; words that may have to be
/// erased live in the rows it points at. `seq` is the order in which events were committed, stamped afterwards,
/// and the only thing a reader may remember: ids are handed out before commit and would skip late committers.
public struct Event: Sendable, Equatable {
    public var id: Int64
    public var seq: Int64?
    /// When it happened, as against `recordedAt`, when we learned of it.
    public var at: Instant
    public var recordedAt: Instant
    public var actor: Int64?
    public var onBehalfOf: Int64?
    public var cause: Int64?
    public var noun: String
    public var nounID: Int64
    /// Past tense: `purchase.recorded`.
    public var kind: String
    /// The customer on whose timeline it stands.
    public var party: Int64?
    /// Numbers and ids by name.
    public var detail: [String: Int64]

    public static let columns: SQL = """
        id, seq, at, recorded_at, actor_id, behalf_id, cause_id, noun, noun_id, kind, party_id, detail
        """

    public init(row: any Row) throws {
        id = try row.int64(0)
        seq = try row.optionalInt64(1)
        at = try row.instant(2)
        recordedAt = try row.instant(3)
        actor = try row.optionalInt64(4)
        onBehalfOf = try row.optionalInt64(5)
        cause = try row.optionalInt64(6)
        noun = try row.text(7)
        nounID = try row.int64(8)
        kind = try row.text(9)
        party = try row.optionalInt64(10)
        detail = Event.numbers(try row.text(11))
    }

    /// `a=1 b=2`: the only shape a detail has, so nothing but numbers can get into the chain.
    static func words(_ detail: [String: Int64]) -> String {
        detail.keys.sorted().map { "\($0)=\(detail[$0] ?? 0)" }.joined(separator: " ")
    }

    static func numbers(_ text: String) -> [String: Int64] {
        var detail: [String: Int64] = [:]
        for part in text.split(separator: " ") {
            let pair = part.split(separator: "=", maxSplits: 1)
            if pair.count == 2, let number = Int64(pair[1]) { detail[String(pair[0])] = number }
        }
        return detail
    }
}

/// Who does something, when, and because of what. Handed to every verb that changes rows.
public struct Act: Sendable {
    public var actor: Int64?
    public var onBehalfOf: Int64?
    public var cause: Int64?
    public var at: Instant

    public init(by actor: Int64?, at: Instant, onBehalfOf: Int64? = nil, cause: Int64? = nil) {
        self.actor = actor
        self.at = at
        self.onBehalfOf = onBehalfOf
        self.cause = cause
    }
}

extension Connection {
    /// Records an event in the transaction of the change it tells of, and answers its id.
    @discardableResult
    public func record(
        _ kind: String, _ noun: String, _ nounID: Int64, by act: Act, happenedAt: Instant? = nil,
        party: Int64? = nil, detail: [String: Int64] = [:]
    ) throws -> Int64 {
        let insert: SQL = """
            INSERT INTO event
                (at, recorded_at, actor_id, behalf_id, cause_id, noun, noun_id, kind, party_id, detail)
            VALUES (\(happenedAt ?? act.at), \(act.at), \(act.actor), \(act.onBehalfOf), \(act.cause),
                \(noun), \(nounID), \(kind), \(party), \(Event.words(detail)))
            RETURNING id
            """
        return try first(insert) { try $0.int64(0) } ?? 0
    }
}

/// Reads the spine in commit order and stamps that order.
public struct EventStore: Sendable {
    let database: any Database

    public init(database: any Database) { self.database = database }

    /// Gives committed events without a sequence number the next ones, and answers how many there were.
    ///
    /// Runs after commits, in any process; two at once are serialised by the engine and the loser runs again.
    public func stamp(limit: Int = 5000) async throws -> Int {
        let pending = try await database.read {
            try $0.exists("SELECT 1 FROM event WHERE seq IS NULL LIMIT 1")
        }
        guard pending else { return 0 }
        return try await database.write { connection in
            let last = try connection.number("SELECT max(seq) FROM event WHERE seq IS NOT NULL")
            let update: SQL = """
                UPDATE event SET seq = \(last) + waiting.place FROM (
                    SELECT id, row_number() OVER (ORDER BY id) AS place
                    FROM (SELECT id FROM event WHERE seq IS NULL ORDER BY id LIMIT \(limit)) AS oldest
                ) AS waiting
                WHERE event.id = waiting.id
                """
            return try connection.run(update)
        }
    }

    /// Events after a sequence number, in commit order.
    public func after(_ seq: Int64, limit: Int) async throws -> [Event] {
        try await database.read { connection in
            try connection.all(
                "SELECT \(Event.columns) FROM event WHERE seq > \(seq) ORDER BY seq LIMIT \(limit)",
                Event.init)
        }
    }

    public func lastSequence() async throws -> Int64 {
        try await database.read { Int64(try $0.number("SELECT max(seq) FROM event WHERE seq IS NOT NULL")) }
    }
}
