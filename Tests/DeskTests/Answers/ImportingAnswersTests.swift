import Foundation
import Kernel
import Methods
import Storage
import StorageTesting
import Testing

@testable import Desk

extension ImportBench {
    /// Every counter of answers as it stands, folded or not.
    func answerCells() async throws -> [String] {
        try await rows(
            """
            SELECT about, family, day, value, score, CAST(sum(n) AS BIGINT) FROM (
                SELECT about, family, day, value, score, n FROM answer_tally
                UNION ALL SELECT about, family, day, value, score, n FROM answer_tally_delta) AS x
            GROUP BY about, family, day, value, score HAVING sum(n) <> 0 ORDER BY 1, 2, 3, 4, 5
            """)
    }

    func answered(_ window: ClosedRange<LocalDate>? = nil) async throws -> NPSReport {
        let organisation = try await store.organisations.required()
        return try await NPSStore(database: database, clock: clock).report(window, organisation: organisation)
    }

    func question(_ scale: String?, _ mapping: String? = nil, day: String? = nil) throws -> ImportOptions {
        var options = ImportOptions()
        options.question = try AnswerQuestion(scale: scale, mapping: mapping, day: day)
        return options
    }
}

@Suite struct `Importing answers` {
    private static let text = """
        customer,score,date,comment,after event,visits,shop
        ada,10,2026-01-05,Fine,,3,North
        ada,7,2026-01-06,,delivery,3,North
        ,2,2026-01-06,"Bad, really",,NA,South
        bob,NA,2026-01-06,,,1,South
        bob,-1,2026-01-06,,,1,South
        bob,9,2026-01-07,,,-4,South
        ,2,2026-01-06,"Bad, really",,NA,South

        """

    @Test(arguments: Engine.available)
    func `keeps scores, words and groups, and refuses row by row`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let report = try await bench.load(.answers, Self.text)

