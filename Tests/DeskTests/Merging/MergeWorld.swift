import Foundation
import Kernel
import Storage
import StorageTesting

@testable import Desk

/// Customers who buy, tell, answer, belong, are tagged and listed, at random, and are made one and two.
struct MergeWorld {
    let database: any Database
    let clock: FakeClock
    var random: SeededRandom
    private(set) var persons: [Int64] = []
    private(set) var companies: [Int64] = []
    private var serial = 0

    init(_ database: any Database, clock: FakeClock, seed: UInt64) {
        self.database = database
        self.clock = clock
        random = SeededRandom(seed: seed)
    }

    var act: Act { Act(by: nil, at: clock.now) }
    var merges: MergeStore { MergeStore(database: database, clock: clock) }

    mutating func pick(_ ids: [Int64]) -> Int64 { ids.randomElement(using: &random) ?? 0 }
    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    mutating func begin(persons: Int, companies: Int) async throws {
        for number in 1...persons { self.persons.append(try await add("Person \(number) Berg", .person)) }
        for number in 1...companies {
            self.companies.append(try await add("House \(number) GmbH", .organisation))
        }
        try await database.write { connection in
            for name in ["vip", "press"] {
                try connection.run(
                    "INSERT INTO tag (name, name_key, created_at) VALUES (\(name), \(name), 0)")
            }
            try connection.run(
                """
                INSERT INTO field (name, label, kind, about, choices, place, created_at)
                VALUES ('size', 'Size', 'text', 'both', '', 1, 0)
                """)
            try connection.run(
                """
                INSERT INTO figure_run (state, started_at, touched_at, finished_at, day, report, outcomes, settled)
                VALUES ('failed', 0, 0, 0, 0, '', '', TRUE)
                """)
        }
    }

    private mutating func add(_ name: String, _ kind: Party.Kind) async throws -> Int64 {
        serial += 1
        var customer = NewCustomer(name: name, outsideID: "o-\(serial)")
        customer.kind = kind
        let (checked, act) = (customer, act)
        return try await database.write { try CustomerStore.add(checked, by: act, in: $0).value }
    }

    var everybody: [Int64] { persons + companies }

    /// So many things happen to whoever is there.
    mutating func live(_ count: Int) async throws {
        for _ in 0..<count { try await happen() }
    }

    private mutating func happen() async throws {
        clock.advance(by: .seconds(60))
        let someone = pick(everybody)
        let person = pick(persons)
        let day = 20_000 + number(0...300)
        switch number(0...11) {
        case 0...3: try await buy(someone, day)
        case 4: try await tell(person, day)
        case 5: try await answer(someone, day)
        case 6: try await belong(person, pick(companies))
        case 7: try await reach(someone)
        case 8: try await describe(someone)
        case 9: try await list(someone)
        case 10: try await rename(someone)
        default: try await doubt(person, pick(persons))
        }
    }

    mutating func buy(_ party: Int64, _ day: Int) async throws {
        let amount = Int64(number(-50...900))
        let purchase = NewPurchase(
            customer: .id(ID(party)), day: LocalDate(daysSinceEpoch: day),
            amount: Money(minor: amount, currency: try euro()))
        _ = try await PurchaseStore(database: database, clock: clock)
            .record(purchase, today: LocalDate(daysSinceEpoch: 20_600), by: act)
    }

    private func euro() throws -> Currency {
        guard let euro = Currency("EUR") else { throw StorageError.broken("no euro") }
        return euro
    }

    private mutating func tell(_ person: Int64, _ day: Int) async throws {
        _ = try await AdvocacyStore(database: database, clock: clock)
            .record(
                NewAct(person: ID(person), kind: .referral, day: LocalDate(daysSinceEpoch: day)),
                today: LocalDate(daysSinceEpoch: 20_600), by: act)
    }

    private mutating func answer(_ party: Int64, _ day: Int) async throws {
        _ = try await AnswerStore(database: database, clock: clock)
            .record(
                NewAnswer(party: ID(party), given: number(0...10), day: LocalDate(daysSinceEpoch: day)),
                today: LocalDate(daysSinceEpoch: 20_600), by: act)
    }

    private mutating func belong(_ person: Int64, _ company: Int64) async throws {
        let (buys, pays, since) = (number(0...1) == 1, number(0...1) == 1, number(1...9))
        try await database.write { connection in
            _ = try connection.run(
                """
                INSERT INTO membership (person_id, account_id, since, import_id, buys, pays)
                VALUES (\(person), \(company), \(since), 0, \(buys), \(pays)) ON CONFLICT DO NOTHING
                """)
        }
    }

