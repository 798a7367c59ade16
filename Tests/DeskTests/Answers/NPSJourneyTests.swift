import Foundation
import HTTPTypes
import Kernel
import Methods
import Storage
import StorageTesting
import Testing
import Web

@testable import Desk

@Suite struct `Looking at recommendation` {
    @Test(arguments: Engine.available)
    func `an answer entered by hand stands on the customer's page and behind the score`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            let grace = try await desk.signedIn(as: .grace)
            #expect(try await grace.get("/nps").says("No answers in these days"))

            let saved = try await grace.post(
                "/people/\(ada)/answers",
                ["score": "9", "said": "<b>Lovely</b>", "after_event": "a delivery"])

            #expect(saved.status == .seeOther)
            let page = try await grace.follow(saved)
            #expect(
                page.says("9 on 0–10") && page.says("&lt;b&gt;Lovely&lt;/b&gt;")
                    && page.says("after: a delivery"))
            let nps = try await grace.get("/nps")
            #expect(nps.says("Too few answers for a score") && nps.says("Asked after an event"))
            let list = try await grace.get("/nps/answers?part=promoters&about=event")
            #expect(list.says("Ada Lovelace") && list.says("Promoters"))
            #expect(try await grace.get("/nps/answers?part=detractors&about=event").says("No such answer"))
            #expect(try await grace.get("/nps/answers?part=x").status == .unprocessableContent)
            #expect(try await grace.get("/nps?from=2026-02-01&to=2026-01-01").status == .unprocessableContent)
            let again = try await grace.post(
                "/people/\(ada)/answers", ["score": "9", "said": "the <b>best</b>", "answered": "2026-02-30"])
            #expect(again.status == .unprocessableContent)
            #expect(again.text.contains("the &lt;b&gt;best&lt;/b&gt;</textarea>"))
            #expect(again.text.contains("2026-02-30"))
            #expect(
                try await grace.post("/people/\(ada)/answers", ["score": "11"]).status
                    == .unprocessableContent)
            #expect(try await grace.post("/people/999999/answers", ["score": "9"]).status == .notFound)
        }
    }

    @Test(arguments: Engine.available)
    func `who answered is counted until the last answer went, and not beyond`(on engine: Engine) async throws
    {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            let grace = try await desk.signedIn(as: .grace)
            try await grace.post("/people/\(ada)/answers", ["score": "9"])
            let job = WeighAnswers(desk: desk.desk)
            try await job.weigh()
            try #require(try await desk.count("SELECT count(*) FROM answer_mix") > 0)
            _ = try await desk.database.write { try $0.run("DELETE FROM answer") }

            try await job.weigh()

            #expect(try await desk.count("SELECT count(*) FROM answer_mix") == 0)
            let now = desk.clock.now
            #expect(try await desk.database.read { try !NPSMixStore.isStale(at: now, in: $0) })
        }
    }

    @Test(arguments: Engine.available)
    func `counts an organisation and its members as one relationship`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let now = desk.clock.now
            let people = try await desk.database.write { connection in
                let act = Act(by: nil, at: now)
                var organisation = NewCustomer(name: "Globex")
                organisation.kind = .organisation
                let globex = try CustomerStore.add(organisation, by: act, in: connection)
                let pia = try CustomerStore.add(NewCustomer(name: "Pia"), by: act, in: connection)
                try connection.run(
                    "INSERT INTO membership (person_id, account_id, since, import_id) VALUES (\(pia), \(globex), 0, 0)"
                )
                try connection.run(
                    "INSERT INTO standing (party_id, first_day, second_day, last_day, occasions) VALUES (\(globex), 20480, 20500, 20500, 2)"
                )
                return (globex, pia)
            }
            let grace = try await desk.signedIn(as: .grace)
            try await grace.post("/people/\(people.1)/answers", ["score": "9"])

            try await WeighAnswers(desk: desk.desk).weigh()

            let counted = try await desk.count(
                "SELECT CAST(sum(people) AS BIGINT) FROM answer_mix WHERE about = 'us'")
            #expect(counted == 1)
            #expect(
                try await desk.count(
                    "SELECT CAST(sum(promoters) AS BIGINT) FROM answer_mix WHERE level = 'prospect'") == 0)
        }
    }

    @Test func `the list is taken away as a table that no spreadsheet runs`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let ada = try await desk.ada()
            let barbara = try await desk.signedIn(as: .barbara)
            try await barbara.post("/people/\(ada)/answers", ["score": "3", "said": "=1+1"])

            let csv = try await barbara.get("/nps/answers.csv?part=detractors")

            #expect(csv.says("\"'=1+1\"") && csv.says("Ada Lovelace"))
            #expect(csv.headers[.contentType]?.hasPrefix("text/csv") == true)
            let grace = try await desk.signedIn(as: .grace)
            #expect(try await grace.get("/nps/answers.csv").status == .forbidden)
        }
    }

    @Test(arguments: Engine.available)
    func `a program sends answers and reads the same score`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let barbara = try await desk.api(as: .barbara)
            let ada = try await desk.ada()
            for number in 0..<40 {
                let body = #"{"score": \#(number % 4 == 0 ? 2 : 5), "scale": "1-5", "mapping": "stretched"}"#
                #expect(try await barbara.post("/api/v2/answers", body).status == .created)
            }
            let named =
                #"{"score": 9, "customer_id": \#(ada), "outside_id": "a-1", "words": "Yes", "visits": 4}"#
            #expect(try await barbara.post("/api/v2/answers", named).status == .created)

            #expect(try await barbara.post("/api/v2/answers", named).status == .conflict)
            let score = try await barbara.get("/api/v2/nps").object()
            let reading = try #require(score["reading"] as? [String: Any])
            #expect(reading["n"] as? Int == 41 && reading["promoters"] as? Int == 31)
            #expect(reading["interval"] is [String: Any])
            let listed = try await barbara.get("/api/v2/answers?part=promoters&per_page=1")
            #expect(try listed.objects().first?["customer_name"] as? String == "Ada Lovelace")
            #expect(listed.link?.contains("after=") == true)
            let timeline = try await barbara.get("/api/v2/contacts/\(ada)/timeline").objects()
            #expect(timeline.first?["kind"] as? String == "answer")
            for wrong in [
                "{}", #"{"score": 4, "scale": "1-5"}"#, #"{"score": 4, "scale": "five"}"#, #"{"score": 12}"#,
                #"{"score": 9, "customer_id": 424242}"#, #"{"score": 9, "visits": -1}"#,
                #"{"score": 9, "x": 1}"#,
            ] {
                #expect(try await barbara.post("/api/v2/answers", wrong).status == .badRequest, "\(wrong)")
            }
        }
    }

    @Test func `a file comes in through the screen with its scale chosen there`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let barbara = try await desk.signedIn(as: .barbara)
            let text =
                "id,nps,visits\n" + (0..<60).map { "\($0),\($0 % 3 == 0 ? 6 : 10),\($0 % 9 + 1)\n" }.joined()
            let sent = try await barbara.upload(
                "/imports", ["kind": "answers"], file: "file", named: "nps.csv", Array(text.utf8))
            let preview = try await barbara.follow(sent)
            #expect(preview.says("Scale of the answers") && preview.says("keeping the numbers"))
            let address = try #require(sent.location)
            func check(_ mapping: String, _ day: String) async throws -> Reply {
                try await barbara.post(
                    "\(address)/check",
                    [
                        "column-0": "id", "column-1": "score", "column-2": "visits", "scale": "1-10",
                        "mapping": mapping, "answered": day, "header": "yes", "delimiter": "comma",
                        "encoding": "utf8", "decimal": "point", "date_order": "iso",
                    ])
            }

            #expect(try await check("", "2026-01-05").says("say how it is to be read"))
            #expect(try await check("same-numbers", "").says("say on which day"))
            _ = try await check("same-numbers", "2026-01-05")
            try await desk.runImports()
            #expect(try await barbara.get(address).says("Import 60 rows"))
            _ = try await barbara.post("\(address)/start")
            try await desk.runImports()

            let page = try await barbara.get("/nps?from=2026-01-01&to=2026-01-31")
            #expect(page.says("NPS 33.33") && page.says("from 1 to 10") && page.says("By number of visits"))
            barbara.prefer("de")
            #expect(try await barbara.get("/nps?from=2026-01-01&to=2026-01-31").says("die Gefährdeten"))
        }
    }
}
