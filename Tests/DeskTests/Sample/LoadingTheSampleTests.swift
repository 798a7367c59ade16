import Kernel
import Methods
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Loading the sample` {
    @Test(arguments: Engine.available)
    func `brings the whole company in, levels included`(on engine: Engine) async throws {
        try await withSampleStore(on: engine) { store, act in
            let content = try await store.load(by: act)

            let company = SampleCompany(endingOn: Zone.utc.day(of: act.at) + -1)
            let books = SampleBooks(company)
            #expect(content.customers == company.customers.count)
            #expect(try await store.rows("purchase WHERE kind = 'sale'") == company.purchases.count)
            #expect(try await store.rows("advocacy") == company.acts.count)
            #expect(try await store.rows("event WHERE kind = 'sample.loaded'") == 1)
            for months in [3, 12, 36] {
                let window = (books.end + 1).adding(months: -months)...books.end
                #expect(try await store.levels(window) == books.levels(window))
            }
            #expect(try await store.rows("standing") == books.occasions.count)
        }
    }

    @Test(arguments: Engine.available)
    func `marks it as sample, is noticed at once and refused a second time`(on engine: Engine) async throws {
        try await withSampleStore(on: engine) { store, act in
            #expect(try await !store.isPresent)

            try await store.load(by: act)

            #expect(try await store.isPresent)
            #expect(
                try await store.rows("import WHERE sample AND state = 'complete' AND file_name = 'sample'")
                    == 1)
            #expect(try await store.rows("party WHERE import_id = 0") == 0)
            await #expect(throws: SampleRefusal.alreadyHere) { try await store.load(by: act) }
        }
    }
}

@Suite struct `Removing the sample` {
    @Test(arguments: Engine.available)
    func `leaves every table as it was, with a customer of our own in it`(on engine: Engine) async throws {
        try await withSampleStore(on: engine) { store, act in
            let own = try await store.addCustomer(buyingOn: [20_000, 20_400])
            let before = try await store.dump()

            try await store.load(by: act)
            try await store.remove(by: act)

            let after = try await store.dump()
            #expect(after.difference(from: before).isEmpty)
            #expect(try await !store.isPresent)
            #expect(try await store.rows("standing WHERE party_id = \(own)") == 1)
            #expect(try await store.rows("event WHERE kind = 'sample.removed'") == 1)
        }
    }

    @Test(arguments: Engine.available)
    func `takes along what was recorded on its customers since`(on engine: Engine) async throws {
        try await withSampleStore(on: engine) { store, act in
            let before = try await store.dump()
            try await store.load(by: act)
            try await store.recordOnSampleCustomer(day: 20_600)

            #expect(try await store.content().added == 2)
            try await store.remove(by: act)

            #expect(try await store.dump() == before)
        }
    }

    @Test(arguments: Engine.available)
    func `is refused where there is none`(on engine: Engine) async throws {
        try await withSampleStore(on: engine) { store, act in
            await #expect(throws: SampleRefusal.notHere) { try await store.remove(by: act) }
            await #expect(throws: SampleRefusal.notHere) { try await store.content() }
        }
    }
}

/// A desk's data after its first run, and somebody who may do anything, on 22 November 2026.
private func withSampleStore(
    on engine: Engine, _ body: (SampleStore, Act) async throws -> Void
) async throws {
    try await withDatabase(on: engine, migrations: Schema.migrations) { database in
        let clock = FakeClock(
            at: Zone.utc.instant(of: LocalDate(daysSinceEpoch: 20_779), secondOfDay: 36_000))
        let organisations = OrganisationStore(database: database, clock: clock)
        let act = Act(by: nil, at: clock.now)
        try await organisations.change([.organisation: "Harbour", .zone: "UTC", .currency: "EUR"], by: act)
        try await body(SampleStore(database: database, clock: clock, organisations: organisations), act)
    }
}

extension SampleStore {
    fileprivate func rows(_ table: SQL) async throws -> Int {
        try await database.read { try $0.number("SELECT count(*) FROM \(table)") }
    }

    fileprivate func levels(_ window: ClosedRange<LocalDate>) async throws -> Levels {
        let days = window.lowerBound.daysSinceEpoch...window.upperBound.daysSinceEpoch
        return try await database.read { connection in
            Levels(
                first: try TallyStore.sum(Tally.firsts, days, in: connection),
                repeating: try TallyStore.pairs(Tally.repeats, days, before: days.lowerBound, in: connection),
                advocate: try TallyStore.pairs(Tally.acts, days, before: days.lowerBound, in: connection))
        }
    }

    /// A customer who is no sample, with a purchase on each day.
    fileprivate func addCustomer(buyingOn days: [Int]) async throws -> Int64 {
        try await database.write { connection in
            let insert: SQL = """
                INSERT INTO party (kind, name, name_key, serves, source, import_id, created_at)
                VALUES ('person', 'Ada', 'ada', FALSE, 'desk', 0, 0) RETURNING id
                """
            let id = try connection.first(insert) { try $0.int64(0) } ?? 0
            for day in days { try connection.buy(id, day) }
            while try TallyStore.fold(in: connection) > 0 {}
            return id
        }
    }

    fileprivate func recordOnSampleCustomer(day: Int) async throws {
        try await database.write { connection in
            let party = try connection.number("SELECT min(account_id) FROM purchase")
            try connection.buy(Int64(party), day)
            try LevelStore.actWillBeRecorded(person: Int64(party), day: day, in: connection)
            try connection.run(
                """
                INSERT INTO advocacy
                    (person_id, kind, day, words, friend, counts, source, import_id, recorded_at)
                VALUES (\(party), 'recommendation', \(day), '', '', TRUE, 'desk', 0, 0)
                """)
        }
    }

    /// Every row of every table a sample touches, but the spine, which only grows.
    fileprivate func dump() async throws -> [String] {
        let tables: [(SQL, Int)] = [
            ("SELECT id, name, name_key, source, import_id FROM party ORDER BY id", 5),
            ("SELECT word, party_id FROM party_word ORDER BY word, party_id", 2),
            ("SELECT source, outside_id, party_id FROM party_key ORDER BY source, outside_id", 3),
            ("SELECT person_id, account_id FROM membership ORDER BY person_id, account_id", 2),
            ("SELECT party_id, value FROM address ORDER BY party_id, value", 2),
            ("SELECT id, account_id, day, amount, import_id FROM purchase ORDER BY id", 5),
            ("SELECT id, person_id, day, words FROM advocacy ORDER BY id", 4),
            (
                "SELECT party_id, first_day, second_day, last_day, occasions FROM standing ORDER BY party_id",
                5
            ),
            ("SELECT family, a, b, n FROM tally WHERE n <> 0 ORDER BY family, a, b", 4),
            ("SELECT family, a, b, n FROM tally_delta ORDER BY id", 4),
            ("SELECT id, state FROM import ORDER BY id", 2),
            ("SELECT import_id, line FROM import_refusal ORDER BY import_id, line", 2),
            ("SELECT n, name FROM import_customer ORDER BY n", 2),
        ]
        return try await database.read { connection in
            try tables.enumerated().flatMap { number, table in
                try connection.all(table.0) { row in
                    try (0..<table.1).reduce("\(number)") { text, column in
                        if row.isNull(column) { return text + " -" }
                        return try text + " " + ((try? row.text(column)) ?? String(row.int64(column)))
                    }
                }
            }
        }
    }
}

extension Connection {
    fileprivate func buy(_ party: Int64, _ day: Int) throws {
        let insert: SQL = """
            INSERT INTO purchase (account_id, day, amount, currency, quantity, product, channel, source, import_id,
                recorded_at)
            VALUES (\(party), \(day), 390, 'EUR', 1, 'Flat white', 'shop', 'desk', 0, 0)
            RETURNING id
            """
        let id = try first(insert) { try $0.int64(0) } ?? 0
        try LevelStore.purchaseWasRecorded(
            id, account: party, day: day, amount: 390, currency: "EUR", in: self)
    }
}
