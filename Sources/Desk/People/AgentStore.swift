public import Kernel
import Storage
public import Web

/// Everything that is known of the people who serve, except how they get in.
public struct AgentStore: Sendable {
    let database: any Database
    let memory: AccessMemory

    /// By name, in portions.
    public func list(after key: String? = nil, limit: Int = 200) async throws -> Portion<Agent> {
        let (name, id) = AgentStore.place(in: key)
        let page: SQL = """
            SELECT \(Agent.columns) FROM agent a JOIN party p ON p.id = a.person_id
            WHERE (p.name_key, p.id) > (\(name), \(id)) ORDER BY p.name_key, p.id LIMIT \(limit + 1)
            """
        let rows = try await database.read { try $0.all(page, Agent.init) }
        return Portion(rows, limit: limit) { "\($0.id) \($0.name.searchKey)" }
    }

    /// `17 grace hopper`: the id first, because a name may hold anything.
    private static func place(in key: String?) -> (name: String, id: Int64) {
        let parts = (key ?? "").split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let id = Int64(parts[0]) else { return ("", 0) }
        return (String(parts[1]), id)
    }

    /// A page by number, as programs ask for it, and one row more where the list goes on.
    public func page(_ number: Int, of size: Int, email: String? = nil) async throws -> [Agent] {
        let condition: SQL = email.map { "a.email_key = \(AgentStore.key($0))" } ?? "TRUE"
        let page: SQL = """
            SELECT \(Agent.columns) FROM agent a JOIN party p ON p.id = a.person_id
            WHERE \(condition) ORDER BY p.name_key, p.id LIMIT \(size + 1) OFFSET \((number - 1) * size)
            """
        return try await database.read { try $0.all(page, Agent.init) }
    }

    public func find(_ id: ID<Agent>) async throws -> Agent? {
        try await database.read { try AgentStore.find(id, in: $0) }
    }

    public func find(email: String) async throws -> Agent? {
        try await database.read { try AgentStore.find(email: email, in: $0) }
    }

    /// Who has this address, and the hash their password is checked against.
    func credentials(email: String) async throws -> (agent: Agent, password: String)? {
        let query: SQL = """
            SELECT \(Agent.columns), a.password FROM agent a JOIN party p ON p.id = a.person_id
            WHERE a.email_key = \(AgentStore.key(email))
            """
        return try await database.read { connection in
            try connection.first(query) { (try Agent(row: $0), try $0.text(11)) }
        }
    }

    /// When the person was last here, by session or by key.
    public func lastSeen(_ ids: [ID<Agent>]) async throws -> [ID<Agent>: Instant] {
        let query: SQL = """
            SELECT person_id, max(at) FROM (
                SELECT person_id, seen_at AS at FROM session WHERE person_id IN (\(list: ids))
                UNION ALL SELECT person_id, used_at FROM api_key WHERE person_id IN (\(list: ids))
                UNION ALL SELECT person_id, signed_in_at FROM agent WHERE person_id IN (\(list: ids))
            ) AS visit GROUP BY person_id
            """
        return try await database.read { connection in
            var seen: [ID<Agent>: Instant] = [:]
            try connection.each(query) { seen[try $0.id(0)] = try $0.optionalInstant(1) }
            return seen
        }
    }

    /// What people are called, by id.
    public func names(_ ids: [ID<Agent>]) async throws -> [ID<Agent>: String] {
        let query: SQL = "SELECT id, name FROM party WHERE serves AND id IN (\(list: Array(Set(ids))))"
        return try await database.read { connection in
            var names: [ID<Agent>: String] = [:]
            try connection.each(query) { names[try $0.id(0)] = try $0.text(1) }
            return names
        }
    }

    /// Names of people who can give a role that may do this, the most powerful last.
    public func grantors(of permission: Permission, limit: Int = 3) async throws -> [String] {
        let roles = Role.allCases.filter {
            $0.permissions.contains(.invitePeople) && $0.permissions.contains(permission)
        }
        let query: SQL = """
            SELECT p.name FROM agent a JOIN party p ON p.id = a.person_id
            WHERE a.role IN (\(list: roles.map(\.rawValue))) AND NOT a.suspended
            ORDER BY p.name_key, p.id LIMIT \(limit)
            """
        return try await database.read { connection in try connection.all(query) { try $0.text(0) } }
    }

    /// How people sort and find addresses: as everywhere else, without case.
    static func key(_ email: String) -> String { email.trimmed.lowercased() }
}

extension AgentStore {
    static func find(_ id: ID<Agent>, in connection: any Connection) throws -> Agent? {
        let query: SQL = """
            SELECT \(Agent.columns) FROM agent a JOIN party p ON p.id = a.person_id WHERE a.person_id = \(id)
            """
        return try connection.first(query, Agent.init)
    }

    static func find(email: String, in connection: any Connection) throws -> Agent? {
        let query: SQL = """
            SELECT \(Agent.columns) FROM agent a JOIN party p ON p.id = a.person_id
            WHERE a.email_key = \(key(email))
            """
        return try connection.first(query, Agent.init)
    }

    static func required(_ id: ID<Agent>, in connection: any Connection) throws -> Agent {
        guard let agent = try find(id, in: connection) else { throw NotFound() }
        return agent
    }
}
