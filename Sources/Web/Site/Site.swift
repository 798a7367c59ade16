public import Hummingbird

/// Everything the site answers to: its routes, who decides about entry, and how it is set up.
///
/// The routes stay readable, so that a test can try every one of them as every role.
public struct Site: Sendable {
    public let routes: [Route]
    public let gatekeeper: any Gatekeeper
    public let settings: SiteSettings
    public let assets: Assets

    public init(routes: [Route], gatekeeper: any Gatekeeper, settings: SiteSettings, assets: Assets) {
        self.routes = routes
        self.gatekeeper = gatekeeper
        self.settings = settings
        self.assets = assets
    }
}
