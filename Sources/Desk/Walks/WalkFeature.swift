import Kernel
import Markup
public import Web

/// Looking at every place where customers meet the organisation, again and again.
public struct WalkFeature: Feature {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public var routes: [Route] { WalkRoutes(desk: desk).all + WalkAPI(desk: desk).all }

    public var workers: [any Worker] { [SweepContent(desk: desk)] }

    public var places: [RailPlace] {
        [
            RailPlace(
                .know, needs: .walkThrough,
                RailLink(Phrase("walk.rail"), path: "/walks", icon: .steps))
        ]
    }
}
