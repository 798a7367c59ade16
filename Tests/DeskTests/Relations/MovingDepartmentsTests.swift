import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

/// Organisations, what they bought and who is below whom, in memory and by the plain definition.
private struct Forest {
    var random: SeededRandom
    var ids: [ID<Party>] = []
    var parents: [ID<Party>: ID<Party>] = [:]
    var own: [ID<Party>: Volume] = [:]
    var days: [ID<Party>: Set<Int>] = [:]

    func way(up id: ID<Party>) -> [ID<Party>] {
        var way = [id]
        while let last = way.last, let next = parents[last] { way.append(next) }
        return way
    }

    func below(_ id: ID<Party>) -> [ID<Party>] { ids.filter { way(up: $0).contains(id) } }

    func height(_ id: ID<Party>) -> Int {
        (below(id).map { way(up: $0).count }.max() ?? 0) - way(up: id).count
    }

    func total(_ id: ID<Party>) -> Volume { below(id).reduce(into: Volume()) { $0 += own[$1] ?? Volume() } }

    /// What a move must answer: nil where it is fine.
    func refusal(_ id: ID<Party>, under parent: ID<Party>) -> RelationRefusal? {
        if parents[id] == parent { return nil }
        if way(up: parent).contains(id) { return .intoItself }
        return way(up: parent).count + height(id) > TreeRule.depth ? .tooDeep : nil
    }

    mutating func pick() -> ID<Party> { ids.randomElement(using: &random) ?? ID(0) }
}

@Suite struct `Moving departments about` {
    @Test(arguments: Engine.available, [UInt64(3), 11, 29])
    func `keeps every sum and never makes a circle`(on engine: Engine, seed: UInt64) async throws {
        try await withDesk(on: engine) { desk in
            var forest = Forest(random: SeededRandom(seed: seed))
            for number in 0..<18 { forest.ids.append(try await desk.organisation("Department \(number)")) }
            for step in 0..<140 {
                try await Self.change(&forest, step, on: desk)
                if step % 20 == 19 { try await Self.compare(forest, on: desk) }
            }
            #expect(try await CheckVolumes(desk: desk.desk, stretch: 5).check() == 0)
        }
    }

    private static func change(_ forest: inout Forest, _ step: Int, on desk: TestDesk) async throws {
        let id = forest.pick()
        switch Int.random(in: 0..<10, using: &forest.random) {
        case 0..<4:
            // Towards a chain, so that the depth limit is met.
            let parent =
                step % 2 == 0
                ? forest.pick() : forest.ids.max { forest.way(up: $0).count < forest.way(up: $1).count } ?? id
            let refusal = forest.refusal(id, under: parent)
            do {
                try await desk.trees.move(id, under: parent, by: desk.act)
                #expect(refusal == nil)
                forest.parents[id] = parent
            } catch let thrown as RelationRefusal {
                #expect(thrown == refusal)
            }
        case 4:
            try await desk.trees.move(id, under: nil, by: desk.act)
            forest.parents[id] = nil
        case 5:
            try await desk.use(id, "A course", daysAgo: step)
            forest.own[id, default: Volume()].uses += 1
            forest.days[id, default: []].insert(step)
        default:
            let amount = Int64.random(in: -200...9_000, using: &forest.random)
            let code = ["EUR", "USD"].randomElement(using: &forest.random) ?? "EUR"
            try await desk.buy(id, amount, daysAgo: step % 50 * 11, currency: code)
            forest.own[id, default: Volume()].purchases += 1
            forest.own[id, default: Volume()].amounts[code, default: 0] += amount
            if amount >= 0 { forest.days[id, default: []].insert(step % 50 * 11) }
        }
        forest.own[id, default: Volume()].occasions = forest.days[id]?.count ?? 0
    }

