import Hummingbird
import Kernel
import Markup
import Web

/// Suggested duplicates on screen.
struct DuplicateRoutes: Sendable {
    let desk: Desk

    private var duplicates: DuplicateStore { DuplicateStore(desk) }

    var all: [Route] {
        [
            .agent(.get, "/duplicates", needs: .mergeCustomers, use: list),
            .agent(.post, "/duplicates/:one/:other/dismissal", needs: .mergeCustomers, use: dismiss),
            .agent(.post, "/duplicates/:one/:other/reopening", needs: .mergeCustomers, use: reopen),
        ]
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        let isDismissed = context.query["show"] == "dismissed"
        let page = DuplicatesPage(
            portion: try await duplicates.list(
                dismissed: isDismissed, after: context.query["after"], limit: 30),
            isDismissed: isDismissed, run: try await duplicates.latest(), query: context.query)
        return .page(page, in: try await desk.shell(for: context, here: "/duplicates"))
    }

    @Sendable func dismiss(_ request: Request, in context: AgentContext) async throws -> Response {
        let (one, other) = try pair(context)
        guard try await duplicates.dismiss(one, other, by: desk.act(by: context.person.id)) else {
            throw NotFound()
        }
        return .redirect(
            to: "/duplicates", saying: Phrase("duplicates.dismissed"),
            undo: LocalPath("/duplicates?show=dismissed"))
    }

    @Sendable func reopen(_ request: Request, in context: AgentContext) async throws -> Response {
        let (one, other) = try pair(context)
        guard try await duplicates.reopen(one, other, by: desk.act(by: context.person.id)) else {
            throw NotFound()
        }
        return .redirect(to: "/duplicates", saying: Phrase("duplicates.reopened"))
    }

    private func pair(_ context: AgentContext) throws -> (Int64, Int64) {
        (
            try context.parameters.id("one", of: Party.self).value,
            try context.parameters.id("other", of: Party.self).value
        )
    }
}
