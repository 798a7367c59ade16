public import Web

/// What the data says about each customer, and how well it says it.
public struct FigureFeature: Feature {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public var routes: [Route] {
        let figures = FigureStore(database: desk.database, clock: desk.clock)
        return ForecastRoutes(desk: desk, figures: figures).all + FigureAPI(desk: desk, figures: figures).all
    }

    public var workers: [any Worker] { [ComputeFigures(desk: desk)] }
}
