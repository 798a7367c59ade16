import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Importing uses of the service` {
    private static let file = """
        customer,used at,service,quantity
        ada,2026-01-05,Course,2
        grace,2026-01-06,Visit,1
        ada,2026-01-07,Visit,1
        ,2026-01-07,Visit,1

        """

    @Test(arguments: Engine.available)
    func `brings in occasions without money, once, and takes them back`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let report = try await bench.load(.uses, Self.file)
            #expect(report.state == .complete)
            #expect(report.accepted == 3 && report.refused == 1)
            #expect(report.totals.isEmpty && report.zeroAmounts == 0)
            let rows: SQL = "SELECT kind, day, amount, quantity, product FROM purchase ORDER BY id"
            #expect(
                try await bench.rows(rows).sorted()
                    == ["use|20458|0|2|Course", "use|20459|0|1|Visit", "use|20460|0|1|Visit"])
            #expect(
                try await bench.number("SELECT occasions FROM standing ORDER BY occasions DESC LIMIT 1") == 2)
            #expect(
                try await bench.number(
                    "SELECT count(*) FROM tally WHERE family = \(Tally.purchases) AND n <> 0") == 0)

            let again = try await bench.load(.uses, Self.file)
            #expect(again.known == 3)
            try await bench.undo(report)
            #expect(try await bench.number("SELECT count(*) FROM purchase") == 0)
            #expect(try await bench.number("SELECT count(*) FROM standing") == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `keeps the sums of organisations with files that come and go`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            _ = try await bench.load(
                .customers, "customer,name,kind\nhq,Head office,organisation\nada,Ada,person\n",
                name: "customers.csv")
            let sales = try await bench.load(
                .purchases,
                "customer,date,amount\nhq,2026-01-05,12.50\nada,2026-01-06,7.00\nhq,2026-02-07,5.00\n",
                name: "sales.csv")
            _ = try await bench.load(.uses, "customer,date,service\nhq,2026-03-01,Visit\n", name: "uses.csv")
            let sums: SQL = """
                SELECT month, sales, uses, amount FROM volume ORDER BY month
                """
            #expect(
                try await bench.rows(sums) == [
                    "-1|2|1|1750", "24312|1|0|1250", "24313|1|0|500", "24314|0|1|0",
                ])

            try await bench.undo(sales)

            #expect(try await bench.rows(sums) == ["-1|0|1|0", "24314|0|1|0"])
        }
    }
}
