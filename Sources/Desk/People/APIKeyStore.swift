public import Kernel
public import Storage
import Web

/// A program's way in, acting for the person it belongs to.
public struct APIKey: Equatable, Sendable {
    public let id: Int64
    public let person: ID<Agent>
    /// What its owner calls it.
    public let label: String
    /// Its first characters, to tell keys apart by.
    public let hint: String
    public let createdAt: Instant
    public let usedAt: Instant?
    public let revokedAt: Instant?

    static let columns: SQL = "k.id, k.person_id, k.label, k.hint, k.created_at, k.used_at, k.revoked_at"

    init(row: any Row) throws {
        id = try row.int64(0)
        person = try row.id(1)
        label = try row.text(2)
        hint = try row.text(3)
        createdAt = try row.instant(4)
        usedAt = try row.optionalInstant(5)
        revokedAt = try row.optionalInstant(6)
    }
}

/// The keys programs come with. A key is shown once; afterwards only its SHA-256 is known.
public struct APIKeyStore: Sendable {
    let database: any Database
    let memory: AccessMemory

    /// Nobody needs more, and a runaway script should hear it.
    static let limit = 100

    /// A new key for a person: the only time its text exists outside of a hash.
    public func create(for id: ID<Agent>, label: String, by act: Act) async throws -> String {
        let text = Secrets.freshKey()
        try await database.write { connection in
            let agent = try AgentStore.required(id, in: connection)
            guard !agent.isSuspended else { throw NotFound() }
            let live: SQL = "SELECT count(*) FROM api_key WHERE person_id = \(id) AND revoked_at IS NULL"
            guard try connection.number(live) < APIKeyStore.limit else {
                throw AgentRefusal.tooManyKeys(APIKeyStore.limit)
            }
            let insert: SQL = """
                INSERT INTO api_key (person_id, hash, hint, label, created_at)
                VALUES (\(id), \(Secrets.hash(of: text)), \(String(text.prefix(6))), \(label), \(act.at))
                RETURNING id
                """
            let key = try connection.first(insert) { try $0.int64(0) } ?? 0
            try connection.record("key.created", "key", key, by: act, detail: ["agent": id.value])
        }
        memory.forget()
        await database.announce("events")
        return text
    }

    /// Who calls with this key, as long as it is not revoked and they may come in.
    func caller(hash: [UInt8]) async throws -> APICaller? {
        let query: SQL = """
            SELECT \(Agent.columns), k.id FROM api_key k
            JOIN agent a ON a.person_id = k.person_id JOIN party p ON p.id = a.person_id
            WHERE k.hash = \(hash) AND k.revoked_at IS NULL AND NOT a.suspended
            """
        return try await database.read { connection in
            try connection.first(query) {
                APICaller(person: try Agent(row: $0).colleague, key: try $0.int64(11))
            }
        }
    }

    /// A person's keys, newest first; revoked ones stay listed.
    public func list(of id: ID<Agent>) async throws -> [APIKey] {
        let query: SQL = """
            SELECT \(APIKey.columns) FROM api_key k WHERE k.person_id = \(id) ORDER BY k.id DESC LIMIT 200
            """
        return try await database.read { try $0.all(query, APIKey.init) }
    }

    /// Ends one of a person's own keys. Somebody else's is not found.
    public func revoke(_ key: Int64, of id: ID<Agent>, by act: Act) async throws {
        try await database.write { connection in
            let revoked = try connection.run(
                """
                UPDATE api_key SET revoked_at = \(act.at)
                WHERE id = \(key) AND person_id = \(id) AND revoked_at IS NULL
                """)
            guard revoked == 1 else { throw NotFound() }
            try connection.record("key.revoked", "key", key, by: act, detail: ["agent": id.value])
        }
        memory.forget()
        await database.announce("events")
    }

    static func revokeAll(of id: ID<Agent>, by act: Act, in connection: any Connection) throws {
        let revoke: SQL = """
            UPDATE api_key SET revoked_at = \(act.at) WHERE person_id = \(id) AND revoked_at IS NULL
            RETURNING id
            """
        for key in try connection.all(revoke, { try $0.int64(0) }) {
            try connection.record("key.revoked", "key", key, by: act, detail: ["agent": id.value])
        }
    }

    func recordUse(of key: Int64, at now: Instant) async throws {
        _ = try await database.write { connection in
            try connection.run(
                """
                UPDATE api_key SET used_at = \(now)
                WHERE id = \(key) AND (used_at IS NULL OR used_at < \(now))
                """)
        }
    }
}
