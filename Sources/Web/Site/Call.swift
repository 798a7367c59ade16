import Crypto
import HTTPTypes
import Hummingbird
import Logging

/// One request on its way through the site: what can be said of it before knowing who asks.
struct Call: Sendable {
    let id: String
    let path: Path?
    let query: Query
    let cookies: CookieJar
    let remoteAddress: RemoteAddress
    /// The browser's connection is encrypted, up to a proxy we trust or by configuration.
    let isSecure: Bool
    let isAPI: Bool
    let started = ContinuousClock.now
    var logger: Logger

    init(_ request: Request, _ context: ConnectionContext, _ settings: SiteSettings) {
        id = Call.id(request.headers[.requestID])
        path = Path(Call.rawPath(request))
        query = Query(request.uri.query ?? "")
        cookies = CookieJar(request.headers)
        let forwarding = Forwarding(request.headers, peer: context.peer, trusted: settings.trustedProxies)
        remoteAddress = forwarding.address
        isSecure = forwarding.isSecure ?? settings.address.isSecure
        isAPI = path?.segments.first == "api"
        logger = context.logger
        logger[metadataKey: "request"] = "\(id)"
    }

    /// The API is reachable below `/freshdesk.com` too: python-freshdesk insists on that name in its domain.
    private static func rawPath(_ request: Request) -> String {
        let path = request.uri.path
        return path.hasPrefix("/freshdesk.com/api/") ? String(path.dropFirst("/freshdesk.com".count)) : path
    }

    /// The caller's own id where it is a sane one, so that two logs can be read side by side.
    private static func id(_ offered: String?) -> String {
        let isSane = offered.map { (8...64).contains($0.utf8.count) && $0.utf8.allSatisfy(isIDByte) } ?? false
        return isSane ? offered ?? "" : Base64URL.encode(Secrets.random(9))
    }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }
}
