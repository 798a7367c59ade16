import HTTPTypes
import Hummingbird

/// Whether the desk can do its work, beyond being up: the database answers, the schema is right.
public protocol Readiness: Sendable {
    /// What is wrong, in a few words for whoever runs it; nil when all is well.
    func problem() async -> String?
}

/// The addresses that machines watch.
enum WatchRoutes {
    static func all(readiness: (any Readiness)?, metrics: Metrics, settings: SiteSettings, assets: Assets)
        -> [Route]
    {
        [
            .open("/health/live") { _, _ in .text("ok\n") },
            .open("/health/ready") { _, _ in
                guard let problem = await readiness?.problem() else { return .text("ok\n") }
                return .text("\(problem)\n", status: .serviceUnavailable)
            },
            .open("/metrics") { request, call in
                guard mayRead(request, call, settings) else { throw NotFound() }
                return .bytes(metrics.text.utf8, type: "text/plain; version=0.0.4; charset=utf-8")
            },
            .open("/assets/:file") { request, call in
                try assets.answer(call.path?.segments.last ?? "", request.headers)
            },
        ]
    }

    /// From this machine, and not through a proxy on it; or with the token.
    private static func mayRead(_ request: Request, _ call: Call, _ settings: SiteSettings) -> Bool {
        if let token = settings.metricsToken, let header = request.headers[.authorization] {
            return Secrets.areEqual(Array(header.utf8), Array("Bearer \(token)".utf8))
        }
        return call.remoteAddress.isLoopback && request.headers[.forwardedFor] == nil
    }
}