    private mutating func reach(_ party: Int64) async throws {
        let key = "mail\(number(1...5))@firm.test"
        let (preferred, verified) = (number(0...1) == 1, number(0...3) == 0)
        let now = clock.now
        try await database.write { connection in
            let isTaken = try connection.exists(
                "SELECT 1 FROM address WHERE value_key = \(key) AND verified_at IS NOT NULL")
            let proof: SQL = verified && !isTaken ? "\(now)" : "NULL"
            let free: SQL = """
                \(preferred) AND NOT EXISTS (SELECT 1 FROM address WHERE party_id = \(party) AND kind = 'email' AND preferred)
                """
            _ = try connection.run(
                """
                INSERT INTO address (party_id, kind, value, value_key, verified_at, claimed_at, source, import_id, preferred)
                VALUES (\(party), 'email', \(key), \(key), \(proof), \(now), 'desk', 0, \(free)) ON CONFLICT DO NOTHING
                """)
        }
    }

    private mutating func describe(_ party: Int64) async throws {
        let (tag, words, owner) = (number(1...2), "size \(number(1...3))", number(0...1) == 1)
        try await database.write { connection in
            try connection.run(
                "INSERT INTO party_tag (tag_id, party_id) VALUES (\(tag), \(party)) ON CONFLICT DO NOTHING")
            try connection.run(
                """
                INSERT INTO field_value (party_id, field_id, words, words_key) VALUES (\(party), 1, \(words), \(words))
                ON CONFLICT (party_id, field_id) DO UPDATE SET words = excluded.words, words_key = excluded.words_key
                """)
            try connection.run(
                """
                INSERT INTO consent (party_id, address_key, purpose, given, at, how, recorded_at)
                VALUES (\(party), '', 'any', \(owner), 5, 'said so', 5)
                """)
            if owner { try connection.run("UPDATE party SET preferences = \(words) WHERE id = \(party)") }
        }
    }

    private mutating func list(_ party: Int64) async throws {
        let name = number(0...1) == 0 ? "at-risk" : "overdue"
        let isOver = number(0...2) == 0
        try await database.write { connection in
            let left: SQL = isOver ? "20100" : "NULL"
            _ = try connection.run(
                """
                INSERT INTO list_entry (list, party_id, entered_day, left_day, held, note)
                VALUES (\(name), \(party), 20000, \(left), FALSE, '') ON CONFLICT DO NOTHING
                """)
        }
    }

    private mutating func rename(_ party: Int64) async throws {
        serial += 1
        var customer = CustomerDraft(name: "Renamed \(serial) Lind")
        customer.kind = companies.contains(party) ? .organisation : .person
        try await CustomerStore(database: database, clock: clock).change(ID(party), to: customer, by: act)
    }

    private mutating func doubt(_ one: Int64, _ other: Int64) async throws {
        guard one != other else { return }
        let now = clock.now
        try await database.write { connection in
            _ = try connection.run(
                """
                INSERT INTO duplicate (one_id, other_id, score, reasons, run_id, dismissed_at)
                VALUES (\(min(one, other)), \(max(one, other)), 50, 'email', 1, \(now)) ON CONFLICT DO NOTHING
                """)
        }
    }

    /// Makes two of a kind one; answers the number.
    mutating func merge() async throws -> Int64 {
        clock.advance(by: .seconds(60))
        let isPerson = companies.count < 2 || number(0...3) > 0
        let pool = isPerson ? persons : companies
        let kept = pick(pool)
        let going = pick(pool.filter { $0 != kept })
        var choices = MergeChoices()
        if number(0...2) == 0 { choices.name = .other }
        let done = try await merges.merge([ID(going)], into: ID(kept), choosing: choices, by: act)
        persons.removeAll { $0 == going }
        companies.removeAll { $0 == going }
        return done[0]
    }

    /// Takes about half of everything out of somebody; nil where there was nothing to take.
    mutating func split() async throws -> Int64? {
        clock.advance(by: .seconds(60))
        let source = pick(persons)
        let known = number(0...1) == 0 ? pick(persons.filter { $0 != source }) : nil
        let choice = try await choice(of: source)
        do {
            if let known {
                return try await merges.split(ID(source), choice, into: ID(known), by: act).id
            }
            let done = try await merges.split(ID(source), choice, intoNew: "Split \(serial)", by: act)
            persons.append(done.other.value)
            return done.id
        } catch MergeRefusal.nothingChosen {
            return nil
        }
    }

