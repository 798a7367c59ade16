import Hummingbird
import Kernel
import Markup
import Web

/// In and out.
struct SignInRoutes: Sendable {
    let desk: Desk
    let entrance: Entrance

    private var people: People { entrance.people }

    var routes: [Route] {
        [
            .visitor(.get, "/sign-in", use: show),
            .visitor(.post, "/sign-in", use: signIn),
            .agent(.post, "/session/ending", use: signOut),
        ]
    }

    func show(_ request: Request, in context: VisitorContext) async throws -> Response {
        guard let organisation = try await desk.organisations.current() else {
            return .redirect(to: "/setup", type: .normal)
        }
        let next = LocalPath(context.query["next"])
        guard context.signedIn == nil else { return .redirect(to: next?.description ?? "/", type: .normal) }
        let page = SignInPage(next: next?.description, organisation: organisation.name)
        return .page(page, in: Shell(for: context))
    }

    func signIn(_ request: Request, in context: VisitorContext) async throws -> Response {
        let next = LocalPath(context.form["next"])
        do {
            let email = context.form["email"] ?? ""
            let agent = try await people.door.agent(
                email: email, password: context.form["password"] ?? "", from: context.remoteAddress,
                device: entrance.device(of: email, in: context))
            guard let agent else { throw AgentRefusal.wrongSignIn }
            return try await entrance.admit(agent.id, in: context, to: next?.description ?? "/")
        } catch let refusal as any Refusal {
            let page = SignInPage(
                answers: Answers(context.form, refusal), next: next?.description,
                organisation: try await desk.organisations.current()?.name)
            return .page(page, in: Shell(for: context), status: refusal.status)
        }
    }

    func signOut(_ request: Request, in context: AgentContext) async throws -> Response {
        try await people.sessions.end(
            context.session, of: ID(context.person.id), by: desk.act(by: context.person.id))
        return .redirect(to: "/sign-in", saying: Phrase("people.signedOut")).signingOut(context.request)
    }
}
