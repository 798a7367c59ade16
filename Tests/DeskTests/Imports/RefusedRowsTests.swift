import Foundation
import Kernel
import Storage
import StorageTesting
import Tabular
import Testing

@testable import Desk

@Suite struct `Rows that cannot be used` {
    @Test(arguments: Engine.available)
    func `are refused one by one with line and reason`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            var options = ImportOptions()
            options.dateOrder = .dayMonthYear
            let report = try await bench.load(
                .purchases,
                """
                customer,date,amount,currency,quantity
                ada,31/02/2025,1.00,USD,1
                ada,31/01/2025,10000000000000.00,USD,1
                ada,31/01/2025,1.00,XXX,1
                ada,31/01/2025,one,USD,1
                ada,31/01/2025,1.005,USD,1
                ,31/01/2025,1.00,USD,1
                ada,31/01/2125,1.00,USD,1
                ada,31/01/2025,1.00,USD,1.5
                ada,31/01/2025,1.00
                ,,,,
                ada,31/01/2025,1.00,USD,1

                """, options)

            #expect(
                report.state == .complete && report.accepted == 1 && report.refused == 9
                    && report.rowsRead == 10)
            let refusals = report.refusals.map { "\($0.line) \($0.field ?? "-") \($0.code) \($0.excerpt)" }
            #expect(
                refusals == [
                    "2 at noSuchDate 31/02/2025", "3 amount tooLarge 10000000000000.00",
                    "4 currency unknownCurrency XXX",
                    "5 amount notANumber one", "6 amount tooManyDecimals 1.005", "7 customer emptyValue ",
                    "8 at future 31/01/2125", "9 quantity notWhole 1.5",
                    "10 - wrongCellCount ada,31/01/2025,1.00",
                ])
            #expect(report.refusals[2].reason == "“XXX” is no currency of ISO 4217.")
        }
    }

    @Test(arguments: Engine.available)
    func `are counted truly where they are too many to keep`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let bad = String(repeating: "ada,never,1.00\n", count: 10_050)
            let report = try await bench.load(.purchases, "customer,date,amount\nada,2025-01-31,1\n" + bad)

            #expect(report.refused == 10_050 && report.accepted == 1)
            #expect(report.refusals.count == 10_000)
        }
    }

    @Test(arguments: Engine.available)
    func `are those over a mebibyte and those with unprintable characters`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let long = String(repeating: "x", count: 1_100_000)
            let text = "customer,date,amount,product\nada,2025-01-31,1,\(long)\nada,2025-01-31,1,Te\u{7}a\n"
            let options = ImportOptions(mapping: "customer=1,at=2,amount=3,product=4")
            let report = try await bench.load(.purchases, text + "ada,2025-01-31,1,Tea\n", options)

            #expect(report.accepted == 1)
            #expect(report.refusals.map(\.code) == ["rowTooLong", "controlCharacter"])
            #expect(report.refusals.map(\.line) == [2, 3])
        }
    }

    @Test(arguments: Engine.available)
    func `show at most 80 characters on one line`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let long = String(repeating: "x", count: 100)
            let report = try await bench.load(
                .purchases, "customer,date,amount\nada,2025-01-31,1\nada,2025-01-31,\"a\nb \(long)\"\n")

            #expect(report.refusals.map(\.excerpt) == ["a b " + String(repeating: "x", count: 76)])
        }
    }

    @Test(arguments: Engine.available)
    func `in a dry run are reported and nothing is written`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let path = try bench.file("f.csv", "customer,date,amount\nada,2025-01-31,1\nada,x,1\n")
            let report = try await ImportRun(bench.store).run(
                .purchases, path: path, fileName: "f.csv", isDryRun: true, by: bench.act)

            #expect(
                report.state == .ready && report.accepted == 1 && report.refused == 1 && report.customers == 1
            )
            #expect(try await bench.number("SELECT count(*) FROM purchase") == 0)
            #expect(try await bench.number("SELECT count(*) FROM party") == 0)
            #expect(try await bench.store.list().map(\.state) == [.dropped])
        }
    }
}

@Suite struct `Files that cannot be used` {
    @Test(arguments: Engine.available)
    func `are refused with a sentence`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            await #expect(throws: TableProblem.empty) { try await bench.load(.purchases, "") }
            let zip = String(
                decoding: [0x50, 0x4B, 0x03, 0x04, 0x14, 0, 0, 0, 8, 0] as [UInt8], as: UTF8.self)
            await #expect(throws: TableProblem.self) { try await bench.load(.purchases, zip) }
            await #expect(throws: ImportRefusal.nothingToImport) {
                try await bench.load(.purchases, "customer,date,amount\nada,never,1\nbob,never,2\n")
            }
            await #expect(throws: ImportRefusal.dateOrderOpen) {
                try await bench.load(.purchases, "customer,date,amount\nada,03/04/2025,1\nbob,05/06/2025,2\n")
            }
            await #expect(throws: ImportRefusal.unknownCurrency("qqq")) {
                try await bench.load(
                    .purchases, "customer,date,amount\na,2025-01-01,1\n", ImportOptions(currency: "qqq"))
            }
            let parties = try await bench.number("SELECT count(*) FROM party")
            let complete = try await bench.number("SELECT count(*) FROM import WHERE state = 'complete'")
            #expect(parties == 0 && complete == 0)
        }
    }
}
