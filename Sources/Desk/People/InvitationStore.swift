public import Kernel
public import Storage
public import Web

/// Seats offered and not yet taken. A link's token is kept as its SHA-256 only.
public struct InvitationStore: Sendable {
    let database: any Database
    let memory: AccessMemory

    /// Offers a seat, and answers the token of the link. An open offer to the same address is replaced.
    public func invite(_ email: EmailAddress, as role: Role, by act: Act) async throws -> String {
        let token = Secrets.freshKey()
        try await database.write { connection in
            try AgentStore.require(act, mayGive: role, in: connection)
            guard try AgentStore.find(email: email.text, in: connection) == nil else {
                throw AgentRefusal.addressTaken
            }
            try InvitationStore.withdraw("email_key = \(email.key)", by: act, in: connection)
            let insert: SQL = """
                INSERT INTO invitation
                    (token_hash, email, email_key, role, invited_by, created_at, expires_at)
                VALUES (\(Secrets.hash(of: token)), \(email.text), \(email.key), \(role.rawValue),
                    \(act.actor ?? 0), \(act.at), \(act.at.advanced(by: Invitation.lifetime)))
                RETURNING id
                """
            let id = try connection.first(insert) { try $0.int64(0) } ?? 0
            try connection.record(
                "agent.invited", "invitation", id, by: act, detail: ["role": Int64(role.rank)])
        }
        await database.announce("events")
        return token
    }

    /// Offers that still stand, newest first.
    public func open(at now: Instant) async throws -> [Invitation] {
        let query: SQL = """
            SELECT \(Invitation.columns) FROM invitation i
            WHERE i.used_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > \(now)
            ORDER BY i.id DESC LIMIT 200
            """
        return try await database.read { try $0.all(query, Invitation.init) }
    }

    /// The offer a link stands for, good or not; nil where there never was one.
    public func find(token: String) async throws -> Invitation? {
        try await database.read { try InvitationStore.find(token: token, in: $0) }
    }

    static func find(token: String, in connection: any Connection) throws -> Invitation? {
        let query: SQL = """
            SELECT \(Invitation.columns) FROM invitation i WHERE i.token_hash = \(Secrets.hash(of: token))
            """
        return try connection.first(query, Invitation.init)
    }

    /// Takes an offer back. One that is used, gone or above one's own role stays as it is.
    public func withdraw(_ id: Int64, by act: Act) async throws {
        try await database.write { connection in
            let query: SQL = "SELECT \(Invitation.columns) FROM invitation i WHERE i.id = \(id)"
            guard let invitation = try connection.first(query, Invitation.init) else { throw NotFound() }
            try AgentStore.require(act, mayGive: invitation.role, in: connection)
            try InvitationStore.withdraw("id = \(id)", by: act, in: connection)
        }
        await database.announce("events")
    }

    static func withdrawAll(from id: ID<Agent>, by act: Act, in connection: any Connection) throws {
        try withdraw("invited_by = \(id)", by: act, in: connection)
    }

    private static func withdraw(_ which: SQL, by act: Act, in connection: any Connection) throws {
        let update: SQL = """
            UPDATE invitation SET withdrawn_at = \(act.at)
            WHERE \(which) AND used_at IS NULL AND withdrawn_at IS NULL RETURNING id
            """
        for id in try connection.all(update, { try $0.int64(0) }) {
            try connection.record("invitation.withdrawn", "invitation", id, by: act)
        }
    }

    /// Takes the seat: account and first session in one go. A second use of the link is refused.
    func accept(
        token: String, name: String, password hash: String, language: String, session: SessionToken,
        device: Device, replacing old: Int64?, at now: Instant
    ) async throws -> ID<Agent> {
        let id = try await database.write { connection in
            guard let invitation = try InvitationStore.find(token: token, in: connection) else {
                throw NotFound()
            }
            if let refusal = invitation.refusal(at: now) { throw refusal }
            guard let email = EmailAddress(invitation.email) else { throw NotFound() }
            let agent = NewAgent(
                name: name, email: email, role: invitation.role, password: hash, language: language)
            let id = try AgentStore.add(agent, at: now, in: connection)
            try connection.run(
                "UPDATE invitation SET used_at = \(now), person_id = \(id) WHERE id = \(invitation.id)")
            let act = Act(by: id.value, at: now)
            try connection.record(
                "agent.joined", "agent", id.value, by: act, detail: ["invitation": invitation.id])
            try SessionStore.begin(
                for: id, token: session, device: device, replacing: old, by: act, in: connection)
            return id
        }
        memory.forget()
        await database.announce("events")
        return id
    }
}