            #expect(report.accepted == 4 && report.refused == 3 && report.known == 0)
            #expect(report.customers == 1 && report.doubtsScale == false)
            #expect(report.refusals.map(\.code) == ["noAnswer", "offScale", "negativeCount"])
            #expect(report.refusals.map(\.line) == [5, 6, 7])
            let rows = try await bench.rows(
                """
                SELECT p.name, a.day, a.given, a.scale, a.mapping, a.score, a.part, a.words, a.after_event, a.about,
                    a.visits, a.band, a.attribute
                FROM answer a LEFT JOIN party p ON p.id = a.party_id ORDER BY a.id
                """)
            #expect(
                rows
                    == [
                        "ada|20458|10|0-10||10|9|Fine||us|3|3|shop: North",
                        "-|20459|2|0-10||2|0|Bad, really||us|-|-|shop: South",
                        "-|20459|2|0-10||2|0|Bad, really||us|-|-|shop: South",
                        "ada|20459|7|0-10||7|7||delivery|event|3|3|shop: North",
                    ].sorted { rows.firstIndex(of: $0) ?? 9 < rows.firstIndex(of: $1) ?? 9 })
            let score = try await bench.answered()
            #expect(score.totals == [.us: 3, .event: 1] && score.about == .us)
            #expect(score.attributes.map(\.value) == ["shop: North", "shop: South"])
            #expect(score.reading.shown == nil)
        }
    }

    @Test(arguments: Engine.available)
    func `changes nothing the second time, and is undone whole`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let empty = try await bench.everything()
            let first = try await bench.load(.answers, Self.text)
            let cells = try await bench.answerCells()
            let more = try await bench.load(
                .answers, Self.text + ",2,2026-01-06,\"Bad, really\",,NA,South\n", name: "more.csv")

            #expect(!cells.isEmpty)
            #expect(more.accepted == 5 && more.known == 4)
            try await bench.undo(more)
            #expect(try await bench.answerCells() == cells)
            #expect(try await bench.number("SELECT count(*) FROM answer") == 4)
            try await bench.undo(first)
            #expect(try await bench.number("SELECT count(*) FROM answer") == 0)
            #expect(try await bench.answerCells().isEmpty)
            #expect(try await bench.everything() == empty)
        }
    }

    @Test(arguments: Engine.available)
    func `knows a row by its id`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            try await bench.load(.answers, "id,score,date\n1,9,2026-01-05\n2,9,2026-01-05\n")
            let again = try await bench.load(
                .answers, "id,score,date\n2,3,2026-01-05\n3,4,2026-01-05\n3,5,2026-01-06\n", name: "b.csv")

            #expect(again.accepted == 3 && again.known == 2)
            let rows = try await bench.rows("SELECT outside_id, score FROM answer ORDER BY outside_id")
            #expect(rows == ["1|9", "2|9", "3|4"])
        }
    }

    /// Ones but no nought; many answers and none above seven; and two files that are neither.
    @Test(arguments: [
        (Array(repeating: 1, count: 5) + [9, 10], true), (Array(repeating: 4, count: 20), true),
        (Array(repeating: 4, count: 19), false), (Array(repeating: 1, count: 5) + [0, 9], false),
    ])
    func `asks for the scale where the scores look like another than 0 to 10`(scores: [Int], isDoubtful: Bool)
        async throws
    {
        try await withImports(on: .sqlite) { bench in
            let rows = scores.enumerated().map { "\($0),\($1),2026-01-05\n" }.joined()
            let text = "id,score,date\n" + rows
            if isDoubtful {
                await #expect(throws: ImportRefusal.scaleDoubtful) { try await bench.load(.answers, text) }
                #expect(try await bench.rows("SELECT score FROM answer").isEmpty)
            }
            let options = isDoubtful ? try bench.question("0-10") : ImportOptions()

            #expect(try await bench.load(.answers, text, options, name: "b.csv").accepted == scores.count)
        }
    }

    @Test func `remembers the scale of a file of the same shape when only the day is said`() async throws {
        try await withImports(on: .sqlite) { bench in
            var options = try bench.question("1-10", "same-numbers")
            options.question?.day = 20_400
            try await bench.load(.answers, "id,score\n1,9\n2,4\n", options)
            var next = ImportOptions()
            next.question = AnswerQuestion(day: 20_500)

            try await bench.load(.answers, "id,score\n3,9\n4,1\n", next, name: "b.csv")

            #expect(
                try await bench.rows("SELECT scale, mapping FROM answer GROUP BY scale, mapping") == [
                    "1-10|same-numbers"
                ])
        }
    }

    @Test func `takes NA for nobody`() async throws {
        try await withImports(on: .sqlite) { bench in
            try await bench.load(
                .answers,
                "customer,score,date\nNA,9,2026-01-05\nbo,0,2026-01-05\nNULL,8,2026-01-05\n-,8,2026-01-05\n")

            #expect(try await bench.rows("SELECT name FROM party WHERE NOT serves") == ["bo"])
            #expect(try await bench.rows("SELECT count(*) FROM answer WHERE party_id IS NULL") == ["3"])
        }
    }

    @Test func `refuses a scale nobody stated or mapped, and days nobody gave`() async throws {
        try await withImports(on: .sqlite) { bench in
            await #expect(throws: ImportRefusal.scaleOpen) {
                try await bench.load(.answers, "id,score,date\n1,9,2026-01-05\n2,55,2026-01-05\n")
            }
            await #expect(throws: ImportRefusal.mappingOpen(scale: "1-10")) {
                try await bench.load(
                    .answers, "id,score,date\n1,9,2026-01-05\n", try bench.question("1-10"), name: "b.csv")
            }
            await #expect(throws: ImportRefusal.mappingDoesNotFit(scale: "1-7")) {
                try await bench.load(
                    .answers, "id,score,date\n1,7,2026-01-05\n", try bench.question("1-7", "same-numbers"),
                    name: "c.csv")
            }
            await #expect(throws: ImportRefusal.dayOpen) {
                try await bench.load(.answers, "id,score\n1,9\n2,8\n", name: "d.csv")
            }
            #expect(throws: ImportRefusal.unknownScale("ten")) {
                _ = try AnswerQuestion(scale: "ten", mapping: nil, day: nil)
            }
            let kept = try await bench.number("SELECT count(*) FROM answer")
            #expect(kept == 0)
        }
    }

    @Test func `refuses a column that groups nothing`() async throws {
        try await withImports(on: .sqlite) { bench in
            let rows = (0..<300).map { "\($0),9,2026-01-05,place \($0)\n" }.joined()
            await #expect(throws: ImportRefusal.tooManyValues(.attribute)) {
                try await bench.load(.answers, "id,score,date,shop\n" + rows)
            }
        }
    }

    @Test func `reads words in whichever Western encoding they are`() async throws {
        try await withImports(on: .sqlite) { bench in
            let path = bench.folder + "/mixed.csv"
            var bytes = Array(
                "id,score,date,comment\n1,9,2026-01-05,caf\u{E9}\n".unicodeScalars.map { UInt8($0.value) })
            // In code page 850 an é is 0x82, which Windows-1252 takes for a low quote.
            bytes +=
                Array("2,8,2026-01-05,caf".utf8) + [0x82] + Array("\n3,1,2026-01-05,".utf8) + [0x81]
                + Array("\n".utf8)
            try Data(bytes).write(to: URL(fileURLWithPath: path))

            let report = try await ImportRun(bench.store).run(
                .answers, path: path, fileName: "mixed.csv", by: bench.act)

            #expect(report.accepted + report.refused == 3 && report.accepted >= 2)
            #expect(try await bench.texts("SELECT words FROM answer ORDER BY id").first == "café")
        }
    }

    @Test(arguments: Engine.available)
    func `goes on where it was cut off`(on engine: Engine) async throws {
        struct Killed: Error {}
        let rows = (0..<50).map { "c\($0 % 7),\($0 % 11),2026-01-\(10 + $0 % 9)\n" }.joined()
        try await withImports(on: engine) { bench in
            let path = try bench.file("file.csv", "customer,score,date\n" + rows)
            var run = ImportRun(bench.store) { if $0.state == .loading, $0.share > 0.15 { throw Killed() } }
            run.portionRows = 9
            await #expect(throws: Killed.self) {
                _ = try await run.run(.answers, path: path, fileName: "file.csv", by: bench.act)
            }
            #expect(try await bench.number("SELECT count(*) FROM answer") == 0)

            var again = ImportRun(bench.store)
            again.portionRows = 9
            let report = try await again.run(.answers, path: path, fileName: "file.csv", by: bench.act)

            #expect(report.accepted == 50 && report.known == 0 && report.customers == 7)
            #expect(try await bench.number("SELECT count(*) FROM answer") == 50)
            #expect(try await bench.answered().totals[.us] == 50)
        }
    }
}

