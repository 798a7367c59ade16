import Hummingbird
import Kernel
import Web

/// Lists for programs.
struct ListAPI: Sendable {
    let desk: Desk
    let figures: FigureStore
    let lists: ListStore

    var all: [Route] { [.api(.get, "/api/v2/lists/:list", needs: .seeCustomers, use: show)] }

    @Sendable func show(_ request: Request, in context: APIContext) async throws -> Response {
        let name = try context.parameters.text("list")
        guard let list = CustomerList(rawValue: name), let run = try await figures.latest() else {
            throw NotFound()
        }
        let part = try context.query.choice("show", as: ListPart.self) ?? .open
        let portion = try await lists.page(
            list, part, of: context.person.id, run: run.id, after: context.query["after"],
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
