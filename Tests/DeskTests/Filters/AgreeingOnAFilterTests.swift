import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Asking a filter of customers` {
    @Test(arguments: Engine.available)
    func `finds the same in SQL, page by page, and in memory, whatever the filter and the customers`(
        on engine: Engine
    ) async throws {
        try await withDatabase(on: engine, migrations: Schema.migrations) { database in
            let world = try await database.write { try FilterWorld.make(7, in: $0) }
            var random = SampleRandom(seed: 11)
            let trees = (0..<400).map { _ in world.tree(&random) }

            let (asked, passed, wrong) = try await database.read { connection in
                var (asked, passed, wrong): (Int, Int, [String]) = (0, 0, [])
                for tree in trees {
                    let text = tree.text
                    let facts = try CustomerFacts.read(
                        of: world.ids, asking: [tree], world.context, in: connection)
                    let memory = CustomerFilterMemory(context: world.context)
                    let expected = world.ids.filter { id in
                        facts[id].map { memory.holds(tree, for: $0) } ?? false
                    }
                    let walk = FilterWalk(tree, world.context)
                    var (found, after): ([Int64], Int64?) = ([], 0)
                    while let mark = after {
                        let page = try walk.page(after: mark, limit: 7, reach: .page, in: connection)
                        found += page.ids
                        after = page.next
                    }
                    asked += 1
                    passed += expected.count
                    let passing = try walk.passing(world.ids, in: connection)
                    if found != expected || passing != expected {
                        wrong.append(text)
                    }
                }
                return (asked, passed, wrong)
            }

            #expect(wrong.isEmpty)
            // Neither everybody nor nobody passes on the whole, so the agreement says something.
            #expect(passed > asked * world.ids.count / 10)
            #expect(passed < asked * world.ids.count * 9 / 10)
        }
    }

    @Test(arguments: Engine.available)
    func `tries every field with every comparison it has`(on engine: Engine) async throws {
        try await withDatabase(on: engine, migrations: Schema.migrations) { database in
            let world = try await database.write { try FilterWorld.make(3, in: $0) }

            let counts = try await database.read { connection in
                var counts: [String: Int] = [:]
                var random = SampleRandom(seed: 5)
                for _ in 0..<3000 {
                    let tree = world.tree(&random, depth: 3)
                    guard case .condition(let condition) = tree else { continue }
                    let sql = try FilterWalk(tree, world.context).passing(world.ids, in: connection)
                    let isNull = condition.value == .null ? "null" : "value"
                    counts["\(condition.field.name) \(isNull)", default: 0] += sql.count
                }
                return counts
            }

            for field in world.fields.all {
                #expect((counts["\(field.name) value"] ?? 0) > 0, "\(field.name) found nobody, ever")
                if field.mayBeNull { #expect((counts["\(field.name) null"] ?? 0) > 0, "\(field.name):null") }
            }
        }
    }

    @Test(arguments: Engine.available)
    func `tells the level that the customer's page shows`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            try await Shop.open(on: desk)
            let organisation = try await desk.desk.organisations.required()
            let store = FilteredCustomers(database: desk.database, clock: desk.clock)
            var seen = 0
            for level in Level.allCases {
                let tree = try await store.parse("level:'\(level.rawValue)'", organisation: organisation)
                let found = try await store.page(
                    tree, after: nil, limit: 500, organisation: organisation, me: nil)

                #expect(found.portion.items.allSatisfy { $0.level == level })
                seen += found.portion.items.count
            }
            #expect(seen == Shop.kinds.map(\.customers).reduce(0, +))
        }
    }

    @Test(arguments: Engine.available)
    func `ends a page for having looked far enough, and goes on from there`(on engine: Engine) async throws {
        try await withDatabase(on: engine, migrations: Schema.migrations) { database in
            let world = try await database.write { try FilterWorld.make(9, in: $0, customers: 2_300) }
            // Nothing drives this filter, and nobody passes it before the end.
            let last = try #require(world.ids.last)
            let kind = try #require(world.fields["kind"])
            let tree = FilterTree.not(
                .condition(FilterCondition(kind, .equal, .choice("person"))))

            let (first, all) = try await database.read { connection in
                let walk = FilterWalk(tree, world.context)
                let reach = FilterReach(customers: 1_000, time: nil)
                let first = try walk.page(after: 0, limit: 50, reach: reach, in: connection)
                var (all, after) = (first.ids, first.next)
                while let mark = after {
                    let page = try walk.page(after: mark, limit: 50, reach: reach, in: connection)
                    all += page.ids
                    after = page.next
                }
                return (first, all)
            }

            #expect(first.isCutShort)
            #expect(first.next != nil)
            #expect(all.count == 4)
            #expect(all.allSatisfy { $0 <= last })
        }
    }
}
