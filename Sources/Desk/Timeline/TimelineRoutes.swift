import Hummingbird
import Kernel
import Markup
import NIOCore
import Storage
import Web

/// A customer's timeline: on their page, as a file, and for programs.
struct TimelineRoutes: Sendable {
    let desk: Desk
    let customers: CustomerStore

    var all: [Route] {
        [
            .agent(.get, "/people/:id/timeline.csv", needs: .exportCustomers, use: export),
            .api(
                .get, "/api/v2/contacts/:id/timeline", needs: .seeCustomers,
                use: MergedAway(desk: desk).leading({ "/api/v2/contacts/\($0)/timeline" }, answer)),
        ]
    }

    /// What the page of a customer shows, and what it is shown with. What cannot be read is said, and nothing is narrowed.
    func page(
        of record: CustomerRecord, for context: AgentContext
    ) async throws -> (Portion<TimelineEntry>, TimelineView) {
        let organisation = try await desk.organisations.required()
        var view = TimelineView(groups: desk.timelineGroups, query: context.query)
        do {
            view.filter = try TimelineFilter(context.query, groups: view.groups)
        } catch let refusal as any Refusal {
            view.refusal = refusal
        }
        let id = record.party.id
        let timeline = try await customers.timeline(
            of: id, before: context.query["before"], limit: 30, zone: organisation.zone, filter: view.filter,
            groups: view.groups)
        view.names = try await customers.names(on: timeline.items)
        view.mayExport = context.may(.exportCustomers)
        if record.party.kind == .organisation {
            view.hasDepartments = try await desk.database.read {
                try $0.exists("SELECT 1 FROM party WHERE parent_id = \(id) LIMIT 1")
            }
        }
        return (timeline, view)
    }

    /// All of it, page by page, so that a long one costs no memory.
    @Sendable func export(_ request: Request, in context: AgentContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let id = try context.parameters.id(of: Party.self)
        guard try await exists(id) else { throw NotFound() }
        let groups = desk.timelineGroups
        let filter = try TimelineFilter(context.query, groups: groups)
        let (customers, reader) = (customers, Reader.current)
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: TimelineTable.head))
            var before: String?
            repeat {
                let portion = try await customers.timeline(
                    of: id, before: before, limit: 500, zone: organisation.zone, filter: filter,
                    groups: groups)
                let table = TimelineTable(
                    items: portion.items, names: try await customers.names(on: portion.items))
                let lines = Reader.$current.withValue(reader) { table.lines }
                try await writer.write(ByteBuffer(string: lines))
                before = portion.next
            } while before != nil
            try await writer.finish(nil)
        }
        return .download(body, named: "timeline-\(id).csv", type: "text/csv; charset=utf-8")
    }

    @Sendable func answer(_ request: Request, in context: APIContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let id: ID<Party> = try context.parameters.id()
        guard try await exists(id) else { throw NotFound() }
        let groups = desk.timelineGroups
        let portion = try await customers.timeline(
            of: id, before: context.query["before"], limit: try context.query.perPage(),
            zone: organisation.zone,
            filter: try TimelineFilter(context.query, groups: groups), groups: groups)
        let next = portion.next.map { "/api/v2/contacts/\(id)/timeline" + context.query.with("before", $0) }
        return .json(.list(portion.items.map(CustomerAPI.json))).linking(next: next)
    }

    private func exists(_ id: ID<Party>) async throws -> Bool {
        try await desk.database.read { try CustomerStore.customer(id, in: $0) != nil }
    }
}
