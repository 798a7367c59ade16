import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Merging customers` {
    private struct Bench: Sendable {
        let database: any Database
        let clock = FakeClock()
        var merges: MergeStore { MergeStore(database: database, clock: clock) }
        var act: Act { Act(by: nil, at: clock.now) }

        func add(_ name: String, _ kind: Party.Kind = .person, email: String? = nil) async throws -> ID<Party>
        {
            var customer = NewCustomer(name: name, email: email, outsideID: "id of \(name)")
            customer.kind = kind
            let (new, act) = (customer, act)
            return try await database.write { try CustomerStore.add(new, by: act, in: $0) }
        }

        func number(_ statement: SQL) async throws -> Int {
            try await database.read { try $0.number(statement) }
        }
    }

    private func withBench(on engine: Engine, _ body: (Bench) async throws -> Void) async throws {
        try await withDatabase(on: engine, migrations: Schema.migrations) {
            try await body(Bench(database: $0))
        }
    }

    @Test(arguments: Engine.available)
    func `adds up roles, keeps proofs, and leads from one to the other`(on engine: Engine) async throws {
        try await withBench(on: engine) { bench in
            let (ida, other, house) = (
                try await bench.add("Ida Berg", email: "ida@firm.test"),
                try await bench.add("I. Berg", email: "ida@firm.test"),
                try await bench.add("House", .organisation)
            )
            try await bench.database.write { connection in
                try connection.run(
                    """
                    INSERT INTO membership (person_id, account_id, since, import_id, title, buys, pays)
                    VALUES (\(ida), \(house), 9, 0, '', TRUE, FALSE), (\(other), \(house), 5, 0, 'Chef', FALSE, TRUE)
                    """)
                try connection.run("UPDATE address SET verified_at = 7 WHERE party_id = \(other)")
                try connection.run("UPDATE party SET preferences = 'calls' WHERE id = \(ida)")
                try connection.run(
                    "UPDATE party SET preferences = 'no mail', language = 'de' WHERE id = \(other)")
            }

            try await bench.merges.merge([other], into: ida, by: bench.act)

            #expect(
                try await bench.number(
                    "SELECT count(*) FROM membership WHERE person_id = \(ida) AND buys AND pays AND since = 5 AND title = 'Chef'"
                ) == 1)
            #expect(try await bench.number("SELECT count(*) FROM address WHERE party_id = \(ida)") == 1)
            #expect(try await bench.number("SELECT verified_at FROM address WHERE party_id = \(ida)") == 7)
            #expect(
                try await bench.number(
                    "SELECT count(*) FROM party WHERE id = \(ida) AND language = 'de' AND preferences = \("calls\nno mail")"
                ) == 1)
            #expect(try await bench.merges.survivor(of: other) == ida)
            let found = try await bench.database.read {
                try (
                    CustomerStore.find(outsideID: "id of I. Berg", in: $0),
                    CustomerStore.find(email: "ida@firm.test", in: $0)
                )
            }
            #expect(found.0 == ida && found.1 == ida)
        }
    }

    @Test(arguments: Engine.available)
    func `is refused where two cannot be one`(on engine: Engine) async throws {
        try await withBench(on: engine) { bench in
            let (ida, house, cellar) = (
                try await bench.add("Ida"), try await bench.add("House", .organisation),
                try await bench.add("Cellar", .organisation)
            )
            let serves = try await bench.add("Grace")
            try await bench.database.write { connection in
                try connection.run("UPDATE party SET parent_id = \(house) WHERE id = \(cellar)")
                _ = try connection.run("UPDATE party SET serves = TRUE WHERE id = \(serves)")
            }

            await #expect(throws: MergeRefusal.sameCustomer) {
                try await bench.merges.merge([ida], into: ida, by: bench.act)
            }
            await #expect(throws: MergeRefusal.differentKinds) {
                try await bench.merges.merge([ida], into: house, by: bench.act)
            }
            await #expect(throws: MergeRefusal.colleague) {
                try await bench.merges.merge([serves], into: ida, by: bench.act)
            }
            await #expect(throws: MergeRefusal.unknown) {
                try await bench.merges.merge([ID(999)], into: ida, by: bench.act)
            }
            await #expect(throws: MergeRefusal.ancestor) {
                try await bench.merges.merge([house], into: cellar, by: bench.act)
            }
            #expect(try await bench.number("SELECT count(*) FROM merging") == 0)
            try await bench.merges.merge([cellar], into: house, by: bench.act)
            #expect(try await bench.number("SELECT count(*) FROM party WHERE parent_id = \(house)") == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `finds who stays when a file names who went, and undoing keeps what came`(on engine: Engine)
        async throws
    {
        try await withImports(on: engine) { bench in
            try await bench.load(.purchases, "customer,date,amount\nada,2026-01-05,1\nada2,2026-01-09,1\n")
            let ids = try await bench.database.read { connection in
                try connection.all("SELECT party_id FROM party_key ORDER BY outside_id") {
                    try $0.id(0, of: Party.self)
                }
            }
            let merges = MergeStore(database: bench.database, clock: bench.clock)
            let number = try await merges.merge([ids[1]], into: ids[0], by: bench.act)[0]

            try await bench.load(.purchases, "customer,date,amount\nada2,2026-02-05,7\n")

            #expect(try await bench.number("SELECT count(*) FROM party WHERE NOT serves") == 1)
            #expect(try await bench.number("SELECT occasions FROM standing") == 3)
            let left = try await merges.undo(number, by: bench.act)
            #expect(left.isNothing)
            #expect(try await bench.number("SELECT count(*) FROM purchase WHERE account_id = \(ids[0])") == 2)
            #expect(try await bench.number("SELECT count(*) FROM purchase WHERE account_id = \(ids[1])") == 1)
            #expect(try await bench.projectionsAreRight())
            try await bench.load(.purchases, "customer,date,amount\nada2,2026-02-20,7\n")
            #expect(try await bench.number("SELECT count(*) FROM purchase WHERE account_id = \(ids[1])") == 2)
        }
    }

    @Test(arguments: Engine.available)
    func `is undone without taking back an edit`(on engine: Engine) async throws {
        try await withBench(on: engine) { bench in
            let (ida, other) = (try await bench.add("Ida Berg"), try await bench.add("Ida Lind"))
            var choices = MergeChoices()
            choices.name = .other
            let number = try await bench.merges.merge([other], into: ida, choosing: choices, by: bench.act)[0]
            try await CustomerStore(database: bench.database, clock: bench.clock)
                .change(ida, to: CustomerDraft(name: "Ida Sand"), by: bench.act)

            let left = try await bench.merges.undo(number, by: bench.act)

            #expect(left.edited == 2)
            #expect(
                try await bench.number("SELECT count(*) FROM party WHERE id = \(ida) AND name = 'Ida Sand'")
                    == 1)
            #expect(
                try await bench.number("SELECT count(*) FROM party WHERE id = \(other) AND name = 'Ida Lind'")
                    == 1)
            await #expect(throws: MergeRefusal.alreadyUndone) {
                try await bench.merges.undo(number, by: bench.act)
            }
        }
    }

    /// How long it takes with ten thousand purchases each; says so, and must stay within what a person waits.
    @Test(arguments: Engine.available)
    func `of ten thousand purchases each takes moments, and so does undoing`(on engine: Engine) async throws {
        try await withBench(on: engine) { bench in
            let (one, other) = (try await bench.add("Grossist"), try await bench.add("Grossist Nord"))
            for (id, shift) in [(one, 0), (other, 1)] {
                try await bench.database.write { connection in
                    try connection.load(
                        Batch(
                            into: "purchase", count: 10_000,
                            columns: [
                                ("account_id", .constant(id.sqlValue)),
                                ("day", .integers((0..<10_000).map { Int64(12_000 + $0 / 2 * 2 + shift) })),
                                ("amount", .constant(.integer(500))), ("currency", .constant(.text("EUR"))),
                                ("quantity", .constant(.integer(1))), ("product", .constant(.text("Coffee"))),
                                ("channel", .constant(.text("web"))), ("source", .constant(.text("test"))),
                                ("import_id", .constant(.integer(0))),
                                ("recorded_at", .constant(.integer(0))),
                            ]))
                    var recount = Recount(of: "SELECT id FROM party WHERE id = \(id)")
                    try recount.countIn(in: connection)
                }
            }
            let clock = ContinuousClock()
            var number: Int64 = 0

            let merging = try await clock.measure {
                number = try await bench.merges.merge([other], into: one, by: bench.act)[0]
            }
            let occasions = try await bench.number("SELECT occasions FROM standing")
            let undoing = try await clock.measure { _ = try await bench.merges.undo(number, by: bench.act) }

            print("merging 10,000 and 10,000 purchases on \(engine): \(merging), undoing: \(undoing)")
            #expect(occasions == 10_000)
            #expect(
                try await bench.number("SELECT count(*) FROM purchase WHERE account_id = \(other)") == 10_000)
            #expect(merging < .seconds(30) && undoing < .seconds(30))
        }
    }
}