    private static func compare(_ forest: Forest, on desk: TestDesk) async throws {
        for id in forest.ids {
            let tree = try #require(try await desk.trees.tree(of: id))
            #expect(Set(tree.nodes.map(\.id)) == Set(forest.below(id)))
            #expect(tree.root?.total == forest.total(id))
            for node in tree.nodes { #expect(node.own == forest.own[node.id] ?? Volume()) }
            let place = try #require(try await desk.trees.place(of: id))
            #expect(place.path.map(\.id) == forest.way(up: id).reversed())
        }
    }

    @Test(arguments: Engine.available)
    func `is an event and can be taken back`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let (hospital, ward) = (
                try await desk.organisation("Hospital"), try await desk.organisation("Ward")
            )
            let grace = try await desk.signedIn(as: .grace)

            _ = try await grace.post("/organisations/\(ward)/place", ["parent": "hospital"])
            let page = try await grace.get("/people/\(ward)")
            #expect(page.says("Part of"))
            #expect(page.says("by Grace Hopper"))
            let move = try #require(try await desk.trees.place(of: ward)?.lastMove)
            #expect(move.detail == ["from": 0, "to": hospital.value])

            let undone = try await grace.post("/organisations/\(ward)/moves/\(move.id)/undoing")
            #expect(undone.status == .seeOther)
            #expect(try await desk.trees.place(of: ward)?.parent == nil)
            #expect(try await desk.events("organisation.moved") == 2)

            // A second time it is another move's turn.
            _ = try await grace.post("/organisations/\(ward)/moves/\(move.id)/undoing")
            #expect(try await desk.events("organisation.moved") == 2)
        }
    }

    @Test func `refuses circles, depth, persons and strangers, and keeps what was typed`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let hospital = try await desk.organisation("Hospital")
            let ward = try await desk.organisation("Ward", under: hospital)
            let ada = try await desk.ada()
            let grace = try await desk.signedIn(as: .grace)

            let circle = try await grace.post("/organisations/\(hospital)/place", ["parent": "#\(ward)"])
            #expect(circle.status == .unprocessableContent)
            #expect(circle.says("cannot be a department of itself"))
            #expect(circle.value(of: "parent") == "#\(ward)")
            let nobody = try await grace.post("/organisations/\(ward)/place", ["parent": "No <b>such</b>"])
            #expect(nobody.says("Nobody is found under “No &lt;b&gt;such&lt;/b&gt;”"))
            #expect(try await grace.get("/organisations/\(ada)/place").status == .notFound)
            #expect(try await grace.get("/organisations/\(ada)/departments").status == .notFound)
            #expect(try await grace.get("/organisations/99999/place").status == .notFound)
            #expect(try await desk.trees.place(of: ward)?.parent?.id == hospital)
        }
    }

    @Test func `offers those of a like name to choose from`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let one = try await desk.organisation("Harbour Bakery")
            _ = try await desk.organisation("Harbour Bank")
            let shop = try await desk.organisation("Shop")
            let grace = try await desk.signedIn(as: .grace)

            let several = try await grace.post("/organisations/\(shop)/place", ["parent": "harbour ba"])
            #expect(several.status == .unprocessableContent)
            #expect(several.says("Harbour Bakery (\(one))"))

            _ = try await grace.post(
                "/organisations/\(shop)/place", ["parent": "harbour ba", "parent_id": "\(one)"])
            #expect(try await desk.trees.place(of: shop)?.parent?.id == one)
        }
    }

    @Test func `keeps an organisation in a tree from becoming a person`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let hospital = try await desk.organisation("Hospital")
            _ = try await desk.organisation("Ward", under: hospital)
            let grace = try await desk.signedIn(as: .grace)

            let reply = try await grace.post("/people/\(hospital)", ["name": "Hospital", "kind": "person"])

            #expect(reply.status == .unprocessableContent)
            #expect(reply.says("Move them first"))
        }
    }

    @Test(arguments: Engine.available)
    func `counts what a person bought once they turn out to be an organisation`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let id = try await desk.person("Really a company")
            try await desk.buy(id, 500)
            let grace = try await desk.signedIn(as: .grace)

            _ = try await grace.post("/people/\(id)", ["name": "A company", "kind": "organisation"])

            #expect(try await desk.trees.tree(of: id)?.root?.own.amounts == ["EUR": 500])
        }
    }

    @Test func `knows the limit of a tree`() {
        let parents = (1...12).map { ID<Party>(Int64($0)) }
        #expect(throws: RelationRefusal.tooDeep) {
            try TreeRule.check(ID(99), above: parents, height: 1, size: 1, there: 12)
        }
        #expect(throws: Never.self) {
            try TreeRule.check(ID(99), above: parents, height: 0, size: 1, there: 12)
        }
        #expect(throws: RelationRefusal.tooMany) {
            try TreeRule.check(ID(99), above: [ID(1)], height: 0, size: 2, there: TreeRule.size)
        }
    }
}

