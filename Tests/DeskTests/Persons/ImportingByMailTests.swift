import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `A file that names people by their mail address` {
    private static let people =
        "id,name,email\n1,Ada,ada@example.com\n2,Bo,shared@example.com\n3,Cy,shared@example.com\n"

    @Test(arguments: Engine.available)
    func `meets the one customer who has it`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            try await bench.load(.customers, Self.people)

            let report = try await bench.load(
                .purchases,
                "email,date,amount\nAda@Example.com,2026-01-05,1\nnew@example.com,2026-01-06,2\nshared@example.com,2026-01-07,3\n"
            )

            #expect(report.customersByEmail == 1 && report.ambiguousEmails == 1)
            #expect(report.customers == 3 && report.customersNew == 2)
            let rows = try await bench.rows(
                "SELECT p.name, x.amount FROM purchase x JOIN party p ON p.id = x.account_id ORDER BY x.day")
            #expect(rows == ["Ada|100", "new@example.com|200", "shared@example.com|300"])
            // Whoever is new has the address by which the next file will meet them.
            let known = try await bench.load(.answers, "email,score,date\nnew@example.com,9,2026-01-08\n")
            #expect(known.customersNew == 0)
            let said = try await bench.rows(
                "SELECT p.name, a.score FROM answer a JOIN party p ON p.id = a.party_id")
            #expect(said == ["new@example.com|9"])
        }
    }

    @Test(arguments: Engine.available)
    func `is undone without a trace`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            try await bench.load(.customers, Self.people)
            let before = try await bench.everything()
            let report = try await bench.load(
                .answers, "email,score,date\nada@example.com,9,2026-01-05\nx@example.com,7,2026-01-05\n")
            #expect(report.customersByEmail == 1)

            try await bench.undo(report)

            #expect(try await bench.everything() == before)
        }
    }
}

@Suite struct `Importing fields of one's own` {
    @Test(arguments: Engine.available)
    func `fills what is empty, refuses what does not fit, and is undone`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let fields = FieldStore(database: bench.database)
            try await fields.add(CustomFieldDraft(label: "Cups", kind: .number), by: bench.act)
            try await fields.add(
                CustomFieldDraft(label: "Roast", kind: .choice, choices: ["Light", "Dark"]), by: bench.act)
            let first = try await bench.load(.customers, "id,name\n1,Ada\n")
            #expect(first.customersNew == 1)
            var options = ImportOptions()
            options.mapping = "customer=id,name=name,field.cf_cups=cups,field.cf_roast=4"
            let file = "id,name,cups,roast\n1,Ada,\"2,5\",dark\n2,Bo,3,\n3,Cy,many,Light\n4,Di,1,Blue\n"

            let report = try await bench.load(.customers, file, options)

            #expect(report.accepted == 2 && report.refused == 2 && report.known == 0)
            #expect(report.mapping["field.cf_cups"] == 3)
            #expect(report.refusals.allSatisfy { $0.code == "ownField" })
            let values: SQL = """
                SELECT p.name, f.name, v.words, v.number FROM field_value v JOIN party p ON p.id = v.party_id
                JOIN field f ON f.id = v.field_id ORDER BY p.name, f.name
                """
            #expect(
                try await bench.rows(values) == [
                    "Ada|cf_cups|2.5|2500", "Ada|cf_roast|Dark|-", "Bo|cf_cups|3|3000",
                ])
            let again = try await bench.load(.customers, file, options, name: "again.csv")
            #expect(again.known == 2)

            try await bench.undo(report)

            #expect(try await bench.rows(values).isEmpty)
            options.mapping = "customer=id,field.cf_none=2"
            await #expect(throws: ImportRefusal.self) { try await bench.load(.customers, file, options) }
        }
    }
}
