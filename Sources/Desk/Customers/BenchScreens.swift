public import Kernel
import Markup
public import Storage
import Web

/// Screens made as a request makes them, from rows to HTML, for measuring without a socket.
public struct BenchScreens: Sendable {
    let desk: Desk
    private let customers: CustomerStore

    public init(desk: Desk) {
        self.desk = desk
        customers = CustomerStore(database: desk.database, clock: desk.clock)
    }

    /// A customer's page with everything the features show on it.
    public func customer(_ id: ID<Party>) async throws {
        let organisation = try await desk.organisations.required()
        guard let record = try await customers.record(id, organisation: organisation) else {
            throw NotFound()
        }
        let timeline = try await customers.timeline(of: id, before: nil, limit: 30, zone: organisation.zone)
        let someone = Colleague(id: 1, name: "Bench", email: "", permissions: Set(Permission.allCases))
        var page = CustomerPage(
            record: record, timeline: timeline, today: organisation.zone.day(of: desk.clock.now),
            mayEdit: true, mayRecordActs: true, figures: try await FigureCard.card(of: id, on: desk))
        page.cards = try await desk.cards(of: record, for: someone)
        precondition(!page.main.isEmpty)
    }

    /// A page of the people list.
    public func people(finding typed: String?, after: String?) async throws {
        let organisation = try await desk.organisations.required()
        let portion = try await customers.list(
            finding: typed, after: after, limit: 50, organisation: organisation)
        let page = PeoplePage(portion: portion, query: Query(""), mayAdd: true)
        precondition(!page.main.isEmpty)
    }

    /// The economics of the whole customer base, computed anew.
    public func economics() async throws {
        let organisation = try await desk.organisations.required()
        try await EconomicsStore(database: desk.database, clock: desk.clock).compute(organisation)
    }

    /// Fifty customers of a list to call on, and where the next fifty begin.
    public func list(_ list: CustomerList, after: String?) async throws -> String? {
        let lists = ListStore(database: desk.database, clock: desk.clock)
        guard let run = try await FigureStore(database: desk.database, clock: desk.clock).latest() else {
            throw NotFound()
        }
        return try await lists.page(list, .open, of: nil, run: run.id, after: after, limit: 50).next
    }

    /// Has one kind of work done now, as the runner would. False where nobody here knows how.
    public func work(_ kind: String) async throws -> Bool {
        guard let worker = desk.workers.first(where: { $0.kind == kind }) else { return false }
        let now = desk.clock.now
        try await desk.database.write { try $0.enqueue(kind, at: now) }
        guard let job = try await desk.jobs.claim([kind], at: now, lease: .seconds(600)) else { return false }
        try await worker.run(job, holding: Lease(job: job, jobs: desk.jobs, clock: desk.clock))
        _ = try await desk.jobs.finish(job)
        return true
    }

    /// Fifty customers who pass a filter, and where the next fifty begin.
    public func filtered(_ words: String, after: String?) async throws -> String? {
        let organisation = try await desk.organisations.required()
        let customers = FilteredCustomers(database: desk.database, clock: desk.clock)
        let tree = try await customers.parse(words, organisation: organisation)
        let found = try await customers.page(
            tree, after: after, limit: 50, organisation: organisation, me: nil)
        return found.portion.next
    }

    /// A segment of those who pass a filter.
    public func segment(_ name: String, of filter: String, by act: Act) async throws {
        let organisation = try await desk.organisations.required()
        _ = try await SegmentStore(database: desk.database, clock: desk.clock).add(
            SegmentContent(name: name, filter: filter), organisation: organisation, by: act)
    }

    /// A rhythm for everyone who has been silent for so many months.
    public func rhythm(months: Int, by act: Act) async throws {
        let organisation = try await desk.organisations.required()
        _ = try await RhythmStore(database: desk.database, clock: desk.clock).add(
            NewRhythm(name: "Bench", audience: .everyone, beat: .silence(months: months)),
            today: organisation.zone.day(of: desk.clock.now), by: act)
    }

    /// A page of the timeline of the customer with most occasions, and where it goes on.
    public func longestTimeline(before: String?) async throws -> String? {
        let organisation = try await desk.organisations.required()
        let id = try await desk.database.read {
            try $0.first("SELECT party_id FROM standing ORDER BY occasions DESC, party_id LIMIT 1") {
                try $0.id(0, of: Party.self)
            }
        }
        guard let id else { throw NotFound() }
        return try await customers.timeline(of: id, before: before, limit: 30, zone: organisation.zone).next
    }
}
