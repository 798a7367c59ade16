import Kernel
import Methods
import Storage
import StorageTesting
import Testing

@testable import Desk

/// The counters against the plain definition, on histories nobody thought of.
@Suite struct `Counting a window` {
    @Test(arguments: Engine.available, [1, 2, 3])
    func `agrees with the definition whatever came in which order`(on engine: Engine, seed: UInt64)
        async throws
    {
        try await withDatabase(on: engine, migrations: Schema.migrations) { database in
            var world = World(seed: seed)
            let clock = FakeClock()
            let organisation = try #require(Organisation(settings: World.settings))
            try await world.people(12, in: database, at: clock.now)
            let profiles = ProfileStore(database: database, clock: clock)
            for round in 1...8 {
                try await world.happen(25, in: database, clock: clock)
                if round.isMultiple(of: 3) {
                    _ = try await database.write { try TallyStore.fold(limit: 40, in: $0) }
                }
                for _ in 1...6 {
                    let window = world.window()
                    let profile = try await profiles.profile(window, organisation: organisation)
                    #expect(profile.levels == world.levels(window), "seed \(seed), \(window)")
                    #expect(profile.customers == world.customers(window), "seed \(seed), \(window)")
                    #expect(profile.purchases == world.purchases(window), "seed \(seed), \(window)")
                    #expect(profile.totals.map(\.minor) == world.totals(window), "seed \(seed), \(window)")
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func `opens exactly the customers it counts`(on engine: Engine) async throws {
        try await withDatabase(on: engine, migrations: Schema.migrations) { database in
            var world = World(seed: 77)
            let clock = FakeClock()
            let organisation = try #require(Organisation(settings: World.settings))
            try await world.people(20, in: database, at: clock.now)
            try await world.happen(150, in: database, clock: clock)
            let profiles = ProfileStore(database: database, clock: clock)
            for _ in 1...10 {
                let window = world.window()
                for level in ProfileLevel.allCases {
                    let all = try await World.all(profiles, level, window, organisation)
                    #expect(all == world.behind(level, window), "\(level) in \(window)")
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func `counts whole files out and in without a trace`(on engine: Engine) async throws {
        try await withDatabase(on: engine, migrations: Schema.migrations) { database in
            var world = World(seed: 5)
            let clock = FakeClock()
            try await world.people(9, in: database, at: clock.now)
            try await world.happen(120, in: database, clock: clock)
            let before = try await World.projections(database)

            try await database.write { connection in
                var recount = Recount(of: "SELECT id FROM party ORDER BY id")
                try recount.countOut(in: connection)
                try recount.countIn(in: connection)
            }

            #expect(!before.isEmpty)
            #expect(try await World.projections(database) == before)
        }
    }

    @Test func `cuts every window into days and blocks that cover it once`() {
        var random = SeededRandom(seed: 9)
        for _ in 1...500 {
            let start = Int.random(in: -3000...30_000, using: &random)
            let days = start...(start + Int.random(in: 0...900, using: &random))
            let cut = PairCut(days: days, before: days.lowerBound)
            let covered =
                cut.edgeDays
                + cut.blocks.flatMap { block in
                    Array(Tally.firstDay(ofBlock: block)..<Tally.firstDay(ofBlock: block + 1))
                }
            #expect(covered.sorted() == Array(days))
            #expect(cut.edgeDays.count <= 62)
        }
    }
}
