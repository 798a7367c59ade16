public import Kernel
public import Storage
public import Web

/// Someone about to get a seat, already checked; the password is a hash by now.
struct NewAgent: Sendable {
    var name: String
    var email: EmailAddress
    var role: Role
    var password: String
    var language = ""
}

extension AgentStore {
    /// Gives a role. Nobody raises themselves, nobody gives more than they have, and an administrator
    /// remains.
    public func give(_ role: Role, to id: ID<Agent>, by act: Act) async throws {
        try await change(id, by: act) { agent, connection in
            guard role != agent.role else { return }
            try AgentStore.require(act, mayGive: role, in: connection)
            if agent.role == .administrator { try AgentStore.keepAdministrator(besides: id, in: connection) }
            try connection.run(
                "UPDATE agent SET role = \(role.rawValue), changed_at = \(act.at) WHERE person_id = \(id)")
            try connection.record(
                "agent.role_changed", "agent", id.value, by: act,
                detail: ["from": Int64(agent.role.rank), "to": Int64(role.rank)])
        }
    }

    /// Closes the door: sessions and keys end, invitations this person sent are withdrawn.
    public func suspend(_ id: ID<Agent>, by act: Act) async throws {
        try await change(id, by: act) { agent, connection in
            guard !agent.isSuspended else { return }
            if agent.role == .administrator { try AgentStore.keepAdministrator(besides: id, in: connection) }
            if act.actor == id.value { throw AgentRefusal.ownSuspension }
            try connection.run(
                "UPDATE agent SET suspended = TRUE, changed_at = \(act.at) WHERE person_id = \(id)")
            try SessionStore.endAll(of: id, in: connection)
            try APIKeyStore.revokeAll(of: id, by: act, in: connection)
            try InvitationStore.withdrawAll(from: id, by: act, in: connection)
            try connection.record("agent.suspended", "agent", id.value, by: act)
        }
    }

    /// Opens the door again. Keys stay revoked: they may be why it was closed.
    public func readmit(_ id: ID<Agent>, by act: Act) async throws {
        try await change(id, by: act) { agent, connection in
            guard agent.isSuspended else { return }
            try connection.run(
                "UPDATE agent SET suspended = FALSE, changed_at = \(act.at) WHERE person_id = \(id)")
            try connection.record("agent.readmitted", "agent", id.value, by: act)
        }
    }

    private func change(
        _ id: ID<Agent>, by act: Act, _ body: @escaping @Sendable (Agent, any Connection) throws -> Void
    ) async throws {
        try await database.write { connection in
            let agent = try AgentStore.required(id, in: connection)
            try AgentStore.require(act, mayGive: agent.role, in: connection)
            try body(agent, connection)
        }
        memory.forget()
        await database.announce("events")
    }

    /// What a person says of themselves.
    public func describe(
        _ id: ID<Agent>, name: String, language: String, zone: String, theme: Theme, by act: Act
    ) async throws {
        try await database.write { connection in
            try connection.run(
                "UPDATE party SET name = \(name), name_key = \(name.searchKey) WHERE id = \(id) AND serves")
            try connection.run(
                """
                UPDATE agent SET language = \(language), zone = \(zone), theme = \(theme.rawValue),
                    changed_at = \(act.at)
                WHERE person_id = \(id)
                """)
            try connection.record("agent.changed", "agent", id.value, by: act)
        }
        memory.forget()
        await database.announce("events")
    }

    /// The same password at today's cost. Nothing ends.
    func rehash(_ id: ID<Agent>, from old: String, to new: String) async throws {
        _ = try await database.write { connection in
            try connection.run(
                "UPDATE agent SET password = \(new) WHERE person_id = \(id) AND password = \(old)")
        }
    }

    /// A new password ends every session the person has, this one too.
    public func setPassword(of id: ID<Agent>, to hash: String, by act: Act) async throws {
        try await database.write { connection in
            try connection.run(
                "UPDATE agent SET password = \(hash), changed_at = \(act.at) WHERE person_id = \(id)")
            try SessionStore.endAll(of: id, in: connection)
            try connection.record("agent.password_changed", "agent", id.value, by: act)
        }
        memory.forget()
        await database.announce("events")
    }
}

extension AgentStore {
    /// Adds a person who serves. They are found among colleagues, never among customers.
    static func add(_ agent: NewAgent, at now: Instant, in connection: any Connection) throws -> ID<Agent> {
        guard try find(email: agent.email.text, in: connection) == nil else {
            throw AgentRefusal.addressTaken
        }
        let person: SQL = """
            INSERT INTO party (kind, name, name_key, serves, source, import_id, created_at)
            VALUES ('person', \(agent.name), \(agent.name.searchKey), TRUE, 'desk', 0, \(now))
            RETURNING id
            """
        guard let id = try connection.first(person, { try $0.id(0, of: Agent.self) }) else {
            throw StorageError.broken("a person was added without an id")
        }
        try connection.run(
            """
            INSERT INTO agent (person_id, role, email, email_key, password, suspended, language, zone, theme,
                created_at, changed_at)
            VALUES (\(id), \(agent.role.rawValue), \(agent.email.text), \(key(agent.email.text)),
                \(agent.password), FALSE, \(agent.language), '', \(Theme.automatic.rawValue), \(now), \(now))
            """)
        return id
    }

    /// Who acts is asked again inside the transaction: their own role may just have been taken. The command
    /// line, which acts for nobody, may do everything.
    static func require(_ act: Act, mayGive role: Role, in connection: any Connection) throws {
        guard let actor = act.actor else { return }
        guard let agent = try find(ID(actor), in: connection), !agent.isSuspended, agent.mayGive(role) else {
            throw AgentRefusal.roleAboveOwn
        }
    }

    private static func keepAdministrator(besides id: ID<Agent>, in connection: any Connection) throws {
        let others: SQL = """
            SELECT 1 FROM agent WHERE role = 'administrator' AND NOT suspended AND person_id <> \(id) LIMIT 1
            """
        guard try connection.exists(others) else { throw AgentRefusal.lastAdministrator }
    }
}
