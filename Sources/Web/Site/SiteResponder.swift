import HTTPTypes
public import Hummingbird
import Logging
import Markup
import NIOHTTP1

/// Answers requests: finds the route, asks who it is, lets them in or says why not, and finishes the answer.
public struct SiteResponder: HTTPResponder {
    let site: Site
    let tree: RouteTree
    let forms: FormGuard
    let limiter: CallLimiter
    let usage: UsageNotes

    var settings: SiteSettings { site.settings }
    var gatekeeper: any Gatekeeper { site.gatekeeper }

    init(_ site: Site) {
        self.site = site
        tree = RouteTree(site.routes)
        forms = FormGuard(key: site.settings.secret)
        usage = UsageNotes(gatekeeper: site.gatekeeper)
        limiter = CallLimiter(perMinute: site.settings.callsPerMinute)
    }

    public func respond(to request: Request, context: ConnectionContext) async throws -> Response {
        let call = Call(request, context, settings)
        let match = call.path.map { tree.match(request.method, $0.segments) }
        let response = try await Assets.$current.withValue(site.assets) {
            try await answer(request, call, match)
        }
        let finished = finish(response, request, call)
        record(finished, request, call, match)
        return finished
    }

    /// Never throws but where the connection itself is at fault.
    private func answer(_ request: Request, _ call: Call, _ match: RouteTree.Match?) async throws -> Response
    {
        do {
            switch match {
            case .route(let route, let parameters): return try await follow(route, parameters, request, call)
            case .wrongMethod(let allowed): return try await refuseMethod(allowed, call, request)
            case .some(.none): throw NotFound()
            case nil: return await message(.badRequest, Phrase("web.error.badRequest"), call, request)
            }
        } catch let error as HTTPParserError {
            throw error
        } catch {
            return await answer(to: error, request, call)
        }
    }

    private func follow(
        _ route: Route, _ parameters: PathParameters, _ request: Request, _ call: Call
    ) async throws -> Response {
        if case .open(let act) = route.act { return try await act(request, call) }
        // HTTP/1.1 asks for a Host; machines that only watch may leave it out.
        guard request.head.authority?.isEmpty == false else {
            return await message(.badRequest, Phrase("web.error.badRequest"), call, request)
        }
        return try await receive(route, parameters, request, call)
    }

    private func receive(
        _ route: Route, _ parameters: PathParameters, _ request: Request, _ call: Call
    ) async throws -> Response {
        switch route.act {
        case .open(let act): return try await act(request, call)
        case .visitor(let isGuarded, let act):
            return try await receiveVisitor(request, call, parameters, isGuarded: isGuarded, act)
        case .agent(let act):
            return try await receiveAgent(request, call, parameters, route.access) { context, _ in
                try await act(request, context)
            }
        case .upload(let limit, let act):
            return try await receiveUpload(request, call, parameters, route.access, limit: limit, act)
        case .api(let takesFiles, let act):
            return try await receiveProgram(
                request, call, parameters, route.access, takesFiles: takesFiles, act)
        }
    }

    private func refuseMethod(_ allowed: [String], _ call: Call, _ request: Request) async throws -> Response
    {
        var response = await message(.methodNotAllowed, Phrase("web.error.wrongMethod"), call, request)
        response.headers[.allow] = allowed.joined(separator: ", ")
        return response
    }
}
