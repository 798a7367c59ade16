import Storage
import StorageTesting
import Testing

@testable import Desk

/// Merging moves what tables declare. A column that names a customer and is not declared would be left behind.
@Suite struct `Declaring whom a row is about` {
    private static let telling: Set<String> = [
        "party_id", "person_id", "account_id", "customer_id", "organisation_id", "assignee_id",
    ]

    @Test(arguments: Engine.available)
    func `leaves out no column that names a customer`(on engine: Engine) async throws {
        try await withDatabase(on: engine, migrations: Schema.migrations) { database in
            let shapes = try await database.read { try TableShapes.read(in: $0) }
            let declared = Dictionary(uniqueKeysWithValues: Schema.tables.map { ($0.name, Set($0.parties)) })
            var seen = 0

            for shape in shapes.values {
                for column in shape.columns where Self.telling.contains(column.name) {
                    seen += 1
                    let place = "\(shape.name).\(column.name)"
                    let isDeclared = declared[shape.name]?.contains(column.name) ?? false
                    #expect(
                        isDeclared || Schema.columnsLeftAlone[place] != nil,
                        "\(place) is neither in `parties` of its TableEntry nor in Schema.columnsLeftAlone")
                }
            }

            #expect(seen > 12)
        }
    }

    @Test func `leaves out no column that refers to a customer`() async throws {
        try await withDatabase(on: .sqlite, migrations: Schema.migrations) { database in
            let references: SQL = """
                SELECT m.name, f."from" FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f
                WHERE m.type = 'table' AND f."table" = 'party'
                """
            let found = try await database.read { connection in
                try connection.all(references) { (table: try $0.text(0), column: try $0.text(1)) }
            }

            #expect(found.count > 5)
            for place in found {
                let entry = Schema.tables.first { $0.name == place.table }
                #expect(
                    entry?.parties.contains(place.column) == true
                        || Schema.columnsLeftAlone["\(place.table).\(place.column)"] != nil,
                    "\(place.table).\(place.column)")
            }
        }
    }

    @Test(arguments: Engine.available)
    func `names columns and tables that are there, with rows that can be found again`(on engine: Engine)
        async throws
    {
        try await withDatabase(on: engine, migrations: Schema.migrations) { database in
            let shapes = try await database.read { try TableShapes.read(in: $0) }

            for entry in Schema.tables where !entry.parties.isEmpty {
                let shape = try #require(shapes[entry.name])
                for column in entry.parties {
                    #expect(shape.kind(of: column) == .integer, "\(entry.name).\(column)")
                }
                if CombiningRule.of(entry).fate == .moved {
                    #expect(!shape.key.isEmpty, "\(entry.name) has no key, so a row cannot be given back")
                }
            }
            for rule in Schema.combining { #expect(shapes[rule.table] != nil, "\(rule.table)") }
            let open = shapes["list_entry"]?.uniques.first { $0.columns.contains("party_id") }
            #expect(open?.condition.contains("left_day IS NULL") == true)
        }
    }
}
