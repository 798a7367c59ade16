import HTTPTypes
import Kernel
import Markup
import Methods
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Changing settings` {
    @Test(arguments: Engine.available)
    func `remembers what held before, since when and by whom`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let linus = try await desk.signedIn(as: .linus)
            let before = desk.clock.now
            desk.clock.advance(by: .seconds(3600))

            let reply = try await linus.post(
                "/settings", ["levels.months": "18", "organisation.name": "Harbour Coffee"])

            let page = try await linus.follow(reply)
            #expect(page.says("1 setting is changed."))
            #expect(page.value(of: "levels.months") == "18")
            #expect(page.says("Since 2 Mar 2026, 11:00."))
            #expect(page.says("Linus Torvalds"))
            #expect(try await desk.desk.organisations.current()?.levelMonths == 18)
            #expect(try await desk.desk.organisations.organisation(at: before)?.levelMonths == 12)
            #expect(try await desk.happenings().last == "settings.changed")
        }
    }

    @Test(arguments: [("1/3", 1.0 / 3), ("0.25", 0.25), ("3/10", 0.3)])
    func `takes fractions as well as decimals`(typed: String, meant: Double) async throws {
        try await withDesk(on: .sqlite) { desk in
            let linus = try await desk.signedIn(as: .linus)

            let page = try await linus.follow(
                try await linus.post("/settings", ["shape.top-over-middle": typed]))

            #expect(page.value(of: "shape.top-over-middle") == typed)
            #expect(try await desk.desk.organisations.current()?.rule.topOverMiddle == meant)
        }
    }

    @Test(arguments: [
        ("shape.top-over-middle", "1/0"), ("shape.top-over-middle", "1/"), ("shape.top-over-middle", "1/3/2"),
        ("levels.months", "0"), ("levels.months", "1.5"), ("shape.label", "2"), ("shape.label", "nan"),
        ("organisation.zone", "Atlantis"), ("organisation.currency", "XXX"), ("organisation.language", "tlh"),
        ("organisation.name", "  "), ("shape.short-window", "1e9"),
    ])
    func `refuses what may not stand, and keeps all the rest as it was`(name: String, value: String)
        async throws
    {
        try await withDesk(on: .sqlite) { desk in
            let linus = try await desk.signedIn(as: .linus)

            let reply = try await linus.post("/settings", [name: value, "shape.minimum": "33"])

            #expect(reply.status == .unprocessableContent)
            #expect(reply.says("id=\"field-\(name)-error\""))
            #expect(reply.value(of: "shape.minimum") == "33")
            #expect(try await desk.desk.organisations.current()?.rule.minimumTotal == 20)
        }
    }

    @Test func `has a label and a hint for every setting in every language`() async throws {
        try await withDesk(on: .sqlite) { desk in
            for language in try TestLanguages.all.get().catalogues {
                for name in SettingName.allCases {
                    #expect(language.keys.contains(name.entry.phraseKey))
                    #expect(language.keys.contains("\(name.entry.phraseKey).hint"))
                }
            }
            let linus = try await desk.signedIn(as: .linus)
            let page = try await linus.get("/settings")
            for name in SettingName.allCases { #expect(page.says("name=\"\(name.rawValue)\"")) }
        }
    }
}

@Suite struct `Looking at jobs` {
    @Test(arguments: Engine.available)
    func `shows why one was given up, and tries it again`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let now = desk.clock.now
            try await desk.database.write { connection in
                try connection.enqueue("run-import", argument: 7, at: now)
                try connection.enqueue("wait-long", at: now.advanced(by: .seconds(900)))
            }
            let job = try #require(try await desk.desk.jobs.claim(at: now))
            try await desk.desk.jobs.fail(job, reason: "the <file> is gone", isWorthRetrying: false, at: now)
            let linus = try await desk.signedIn(as: .linus)

            let page = try await linus.get("/jobs")
            #expect(page.says("the &lt;file&gt; is gone"))
            #expect(page.says("wait-long"))
            #expect(try await desk.signedIn(as: .grace).get("/jobs").status == .forbidden)
            let margaret = try await desk.signedIn(as: .margaret)
            #expect(try await !margaret.get("/jobs").says("/revival"))
            #expect(try await margaret.post("/jobs/\(job.id)/revival").status == .forbidden)

            #expect(try await linus.post("/jobs/\(job.id)/revival").location == "/jobs")

            #expect(try await desk.desk.jobs.claim(at: desk.clock.now)?.id == job.id)
            #expect(try await linus.post("/jobs/\(job.id)/revival").status == .notFound)
        }
    }
}
