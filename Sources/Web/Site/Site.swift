/// Everything the site answers to: its routes, who decides about entry, and how it is set up.
///
/// The routes stay readable, so that a test can try every one of them as every role.
public struct Site: Sendable {
    /// Those given, and the site's own: assets, health, metrics, live events.
    public let routes: [Route]
    public let gatekeeper: any Gatekeeper
    public let settings: SiteSettings
    public let assets: Assets
    public let metrics: Metrics

    public init(
        routes: [Route], gatekeeper: any Gatekeeper, settings: SiteSettings, assets: Assets,
        live: LiveHub? = nil, readiness: (any Readiness)? = nil, metrics: Metrics = Metrics()
    ) {
        let own = WatchRoutes.all(readiness: readiness, metrics: metrics, settings: settings, assets: assets)
        let live = live.map { [LiveRoute(hub: $0, gatekeeper: gatekeeper).route] } ?? []
        self.routes = routes + own + live + [ThemeRoute.route]
        self.gatekeeper = gatekeeper
        self.settings = settings
        self.assets = assets
        self.metrics = metrics
    }
}
