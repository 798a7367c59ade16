public import Kernel
public import Storage
public import Web

/// Who is signed in where. Of a token only its SHA-256 is kept.
public struct SessionStore: Sendable {
    let database: any Database
    let memory: AccessMemory

    /// Begins a session under a new token. The one this browser had before, if any, ends: nothing that was
    /// planted before somebody signed in is worth anything afterwards.
    public func begin(
        for id: ID<Agent>, token: SessionToken, device: Device, replacing old: Int64? = nil, by act: Act
    ) async throws {
        try await database.write { connection in
            try SessionStore.begin(
                for: id, token: token, device: device, replacing: old, by: act, in: connection)
        }
        memory.forget()
        await database.announce("events")
    }

    static func begin(
        for id: ID<Agent>, token: SessionToken, device: Device, replacing old: Int64?, by act: Act,
        in connection: any Connection
    ) throws {
        guard let agent = try AgentStore.find(id, in: connection), !agent.isSuspended else {
            throw AgentRefusal.wrongSignIn
        }
        if let old { try connection.run("DELETE FROM session WHERE id = \(old)") }
        let insert: SQL = """
            INSERT INTO session (token_hash, person_id, device, place, created_at, seen_at, expires_at)
            VALUES (\(token.hash), \(id), \(device.name), \(device.place), \(act.at), \(act.at),
                \(act.at.advanced(by: Session.lifetime)))
            RETURNING id
            """
        let session = try connection.first(insert) { try $0.int64(0) } ?? 0
        try connection.run("UPDATE agent SET signed_in_at = \(act.at) WHERE person_id = \(id)")
        try connection.record("agent.signed_in", "agent", id.value, by: act, detail: ["session": session])
    }

    /// Whose session this is, as long as it is good and they may come in.
    func signedIn(hash: [UInt8], at now: Instant) async throws -> SignedIn? {
        let query: SQL = """
            SELECT \(Agent.columns), s.id FROM session s
            JOIN agent a ON a.person_id = s.person_id JOIN party p ON p.id = a.person_id
            WHERE s.token_hash = \(hash) AND NOT a.suspended AND \(Session.isGood(at: now))
            """
        return try await database.read { connection in
            try connection.first(query) {
                SignedIn(person: try Agent(row: $0).colleague, session: try $0.int64(11))
            }
        }
    }

    /// A person's sessions, the one used last first.
    public func list(of id: ID<Agent>, at now: Instant) async throws -> [Session] {
        let query: SQL = """
            SELECT \(Session.columns) FROM session s WHERE s.person_id = \(id) AND \(Session.isGood(at: now))
            ORDER BY s.seen_at DESC, s.id DESC LIMIT 100
            """
        return try await database.read { try $0.all(query, Session.init) }
    }

    /// Ends one of a person's own sessions. Somebody else's is not found.
    public func end(_ session: Int64, of id: ID<Agent>, by act: Act) async throws {
        try await database.write { connection in
            let ended = try connection.run("DELETE FROM session WHERE id = \(session) AND person_id = \(id)")
            guard ended == 1 else { throw NotFound() }
            try connection.record(
                "agent.signed_out", "agent", id.value, by: act, detail: ["session": session])
        }
        memory.forget()
        await database.announce("events")
    }

    static func endAll(of id: ID<Agent>, in connection: any Connection) throws {
        try connection.run("DELETE FROM session WHERE person_id = \(id)")
    }

    func recordUse(of session: Int64, from place: String, at now: Instant) async throws {
        _ = try await database.write { connection in
            try connection.run(
                """
                UPDATE session SET seen_at = \(now), place = \(place)
                WHERE id = \(session) AND seen_at < \(now)
                """)
        }
    }

    /// Removes what nobody can use any more, and answers how many.
    func sweep(at now: Instant) async throws -> Int {
        try await database.write { connection in
            try connection.run(
                """
                DELETE FROM session WHERE id IN (
                    SELECT s.id FROM session s WHERE NOT (\(Session.isGood(at: now))) LIMIT 10000)
                """)
        }
    }
}

/// What a browser is called and where it is, cut to what a list can show.
public struct Device: Sendable, Equatable {
    public let name: String
    public let place: String

    public init(name: String, place: String) {
        self.name = String(name.singleLine.prefix(300))
        self.place = place
    }

    init(_ request: RequestFacts) {
        self.init(name: request.userAgent, place: request.remoteAddress.description)
    }
}
