import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Web

/// Offering seats and taking them.
struct InvitationRoutes: Sendable {
    let desk: Desk
    let entrance: Entrance
    let address: SiteAddress

    private var people: People { entrance.people }

    var routes: [Route] {
        [
            .agent(.get, "/invitations/new", needs: .invitePeople, use: list),
            .agent(.post, "/invitations", needs: .invitePeople, use: invite),
            .agent(.post, "/invitations/:id/withdrawal", needs: .invitePeople, use: withdraw),
            .visitor(.get, "/invitations/:token", use: show),
            .visitor(.post, "/invitations/:token", use: join),
        ]
    }

    func list(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(try await page(context), in: try await shell(context))
    }

    /// The one answer to a form that is a page rather than a redirect: the link is shown now or never.
    func invite(_ request: Request, in context: AgentContext) async throws -> Response {
        do {
            guard let email = try context.form.email("email") else {
                throw FieldRefusal.missing(field: "email")
            }
            guard let role = try context.form.choice("role", as: Role.self) else {
                throw FieldRefusal.missing(field: "role")
            }
            let token = try await people.invitations.invite(
                email, as: role, by: desk.act(by: context.person.id))
            let page = InvitationMadePage(
                email: email.text, link: address.link("/invitations/\(token)"), role: role)
            return .page(page, in: try await shell(context))
        } catch let refusal as any Refusal {
            let page = try await page(context, Answers(context.form, refusal))
            return .page(page, in: try await shell(context), status: refusal.status)
        }
    }

    func withdraw(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: Invitation.self).value
        try await people.invitations.withdraw(id, by: desk.act(by: context.person.id))
        return .redirect(to: "/invitations/new", saying: Phrase("people.invite.withdrawn"))
    }

    private func page(_ context: AgentContext, _ answers: Answers = Answers()) async throws -> InvitationsPage
    {
        let open = try await people.invitations.open(at: desk.clock.now)
        let reader = try await people.agents.find(ID(context.person.id))
        return InvitationsPage(
            answers: answers, open: open, names: try await people.agents.names(open.map(\.invitedBy)),
            roles: reader?.role.givable ?? [])
    }

    private func shell(_ context: AgentContext) async throws -> Shell {
        try await desk.shell(for: context, here: "/colleagues")
    }
}

extension InvitationRoutes {
    func show(_ request: Request, in context: VisitorContext) async throws -> Response {
        let token = try context.parameters.text("token")
        let invitation = try await invitation(token)
        if let reason = invitation.refusal(at: desk.clock.now) {
            return .page(LinkEndedPage(reason: reason), in: Shell(for: context), status: reason.status)
        }
        return .page(try await page(token, invitation), in: Shell(for: context))
    }

    func join(_ request: Request, in context: VisitorContext) async throws -> Response {
        let token = try context.parameters.text("token")
        let invitation = try await invitation(token)
        do {
            if let reason = invitation.refusal(at: desk.clock.now) { throw reason }
            return try await join(token, invitation, context)
        } catch let refusal as any Refusal {
            if let reason = refusal as? AgentRefusal, reason.status == .gone {
                return .page(LinkEndedPage(reason: reason), in: Shell(for: context), status: .gone)
            }
            let page = try await page(token, invitation, Answers(context.form, refusal))
            return .page(page, in: Shell(for: context), status: refusal.status)
        }
    }

    private func join(_ token: String, _ invitation: Invitation, _ context: VisitorContext) async throws
        -> Response
    {
        let name = try context.form.required("name", limit: PersonName.limit)
        let password = context.form["password"] ?? ""
        if let refusal = PasswordRule.refusal(of: password, about: [name, invitation.email]) {
            throw refusal
        }
        let hash = try await people.passwords.hash(password)
        let session = SessionToken.fresh()
        let id = try await people.invitations.accept(
            token: token, name: name, password: hash, language: context.reader.language.code,
            session: session,
            device: Device(context.request), replacing: context.signedIn?.session, at: desk.clock.now)
        guard let agent = try await people.agents.find(id) else { throw NotFound() }
        return entrance.welcome(
            agent, with: session, .redirect(to: "/", saying: Phrase("people.joined")), context)
    }

    private func invitation(_ token: String) async throws -> Invitation {
        guard let invitation = try await people.invitations.find(token: token) else { throw NotFound() }
        return invitation
    }

    private func page(
        _ token: String, _ invitation: Invitation, _ answers: Answers = Answers()
    ) async throws -> JoinPage {
        JoinPage(
            answers: answers, token: token, invitation: invitation,
            organisation: try await desk.organisations.required().name)
    }
}
