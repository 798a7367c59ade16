import Hummingbird
import Kernel
import Web

/// Lists for programs.
struct ListAPI: Sendable {
    let desk: Desk
    let figures: FigureStore
    let lists: ListStore

    var all: [Route] {
        [
            .api(.get, "/api/v2/lists/:list", needs: .seeCustomers, use: show),
            .api(.put, "/api/v2/lists/:list/:customer", needs: .editCustomers, use: work),
        ]
    }

    /// Gives a customer to somebody, and says how working on them ended. What is not sent stays; null takes it back.
    @Sendable func work(_ request: Request, in context: APIContext) async throws -> Response {
        guard let list = CustomerList(rawValue: try context.parameters.text("list")),
            let run = try await figures.latest()
        else { throw NotFound() }
        let id = try context.parameters.id("customer", of: Party.self)
        let body = try await Body(of: request, known: ["assignee_id", "outcome", "note"])
        guard try await lists.item(list, id, run: run.id) != nil else { throw NotFound() }
        let act = desk.act(by: context.person.id)
        let outcome = try ListAPI.outcome(body)
        let note = try body.text("note") ?? ""
        guard note.utf8.count <= 2000 else { throw ListRefusal.noteTooLong }
        if body.values["assignee_id"] != nil {
            try await lists.assign(
                id, on: list, to: try body.int("assignee_id").map(Int64.init), run: run.id, by: act)
        }
        if let outcome {
            try await lists.finish(id, on: list, outcome, note: note, run: run.id, by: act)
        } else if body.values["outcome"] != nil {
            try await lists.reopen(id, on: list, run: run.id, by: act)
        }
        guard let item = try await lists.item(list, id, run: run.id) else { throw NotFound() }
        return .json(item.json(run.report))
    }

    private static func outcome(_ body: Body) throws -> ListResult? {
        guard let text = try body.text("outcome") else {
            if body.values["note"] != nil, body.values["outcome"] == nil { throw ListRefusal.noResult }
            return nil
        }
        guard let result = ListResult(rawValue: text.replacing("_", with: " ")) else {
            throw ListRefusal.noResult
        }
        return result
    }

    @Sendable func show(_ request: Request, in context: APIContext) async throws -> Response {
        let name = try context.parameters.text("list")
        guard let list = CustomerList(rawValue: name), let run = try await figures.latest() else {
            throw NotFound()
        }
        let part = try context.query.choice("show", as: ListPart.self) ?? .open
        let segment = try context.query.segment
        if let segment { _ = try await SegmentViews(desk: desk).required(segment) }
        let portion = try await lists.page(
            list, part, of: context.person.id, run: run.id, in: segment, after: context.query["after"],
            limit: try context.query.perPage())
        let next = portion.next.map { "/api/v2/lists/\(name)" + context.query.with("after", $0) }
        return .json(.list(portion.items.map { $0.json(run.report) })).linking(next: next)
    }
}

extension ListItem {
    fileprivate func json(_ report: FigureReport) -> JSON {
        let amount = Currency(report.currency).map { JSON.money(Money(minor: money, currency: $0)) }
        return .object([
            ("customer_id", .int(party.id.value)), ("name", .text(party.name)),
            ("list", .text(list.rawValue)), ("since", .text(since.description)), ("money", amount ?? .null),
            ("assignee_id", .int(assignee)), ("done_at", .text(doneAt?.iso)),
            ("outcome", .text(result?.rawValue)), ("note", .text(note)),
            ("preferences", .text(preferences.isEmpty ? nil : preferences)),
            ("figures", figures?.json(report) ?? .null),
        ])
    }
}