@Suite struct `The sums of organisations` {
    @Test(arguments: Engine.available)
    func `fall into the months of the calendar`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let id = try await desk.organisation("Old house")
            var random = SeededRandom(seed: 5)
            let days =
                [-25_567, 0, 59, 60, 11_015, 11_016, 11_017]
                + (0..<200).map { _ in
                    Int.random(in: -25_567...70_000, using: &random)
                }
            try await desk.database.write { connection in
                for day in days { try Shop.buy(id, on: day, 1, in: connection) }
                try VolumeStore.recount("SELECT id FROM party WHERE id = \(id)", in: connection)
            }
            let found = try await desk.database.read { connection in
                try connection.all("SELECT month, amount FROM volume WHERE account_id = \(id) AND month >= 0")
                {
                    (try $0.int(0), try $0.int(1))
                }
            }
            let expected = days.reduce(into: [Int: Int]()) {
                $0[LocalDate(daysSinceEpoch: $1).monthIndex, default: 0] += 1
            }
            #expect(Dictionary(uniqueKeysWithValues: found) == expected)
        }
    }

    @Test(arguments: Engine.available)
    func `are put right where they are wrong, and that is recorded`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ids = [try await desk.organisation("One"), try await desk.organisation("Two")]
            for id in ids { try await desk.buy(id, 700) }
            let check = CheckVolumes(desk: desk.desk, stretch: 1)
            #expect(try await check.check() == 0)
            _ = try await desk.database.write {
                try $0.run("UPDATE volume SET amount = 1 WHERE account_id = \(ids[1]) AND month < 0")
            }

            #expect(try await check.check() == 1)

            #expect(try await desk.trees.tree(of: ids[1])?.root?.own.amounts == ["EUR": 700])
            #expect(try await desk.events("volumes.mended") == 1)
        }
    }

    @Test(arguments: Engine.available)
    func `are there after an upgrade`(on engine: Engine) async throws {
        let before = Schema.migrations.prefix { $0.name != "0011-volumes" }
        try await withDatabase(on: engine, migrations: Array(before)) { database in
            try await database.write { connection in
                try connection.run(
                    """
                    INSERT INTO party (id, kind, name, name_key, serves, source, import_id, created_at)
                    VALUES (7, 'organisation', 'House', 'house', FALSE, 'desk', 0, 0)
                    """)
                for day in [20_000, 20_001, 20_040] {
                    try connection.run(
                        """
                        INSERT INTO purchase (account_id, day, amount, currency, quantity, product, channel, source,
                            import_id, recorded_at)
                        VALUES (7, \(day), 250, 'EUR', 1, '', '', 'test', 0, 0)
                        """)
                }
            }

            try await Migrator(Schema.migrations).run(on: database, at: FakeClock().now)

            let differing = try await database.read { try CheckVolumes.differing([7], in: $0) }
            #expect(differing.isEmpty)
            #expect(
                try await database.read { try VolumeStore.volumes(of: [7], in: $0) }[7]?.amounts == [
                    "EUR": 750
                ])
        }
    }
}
