public import Hummingbird
import NIOCore

/// What the server knows of a request before anybody has looked at it.
public struct ConnectionContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// The other end of the connection: a browser, or a proxy.
    public var peer: RemoteAddress

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress.flatMap(RemoteAddress.init) ?? .unknown
    }
}
