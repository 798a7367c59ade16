import Hummingbird
import Kernel
import Markup
import Storage
import Web

/// The economics on screen: one stored document, read and drawn.
struct EconomicsRoutes: Sendable {
    let desk: Desk

    private var store: EconomicsStore { EconomicsStore(database: desk.database, clock: desk.clock) }

    var all: [Route] {
        [
            .agent(.get, "/economics", needs: .seeEconomics, use: show),
            .agent(.post, "/economics/computation", needs: .seeEconomics, use: compute),
        ]
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        let kept = try await store.latest()
        let largest = kept?.figures.concentration.figures?.largest.map(\.id) ?? []
        let page = EconomicsPage(
            kept: kept, names: context.may(.seeCustomers) ? try await names(of: largest) : [:],
            view: try context.query.choice("cohorts", as: CohortView.self) ?? .counts,
            maySetRate: context.may(.changeSettings))
        return .page(page, in: try await desk.shell(for: context, here: "/economics"))
    }

    private func names(of ids: [Int64]) async throws -> [Int64: String] {
        guard !ids.isEmpty else { return [:] }
        return try await desk.database.read { connection in
            var names: [Int64: String] = [:]
            try connection.each("SELECT id, name FROM party WHERE id IN (\(list: ids))") {
                names[try $0.int64(0)] = try $0.text(1)
            }
            return names
        }
    }

    @Sendable func compute(_ request: Request, in context: AgentContext) async throws -> Response {
        try await store.ask(at: desk.clock.now)
        return .redirect(to: "/economics", saying: Phrase("economics.asked"))
    }
}