@Suite(
    .enabled(
        if: FileManager.default.fileExists(atPath: sharedData + "/data/nps_botanic/nps.csv"),
        "shared/data/nps_botanic is not here; set REGULARS_SHARED to check against it"))
struct `Importing a garden retailer's survey` {
    private let path = sharedData + "/data/nps_botanic/nps.csv"

    @Test(arguments: Engine.available)
    func `finds the published score and that more visits go with better scores`(on engine: Engine)
        async throws
    {
        try await withImports(on: engine) { bench in
            let report = try await ImportRun(bench.store).run(
                .answers, path: path, fileName: "nps.csv",
                options: try bench.question("1-10", "same-numbers", day: "2015-06-01"), by: bench.act)

            #expect(report.accepted == 13_612 && report.refused == 342 && report.doubtsScale == false)
            #expect(report.mapping["score"] == 3 && report.mapping["visits"] == 7)
            let found = try await bench.answered()
            let score = try #require(found.reading.shown)
            #expect(abs(score.value - 53.41610343814281) < 1e-9)
            #expect(abs(score.interval.margin - 1.0942065980439633) < 1e-9)
            #expect(
                found.visits.map { VisitBand.name(Int($0.value) ?? -1) } == [
                    "1", "2", "3–5", "6–10", "11–20", "21+",
                ])
            let scores = found.visits.compactMap { $0.reading.shown.map { ($0.value * 10).rounded() / 10 } }
            #expect(scores == [47.6, 45.4, 49.3, 53.8, 59.7, 70.3])
            #expect(found.mapped.map(\.value) == ["1-10 same-numbers"])
        }
    }

    @Test func `doubts the scale when it is passed off as 0 to 10`() async throws {
        try await withImports(on: .sqlite) { bench in
            let report = try await ImportRun(bench.store).run(
                .answers, path: path, fileName: "nps.csv",
                options: try bench.question("0-10", day: "2015-06-01"), isDryRun: true, by: bench.act)

            #expect(report.doubtsScale == true)
        }
    }
}
