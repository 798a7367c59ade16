public import Web

/// The house's own screens: settings and jobs.
public struct SettingsFeature: Feature {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public var routes: [Route] { SettingsRoutes(desk: desk).routes + JobsRoutes(desk: desk).routes }
}
