import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `The plan of a statement on advocates` {
    private typealias Act = @Sendable (any Database) async throws -> Void

    private static let acts: [String: Act] = [
        "whom to ask": { _ = try await AskStore(database: $0).ready(run: 1, after: "5~7", limit: 50) },
        "the latest list": { _ = try await AskStore(database: $0).latest() },
        "who has not answered": {
            _ = try await AskStore(database: $0).page(.waiting, after: "5~7", limit: 50)
        },
        "whom to come back to": {
            _ = try await AskStore(database: $0).page(.later, after: "5~7", limit: 50)
        },
        "all askings": { _ = try await AskStore(database: $0).page(.all, after: "5~7", limit: 50) },
        "open referrals": { _ = try await ReferralStore(database: $0).page(.open, after: "5~7", limit: 50) },
        "referrals that bought": {
            _ = try await ReferralStore(database: $0).page(.bought, after: nil, limit: 50)
        },
        "one referral": { _ = try await ReferralStore(database: $0).find(7) },
        "testimonials": {
            _ = try await TestimonialStore(database: $0).page(.given, after: "5~7", limit: 50)
        },
        "whose link it is": { _ = try await TestimonialStore(database: $0).find(token: "x") },
        "thanks due": { _ = try await ThankStore(database: $0).page(.due, of: nil, after: "5~7", limit: 50) },
        "my thanks": { _ = try await ThankStore(database: $0).page(.mine, of: 3, after: "5~7", limit: 50) },
        "thanks done": {
            _ = try await ThankStore(database: $0).page(.done, of: nil, after: "5~7", limit: 50)
        },
        "the newest of the wall": { database in
            try await database.read { _ = try Wall.read(at: Instant(milliseconds: 5), in: $0) }
        },
        "a customer's part": { database in
            try await database.read { connection in
                _ = try AskStore.asks(of: ID(7), limit: 5, in: connection)
                _ = try ReferralStore.referrals(of: ID(7), limit: 5, in: connection)
                _ = try TestimonialStore.testimonials(of: ID(7), limit: 5, in: connection)
                _ = try ThankStore.thanks(of: ID(7), limit: 5, in: connection)
                _ = try AskStore.refusal(
                    ID(7), today: LocalDate(daysSinceEpoch: 20_000), at: Instant(milliseconds: 5),
                    in: connection)
            }
        },
    ]

    @Test(arguments: acts.keys.sorted()) func `reads no table from end to end and sorts nothing`(
        of act: String
    )
        async throws
    {
        let perform = try #require(Self.acts[act])
        try await withDatabase(on: .sqlite, migrations: Schema.migrations) { database in
            let explaining = try #require(database as? any PlanExplaining)
            _ = try await database.write { connection in
                try connection.run(
                    "INSERT INTO setting (name, value, from_at) VALUES ('wall.on', 'yes', 1), ('wall.order', 'chosen', 1)"
                )
            }
            let watched = WatchedDatabase(database)

            try await perform(watched)

            let statements = watched.take()
            #expect(!statements.isEmpty)
            for statement in statements {
                let plan = try await explaining.explain(statement)
                // A run of one row each is read by its id; settings in force are few.
                let isSmall =
                    statement.text.contains("FROM ask_run") || statement.text.contains("FROM setting")
                #expect(!plan.contains("SCAN") || isSmall, "\(statement.text)\n\(plan)")
                #expect(!plan.contains("TEMP B-TREE") || isSmall, "\(statement.text)\n\(plan)")
            }
        }
    }
}
