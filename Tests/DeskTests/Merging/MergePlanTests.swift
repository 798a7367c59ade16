import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `The plan of a merge's statement` {
    private typealias Act = @Sendable (MergeStore, DuplicateStore) async throws -> Void

    private static let acts: [String: Act] = [
        "merges": { merges, _ in _ = try await merges.list(before: 9, limit: 50) },
        "merges of a customer": { merges, _ in _ = try await merges.list(of: ID(2), before: 9, limit: 50) },
        "the latest of a customer": { merges, _ in _ = try await merges.latest(of: ID(2)) },
        "the way on": { merges, _ in _ = try await merges.survivor(of: ID(2)) },
        "suggestions": { _, all in _ = try await all.list(dismissed: false, after: "5~2~3", limit: 30) },
        "dismissed pairs": { _, all in _ = try await all.list(dismissed: true, after: "5~2~3", limit: 30) },
        "suggestions of a customer": { _, all in _ = try await all.pairs(of: ID(2), limit: 3) },
    ]

    @Test(arguments: acts.keys.sorted()) func `reads no table from end to end`(of act: String) async throws {
        let perform = try #require(Self.acts[act])
        try await withDatabase(on: .sqlite, migrations: Schema.migrations) { database in
            let explaining = try #require(database as? any PlanExplaining)
            let watched = WatchedDatabase(database)
            let clock = FakeClock()

            try await perform(
                MergeStore(database: watched, clock: clock), DuplicateStore(database: watched, clock: clock))

            let statements = watched.take()
            #expect(!statements.isEmpty)
            for statement in statements {
                let plan = try await explaining.explain(statement)
                #expect(!plan.contains("SCAN d") && !plan.contains("SCAN m"), "\(statement.text)\n\(plan)")
            }
        }
    }
}
