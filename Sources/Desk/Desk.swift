public import Kernel
public import Storage
public import Web

/// The product: its data, its clock, and the features that stand on them.
public struct Desk: Sendable {
    public let database: any Database
    public let clock: any WallClock
    /// Where files wait that are too large for a row: uploads on their way in.
    public let folder: String
    public let organisations: OrganisationStore
    public let jobs: JobStore
    public let events: EventStore
    /// The sample company, while there is one.
    public let sample: SampleStore

    /// Turns an SVG picture into a PNG of so many pixels' width.
    public let rasterise: Rasteriser

    public typealias Rasteriser = @Sendable (_ svg: String, _ width: Int) async throws -> [UInt8]

    public init(
        database: any Database, clock: any WallClock, folder: String,
        rasterise: @escaping Rasteriser = { _, _ in throw PicturesUnavailable() }
    ) {
        self.database = database
        self.clock = clock
        self.folder = folder
        self.rasterise = rasterise
        organisations = OrganisationStore(database: database, clock: clock)
        jobs = JobStore(database: database)
        events = EventStore(database: database)
        sample = SampleStore(database: database, clock: clock, organisations: organisations)
    }

    /// Every feature of the product, one line each.
    public var features: [any Feature] {
        [
            CustomerFeature(desk: self), AnswerFeature(desk: self), ProfileFeature(desk: self),
            ImportFeature(desk: self), FigureFeature(desk: self), ListFeature(desk: self),
            SampleFeature(desk: self, sample: sample), SettingsFeature(desk: self),
            EconomicsFeature(desk: self), TouchFeature(desk: self), MergeFeature(desk: self),
            FindingFeature(desk: self), AdvocateFeature(desk: self), PreferenceFeature(desk: self),
            CareFeature(desk: self), TagFeature(desk: self), ReachFeature(desk: self),
            ConsentFeature(desk: self), FieldFeature(desk: self), HoldFeature(desk: self),
            ContractFeature(desk: self), FilterFeature(desk: self), SegmentFeature(desk: self),
            RelationFeature(desk: self), OfferFeature(desk: self), WalkFeature(desk: self),
            VisitFeature(desk: self),
        ]
    }

    public var routes: [Route] { features.flatMap(\.routes) }

    public var workers: [any Worker] { features.flatMap(\.workers) }

    /// Somebody doing something now.
    public func act(by person: Int64?) -> Act { Act(by: person, at: clock.now) }
}

/// One noun and everything about it, as the rest of the house sees it.
public protocol Feature: Sendable {
    var routes: [Route] { get }
    var workers: [any Worker] { get }

    /// Where the rail leads to of this feature.
    var places: [RailPlace] { get }

    /// What can be asked for on a timeline of the events this feature records.
    var happenings: [TimelineGroup] { get }

    /// What this feature shows of a customer on the customer's page, to this colleague.
    func cards(of customer: CustomerRecord, for person: Colleague) async throws -> [CustomerCard]
}

extension Feature {
    public var workers: [any Worker] { [] }
    public var places: [RailPlace] { [] }
    public var happenings: [TimelineGroup] { [] }
    public func cards(of customer: CustomerRecord, for person: Colleague) async throws -> [CustomerCard] {
        []
    }
}

/// Does one kind of job. What it does must bear being done twice.
public protocol Worker: Sendable {
    /// An order, as one would give it to a person: `run-import`.
    var kind: String { get }

    /// Asked for at start and after each run, under a key, so that it is always waiting somewhere. Nil: only on demand.
    var rhythm: Duration? { get }

    func run(_ job: Job, holding lease: Lease) async throws
}

extension Worker {
    public var rhythm: Duration? { nil }
}

/// Shows that a worker still holds its job; long work asks it between steps.
public struct Lease: Sendable {
    let job: Job
    let jobs: JobStore
    let clock: any WallClock

    public init(job: Job, jobs: JobStore, clock: any WallClock) {
        self.job = job
        self.jobs = jobs
        self.clock = clock
    }

    /// Throws `LeaseLost` when another worker has taken the job over.
    public func extend() async throws {
        guard try await jobs.extend(job, at: clock.now) else { throw LeaseLost() }
    }
}

/// The job is somebody else's by now.
public struct LeaseLost: Error {}

/// This process was built without a way to draw pixels.
public struct PicturesUnavailable: Error {
    public init() {}
}
