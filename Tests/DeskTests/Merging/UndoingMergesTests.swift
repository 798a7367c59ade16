import Foundation
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Undoing a merge` {
    private func differences(_ one: [String], _ other: [String]) -> String {
        let (a, b) = (Set(one), Set(other))
        return
            (a.subtracting(b).sorted().prefix(8).map { "- \($0)" }
            + b.subtracting(a).sorted().prefix(8).map { "+ \($0)" }).joined(separator: "\n")
    }

    @Test(arguments: Engine.available, Array(1...12) as [UInt64])
    func `returns every row as it was, merges of merges and splits too`(on engine: Engine, seed: UInt64)
        async throws
    {
        try await withDatabase(on: engine, migrations: Schema.migrations) { database in
            var world = MergeWorld(database, clock: FakeClock(), seed: seed)
            try await world.begin(persons: 9, companies: 4)
            try await world.live(140)
            let before = try await MergeWorld.dump(database)

            var done: [Int64] = []
            for round in 0..<7 {
                if round % 3 == 2, let split = try await world.split() {
                    done.append(split)
                } else if world.persons.count > 3 {
                    done.append(try await world.merge())
                }
            }
            let during = try await World.projections(database)
            #expect(during == (try await MergeWorld.rebuilt(database)))
            #expect(try await MergeWorld.dump(database) != before)
            for id in done.reversed() { try await world.merges.undo(id, by: world.act) }

            let after = try await MergeWorld.dump(database)
            #expect(after == before, "\(differences(before, after))")
        }
    }

    @Test(arguments: Engine.available, Array(11...34) as [UInt64])
    func `works in any order that is possible, and says which is not`(on engine: Engine, seed: UInt64)
        async throws
    {
        try await withDatabase(on: engine, migrations: Schema.migrations) { database in
            var world = MergeWorld(database, clock: FakeClock(), seed: seed)
            try await world.begin(persons: 12, companies: 4)
            try await world.live(120)
            let before = try await MergeWorld.dump(database)
            var left: [Int64] = []
            for round in 0..<7 {
                if round % 3 == 1, let split = try await world.split() {
                    left.append(split)
                } else if world.persons.count > 3 {
                    left.append(try await world.merge())
                }
            }

            var outOfOrder = 0
            while !left.isEmpty {
                let place = world.number(0...(left.count - 1))
                do {
                    try await world.merges.undo(left[place], by: world.act)
                    if place < left.count - 1 { outOfOrder += 1 }
                    left.remove(at: place)
                } catch MergeRefusal.later(let later) {
                    #expect(left.contains(later) && later > left[place])
                }
                #expect(try await World.projections(database) == (try await MergeWorld.rebuilt(database)))
            }

            let after = try await MergeWorld.dump(database)
            #expect(after == before, "\(differences(before, after))")
            #expect(outOfOrder >= 0)
        }
    }

    @Test(arguments: Engine.available, [21, 22, 23, 24] as [UInt64])
    func `loses nothing that happened since`(on engine: Engine, seed: UInt64) async throws {
        try await withDatabase(on: engine, migrations: Schema.migrations) { database in
            var world = MergeWorld(database, clock: FakeClock(), seed: seed)
            try await world.begin(persons: 8, companies: 3)
            try await world.live(80)
            var done: [Int64] = []
            for _ in 0..<4 {
                done.append(try await world.merge())
                try await world.live(15)
            }
            let sums: SQL = """
                SELECT (SELECT count(*) FROM purchase), (SELECT count(*) FROM advocacy), (SELECT count(*) FROM answer),
                    (SELECT count(*) FROM consent), (SELECT CAST(sum(amount) AS BIGINT) FROM purchase)
                """
            let counts = {
                try await database.read { connection in
                    try connection.first(sums) { row in try (0..<5).map { try row.int($0) } }
                }
            }
            let before = try await counts()

            for id in done.reversed() {
                do {
                    try await world.merges.undo(id, by: world.act)
                } catch MergeRefusal.later {
                    continue
                }
            }

            #expect(try await counts() == before)
            #expect(try await World.projections(database) == (try await MergeWorld.rebuilt(database)))
            let strays = try await database.read {
                try $0.number("SELECT count(*) FROM purchase WHERE account_id NOT IN (SELECT id FROM party)")
            }
            #expect(strays == 0)
        }
    }
}
