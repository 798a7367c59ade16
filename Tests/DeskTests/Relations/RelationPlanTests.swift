import Foundation
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `The plan of a statement on relationships` {
    private struct Stage: Sendable {
        let database: WatchedDatabase
        let clock = FakeClock()
        let root: ID<Party>
        let person: ID<Party>
        var trees: TreeStore { TreeStore(database: database, clock: clock) }
        var members: MembershipStore { MembershipStore(database: database) }
        var uses: UseStore { UseStore(database: database, clock: clock) }
        var act: Act { Act(by: nil, at: clock.now) }

        func party(_ id: ID<Party>) async throws -> Party {
            try #require(try await database.real.read { try CustomerStore.customer(id, in: $0) })
        }

        func timeline(_ narrow: (inout TimelineFilter) -> Void) async throws {
            var filter = TimelineFilter()
            narrow(&filter)
            _ = try await CustomerStore(database: database, clock: clock).timeline(
                of: root, before: "2026-01-05.2.7.1767600000000", limit: 30, zone: .utc, filter: filter,
                groups: TimelineGroups([TimelineGroup("relations", prefixes: ["organisation."])]))
        }
    }

    private static let acts: [String: @Sendable (Stage) async throws -> Void] = [
        "a tree": { _ = try await $0.trees.tree(of: $0.root) },
        "a place": { _ = try await $0.trees.place(of: $0.root) },
        "organisations by name": { _ = try await $0.trees.list(finding: nil, after: nil, limit: 50) },
        "organisations found": {
            _ = try await $0.trees.list(finding: "ward one", after: "w~4~ward", limit: 50)
        },
        "moving": { _ = try await $0.trees.move($0.root, under: nil, by: $0.act) },
        "a discount": {
            _ = try await DiscountStore(database: $0.database, clock: $0.clock)
                .standings(of: $0.root, today: LocalDate(daysSinceEpoch: 20_500))
        },
        "organisations of a person": {
            _ = try await $0.members.list(of: try await $0.party($0.person), after: 0, limit: 51)
        },
        "persons of an organisation": {
            _ = try await $0.members.list(of: try await $0.party($0.root), after: 3, limit: 51)
        },
        "past of a person": { _ = try await $0.members.past(of: try await $0.party($0.person), limit: 20) },
        "past of an organisation": {
            _ = try await $0.members.past(of: try await $0.party($0.root), limit: 20)
        },
        "uses of a customer": {
            _ = try await $0.uses.list(of: $0.root, before: UseMark("2026-01-01~5"), limit: 51)
        },
        "uses of everybody": { _ = try await $0.uses.list(before: 99, limit: 30) },
        "a timeline": { try await $0.timeline { _ in } },
        "a timeline's changes": { try await $0.timeline { $0.kind = "changes" } },
        "a timeline's uses": { try await $0.timeline { $0.kind = "uses" } },
        "a timeline of a time": {
            try await $0.timeline {
                $0.from = LocalDate(daysSinceEpoch: 20_000); $0.kind = "answers"
            }
        },
        "a timeline with departments": { try await $0.timeline { $0.departments = true } },
        "a customer's occasions": { stage in
            _ = try await stage.database.read { try LevelStore.occasionDays(of: stage.root.value, in: $0) }
        },
    ]

    /// Walks over what a statement made itself, and over one row.
    private static let own = ["below", "leap", "CONSTANT", "(subquery", "\"leap\"", "\"below\""]

    @Test(arguments: acts.keys.sorted()) func `reads no table from end to end`(of act: String) async throws {
        let perform = try #require(Self.acts[act])
        try await withDesk(on: .sqlite) { desk in
            let explaining = try #require(desk.database as? any PlanExplaining)
            let root = try await desk.organisation("Ward one")
            _ = try await desk.organisation("Ward two", under: root)
            let person = try await desk.person("Ada")
            try await desk.members.set(person, root, title: "", roles: [], by: desk.act)
            for day in 1...4 { try await desk.buy(root, 100, daysAgo: day * 40) }
            try await desk.use(root, "Visit", daysAgo: 9)
            let linus = try await desk.signedIn(as: .linus)
            _ = try await linus.post(
                "/settings/discounts", ["currency": "EUR", "from_0": "1", "share_0": "1"])
            let stage = Stage(database: WatchedDatabase(desk.database), root: root, person: person)

            try await perform(stage)

            let statements = stage.database.take()
            #expect(!statements.isEmpty)
            for statement in statements where !statement.text.hasPrefix("INSERT") {
                let plan = try await explaining.explain(statement)
                let scans = plan.split(separator: "\n").filter { line in
                    guard let scan = line.range(of: "SCAN ") else { return false }
                    return !Self.own.contains { line[scan.upperBound...].hasPrefix($0) }
                }
                #expect(scans.isEmpty, "\(statement.text)\n\(plan)")
            }
        }
    }

    /// A page of a timeline is in the order of an index: nothing is sorted but the rows of one day.
    @Test func `sorts events nowhere`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let explaining = try #require(desk.database as? any PlanExplaining)
            let reading: SQL = """
                SELECT \(Event.columns) FROM event WHERE party_id = 7 AND kind = 'a' AND (at, id) < (5, 6)
                ORDER BY at DESC, id DESC LIMIT 31
                """
            let plan = try await explaining.explain(reading)
            #expect(plan.contains("event_by_party_kind"))
            #expect(!plan.contains("TEMP B-TREE"))
        }
    }
}
