import Hummingbird
import Kernel
import Markup
import Storage
import Web

/// Agents and roles as Freshdesk's clients read them.
struct AgentAPI: Sendable {
    let desk: Desk
    let people: People
    let address: SiteAddress

    var routes: [Route] {
        [
            .api(.get, "/api/v2/agents/me", needs: nil, use: me),
            .api(.get, "/api/v2/agents", needs: nil, use: list),
            .api(.get, "/api/v2/agents/:id", needs: nil, use: one),
            .api(.get, "/api/v2/roles", needs: nil, use: roles),
            .api(.get, "/api/v2/roles/:id", needs: nil, use: role),
        ]
    }

    func me(_ request: Request, in context: APIContext) async throws -> Response {
        try await answer(ID(context.person.id))
    }

    func one(_ request: Request, in context: APIContext) async throws -> Response {
        try await answer(try context.parameters.id(of: Agent.self))
    }

    private func answer(_ id: ID<Agent>) async throws -> Response {
        guard let agent = try await people.agents.find(id), let json = try await json([agent]).first else {
            throw NotFound()
        }
        return .json(json)
    }

    /// By name, in numbered pages, because that is what clients ask for; nobody has 300 pages of colleagues.
    func list(_ request: Request, in context: APIContext) async throws -> Response {
        let number = try context.query.int("page", in: 1...300) ?? 1
        let size = try context.query.perPage()
        let email = try context.query.email("email")
        let rows = try await people.agents.page(number, of: size, email: email?.text)
        let response = Response.json(.list(try await json(Array(rows.prefix(size)))))
        guard rows.count > size else { return response }
        return response.linking(
            next: address.link("/api/v2/agents" + context.query.with("page", String(number + 1))))
    }

    func roles(_ request: Request, in context: APIContext) async throws -> Response {
        let since = try await desk.organisations.foundedAt()
        return .json(.list(Role.allCases.map { AgentAPI.json($0, since: since) }))
    }

    func role(_ request: Request, in context: APIContext) async throws -> Response {
        let id = try context.parameters.id(of: Role.self).value
        guard let role = Role.allCases.first(where: { $0.number == id }) else { throw NotFound() }
        return .json(AgentAPI.json(role, since: try await desk.organisations.foundedAt()))
    }

    private func json(_ agents: [Agent]) async throws -> [JSON] {
        let organisation = try await desk.organisations.required()
        let seen = try await people.agents.lastSeen(agents.map(\.id))
        return agents.map { AgentAPI.json($0, seen: seen[$0.id], organisation: organisation) }
    }
}

extension AgentAPI {
    /// Every field Freshdesk has; what we do not have is null.
    static func json(_ agent: Agent, seen: Instant?, organisation: Organisation) -> JSON {
        .object([
            ("available", .bool(true)), ("available_since", .null), ("occasional", .bool(false)),
            ("signature", .null), ("id", .int(agent.id.value)), ("ticket_scope", .int(1)),
            ("type", .text("support_agent")), ("skill_ids", .list([])), ("group_ids", .list([])),
            ("role_ids", .list([.int(agent.role.number)])), ("focus_mode", .bool(true)),
            ("deactivated", .bool(agent.isSuspended)), ("last_active_at", .text(seen?.iso)),
            ("created_at", .text(agent.createdAt.iso)), ("updated_at", .text(agent.changedAt.iso)),
            ("contact", contact(agent, organisation)),
        ])
    }

    private static func contact(_ agent: Agent, _ organisation: Organisation) -> JSON {
        .object([
            ("active", .bool(!agent.isSuspended)), ("email", .text(agent.email)), ("job_title", .null),
            ("language", .text(agent.language.isEmpty ? organisation.language : agent.language)),
            ("last_login_at", .text(agent.signedInAt?.iso)), ("mobile", .null), ("name", .text(agent.name)),
            ("phone", .null), ("time_zone", .text(agent.zone.isEmpty ? organisation.zone.id : agent.zone)),
            ("avatar", .null), ("created_at", .text(agent.createdAt.iso)),
            ("updated_at", .text(agent.changedAt.iso)),
        ])
    }

    /// Roles have been there as long as the desk.
    static func json(_ role: Role, since: Instant) -> JSON {
        .object([
            ("id", .int(role.number)), ("name", .text(role.phrase.text)),
            ("description", .text(Phrase("people.role.\(role.rawValue).hint").text)),
            ("default", .bool(true)),
            ("created_at", .text(since.iso)), ("updated_at", .text(since.iso)),
        ])
    }
}

extension Role {
    /// How the API counts them.
    var number: Int64 { Int64(rank + 1) }
}
