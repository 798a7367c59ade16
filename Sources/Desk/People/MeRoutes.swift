import Hummingbird
import Kernel
import Markup
import Web

/// What a person does about themselves.
struct MeRoutes: Sendable {
    let desk: Desk
    let entrance: Entrance
    let address: SiteAddress

    private var people: People { entrance.people }

    var routes: [Route] {
        [
            .agent(.get, "/me", use: show),
            .agent(.post, "/me", use: describe),
            .agent(.post, "/me/password", use: changePassword),
            .agent(.post, "/me/sessions/:id/ending", use: endSession),
            .agent(.post, "/me/keys", needs: .manageKeys, use: createKey),
            .agent(.post, "/me/keys/:id/revocation", use: revokeKey),
        ]
    }

    func show(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(try await page(context), in: try await shell(context))
    }

    func describe(_ request: Request, in context: AgentContext) async throws -> Response {
        do {
            let form = context.form
            let name = try form.required("name", limit: PersonName.limit)
            let zone = try form.line("zone")
            guard zone.isEmpty || Zone(zone) != nil else { throw FieldRefusal.unreadable(field: "zone") }
            let language = try form.line("language")
            guard language.isEmpty || Languages.choices.contains(where: { $0.value == language }) else {
                throw FieldRefusal.unreadable(field: "language")
            }
            let theme = try form.choice("theme", as: Theme.self) ?? .automatic
            try await people.agents.describe(
                id(context), name: name, language: language, zone: zone, theme: theme,
                by: desk.act(by: context.person.id))
            return .redirect(to: "/me", saying: Phrase("people.saved")).showing(theme, context.request)
        } catch let refusal as any Refusal {
            return try await refuse(refusal, .profile, context)
        }
    }

    /// Ends every session and begins a new one here, so that whoever knew the old password is out and the
    /// person who changed it is not.
    func changePassword(_ request: Request, in context: AgentContext) async throws -> Response {
        do {
            guard let agent = try await people.agents.find(id(context)) else { throw NotFound() }
            let act = desk.act(by: context.person.id)
            try await people.door.changePassword(
                of: agent, from: context.form["current"] ?? "", to: context.form["password"] ?? "",
                at: context.remoteAddress, device: entrance.device(of: agent.email, in: context), by: act)
            let token = SessionToken.fresh()
            try await people.sessions.begin(
                for: agent.id, token: token, device: Device(context.request), by: act)
            let response = Response.redirect(to: "/me", saying: Phrase("people.password.changed"))
            return entrance.welcome(agent, with: token, response, context)
        } catch let refusal as any Refusal {
            return try await refuse(refusal, .password, context)
        }
    }

    func endSession(_ request: Request, in context: AgentContext) async throws -> Response {
        let session = try context.parameters.id(of: Session.self).value
        try await people.sessions.end(session, of: id(context), by: desk.act(by: context.person.id))
        return .redirect(to: "/me", saying: Phrase("people.sessions.ended"))
    }

    func createKey(_ request: Request, in context: AgentContext) async throws -> Response {
        do {
            let label = try context.form.required("label", limit: PersonName.limit)
            let key = try await people.keys.create(
                for: id(context), label: label, by: desk.act(by: context.person.id))
            let page = KeyMadePage(key: key, address: address.link("/api/v2/agents/me"))
            return .page(page, in: try await shell(context))
        } catch let refusal as any Refusal {
            return try await refuse(refusal, .keys, context)
        }
    }

    func revokeKey(_ request: Request, in context: AgentContext) async throws -> Response {
        let key = try context.parameters.id(of: APIKey.self).value
        try await people.keys.revoke(key, of: id(context), by: desk.act(by: context.person.id))
        return .redirect(to: "/me", saying: Phrase("people.keys.ended"))
    }

    private func id(_ context: AgentContext) -> ID<Agent> { ID(context.person.id) }

    private func shell(_ context: AgentContext) async throws -> Shell {
        try await desk.shell(for: context, here: "/me")
    }

    private func refuse(
        _ refusal: any Refusal, _ part: MePage.Part, _ context: AgentContext
    ) async throws -> Response {
        let page = try await page(context, Answers(context.form, refusal), part)
        return .page(page, in: try await shell(context), status: refusal.status)
    }

    private func page(
        _ context: AgentContext, _ answers: Answers = Answers(), _ part: MePage.Part = .profile
    ) async throws -> MePage {
        guard let agent = try await people.agents.find(id(context)) else { throw NotFound() }
        return MePage(
            agent: agent, theme: context.request.theme, session: context.session,
            sessions: try await people.sessions.list(of: agent.id, at: desk.clock.now),
            keys: try await people.keys.list(of: agent.id), languages: Languages.choices, answers: answers,
            part: part)
    }
}
