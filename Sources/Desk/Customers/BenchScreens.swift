public import Kernel
import Markup
import Web

/// Screens made as a request makes them, from rows to HTML, for measuring without a socket.
public struct BenchScreens: Sendable {
    let desk: Desk
    private let customers: CustomerStore

    public init(desk: Desk) {
        self.desk = desk
        customers = CustomerStore(database: desk.database, clock: desk.clock)
    }

    /// A customer's page.
    public func customer(_ id: ID<Party>) async throws {
        let organisation = try await desk.organisations.required()
        guard let record = try await customers.record(id, organisation: organisation) else {
            throw NotFound()
        }
        let timeline = try await customers.timeline(of: id, before: nil, limit: 30, zone: organisation.zone)
        let page = CustomerPage(
            record: record, timeline: timeline, today: organisation.zone.day(of: desk.clock.now),
            mayEdit: true,
            mayRecordActs: true)
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
}
