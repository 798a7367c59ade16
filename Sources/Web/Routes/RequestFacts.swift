public import Markup

/// What every request has, whoever sent it.
public struct RequestFacts: Sendable {
    /// Stands in the log, in `X-Request-Id` and, when something breaks, on the page.
    public let id: String
    public let parameters: PathParameters
    public let query: Query
    /// The language and zone pages are written in.
    public let reader: Reader
    public let remoteAddress: RemoteAddress
    /// What browsers say they are, on one line, for the list of devices.
    public let userAgent: String
    /// The path alone, to mark a place in the rail.
    public let path: String
    /// The path and query, for coming back here.
    public let address: String
    public let cookies: CookieJar
    /// The browser's connection is encrypted.
    public let isSecure: Bool
    /// What was said just before the redirect here, such as "Saved".
    public let flash: Flash?
    /// Light, dark, or as the device says.
    public let theme: Theme
}

/// What the three contexts have in common, so that `context.query` reads the same in each.
public protocol Facts: Sendable {
    var request: RequestFacts { get }
}

extension Facts {
    public var requestID: String { request.id }
    public var parameters: PathParameters { request.parameters }
    public var query: Query { request.query }
    public var reader: Reader { request.reader }
    public var remoteAddress: RemoteAddress { request.remoteAddress }
}

extension VisitorContext: Facts {}
extension AgentContext: Facts {}
extension APIContext: Facts {}
