import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

/// Rows of every table that names a customer, whatever feature it came with.
private struct FilledTables {
    /// Counted from others, or filled by the world itself.
    private static let aside: Set<String> = [
        "party", "party_word", "party_key", "standing", "agent", "duplicate", "volume", "purchase",
        "advocacy",
        "answer", "event", "party_redirect",
    ]
    /// What a column's condition asks for; nil is NULL.
    private static let values: [String: String?] = [
        "address.kind": "email", "address.preferred": "0", "address.verified_at": nil,
        "former_address.kind": "email",
        "membership.import_id": "0", "consent.purpose": "any", "list_entry.left_day": nil,
        "list_entry.outcome": "reached", "touch.state": "open", "ask.wish": "referral", "ask.state": "open",
        "referral.state": "open", "testimonial.state": "open", "testimonial.name_form": "none",
        "thank.state": "due",
        "hold.reason": "bill", "hold.orders": "1", "contract.notice_unit": "days", "contract.penalty": "none",
        "contract.billing_months": "1", "contract.minimum_months": "1", "contract.renewal_months": "1",
        "offer_entry.left_day": nil, "offer_entry.outcome": "offered", "visit.state": "none",
    ]

    let shapes: [String: TableShape]
    private var serial = 1000

    init(_ shapes: [String: TableShape]) { self.shapes = shapes }

    static var entries: [(entry: TableEntry, columns: [String])] {
        Schema.tables.compactMap { entry in
            let columns = entry.parties.filter { !CombiningRule.of(entry).colleagues.contains($0) }
            return columns.isEmpty || aside.contains(entry.name) ? nil : (entry, columns)
        }
    }

    /// What has to be there for rows to refer to.
    static func prepare(_ connection: any Connection) throws {
        try connection.run("UPDATE figure_run SET state = 'complete'")
        try connection.run(
            """
            INSERT INTO ask_run (state, marker, day, started_at, finished_at, people) VALUES ('complete', '', 1, 1, 1, 1)
            """)
        try connection.run(
            """
            INSERT INTO rhythm (name, audience, kind, what, way, purpose, lead_days, most_open, from_day, paused,
                created_at, changed_at)
            VALUES ('Hello', '', 'silence', '', 'call', 'any', 0, 9, 0, FALSE, 0, 0)
            """)
        try connection.run(
            """
            INSERT INTO saved_list (name, list, day, currency, forecast, months, customers, money, saved_at, counted_run,
                counted_day, bought, gone, came)
            VALUES ('Mine', 'at-risk', 1, 'EUR', FALSE, 1, 2, 2, 1, 0, 0, 0, 0, 0)
            """)
    }

    /// A row of every table for each of its columns; twice the same where two would stand in each other's way.
    mutating func fill(_ party: Int64, beside other: Int64, in connection: any Connection) throws {
        for (entry, columns) in FilledTables.entries {
            let shape = try #require(shapes[entry.name])
            for column in columns {
                let row = row(of: shape, columns, column, party, other)
                #expect(try shape.insert(row, in: connection), "\(entry.name).\(column)")
            }
        }
    }

    private mutating func row(
        of shape: TableShape, _ columns: [String], _ named: String, _ party: Int64, _ other: Int64
    ) -> StoredRow {
        var row = StoredRow()
        let shared = Set(
            shape.uniques.filter { !$0.columns.allSatisfy { !columns.contains($0) } }.flatMap(\.columns))
        for column in shape.columns where column.name != "id" {
            serial += 1
            let place = "\(shape.name).\(column.name)"
            if columns.contains(column.name) {
                // Where the row is another's by its key, it is one of its own.
                let isFree =
                    shared.contains(column.name)
                    && !shape.uniques.contains {
                        $0.columns.contains(named) && $0.columns.contains(column.name)
                    }
                row[column.name] = column.name == named ? "\(party)" : isFree ? "\(serial)" : "\(other)"
            } else if let fixed = FilledTables.values[place] {
                row[column.name] = fixed
            } else if column.name.hasSuffix("import_id") {
                row[column.name] = "0"
            } else {
                let isShared = shared.contains(column.name)
                row[column.name] =
                    switch column.kind {
                    case .integer, .real: isShared ? "1" : "\(serial)"
                    case .boolean: "0"
                    case .text: isShared ? "same" : "words \(serial)"
                    case .bytes: "00" + String(serial, radix: 16).suffix(2)
                    }
            }
        }
        return row
    }
}

