import Kernel
import Methods
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Keeping findings` {
    private func report(_ willing: Int, lost: Int = 900) throws -> FindingReport {
        var facts = try Company.plain()
        facts.voice = VoiceCounts(window: Company.window, promoters: 200, willing: willing)
        facts.loss = LossCount(judged: 9000, lost: lost)
        return FindingRules.report(on: facts)
    }

    private func keep(_ report: FindingReport, _ desk: TestDesk) async throws {
        try await FindingStore(desk.desk).keep(
            report, marker: "m", day: Company.end, milliseconds: 5, by: desk.desk.act(by: nil))
    }

    @Test(arguments: Engine.available)
    func `changes nothing when it is done again`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let store = FindingStore(desk.desk)
            try await keep(try report(40), desk)
            let first = try await store.open()
            let happened = try await desk.happenings()
            desk.clock.advance(by: .seconds(86_400))

            try await keep(try report(40), desk)

            let second = try await store.open()
            #expect(second.map(\.id) == first.map(\.id) && second.map(\.finding) == first.map(\.finding))
            #expect(second.map(\.firstSeen) == first.map(\.firstSeen))
            #expect(second.first?.seen == desk.clock.now)
            #expect(try await desk.happenings() == happened)
            #expect(happened.filter { $0 == "finding.raised" }.count == first.count)
        }
    }

    @Test(arguments: Engine.available)
    func `remembers when something was first seen and when it went`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let store = FindingStore(desk.desk)
            try await keep(try report(40), desk)
            let began = desk.clock.now
            desk.clock.advance(by: .seconds(8 * 86_400))
            try await keep(try report(0), desk)

            let gone = try await store.gone(before: nil, limit: 20).items
            let willing = try #require(gone.first { $0.finding.kind == .willing })
            #expect(willing.firstSeen == began && willing.gone == desk.clock.now)
            #expect(try await !store.open().contains { $0.finding.kind == .willing })
            let emphasis = try #require(try await store.open().first { $0.finding.kind == .emphasis })
            #expect(!emphasis.isNew(at: desk.clock.now) && willing.isNew(at: began) == false)

            try await keep(try report(40), desk)
            let again = try #require(try await store.open().first { $0.finding.kind == .willing })
            #expect(again.id != willing.id && again.isNew(at: desk.clock.now))
            #expect(try await desk.happenings().contains("finding.gone"))
        }
    }

    @Test(arguments: Engine.available)
    func `leaves aside what was set aside until it changes by a quarter`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let store = FindingStore(desk.desk)
            try await keep(try report(40), desk)
            let id = try #require(try await store.open().first { $0.finding.kind == .willing }?.id)
            let set = try await store.setAside(
                id, reason: "  We ask them in spring. ", by: desk.desk.act(by: 1))
            #expect(set?.aside?.reason == "We ask them in spring.")

            try await keep(try report(44), desk)
            #expect(try await store.find(id)?.aside != nil)
            try await keep(try report(49), desk)
            #expect(try await store.find(id)?.aside != nil)
            try await keep(try report(51), desk)

            #expect(try await store.find(id)?.aside == nil)
            let happened = try await desk.happenings()
            #expect(happened.contains("finding.set_aside") && happened.contains("finding.returned"))
        }
    }

    @Test func `knows a change from a wobble`() {
        func changed(_ old: Double, _ new: Double, _ variant: String = "a") -> Bool {
            KeptFinding.hasChanged(from: ("a", old), to: (variant, new))
        }

        #expect(!changed(100, 124) && !changed(100, 76) && !changed(-0.5, -0.6))
        #expect(changed(100, 126) && changed(100, 74) && changed(-0.5, 0.5) && changed(100, 100, "b"))
    }

    @Test(arguments: Engine.available)
    func `says no to a missing or endless reason, and to what is gone`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let store = FindingStore(desk.desk)
            try await keep(try report(40), desk)
            let act = desk.desk.act(by: 1)
            let id = try #require(try await store.open().first { $0.finding.kind == .willing }?.id)

            await #expect(throws: FindingRefusal.reasonMissing) {
                try await store.setAside(id, reason: " ", by: act)
            }
            await #expect(throws: FindingRefusal.reasonTooLong) {
                try await store.setAside(id, reason: String(repeating: "x", count: 2001), by: act)
            }
            #expect(try await store.setAside(999_999, reason: "why", by: act) == nil)
            try await keep(try report(0), desk)
            await #expect(throws: FindingRefusal.gone) {
                try await store.setAside(id, reason: "why", by: act)
            }
        }
    }

    @Test func `reads no table from end to end`() async throws {
        try await withDatabase(on: .sqlite, migrations: Schema.migrations) { database in
            let explaining = try #require(database as? any PlanExplaining)
            let watched = WatchedDatabase(database)
            let store = FindingStore(database: watched, clock: FakeClock())
            let organisation = try #require(Organisation(settings: World.settings))
            let people = FindingPeople(database: watched, clock: FakeClock(), organisation: organisation)

            _ = try await store.open()
            _ = try await store.gone(before: 7, limit: 20)
            _ = try await store.find(7)
            _ = try await store.state()
            _ = try await DesiredStore(database: watched).inForce(at: Company.end)
            _ = try await DesiredStore(database: watched).versions()
            for list in FindingPeople.List.allCases {
                _ = try await people.page(list, Company.window, .us, after: "20700~9", limit: 50)
            }

            let statements = watched.take()
            #expect(statements.count >= 8)
            for statement in statements {
                let plan = try await explaining.explain(statement)
                let scans = plan.split(separator: "\n").filter {
                    $0.contains("SCAN") && !$0.contains("USING") && !$0.contains("SCAN a")
                        && !$0.contains("CONSTANT")
                }
                #expect(scans.isEmpty, "\(statement.text)\n\(plan)")
            }
        }
    }
}
