public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle

extension Site {
    /// What answers requests; tests call it without a socket.
    public var responder: SiteResponder { SiteResponder(self) }

    /// The server, ready to run in a service group. Stopping it lets requests under way finish.
    ///
    /// A connection that sends nothing for a minute, or takes longer than that over the head of a request, is
    /// closed; heads may weigh 32 KB.
    public func application(
        on address: BindAddress, services: [any Service] = [], logger: Logger, connections: Int = 4096,
        onRunning: @escaping @Sendable () async -> Void = {}
    ) -> Application<SiteResponder> {
        let responder = responder
        return Application(
            responder: responder,
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    idleTimeout: .seconds(60),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16 * 1024, maxHeaderListSize: 32 * 1024, maxHeaderFieldCount: 100)
                )),
            configuration: ApplicationConfiguration(
                address: address, backlog: 1024,
                availableConnectionsDelegate: .maximum(connections, logger: logger)),
            services: services + [responder.usage], onServerRunning: { _ in await onRunning() },
            logger: logger)
    }
}
