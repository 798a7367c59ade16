import Kernel
import Storage

/// Looks every minute whether what the findings rest on has changed: after figures and economics (which are made every
/// night and after imports), after another desired profile or setting, and when somebody asks.
struct FindFindings: Worker {
    static let order = "find-findings"

    let desk: Desk

    var kind: String { FindFindings.order }
    var rhythm: Duration? { .seconds(60) }

    func run(_ job: Job, holding lease: Lease) async throws {
        guard let organisation = try await desk.organisations.current() else { return }
        let store = FindingStore(desk)
        guard try await isDue(store) else { return }
        try await FindingRun(desk: desk, organisation: organisation) { try await lease.extend() }.run()
    }

    /// Not while files are on their way in or figures are being made: their end makes the next look due.
    func isDue(_ store: FindingStore) async throws -> Bool {
        let state = try await store.state()
        if state?.marker != "asked", state?.marker == (try await store.marker()) { return false }
        let busy: SQL = "SELECT 1 FROM import WHERE state IN ('loading', 'publishing', 'undoing') LIMIT 1"
        if try await desk.database.read({ try $0.exists(busy) }) { return false }
        return try await !FigureStore(database: desk.database, clock: desk.clock).isUnderWay()
    }
}

/// One look at the data: facts, rules, books.
public struct FindingRun: Sendable {
    let desk: Desk
    let organisation: Organisation
    let keepGoing: @Sendable () async throws -> Void

    public init(
        desk: Desk, organisation: Organisation, keepGoing: @escaping @Sendable () async throws -> Void = {}
    ) {
        self.desk = desk
        self.organisation = organisation
        self.keepGoing = keepGoing
    }

    public func run() async throws {
        let began = ContinuousClock.now
        let store = FindingStore(desk)
        let marker = try await store.marker()
        try await store.begin()
        let reading = FindingReading(
            database: desk.database, clock: desk.clock, organisation: organisation, keepGoing: keepGoing)
        let report = FindingRules.report(on: try await reading.facts())
        let took = began.duration(to: .now) / .milliseconds(1)
        try await store.keep(
            report, marker: marker, day: organisation.zone.day(of: desk.clock.now), milliseconds: Int(took),
            by: desk.act(by: nil))
    }
}