@Suite struct `Merging rows of every table` {
    private func differences(_ one: [String], _ other: [String]) -> String {
        let (a, b) = (Set(one), Set(other))
        return
            (a.subtracting(b).sorted().prefix(20).map { "- \($0)" }
            + b.subtracting(a).sorted().prefix(20).map { "+ \($0)" }).joined(separator: "\n")
    }

    /// Without events that are about nobody: a merge has the figures computed again.
    private func dump(_ database: any Database) async throws -> [String] {
        try await MergeWorld.dump(database).filter { !($0.hasPrefix("event ") && $0.hasSuffix(" 0")) }
    }

    @Test(arguments: Engine.available, [true, false])
    func `leaves none behind, and gives every one back`(on engine: Engine, persons: Bool) async throws {
        try await withDatabase(on: engine, migrations: Schema.migrations) { database in
            var world = MergeWorld(database, clock: FakeClock(), seed: 5)
            try await world.begin(persons: 4, companies: 4)
            let pool = persons ? world.persons : world.companies
            let (kept, going, other) = (pool[0], pool[1], pool[2])
            for (party, days) in [(kept, [20_010, 20_400]), (going, [20_011, 20_015])] {
                for day in days { try await world.buy(party, day) }
            }
            try await database.write { connection in
                try FilledTables.prepare(connection)
                var filled = FilledTables(try TableShapes.read(in: connection))
                try filled.fill(kept, beside: other, in: connection)
                try filled.fill(going, beside: other, in: connection)
            }
            let before = try await dump(database)

            let id = try await world.merges.merge([ID(going)], into: ID(kept), by: world.act)[0]

            #expect(FilledTables.entries.count > 20)
            for (entry, columns) in FilledTables.entries {
                for column in columns {
                    let (table, field) = (SQL.name(entry.name), SQL.name(column))
                    let counts = try await database.read { connection in
                        (
                            left: try connection.number(
                                "SELECT count(*) FROM \(table) WHERE \(field) = \(going)"),
                            kept: try connection.number(
                                "SELECT count(*) FROM \(table) WHERE \(field) = \(kept)")
                        )
                    }
                    #expect(counts.left == 0 && counts.kept > 0, "\(entry.name).\(column) \(counts)")
                }
            }
            let outlook = try await world.merges.find(id)
            let leavings = try await world.merges.outlook(of: try #require(outlook)).leavings
            #expect(leavings.edited == 0 && leavings.gone == 0)
            let left = try await world.merges.undo(id, by: world.act)
            #expect(left.edited == 0 && left.gone == 0)
            let after = try await dump(database)
            #expect(after == before, "\(differences(before, after))")
        }
    }

    @Test(arguments: Engine.available)
    func `keeps what was done where both had the same, whoever stays`(on engine: Engine) async throws {
        try await withDatabase(on: engine, migrations: Schema.migrations) { database in
            var world = MergeWorld(database, clock: FakeClock(), seed: 6)
            try await world.begin(persons: 3, companies: 1)
            let (kept, going, other) = (world.persons[0], world.persons[1], world.persons[2])
            try await database.write { connection in
                try FilledTables.prepare(connection)
                var filled = FilledTables(try TableShapes.read(in: connection))
                try filled.fill(kept, beside: other, in: connection)
                try filled.fill(going, beside: other, in: connection)
                try connection.run(
                    "UPDATE touch SET state = 'done', note = 'spoke' WHERE party_id = \(going)")
                try connection.run("UPDATE offer_entry SET outcome = NULL WHERE party_id = \(kept)")
                try connection.run(
                    "UPDATE offer_entry SET outcome = 'accepted', note = 'took it' WHERE party_id = \(going)")
                try connection.run("UPDATE saved_list_row SET money = party_id * 100")
            }

            try await world.merges.merge([ID(going)], into: ID(kept), by: world.act)

            let seen = try await database.read { connection in
                try [
                    "SELECT state || ' ' || note FROM touch WHERE party_id = \(kept)",
                    "SELECT outcome || ' ' || note FROM offer_entry WHERE party_id = \(kept)",
                    "SELECT CAST(money AS TEXT) FROM saved_list_row WHERE party_id = \(kept)",
                ].map { (statement: SQL) in try connection.all(statement) { try $0.text(0) } }
            }
            #expect(seen == [["done spoke"], ["accepted took it"], ["\((kept + going) * 100)"]])
        }
    }
}
