public import Web

/// A company to look around in before one's own data is here.
public struct SampleFeature: Feature {
    private let desk: Desk
    private let sample: SampleStore

    public init(desk: Desk, sample: SampleStore) {
        self.desk = desk
        self.sample = sample
    }

    public var routes: [Route] { SampleRoutes(desk: desk, sample: sample).routes }
}
