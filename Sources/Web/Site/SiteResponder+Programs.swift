import Foundation
import HTTPTypes
import Hummingbird
import Markup

/// Letting programs in, and turning them away in Freshdesk's words.
extension SiteResponder {
    func receiveProgram(
        _ request: Request, _ call: Call, _ parameters: PathParameters, _ access: Access,
        takesFiles: Bool, _ act: Route.APIAct
    ) async throws -> Response {
        guard acceptsJSON(request) else { return APIProblem.notAcceptable }
        guard let caller = try await caller(request, call) else { return APIProblem.unknownCaller }
        let verdict = limiter.take(for: caller)
        guard case .granted(let remaining) = verdict else { return tooMany(verdict) }
        var response = try await enter(request, call, parameters, access, caller, takesFiles: takesFiles, act)
        response.headers[.rateTotal] = String(settings.callsPerMinute)
        response.headers[.rateRemaining] = String(remaining)
        response.headers[.rateUsed] = "1"
        return response
    }

    private func enter(
        _ request: Request, _ call: Call, _ parameters: PathParameters, _ access: Access, _ caller: APICaller,
        takesFiles: Bool, _ act: Route.APIAct
    ) async throws -> Response {
        let reader = try await reader(for: caller.person, request, token: nil)
        return try await speaking(to: reader, request, call) {
            if case .api(let needed?) = access, !caller.may(needed) { return APIProblem.accessDenied }
            guard hasReadableBody(request, takesFiles: takesFiles) else { return APIProblem.unsupportedType }
            if let key = caller.key {
                await usage.note(.key(key), from: call.remoteAddress)
            }
            let context = APIContext(request: facts(request, call, parameters, reader), caller: caller)
            return try await act(request, context)
        }
    }

    private func tooMany(_ verdict: TokenBucket.Verdict) -> Response {
        var response = APIProblem.tooManyCalls
        if case .refused(let seconds) = verdict { response.headers[.retryAfter] = String(max(1, seconds)) }
        response.headers[.rateTotal] = String(settings.callsPerMinute)
        response.headers[.rateRemaining] = "0"
        response.headers[.rateUsed] = "0"
        return response
    }

    private func acceptsJSON(_ request: Request) -> Bool {
        guard let accept = request.headers[.accept] else { return true }
        let types = accept.split(separator: ",").map { type in
            (type.split(separator: ";").first ?? "").filter { !$0.isWhitespace }.lowercased()
        }
        return types.contains { ["application/json", "application/*", "*/*"].contains($0) }
    }

    /// Bodies are JSON or multipart. Clients name a type without sending a body, which is nobody's fault.
    private func hasReadableBody(_ request: Request, takesFiles: Bool) -> Bool {
        guard !request.method.isSafe, request.method != .delete else { return true }
        let isEmpty =
            request.headers[.contentLength].map { $0 == "0" } ?? (request.headers[.transferEncoding] == nil)
        let files = ["text/csv", "text/plain", "text/tab-separated-values", "application/octet-stream"]
        let known = ["application/json", "multipart/form-data"] + (takesFiles ? files : [])
        return isEmpty || known.contains(request.mediaType)
    }

    /// Basic: a key as the user with anything as the password, or an address and its password. Bearer: a key.
    private func caller(_ request: Request, _ call: Call) async throws -> APICaller? {
        guard let header = request.headers[.authorization] else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let credentials = parts[1].filter { !$0.isWhitespace }
        switch parts[0].lowercased() {
        case "bearer": return try await gatekeeper.caller(forKey: Secrets.hash(of: credentials))
        case "basic":
            let bytes = Data(base64Encoded: credentials).map { Array($0) } ?? []
            guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
            return try await caller(text, call)
        default: return nil
        }
    }

    private func caller(_ credentials: String, _ call: Call) async throws -> APICaller? {
        let parts = credentials.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        guard let user = parts.first, (1...1100).contains(credentials.utf8.count) else { return nil }
        guard user.contains("@"), parts.count == 2 else {
            return try await gatekeeper.caller(forKey: Secrets.hash(of: user))
        }
        return try await gatekeeper.caller(email: user, password: parts[1], from: call.remoteAddress)
    }
}

extension APIProblem {
    static var unknownCaller: Response {
        var response = answer(.unauthorized, "invalid_credentials", Phrase("web.api.unknownCaller"))
        response.headers[.wwwAuthenticate] = "Basic realm=\"api\", charset=\"UTF-8\""
        return response
    }

    static var accessDenied: Response { answer(.forbidden, "access_denied", Phrase("web.api.accessDenied")) }
    static var notAcceptable: Response {
        answer(.notAcceptable, "not_acceptable", Phrase("web.api.notAcceptable"))
    }
    static var unsupportedType: Response {
        answer(.unsupportedMediaType, "unsupported_media_type", Phrase("web.body.wrongType"))
    }
    static var tooManyCalls: Response {
        answer(.tooManyRequests, "too_many_requests", Phrase("web.api.tooMany"))
    }
}
