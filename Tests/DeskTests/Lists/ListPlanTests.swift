import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `The plan of a list's statement` {
    private typealias Act = @Sendable (ListStore, FigureStore) async throws -> Void

    private static let acts: [String: Act] = [
        "a customer's figures": { _ = try await $1.figures(of: ID(7)) },
        "whether a run is under way": { store, figures in _ = try await figures.isUnderWay() },
        "what is open": { lists, _ in try await page(.open, lists) },
        "what is mine": { lists, _ in try await page(.mine, lists) },
        "what is done": { lists, _ in try await page(.done, lists) },
        "one line": { lists, _ in _ = try await lists.item(.atRisk, ID(7), run: 1) },
        "who stands on lists": { lists, _ in _ = try await lists.standing(of: 1...900) },
    ]

    private static func page(_ part: ListPart, _ lists: ListStore) async throws {
        _ = try await lists.page(.atRisk, part, of: 3, run: 1, after: "500~9", limit: 50)
    }

    @Test(arguments: acts.keys.sorted()) func `reads no table from end to end`(of act: String) async throws {
        let perform = try #require(Self.acts[act])
        try await withDatabase(on: .sqlite, migrations: Schema.migrations) { database in
            let explaining = try #require(database as? any PlanExplaining)
            let watched = WatchedDatabase(database)
            let clock = FakeClock()

            try await perform(
                ListStore(database: watched, clock: clock), FigureStore(database: watched, clock: clock))

            let statements = watched.take()
            #expect(!statements.isEmpty)
            for statement in statements {
                let plan = try await explaining.explain(statement)
                #expect(!plan.contains("SCAN"), "\(statement.text)\n\(plan)")
                let isSorted = plan.contains("TEMP B-TREE") && act == "what is open"
                #expect(!isSorted, "\(statement.text)\n\(plan)")
            }
        }
    }
}