    private mutating func choice(of party: Int64) async throws -> SplitChoice {
        var choice = SplitChoice()
        func ids(_ statement: SQL) async throws -> [Int64] {
            try await database.read { try $0.all(statement) { try $0.int64(0) } }
        }
        let bought = try await ids("SELECT id FROM purchase WHERE account_id = \(party) ORDER BY id")
        let told = try await ids("SELECT id FROM advocacy WHERE person_id = \(party) ORDER BY id")
        let answered = try await ids("SELECT id FROM answer WHERE party_id = \(party) ORDER BY id")
        let reached = try await ids("SELECT id FROM address WHERE party_id = \(party) ORDER BY id")
        let belongs = try await ids("SELECT account_id FROM membership WHERE person_id = \(party) ORDER BY 1")
        choice.purchases = half(bought)
        choice.acts = half(told)
        choice.answers = half(answered)
        choice.addresses = half(reached)
        choice.memberships = half(belongs)
        let keys = try await database.read { connection in
            try connection.all("SELECT outside_id FROM party_key WHERE party_id = \(party) ORDER BY 1") {
                try $0.text(0)
            }
        }
        if number(0...1) == 0, let key = keys.first {
            choice.outsideIDs = [.init(source: CustomerStore.keySource, id: key)]
        }
        return choice
    }

    private mutating func half(_ ids: [Int64]) -> [Int64] { ids.filter { _ in number(0...1) == 0 } }

    mutating func came(back ids: [Int64]) async throws {
        let there = try await database.read { connection in
            try connection.all("SELECT id, kind FROM party WHERE NOT serves ORDER BY id") {
                (try $0.int64(0), try $0.text(1))
            }
        }
        persons = there.filter { $0.1 == "person" }.map(\.0)
        companies = there.filter { $0.1 == "organisation" }.map(\.0)
    }
}

extension MergeWorld {
    /// What is no part of a customer's state: work to be done, the spine, the journal, and searches.
    private static let aside: Set<String> = [
        "job", "merging", "merging_step", "merging_row", "party_redirect", "figure_run", "duplicate_run",
        "tally",
        "tally_delta", "tally_change", "answer_tally", "answer_tally_delta", "migration", "event",
    ]

    /// Every row of every table as text, and the counters added up.
    static func dump(_ database: any Database) async throws -> [String] {
        let counters = try await World.projections(database)
        return try await database.read { connection in
            var lines = counters
            for shape in try TableShapes.read(in: connection).values.sorted(by: { $0.name < $1.name })
            where !aside.contains(shape.name) {
                let rows = try shape.rows(where: "TRUE", in: connection).map { "\(shape.name) \($0.text)" }
                lines += rows.sorted()
            }
            let events: SQL = """
                SELECT id, coalesce(party_id, 0) FROM event WHERE noun <> 'party' ORDER BY id
                """
            lines += try connection.all(events) { "event \(try $0.int64(0)) \(try $0.int64(1))" }
            lines += try connection.all(
                """
                SELECT kind, about, family, day, value, score, CAST(sum(n) AS BIGINT) FROM (
                    SELECT kind, about, family, day, value, score, n FROM answer_tally
                    UNION ALL SELECT kind, about, family, day, value, score, n FROM answer_tally_delta) AS x
                GROUP BY kind, about, family, day, value, score HAVING sum(n) <> 0 ORDER BY 1, 2, 3, 4, 5, 6
                """
            ) { row in
                "answers \(try row.text(0)) \(try row.text(2)) \(try row.int(3)) \(try row.int(5)) \(try row.int(6))"
            }
            return lines
        }
    }

    /// The projections made from nothing but purchases and acts.
    static func rebuilt(_ database: any Database) async throws -> [String] {
        try await database.write { connection in
            try connection.run("DELETE FROM tally WHERE family NOT IN (\(Tally.purchases), \(Tally.amounts))")
            try connection.run(
                "DELETE FROM tally_delta WHERE family NOT IN (\(Tally.purchases), \(Tally.amounts))")
            try connection.run("DELETE FROM standing")
            var recount = Recount(of: "SELECT id FROM party ORDER BY id")
            try recount.countIn(in: connection)
        }
        return try await World.projections(database)
    }
}
