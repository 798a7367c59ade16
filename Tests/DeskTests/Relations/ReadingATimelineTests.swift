import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Reading a timeline` {
    private static let kinds = [
        "party.changed", "membership.added", "organisation.moved", "purchase.recorded", "zoo.fed",
    ]

    /// A tree of three with random purchases, uses, answers, acts and events, many of them on one day.
    private static func fill(_ desk: TestDesk, seed: UInt64) async throws -> [ID<Party>] {
        let root = try await desk.organisation("Root")
        let ids = [
            root, try await desk.organisation("A", under: root),
            try await desk.organisation("B", under: root),
        ]
        let person = try await desk.person("Advocate")
        try await desk.members.set(person, ids[1], title: "", roles: [], by: desk.act)
        try await desk.database.write { connection in
            var random = SeededRandom(seed: seed)
            try connection.run("DELETE FROM event")
            for number in 0..<120 {
                let id = ids.randomElement(using: &random) ?? root
                let day = 20_400 + Int.random(in: 0..<6, using: &random)
                switch number % 4 {
                case 0:
                    let kind = Bool.random(using: &random) ? "sale" : "use"
                    try connection.run(
                        """
                        INSERT INTO purchase (account_id, kind, day, amount, currency, quantity, product, channel, source,
                            import_id, recorded_at)
                        VALUES (\(id), \(kind), \(day), 0, 'EUR', 1, '', '', 'test', 0, 0)
                        """)
                case 1:
                    try connection.run(
                        """
                        INSERT INTO answer (party_id, kind, day, given, scale, mapping, score, part, words, after_event,
                            about, attribute, source, import_id, recorded_at)
                        VALUES (\(id), 'nps', \(day), 9, '0-10', '', 9, 9, '', '', 'us', '', 'test', 0, 0)
                        """)
                case 2 where number % 8 == 2:
                    try connection.run(
                        """
                        INSERT INTO advocacy (person_id, kind, day, words, friend, counts, source, import_id, recorded_at)
                        VALUES (\(person), 'review', \(day), '', '', TRUE, 'test', 0, 0)
                        """)
                default:
                    let kind = kinds.randomElement(using: &random) ?? ""
                    let at = Int64(day) * 86_400_000 + Int64.random(in: 0..<4, using: &random) * 21_600_000
                    try connection.run(
                        """
                        INSERT INTO event (at, recorded_at, noun, noun_id, kind, party_id, detail)
                        VALUES (\(at), 0, 'party', 1, \(kind), \(id), '')
                        """)
                }
            }
        }
        return ids
    }

    private static func all(
        _ desk: TestDesk, _ id: ID<Party>, _ filter: TimelineFilter, page: Int
    ) async throws -> [TimelineEntry] {
        var (before, entries): (String?, [TimelineEntry]) = (nil, [])
        let zone = try #require(Zone("Europe/Berlin"))
        repeat {
            let portion = try await desk.customers.timeline(
                of: id, before: before, limit: page, zone: zone, filter: filter,
                groups: desk.desk.timelineGroups)
            entries += portion.items
            before = portion.next
        } while before != nil
        return entries
    }

    @Test(arguments: Engine.available, [UInt64(1), 8])
    func `page by page shows everything once, in order, on every narrowing`(on engine: Engine, seed: UInt64)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let ids = try await Self.fill(desk, seed: seed)
            let groups = desk.desk.timelineGroups
            for departments in [false, true] {
                var filter = TimelineFilter()
                filter.departments = departments
                let everything = try await Self.all(desk, ids[0], filter, page: 1_000)
                #expect(everything.map(\.mark) == everything.map(\.mark).sorted(by: >))
                #expect(Set(everything.map(\.mark.text)).count == everything.count)
                #expect(!everything.contains { Self.kind($0) == "purchase.recorded" })
                #expect(Set(everything.compactMap(\.party)).count >= (departments ? 3 : 1))
                for page in [1, 4, 7] {
                    #expect(try await Self.all(desk, ids[0], filter, page: page) == everything, "\(page)")
                }
                for group in groups.all.map(\.id) {
                    filter.kind = group
                    (filter.from, filter.to) = (
                        LocalDate(daysSinceEpoch: 20_401), LocalDate(daysSinceEpoch: 20_403)
                    )
                    let expected = everything.filter {
                        Self.belongs($0, to: group, groups)
                            && (20_401...20_403).contains($0.day.daysSinceEpoch)
                    }
                    #expect(
                        try await Self.all(desk, ids[0], filter, page: 3) == expected,
                        "\(group) \(departments)")
                }
            }
        }
    }

    private static func kind(_ entry: TimelineEntry) -> String? {
        if case .event(let event) = entry.happening { event.kind } else { nil }
    }

    private static func belongs(_ entry: TimelineEntry, to group: String, _ groups: TimelineGroups) -> Bool {
        switch entry.happening {
        case .purchase(let purchase): group == "purchases" || group == "uses" && purchase.kind == .use
        case .act: group == "advocacy"
        case .answer: group == "answers"
        case .event(let event): groups.group(of: event.kind) == group
        }
    }

    @Test func `says who did it and the exact moment, and narrows by the address`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let ada = try await desk.ada()
            let grace = try await desk.signedIn(as: .grace)
            try await desk.buy(ada, 900, daysAgo: 3, product: "Tea")
            try await desk.use(ada, "A visit", daysAgo: 2)
            _ = try await grace.post("/people/\(ada)", ["name": "Ada, Countess", "kind": "person"])

            let all = try await grace.get("/people/\(ada)")
            #expect(all.says("by <bdi>Grace Hopper</bdi>"))
            #expect(all.says("Tea") && all.says("A visit"))
            #expect(all.says("title=\""))
            let uses = try await grace.get("/people/\(ada)?kind=uses")
            #expect(uses.says("A visit") && !uses.says("Tea"))
            #expect(!uses.says("by <bdi>Grace Hopper</bdi>"))
            let none = try await grace.get("/people/\(ada)?kind=answers&from=2020-01-01&to=2020-02-01")
            #expect(none.says("Nothing of this kind"))
        }
    }

    @Test func `shrugs at addresses that say nothing`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let ada = try await desk.ada()
            let grace = try await desk.signedIn(as: .grace)
            let program = try await desk.api(as: .grace)
            for query in [
                "kind=nonsense", "from=yesterday", "from=2026-02-02&to=2026-01-01", "before=1.2.3",
                "before=..",
                "before=9999-12-31.9223372036854775807.9223372036854775807.9223372036854775807",
                "from=0000-01-01",
                "to=9999-12-31", "from=99999999999999-01-01", "departments=perhaps",
                "before=0001-01-01.2.4.-1",
            ] {
                #expect(try await grace.get("/people/\(ada)?\(query)").status == .ok, "\(query)")
                let status = try await program.get("/api/v2/contacts/\(ada)/timeline?\(query)").status
                #expect(status == .ok || status == .unprocessableContent || status == .badRequest, "\(query)")
            }
            let wrong = try await grace.get("/people/\(ada)?kind=nonsense&from=2026-01-01")
            #expect(wrong.says("so everything is shown"))
            #expect(wrong.value(of: "from") == "2026-01-01")
            #expect(try await program.get("/api/v2/contacts/99999/timeline").status == .notFound)
        }
    }

    @Test(arguments: Engine.available)
    func `is taken away as a file that no spreadsheet runs`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            try await desk.buy(ada, -900, daysAgo: 3, product: "=cmd|' /C calc'!A0")
            try await desk.use(ada, "@SUM(1)", daysAgo: 2)
            let barbara = try await desk.signedIn(as: .barbara)

            let file = try await barbara.get("/people/\(ada)/timeline.csv")

            #expect(file.says("\"'=cmd|"))
            #expect(file.says("\"'@SUM(1)\""))
            #expect(file.says("\"-9.00\""))
            let uses = try await barbara.get("/people/\(ada)/timeline.csv?kind=uses")
            #expect(!uses.says("cmd"))
            let grace = try await desk.signedIn(as: .grace)
            #expect(try await grace.get("/people/\(ada)/timeline.csv").status == .forbidden)
            #expect(try await barbara.get("/people/99999/timeline.csv").status == .notFound)
        }
    }

    @Test func `names every kind of event there is`() throws {
        let groups = TimelineGroups([
            TimelineGroup("advocacy", prefixes: ["thanks."]), TimelineGroup("holds", prefixes: ["hold."]),
        ])
        #expect(groups.all.map(\.id) == ["purchases", "uses", "advocacy", "answers", "holds", "changes"])
        #expect(groups.group(of: "thanks.given") == "advocacy")
        #expect(groups.group(of: "advocacy.withdrawn") == "advocacy")
        #expect(groups.group(of: "hold.placed") == "holds")
        #expect(groups.group(of: "party.merged") == "changes")
        #expect(groups["advocacy"]?.sources == [.acts])
    }
}
