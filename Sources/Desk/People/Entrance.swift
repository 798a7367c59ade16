import Crypto
import Hummingbird
import Kernel
import Markup
import Storage
import Web

/// Lets somebody in whose right to it has been shown: a fresh session, a browser that will be known again.
struct Entrance: Sendable {
    let people: People
    let secret: SymmetricKey

    /// The device this account has signed in from before, if this is one.
    func device(of email: String, in context: some Facts) -> KnownDevice? {
        KnownDevice(context.request, account: AgentStore.key(email), signedWith: secret)
    }

    /// Begins a session in place of the one this browser had, and sends the browser on.
    func admit(_ id: ID<Agent>, in context: VisitorContext, to path: String) async throws -> Response {
        guard let agent = try await people.agents.find(id) else { throw NotFound() }
        let token = SessionToken.fresh()
        try await people.sessions.begin(
            for: id, token: token, device: Device(context.request), replacing: context.signedIn?.session,
            by: Act(by: id.value, at: people.clock.now))
        return welcome(agent, with: token, .redirect(to: path, type: .normal), context)
    }

    /// The cookies that go with it.
    func welcome(_ agent: Agent, with token: SessionToken, _ response: Response, _ context: some Facts)
        -> Response
    {
        let account = AgentStore.key(agent.email)
        let device = device(of: account, in: context) ?? .fresh(for: account, signedWith: secret)
        let admitted = response.signingIn(token, on: device, context.request)
        return agent.theme == .automatic ? admitted : admitted.showing(agent.theme, context.request)
    }
}

extension Response {
    /// Light or dark from now on, on this device.
    func showing(_ theme: Theme, _ request: RequestFacts) -> Response {
        var response = self
        let lifetime = Duration.seconds(theme == .automatic ? 0 : 365 * 86_400)
        response.headers.add(
            SetCookie("theme", theme.rawValue, lifetime: lifetime, isSecure: request.isSecure))
        return response
    }
}
