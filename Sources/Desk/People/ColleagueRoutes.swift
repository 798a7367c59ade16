import Hummingbird
import Kernel
import Markup
import Web

/// Who is here, what they may do, and why.
struct ColleagueRoutes: Sendable {
    let desk: Desk
    let people: People

    var routes: [Route] {
        [
            .agent(.get, "/colleagues", use: list),
            .agent(.post, "/colleagues/:id/role", needs: .invitePeople, use: giveRole),
            .agent(.post, "/colleagues/:id/suspension", needs: .invitePeople, use: suspend),
            .agent(.post, "/colleagues/:id/readmission", needs: .invitePeople, use: readmit),
            .agent(.get, "/why", use: why),
        ]
    }

    func list(_ request: Request, in context: AgentContext) async throws -> Response {
        let agents = try await people.agents.list(after: context.query["after"])
        guard let reader = try await people.agents.find(ID(context.person.id)) else { throw NotFound() }
        let page = ColleaguesPage(
            agents: agents, reader: reader, seen: try await people.agents.lastSeen(agents.items.map(\.id)))
        return .page(page, in: try await shell(context))
    }

    func giveRole(_ request: Request, in context: AgentContext) async throws -> Response {
        guard let role = try context.form.choice("role", as: Role.self) else {
            throw FieldRefusal.missing(field: "role")
        }
        try await people.agents.give(role, to: try id(context), by: desk.act(by: context.person.id))
        return .redirect(to: "/colleagues", saying: Phrase("people.colleagues.given"))
    }

    func suspend(_ request: Request, in context: AgentContext) async throws -> Response {
        try await people.agents.suspend(try id(context), by: desk.act(by: context.person.id))
        return .redirect(to: "/colleagues", saying: Phrase("people.colleagues.wasSuspended"))
    }

    func readmit(_ request: Request, in context: AgentContext) async throws -> Response {
        try await people.agents.readmit(try id(context), by: desk.act(by: context.person.id))
        return .redirect(to: "/colleagues", saying: Phrase("people.colleagues.wasReadmitted"))
    }

    /// Everyone may ask it of themselves; of others only who may see the audit.
    func why(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.query.id("person", of: Agent.self) ?? ID(context.person.id)
        guard id.value == context.person.id || context.may(.seeAudit),
            let agent = try await people.agents.find(id)
        else { throw NotFound() }
        return .page(WhyPage(agent: agent), in: try await shell(context))
    }

    private func id(_ context: AgentContext) throws -> ID<Agent> { try context.parameters.id(of: Agent.self) }

    private func shell(_ context: AgentContext) async throws -> Shell {
        try await desk.shell(for: context, here: "/colleagues")
    }
}
