import HTTPTypes
import Hummingbird

/// `GET /live`: one stream of server-sent events for each browser.
struct LiveRoute: Sendable {
    let hub: LiveHub
    let gatekeeper: any Gatekeeper

    var route: Route {
        .agent(.get, "/live") { request, context in
            let start = request.headers[.lastEventID].flatMap { Int64($0) }
            let hash = SessionToken.hash(in: context.request)
            let stream = LiveStream(
                hub: hub, gatekeeper: gatekeeper, session: hash, permissions: context.person.permissions)
            return Response(
                status: .ok,
                headers: [.contentType: "text/event-stream; charset=utf-8", .accelBuffering: "no"],
                body: ResponseBody { writer in try await stream.write(to: &writer, after: start) })
        }
    }
}

extension SessionToken {
    static func hash(in request: RequestFacts) -> [UInt8] {
        let name = SetCookie.name(cookie, isSecure: request.isSecure)
        return SessionToken(request.cookies[name])?.hash ?? []
    }
}
