import Foundation
import HTTPTypes
import Kernel
import Markup
import Storage
import StorageTesting
import Testing
import Web

@testable import Desk

extension TestDesk {
    /// Does the imports that wait, as the server's worker would.
    func runImports() async throws {
        let worker = RunImport(desk: desk)
        while let job = try await desk.jobs.claim(at: clock.now) {
            try await worker.run(job, holding: Lease(job: job, jobs: desk.jobs, clock: clock))
            try await desk.jobs.finish(job)
        }
    }

    var uploads: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: desk.folder + "/imports")) ?? []
    }
}

@Suite struct `Importing through the screen` {
    private static let text = """
        Kunde;Datum;Betrag
        ada;05.01.2026;12,50
        bob;31.02.2026;1,00
        ada;06.01.2026;7,00

        """

    private func upload(_ text: String, by browser: Browser) async throws -> Reply {
        try await browser.upload(
            "/imports", ["kind": "purchases"], file: "file", named: "käufe.csv", Array(text.utf8))
    }

    private static let answers: KeyValuePairs<String, String> = [
        "column-0": "customer", "column-1": "at", "column-2": "amount", "currency": "EUR", "decimal": "comma",
        "header": "yes", "delimiter": "semicolon", "encoding": "utf8", "date_order": "dayMonthYear",
    ]

    @Test(arguments: Engine.available)
    func `shows, checks, loads, reports and takes back`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let barbara = try await desk.signedIn(as: .barbara)
            let chooser = try await barbara.get("/imports/new")
            #expect(chooser.says("Import a file") && chooser.says("multipart/form-data"))

            let sent = try await upload(Self.text, by: barbara)
            let preview = try await barbara.follow(sent)
            #expect(
                preview.says("käufe.csv") && preview.says("12,50") && preview.says("What is in the columns?"))
            let address = try #require(sent.location)

            let checking = try await barbara.follow(try await barbara.post("\(address)/check", Self.answers))
            #expect(checking.says("data-progress"))
            try await desk.runImports()
            let ready = try await barbara.get(address)
            #expect(
                ready.says("What would come in") && ready.says("Import 2 rows") && ready.says("31.02.2026"))
            #expect(ready.says("The calendar has no such day or time."))
            let csv = try await barbara.get("\(address)/refusals.csv")
            #expect(csv.says("\"3\",\"Date\",\"The calendar has no such day or time.\",\"31.02.2026\""))

            #expect(desk.uploads.count == 1)
            _ = try await barbara.post("\(address)/start")
            try await desk.runImports()
            let done = try await barbara.get(address)
            #expect(done.says("What came in") && done.says("complete") && done.says("€19.50"))
            #expect(desk.uploads.isEmpty)
            #expect(try await barbara.get("/imports").says("käufe.csv"))
            #expect(try await barbara.get("/people").says("ada"))

            #expect(try await barbara.get("\(address)/undoing").says("Undo the import of käufe.csv?"))
            _ = try await barbara.post("\(address)/undoing")
            try await desk.runImports()
            #expect(try await barbara.get(address).says("What was taken back"))
            #expect(try await desk.database.read { try $0.number("SELECT count(*) FROM purchase") } == 0)
            #expect(try await barbara.get("\(address)/undoing").status == .conflict)
        }
    }

    @Test func `speaks German`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let barbara = try await desk.signedIn(as: .barbara)
            barbara.prefer("de")
            let sent = try await upload(Self.text, by: barbara)

            let page = try await barbara.follow(sent)

            #expect(page.says("Was steht in den Spalten?") && page.says("Jede Zeile prüfen"))
        }
    }

    @Test func `says what is wrong and keeps nothing of a file it cannot read`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let barbara = try await desk.signedIn(as: .barbara)

            let workbook = try await barbara.upload(
                "/imports", ["kind": "purchases"], file: "file", named: "book.csv",
                [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 600))
            let none = try await barbara.upload(
                "/imports", ["kind": "purchases"], file: "file", named: "", [])

            #expect(workbook.status == .unprocessableContent && workbook.says("Excel workbook"))
            #expect(none.status == .unprocessableContent && none.says("No file was sent."))
            #expect(desk.uploads.isEmpty)
        }
    }

    @Test func `refuses columns that cannot be meant, and reads the file another way when asked`()
        async throws
    {
        try await withDesk(on: .sqlite) { desk in
            let barbara = try await desk.signedIn(as: .barbara)
            let address = try #require(try await upload(Self.text, by: barbara).location)

            let twice = try await barbara.post(
                "\(address)/check",
                ["column-0": "customer", "column-1": "customer", "delimiter": "semicolon"])
            let missing = try await barbara.post(
                "\(address)/check", ["column-0": "customer", "delimiter": "semicolon"])
            let other = try await barbara.follow(
                try await barbara.post("\(address)/reading", ["delimiter": "comma", "header": "no"]))

            #expect(
                twice.status == .unprocessableContent
                    && twice.says("The field Customer number is mapped twice."))
            #expect(missing.status == .unprocessableContent && missing.says("No column is mapped to Date"))
            #expect(other.says("Column 1") && other.says("ada;05.01.2026;12"))
        }
    }

    @Test func `can be given up`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let barbara = try await desk.signedIn(as: .barbara)
            let address = try #require(try await upload(Self.text, by: barbara).location)

            _ = try await barbara.post("\(address)/dropping")

            #expect(try await barbara.get(address).says("dropped"))
            #expect(desk.uploads.isEmpty)
            #expect(try await barbara.post("\(address)/start").status == .conflict)
        }
    }
}

@Suite struct `Running imports as jobs` {
    @Test(arguments: Engine.available)
    func `lets the one before finish first`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let act = desk.desk.act(by: nil)
            try await desk.database.write { connection in
                for id in 1...2 {
                    try connection.enqueue(ImportRun.order, argument: Int64(id), key: "i-\(id)", at: act.at)
                }
            }
            let first = try #require(try await desk.desk.jobs.claim(at: desk.clock.now))
            let second = try #require(try await desk.desk.jobs.claim(at: desk.clock.now))
            let worker = RunImport(desk: desk.desk)

            try await worker.run(second, holding: Lease(job: second, jobs: desk.desk.jobs, clock: desk.clock))
            try await desk.desk.jobs.finish(second)

            let waiting = try await desk.database.read { connection in
                try connection.all("SELECT argument, state FROM job ORDER BY id") {
                    "\(try $0.int64(0)) \(try $0.text(1))"
                }
            }
            #expect(waiting == ["1 running", "2 waiting"])
            #expect(first.argument == 1)
        }
    }

    @Test(arguments: Engine.available)
    func `writes down what stands in the way and is not tried again`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let path = desk.desk.folder + "/f.csv"
            try Data("customer,date,amount\nada,2026-01-05,1\n".utf8).write(to: URL(fileURLWithPath: path))
            let store = ImportStore(desk.desk)
            let act = desk.desk.act(by: nil)
            let item = try await store.begin(.purchases, path: path, fileName: "f.csv", by: act)
            try await store.ask(.load, for: item.id, by: act)
            try FileManager.default.removeItem(atPath: path)

            try await desk.runImports()

            let stopped = try #require(try await store.find(item.id))
            #expect(
                stopped.state == .failed && stopped.problem?.code == "unreadable"
                    && stopped.wanted == .nothing)
            #expect(try await desk.database.read { try $0.number("SELECT count(*) FROM job") } == 0)
        }
    }
}
