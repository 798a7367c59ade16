import HTTPTypes
import Hummingbird
import Markup
import NIOHTTP1

/// Letting visitors in: anyone, once their form is known to be ours.
extension SiteResponder {
    func receiveVisitor(
        _ request: Request, _ call: Call, _ parameters: PathParameters, isGuarded: Bool,
        _ act: Route.VisitorAct
    ) async throws -> Response {
        let known = VisitorSecret(
            call.cookies[cookieName(VisitorSecret.cookie, call)], signedWith: settings.secret)
        let signedIn = try await signedIn(call)
        let form = try await postedForm(request)
        if isGuarded, !request.method.isSafe {
            try checkForm(request, form.token) { token in
                known.map { forms.accepts(token, from: $0.text) } ?? false
            }
        }
        let secret = known ?? .fresh(signedWith: settings.secret)
        let token = forms.token(for: secret.text)
        let reader = try await reader(for: signedIn?.person, request, token: token)
        let context = VisitorContext(
            request: facts(request, call, parameters, reader), form: form.form, formToken: token,
            signedIn: signedIn)
        var response = try await speaking(to: reader, request, call) { try await act(request, context) }
        if known == nil, request.method == .get, response.isPage {
            let cookie = SetCookie(VisitorSecret.cookie, secret.text, lifetime: nil, isSecure: call.isSecure)
            response.headers.add(cookie)
        }
        return response
    }

    /// Answers in this reader's language, also when what is answered is an error.
    func speaking(
        to reader: Reader, _ request: Request, _ call: Call, _ act: () async throws -> Response
    ) async throws -> Response {
        try await Reader.$current.withValue(reader) {
            do {
                return try await act()
            } catch let error as HTTPParserError {
                throw error
            } catch {
                return await answer(to: error, request, call)
            }
        }
    }

    func cookieName(_ name: String, _ call: Call) -> String { SetCookie.name(name, isSecure: call.isSecure) }

    /// The form of a plain post and the token that came with it. Other bodies are left to the route.
    func postedForm(_ request: Request) async throws -> (form: PostedForm, token: String?) {
        let header = request.headers[.formToken]
        guard !request.method.isSafe, request.mediaType == "application/x-www-form-urlencoded" else {
            return (PostedForm(), header)
        }
        guard let pairs = URLEncoded.pairs(in: try await request.bytes(limit: settings.bodyLimit)) else {
            throw BodyRefusal.brokenForm
        }
        let token = pairs.first { $0.name == Form.tokenName }?.value
        return (PostedForm(pairs.filter { $0.name != Form.tokenName }), header ?? token)
    }

    func checkForm(_ request: Request, _ token: String?, accepts: (String?) -> Bool) throws {
        try checkOrigin(request)
        guard accepts(token) else { throw FormRefusal.stale }
    }

    func checkOrigin(_ request: Request) throws {
        let isOurs = OriginCheck.accepts(
            request.headers, authority: request.head.authority, site: settings.address)
        guard isOurs else { throw FormRefusal.foreign }
    }

    func reader(for person: Colleague?, _ request: Request, token: String?) async throws -> Reader {
        let reader = try await gatekeeper.reader(
            for: person, acceptLanguage: request.headers[.acceptLanguage])
        return Reader(language: reader.language, zone: reader.zone, offset: reader.offset, formToken: token)
    }

    func facts(
        _ request: Request, _ call: Call, _ parameters: PathParameters, _ reader: Reader
    ) -> RequestFacts {
        RequestFacts(
            id: call.id, parameters: parameters, query: call.query, reader: reader,
            remoteAddress: call.remoteAddress,
            userAgent: String((request.headers[.userAgent] ?? "").prefix(300)),
            path: request.uri.path, address: request.uri.string, cookies: call.cookies,
            isSecure: call.isSecure,
            flash: call.cookies[cookieName(Flash.cookie, call)].flatMap(Flash.init(encoded:)),
            theme: call.theme)
    }
}

extension HTTPRequest.Method {
    /// Reads and changes nothing.
    var isSafe: Bool { self == .get || self == .head || self == .options }
}

extension Response {
    /// Something a browser shows as a page.
    var isPage: Bool { headers[.contentType]?.hasPrefix("text/html") ?? false }
}
