public import Web

/// Files on their way in: the screens, the API and the worker that reads them.
public struct ImportFeature: Feature {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public var routes: [Route] {
        let store = ImportStore(desk)
        return ImportRoutes(desk: desk, store: store).all + ImportAPI(desk: desk, store: store).all
    }

    public var workers: [any Worker] { [RunImport(desk: desk)] }
}
