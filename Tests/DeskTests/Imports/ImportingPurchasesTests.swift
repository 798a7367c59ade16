import Foundation
import Kernel
import Storage
import StorageTesting
import Tabular
import Testing

@testable import Desk

@Suite struct `Importing purchases` {
    @Test(arguments: Engine.available)
    func `brings in customers and what they bought`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let report = try await bench.load(
                .purchases,
                """
                customer,date,amount,quantity,product,channel
                ada,2026-01-05,12.50,2,Tea,Shop
                grace,2026-01-06,7.00,1,Coffee,Web
                ada,2026-01-07,-12.50,2,Tea,Shop

                """)

            #expect(report.state == .complete)
            #expect(report.accepted == 3 && report.refused == 0 && report.known == 0)
            #expect(report.customers == 2 && report.customersNew == 2)
            #expect(report.totals == ["USD": 700])
            #expect(
                report.firstDay == LocalDate(iso: "2026-01-05")
                    && report.lastDay == LocalDate(iso: "2026-01-07"))
            #expect(
                report.mapping == [
                    "customer": 1, "at": 2, "amount": 3, "quantity": 4, "product": 5, "channel": 6,
                ])
            let rows = try await bench.rows(
                """
                SELECT p.name, x.day, x.amount, x.currency, x.quantity, x.product, x.channel, x.at, x.cost
                FROM purchase x JOIN party p ON p.id = x.account_id ORDER BY x.id
                """)
            #expect(
                rows == [
                    "ada|20458|1250|USD|2|Tea|Shop|-|-", "ada|20460|-1250|USD|2|Tea|Shop|-|-",
                    "grace|20459|700|USD|1|Coffee|Web|-|-",
                ])
            #expect(try await bench.projectionsAreRight())
        }
    }

    @Test(arguments: Engine.available)
    func `is one event with its counts and nobody's words`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let report = try await bench.load(
                .purchases, "customer,date,amount\nada,2026-01-05,1\nbob,2026-01-05,x\n")

            let events = try await bench.rows(
                "SELECT kind, noun_id, detail FROM event WHERE noun = 'import' ORDER BY id")
            #expect(
                events == [
                    "import.begun|\(report.id)|",
                    "import.completed|\(report.id)|customers=1 customers_new=1 known=0 refused=1 rows=1",
                ])
        }
    }

    @Test(arguments: Engine.available)
    func `twice changes nothing`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let text = """
                customer,date,amount
                ada,2026-01-05,1.00
                ada,2026-01-05,1.00
                bob,2026-01-06,2.00

                """
            try await bench.load(.purchases, text)
            let before = try await bench.everything()

            let again = try await bench.load(.purchases, text)

            #expect(
                again.state == .complete && again.accepted == 3 && again.known == 3 && again.customersNew == 0
            )
            #expect(try await bench.everything() == before)
        }
    }

    @Test(arguments: Engine.available)
    func `takes the n-th identical line for the n-th purchase`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let line = "ada,2026-01-05,1.00\n"
            try await bench.load(.purchases, "customer,date,amount\n" + line + line)

            let report = try await bench.load(
                .purchases, "customer,date,amount\n" + line + line + line + line)

            #expect(report.known == 2)
            #expect(try await bench.number("SELECT count(*) FROM purchase") == 4)
            #expect(try await bench.projectionsAreRight())
        }
    }

    @Test(arguments: Engine.available)
    func `tells lines apart that differ in anything`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let header = "customer,at,amount,currency,cost,quantity,product,channel\n"
            let first = "ada,2026-01-05,1.00,USD,,1,Tea,Shop\n"
            let others = [
                "ada,2026-01-05T10:00:00,1.00,USD,,1,Tea,Shop\n", "ada,2026-01-05,1.00,EUR,,1,Tea,Shop\n",
                "ada,2026-01-05,1.00,USD,0.50,1,Tea,Shop\n", "ada,2026-01-05,1.00,USD,,2,Tea,Shop\n",
                "ada,2026-01-05,1.00,USD,,1,Coffee,Shop\n", "ada,2026-01-05,1.00,USD,,1,Tea,Web\n",
            ]
            var options = ImportOptions()
            options.dateOrder = .iso
            try await bench.load(.purchases, header + first, options)

            let report = try await bench.load(.purchases, header + first + others.joined(), options)

            #expect(report.accepted == 7 && report.known == 1)
            #expect(try await bench.number("SELECT count(*) FROM purchase") == 7)
        }
    }

    @Test(arguments: Engine.available)
    func `knows a row again by its own id`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let first = try await bench.load(
                .purchases,
                "purchase id,customer,date,amount\nA1,ada,2026-01-05,1\nA1,ada,2026-01-05,1\nA2,ada,2026-01-05,1\n,ada,2026-01-05,1\n"
            )
            #expect(first.mapping["id"] == 1 && first.accepted == 4 && first.known == 1)

            let second = try await bench.load(
                .purchases, "purchase id,customer,date,amount\nA2,bob,2026-02-01,9\nA3,ada,2026-01-05,1\n")

            #expect(second.known == 1)
            let ids = try await bench.rows(
                "SELECT outside_id, amount FROM purchase ORDER BY outside_id NULLS LAST")
            #expect(ids == ["A1|100", "A2|100", "A3|100", "-|100"])
        }
    }

    @Test(arguments: Engine.available)
    func `adds to customers it knows and counts their levels anew`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            try await bench.load(.purchases, "customer,date,amount\nada,2026-01-05,1\nbob,2026-01-05,1\n")

            let report = try await bench.load(
                .purchases, "customer,date,amount\nbob,2026-01-03,1\ncleo,2026-01-09,1\n")

            #expect(report.customers == 2 && report.customersNew == 1)
            let standing = try await bench.rows(
                """
                SELECT p.name, s.first_day, s.second_day, s.last_day, s.occasions FROM standing s
                JOIN party p ON p.id = s.party_id ORDER BY p.name
                """)
            #expect(standing == ["ada|20458|-|20458|1", "bob|20456|20458|20458|2", "cleo|20462|-|20462|1"])
        }
    }

    @Test(arguments: Engine.available)
    func `reads days in the organisation's zone`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            var options = ImportOptions()
            options.dateOrder = .iso
            try await bench.load(
                .purchases,
                """
                customer,at,amount
                a,2026-01-05,1
                b,2026-01-05T03:00:00Z,1
                c,2026-01-05T23:30:00-05:00,1
                d,2026-01-05T23:30:00,1

                """, options)

            let days = try await bench.rows(
                "SELECT p.name, x.day, x.at FROM purchase x JOIN party p ON p.id = x.account_id ORDER BY p.name"
            )
            #expect(
                days == [
                    "a|20458|-", "b|20457|1767582000000", "c|20458|1767673800000", "d|20458|1767673800000",
                ])
        }
    }

    @Test(arguments: Engine.available)
    func `keeps currencies apart and their decimals right`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let report = try await bench.load(
                .purchases,
                "customer,date,amount,currency\na,2026-01-05,12.34,EUR\na,2026-01-05,1200,jpy\na,2026-01-05,5,\n"
            )

            #expect(report.totals == ["EUR": 1234, "JPY": 1200, "USD": 500])
        }
    }

    @Test(arguments: Engine.available)
    func `names its customers where the file does`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            try await bench.load(
                .purchases,
                """
                customer id,customer name,email,date,amount
                7,Ada King Lovelace,Ada@Example.com,2026-01-05,1
                8,,nonsense,2026-01-05,1

                """)

            let people = try await bench.rows("SELECT name, name_key, kind FROM party ORDER BY id")
            #expect(people == ["Ada King Lovelace|ada king lovelace|person", "8|8|person"])
            let words = try await bench.rows("SELECT word FROM party_word ORDER BY word")
            #expect(words == ["king", "lovelace"])
            let addresses = try await bench.rows("SELECT kind, value, value_key, verified_at FROM address")
            #expect(addresses == ["email|Ada@Example.com|ada@example.com|-"])
        }
    }

    @Test(arguments: Engine.available)
    func `of CDNOW, twice, and taken back`(on engine: Engine) async throws {
        let path = sharedData + "/data/cdnow/CDNOW_master.txt"
        guard FileManager.default.fileExists(atPath: path) else {
            print(
                "SKIPPED: \(path) is not on this machine; set REGULARS_SHARED to the folder that holds data/cdnow"
            )
            return
        }
        try await withImports(on: engine) { bench in
            let empty = try await bench.everything()
            let run = ImportRun(bench.store)
            let first = try await run.run(.purchases, path: path, fileName: "CDNOW_master.txt", by: bench.act)
            #expect(first.accepted == 69_659 && first.refused == 0 && first.customers == 23_570)
            #expect(first.totals == ["USD": 250_031_563] && first.zeroAmounts == 80)
            #expect(first.mapping == ["customer": 1, "at": 2, "quantity": 3, "amount": 4])
            #expect(try await bench.number("SELECT CAST(sum(occasions) AS BIGINT) FROM standing") == 67_591)
            #expect(try await bench.projectionsAreRight())
            let before = try await bench.everything()

            let second = try await run.run(
                .purchases, path: path, fileName: "CDNOW_master.txt", by: bench.act)
            #expect(second.known == 69_659 && second.customersNew == 0)
            #expect(try await bench.everything() == before)

            try await bench.undo(second)
            #expect(try await bench.everything() == before)
            try await bench.undo(first)
            #expect(try await bench.everything() == empty)
        }
    }
}
