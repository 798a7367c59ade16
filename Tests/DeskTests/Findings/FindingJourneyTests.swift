import Foundation
import HTTPTypes
import Kernel
import Methods
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Reading findings` {
    private static let hostile =
        "<img src=x onerror=alert(1)> \u{202E}שלום " + String(repeating: "W", count: 300)

    /// A report with money in it, a hostile channel, and somebody willing.
    private func keep(_ desk: TestDesk) async throws {
        var facts = try Company.plain()
        facts.channels = [
            ChannelCount(name: Self.hostile, newcomers: 500, reachable: 100),
            ChannelCount(name: "web", newcomers: 500, reachable: 450),
        ]
        facts.economics = try Company.economics(revenue: [90_000, 70_000, 50_000, 3_000])
        facts.voice = VoiceCounts(window: Company.window, promoters: 200, willing: 40)
        try await FindingStore(desk.desk).keep(
            FindingRules.report(on: facts), marker: "m", day: Company.end, milliseconds: 5,
            by: desk.desk.act(by: nil))
    }

    @Test func `shows them on the first page after signing in, money only to whoever may see it`()
        async throws
    {
        try await withDesk(on: .sqlite) { desk in
            let grace = try await desk.signedIn(as: .grace)
            #expect(try await grace.follow(try await grace.get("/")).says("Nobody has looked yet"))
            try await keep(desk)
            let barbara = try await desk.signedIn(as: .barbara)

            let led = try await barbara.follow(try await barbara.get("/"))
            let answered = try await grace.follow(try await grace.get("/"))

            #expect(led.says("of the revenue hangs on") && !answered.says("of the revenue hangs on"))
            for page in [led, answered] {
                #expect(
                    page.says("40 promoters have neither recommended you") && page.says("Level 2, regulars"))
                #expect(page.says("&lt;img src=x") && !page.says("<img src=x") && page.says("<bdi>"))
            }
            #expect(!answered.says("href=\"/economics\""))
        }
    }

    @Test func `opens the evidence of each, and none that is not there or not for these eyes`() async throws {
        try await withDesk(on: .sqlite) { desk in
            try await keep(desk)
            let (grace, barbara) = (
                try await desk.signedIn(as: .grace), try await desk.signedIn(as: .barbara)
            )
            let open = try await FindingStore(desk.desk).open()
            let money = try #require(open.first { $0.finding.kind == .concentration })

            for kept in open {
                let page = try await barbara.get("/findings/\(kept.id)")
                #expect(page.status == .ok && page.says("How it is reckoned") && !page.says("finding."))
                if let address = FindingSight().link(kept.finding.evidence) {
                    #expect(try await barbara.get(address).status == .ok, "\(address)")
                }
            }
            #expect(try await grace.get("/findings/\(money.id)").status == .notFound)
            for path in ["/findings/999999", "/findings/x", "/findings/-1", "/findings/behind/nobody"] {
                #expect(try await barbara.get(path).status == .notFound, "\(path)")
            }
            for path in [
                "/findings?before=x", "/findings/behind/willing?after=x~y",
                "/findings/behind/willing?about=everything",
                "/findings/behind/consent?from=0000-00-00",
                "/findings/behind/willing?after=9223372036854775807~1",
                "/findings/behind/willing?from=2026-01-02&to=2026-01-01",
            ] {
                #expect((200..<500).contains(try await barbara.get(path).status.code), "\(path)")
            }
        }
    }

    @Test func `lets a manager set one aside with a reason, and keeps what was typed`() async throws {
        try await withDesk(on: .sqlite) { desk in
            try await keep(desk)
            let margaret = try await desk.signedIn(as: .margaret)
            let id = try #require(
                try await FindingStore(desk.desk).open().first { $0.finding.kind == .willing }?.id)
            let long = "a reason " + String(repeating: "x", count: 2000)

            let refused = try await margaret.post("/findings/\(id)/setting-aside", ["reason": long])
            let empty = try await margaret.post("/findings/\(id)/setting-aside", ["reason": " "])
            let done = try await margaret.post("/findings/\(id)/setting-aside", ["reason": "<i>Later</i>"])

            #expect(refused.status == .unprocessableContent && refused.says("a reason xxx"))
            #expect(empty.status == .unprocessableContent && empty.says("Say why"))
            #expect(done.location == "/findings")
            let page = try await margaret.get("/findings")
            #expect(page.says("1 set aside") && page.says("&lt;i&gt;Later"))
            #expect(try await margaret.get("/findings/\(id)").says("Margaret Hamilton"))
            _ = try await margaret.post("/findings/\(id)/taking-up")
            #expect(try await !margaret.get("/findings").says("1 set aside"))
            let grace = try await desk.signedIn(as: .grace)
            #expect(
                try await grace.post("/findings/\(id)/setting-aside", ["reason": "no"]).status == .forbidden)
        }
    }

    @Test func `tells programs the sentence, the values and what is missing`() async throws {
        try await withDesk(on: .sqlite) { desk in
            try await keep(desk)
            let (reader, manager) = (try await desk.api(as: .grace), try await desk.api(as: .margaret))

            let list = try await reader.get("/api/v2/findings").objects()
            let willing = try #require(list.first { $0["kind"] as? String == "willing" })
            let values = try #require(willing["values"] as? [String: Any])
            #expect(values["count"] as? Int == 40 && values["promoters"] as? Int == 200)
            #expect((willing["sentence"] as? String)?.hasPrefix("40 promoters") == true)
            #expect(willing["new"] as? Bool == true)
            #expect(!list.contains { $0["kind"] as? String == "concentration" })
            let state = try await reader.get("/api/v2/findings/state").object()
            #expect((state["missing"] as? [[String: Any]])?.isEmpty == false)

            let id = try #require(willing["id"] as? Int)
            let refused = try await manager.put("/api/v2/findings/\(id)", #"{"set_aside": true}"#)
            let aside = try await manager.put(
                "/api/v2/findings/\(id)", #"{"set_aside": true, "reason": "May"}"#)
            #expect(refused.status == .badRequest && aside.status == .ok)
            #expect(try await reader.get("/api/v2/findings?state=aside").objects().count == 1)
            #expect(
                try await reader.put("/api/v2/findings/\(id)", #"{"set_aside": false}"#).status == .forbidden)
            #expect(try await reader.get("/api/v2/findings/999").status == .notFound)
            #expect(try await reader.get("/api/v2/findings?state=lost").status.code < 500)
            #expect(try await reader.get("/api/v2/findings?state=gone&before=zz").status.code < 500)
        }
    }
}

@Suite struct `Wishing for a profile` {
    @Test(arguments: Engine.available)
    func `keeps every version with who, when, from when and why`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let store = DesiredStore(database: desk.database)
            let margaret = try await desk.seat(of: .margaret)
            let today = LocalDate(daysSinceEpoch: 20_514)
            func wish(_ first: Int, _ from: LocalDate) async throws {
                let new = try NewDesired(
                    levels: Levels(first: first, repeating: 5, advocate: 1), from: from,
                    reason: "Year \(first)",
                    today: today)
                try await store.set(new, by: desk.desk.act(by: margaret.value))
            }
            try await wish(100, today + (-400))
            try await wish(200, today)
            try await wish(300, today + 30)

            #expect(try await store.inForce(at: today)?.levels?.first == 200)
            #expect(try await store.inForce(at: today + (-1))?.levels?.first == 100)
            #expect(try await store.inForce(at: today + 30)?.reason == "Year 300")
            #expect(try await store.inForce(at: today + (-500)) == nil)
            let (versions, names) = try await store.versions()
            #expect(versions.map { $0.levels?.first } == [300, 200, 100])
            #expect(names[margaret.value] == "Margaret Hamilton")
            #expect(try await store.remove(from: today, by: desk.desk.act(by: nil)))
            #expect(try await store.inForce(at: today) == nil)
            #expect(try await !store.remove(from: today, by: desk.desk.act(by: nil)))
            #expect(try await desk.happenings().suffix(2) == ["desired.set", "desired.removed"])
        }
    }

    @Test func `draws it beside the current one on screen, in the file and for programs`() async throws {
        try await withDesk(on: .sqlite) { desk in
            try await desk.bring(Harbour.csv)
            let margaret = try await desk.signedIn(as: .margaret)
            #expect(try await margaret.get("/profile").says("Nobody has said yet"))

            let sent = try await margaret.post(
                "/profile/desired",
                [
                    "first": "300", "repeat": "200", "advocate": "50", "from": "2026-01-01",
                    "reason": "Grow <b>evenly</b>",
                ])

            #expect(sent.location == "/profile")
            let page = try await margaret.get("/profile")
            #expect(
                page.says("figure-desired") && page.says("300 first purchases, 200 regulars, 50 advocates"))
            let quarter = try await margaret.get("/profile?from=2025-10-01&to=2025-12-31")
            #expect(!quarter.says("figure-desired") && quarter.says("drawn beside windows of about a year"))
            #expect(try await margaret.get("/profile/picture/svg").says(">desired<"))
            let json = try await margaret.get("/profile/picture/json").object()
            #expect((json["desired"] as? [String: Any])?["repeat"] as? Int == 200)
            let own = try await margaret.get("/profile/desired")
            #expect(own.says("Grow &lt;b&gt;evenly") && own.says("Margaret Hamilton"))
            _ = try await margaret.post("/profile/desired/removal")
            #expect(try await !margaret.get("/profile").says("figure-desired"))
        }
    }

    @Test(arguments: [
        ["first": "0", "repeat": "0", "advocate": "0", "reason": "x"],
        ["first": "-1", "repeat": "2", "advocate": "0", "reason": "x"],
        ["first": "99999999999999999999", "repeat": "2", "advocate": "0", "reason": "x"],
        ["first": "1000000001", "repeat": "2", "advocate": "0", "reason": "x"],
        ["first": "many", "repeat": "2", "advocate": "0", "reason": "x"],
        ["first": "", "repeat": "2", "advocate": "0", "reason": "x"],
        ["first": "5", "repeat": "2", "advocate": "0", "reason": ""],
        ["first": "5", "repeat": "2", "advocate": "0", "reason": "x", "from": "0000-01-01"],
        ["first": "5", "repeat": "2", "advocate": "0", "reason": "x", "from": "9999-12-31"],
        ["first": "5", "repeat": "2", "advocate": "0", "reason": "x", "from": "yesterday"],
    ])
    func `refuses what cannot stand and gives back what was typed`(_ form: [String: String]) async throws {
        try await withDesk(on: .sqlite) { desk in
            let margaret = try await desk.signedIn(as: .margaret)
            _ = try await margaret.get("/profile/desired")
            let body = form.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
            let token = try #require(try await margaret.get("/me").value(of: "form_token"))

            let reply = try await margaret.postBare("/profile/desired", "form_token=\(token)&" + body)

            #expect(reply.status == .unprocessableContent)
            #expect(reply.value(of: "repeat") == form["repeat"] && reply.value(of: "first") == form["first"])
            #expect(try await DesiredStore(database: desk.database).versions().versions.isEmpty)
        }
    }

    @Test func `is read by all and set by those who set targets, through the API as well`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let (reader, manager) = (try await desk.api(as: .grace), try await desk.api(as: .margaret))
            let wish = #"{"first": 10, "repeat": 20, "advocate": 3, "reason": "Regulars first"}"#

            #expect(try await reader.put("/api/v2/profile/desired", wish).status == .forbidden)
            #expect(try await manager.put("/api/v2/profile/desired", wish).status == .ok)
            let read = try await reader.get("/api/v2/profile/desired").object()
            #expect((read["desired"] as? [String: Any])?["repeat"] as? Int == 20)
            for bad in [
                #"{"first": 10, "repeat": 20, "reason": "x"}"#,
                #"{"first": 1e30, "repeat": 1, "advocate": 1, "reason": "x"}"#,
                #"{"first": 1, "repeat": 1, "advocate": 1, "reason": "x", "from": "soon"}"#,
                #"{"first": 1, "repeat": 1, "advocate": 1, "reason": "x", "colour": "red"}"#,
            ] {
                let status = try await manager.put("/api/v2/profile/desired", bad).status.code
                #expect((400..<500).contains(status), "\(bad): \(status)")
            }
            #expect(try await manager.delete("/api/v2/profile/desired").status == .noContent)
            #expect(try await manager.delete("/api/v2/profile/desired").status == .notFound)
        }
    }

    @Test func `marks it in a terminal, wider or narrower than the bands`() throws {
        FigureWords.install()
        let wanted = DesiredProfile(Levels(first: 1300, repeating: 200, advocate: 60))
        let plain = try figure(1000, 400, 60).terminal(width: 80, colour: false, unicode: true)
        let marked = try figure(1000, 400, 60, desired: wanted).terminal(
            width: 80, colour: false, unicode: true)
        let ascii = try figure(1000, 400, 60, desired: wanted).terminal(
            width: 80, colour: false, unicode: false)

        #expect(!plain.contains("┆") && marked.filter { $0 == "┆" }.count == 7)
        #expect(marked.contains("desired: 60 advocates, 200 regulars, 1,300 first purchases"))
        #expect(ascii.utf8.allSatisfy { $0 < 0x80 } && ascii.contains("!"))
        #expect(marked.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
}
