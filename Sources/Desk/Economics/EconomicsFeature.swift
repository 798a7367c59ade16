public import Web

/// What the customer base is worth, what it costs to fill, and what hangs on few.
public struct EconomicsFeature: Feature {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public var routes: [Route] {
        EconomicsRoutes(desk: desk).all + SpendRoutes(desk: desk).all + EconomicsAPI(desk: desk).all
    }

    public var workers: [any Worker] { [ReckonEconomics(desk: desk)] }
}
