import HTTPTypes
import Hummingbird
import Markup

/// Letting people who work here in.
extension SiteResponder {
    typealias Entered = (AgentContext, _ secret: String) async throws -> Response

    func receiveAgent(
        _ request: Request, _ call: Call, _ parameters: PathParameters, _ access: Access, _ enter: Entered
    ) async throws -> Response {
        try await admitAgent(request, call, parameters, access) { context, secret in
            if !request.method.isSafe {
                try checkForm(request, context.token) { forms.accepts($0, from: secret) }
                guard request.mediaType != "multipart/form-data" else { throw BodyRefusal.wrongType }
            }
            return try await enter(context.agent, secret)
        }
    }

    /// Files are read only when the form's first field has shown that it is ours.
    func receiveUpload(
        _ request: Request, _ call: Call, _ parameters: PathParameters, _ access: Access, limit: Int64,
        _ act: Route.UploadAct
    ) async throws -> Response {
        try await admitAgent(request, call, parameters, access) { context, secret in
            try checkOrigin(request)
            let reader = UploadReader(
                folder: settings.uploadFolder, limit: limit,
                isOurs: { [forms] token in forms.accepts(token, from: secret) })
            let upload = try await reader.read(request)
            defer { upload.removeFiles() }
            return try await act(upload, context.agent)
        }
    }

    private typealias Admitted = (agent: AgentContext, token: String?)

    private func admitAgent(
        _ request: Request, _ call: Call, _ parameters: PathParameters, _ access: Access,
        _ enter: (Admitted, _ secret: String) async throws -> Response
    ) async throws -> Response {
        guard let token = sessionToken(call), let signedIn = try await signedIn(call) else {
            return try await askToSignIn(request, call)
        }
        let formToken = forms.token(for: token.text)
        let reader = try await reader(for: signedIn.person, request, token: formToken)
        return try await speaking(to: reader, request, call) {
            if case .agent(let needed?) = access, !signedIn.person.may(needed) {
                return try await refuse(needed, call)
            }
            await usage.note(
                .session(signedIn.session), from: call.remoteAddress)
            let form = try await postedForm(request)
            let context = AgentContext(
                request: facts(request, call, parameters, reader), form: form.form, formToken: formToken,
                person: signedIn.person, session: signedIn.session)
            return try await enter((context, form.token), token.text)
        }
    }

    func sessionToken(_ call: Call) -> SessionToken? {
        SessionToken(call.cookies[cookieName(SessionToken.cookie, call)])
    }

    func signedIn(_ call: Call) async throws -> SignedIn? {
        guard let token = sessionToken(call) else { return nil }
        return try await gatekeeper.person(forSession: token.hash)
    }

    /// A page sends people to the door and remembers where they were going. Anything else is told 401.
    private func askToSignIn(_ request: Request, _ call: Call) async throws -> Response {
        let isPage = request.method.isSafe && request.headers[.secFetchDest].map { $0 == "document" } ?? true
        guard isPage else {
            return await message(.unauthorized, Phrase("web.error.signedOut"), call, request)
        }
        guard try await gatekeeper.isSetUp else { return .redirect(to: settings.firstRunPath, type: .normal) }
        let next = LocalPath(request.uri.string).map { "?next=" + URLEncoded.encoded($0.description) } ?? ""
        return .redirect(to: settings.signInPath + next, type: .normal)
    }

    /// A whole function that is closed says so, and whom to ask.
    private func refuse(_ permission: Permission, _ call: Call) async throws -> Response {
        let names = try await gatekeeper.grantors(of: permission)
        return .page(
            ClosedPage(permission: permission, grantors: names), in: call.bareShell, status: .forbidden)
    }
}
