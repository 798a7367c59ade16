import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `The plan of a statement on what is known` {
    private typealias Act = @Sendable (any Database) async throws -> Void

    private static let acts: [String: Act] = [
        "former addresses": { _ = try await AddressStore(database: $0).former(of: ID(7)) },
        "preferences": { _ = try await PreferenceStore(database: $0).preferences(of: ID(7)) },
        "earlier preferences": {
            _ = try await PreferenceStore(database: $0).history(of: ID(7), before: "9", limit: 30)
        },
        "who looks after them": { _ = try await CareStore(database: $0).care(of: ID(7)) },
        "whom one looks after": {
            _ = try await CareStore(database: $0).customers(of: ID(3), after: "9", limit: 50)
        },
        "tags of a customer": { _ = try await TagStore(database: $0).tags(of: ID(7)) },
        "tags by name": {
            _ = try await TagStore(database: $0).tags(beginning: "oa", after: "oat", limit: 50)
        },
        "customers by tag": {
            _ = try await TagStore(database: $0).customers(with: ID(2), after: "9", limit: 50)
        },
        "fields of a customer": { _ = try await FieldStore(database: $0).values(of: ID(7)) },
        "who may be reached": { _ = try await ConsentStore(database: $0).mayReach(ID(7)) },
        "what they said": {
            _ = try await ConsentStore(database: $0).history(of: ID(7), before: "9", limit: 30)
        },
        "suppressed addresses": {
            _ = try await SuppressionStore(database: $0).list(
                beginning: "a", after: "any a@b.example", limit: 50)
        },
        "organisations by name": {
            _ = try await CustomerStore(database: $0, clock: FakeClock()).organisations(after: nil, limit: 30)
        },
    ]

    @Test(arguments: acts.keys.sorted()) func `reads no table from end to end`(of act: String) async throws {
        let perform = try #require(Self.acts[act])
        try await withDatabase(on: .sqlite, migrations: Schema.migrations) { database in
            let explaining = try #require(database as? any PlanExplaining)
            let watched = WatchedDatabase(database)

            try await perform(watched)

            let statements = watched.take()
            #expect(!statements.isEmpty)
            for statement in statements {
                let plan = try await explaining.explain(statement)
                #expect(!plan.contains("SCAN"), "\(statement.text)\n\(plan)")
                // One customer's tags and addresses are few, and are sorted for those who read them.
                let few = ["tags of a customer", "who may be reached"]
                let isSorted = plan.contains("TEMP B-TREE") && !few.contains(act)
                #expect(!isSorted, "\(statement.text)\n\(plan)")
            }
        }
    }
}
