import Kernel
import Markup
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Working off jobs` {
    private func withJobs(
        _ engine: Engine, _ body: (JobStore, any Database, FakeClock) async throws -> Void
    ) async throws {
        try await withDatabase(on: engine, migrations: Schema.migrations) { database in
            try await body(JobStore(database: database), database, FakeClock())
        }
    }

    @Test func `has words for every kind of job, in every language`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let kinds = (desk.desk.workers + [FoldTallies(desk: desk.desk)]).map(\.kind)
            try #require(kinds.count >= 3)
            for kind in kinds {
                let said = Languages.installed.catalogues.map {
                    Phrase("jobs.kind.\(kind)").text(for: Reader(language: $0.language))
                }
                #expect(Set(said).count == said.count, "\(kind)")
                #expect(!said.contains { $0.contains("jobs.kind") }, "\(kind)")
            }
        }
    }

    @Test(arguments: Engine.available)
    func `gives each job to one worker, however many ask`(on engine: Engine) async throws {
        try await withJobs(engine) { jobs, database, clock in
            let now = clock.now
            try await database.write {
                for number in 1...20 { try $0.enqueue("count", argument: Int64(number), at: now) }
            }

            let taken = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for _ in 1...4 {
                    group.addTask {
                        var mine: [Int64] = []
                        var misses = 0
                        while misses < 25 {
                            if let job = try await jobs.claim(at: now) {
                                mine.append(job.argument)
                            } else {
                                misses += 1
                            }
                        }
                        return mine
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }

            #expect(taken.sorted() == Array(1...20))
        }
    }

    @Test(arguments: Engine.available)
    func `fences off a worker whose lease ran out`(on engine: Engine) async throws {
        try await withJobs(engine) { jobs, database, clock in
            let start = clock.now
            try await database.write { try $0.enqueue("count", at: start) }
            let slow = try #require(try await jobs.claim(at: clock.now))
            clock.advance(by: .seconds(61))
            let second = try #require(try await jobs.claim(at: clock.now))

            #expect(second.id == slow.id)
            #expect(try await !jobs.extend(slow, at: clock.now))
            #expect(try await !jobs.finish(slow))
            #expect(try await jobs.extend(second, at: clock.now))
            #expect(try await jobs.finish(second))
            #expect(try await jobs.claim(at: clock.now) == nil)
        }
    }

    @Test(arguments: Engine.available)
    func `keeps what failed too often, with its reason, until somebody revives it`(on engine: Engine)
        async throws
    {
        try await withJobs(engine) { jobs, database, clock in
            let start = clock.now
            try await database.write { try $0.enqueue("count", key: "only", at: start, maximumAttempts: 2) }
            for _ in 1...2 {
                let job = try #require(try await jobs.claim(at: clock.now))
                try await jobs.fail(job, reason: "no wind", isWorthRetrying: true, at: clock.now)
                #expect(try await jobs.claim(at: clock.now) == nil)
                clock.advance(by: .seconds(3600))
            }

            let dead = try await jobs.dead()
            #expect(dead.map(\.lastError) == ["no wind"])
            #expect(try await jobs.revive(try #require(dead.first).id, at: clock.now))
            #expect(try await jobs.claim(at: clock.now)?.attempt == 1)
        }
    }

    @Test(arguments: Engine.available)
    func `buries a job whose workers vanish every time`(on engine: Engine) async throws {
        try await withJobs(engine) { jobs, database, clock in
            let start = clock.now
            try await database.write { try $0.enqueue("crash", at: start, maximumAttempts: 3) }
            var claims = 0
            for _ in 1...6 {
                if try await jobs.claim(at: clock.now) != nil { claims += 1 }
                clock.advance(by: .seconds(61))
            }

            #expect(claims == 3)
            #expect(try await jobs.dead().count == 1)
        }
    }

    @Test(arguments: Engine.available)
    func `asks again for work that died under its key`(on engine: Engine) async throws {
        try await withJobs(engine) { jobs, database, clock in
            let start = clock.now
            try await database.write { try $0.enqueue("fold", key: "fold", at: start) }
            let job = try #require(try await jobs.claim(at: clock.now))
            try await jobs.fail(job, reason: "gone", isWorthRetrying: false, at: clock.now)
            #expect(try await jobs.claim(at: clock.now.advanced(by: .seconds(9000))) == nil)

            try await database.write { try $0.enqueue("fold", key: "fold", at: start) }

            #expect(try await jobs.claim(["other"], at: clock.now) == nil)
            let again = try #require(try await jobs.claim(["fold"], at: clock.now))
            #expect(try await jobs.finish(again, againAt: clock.now.advanced(by: .seconds(5))))
            #expect(try await jobs.claim(at: clock.now) == nil)
            #expect(try await jobs.claim(at: clock.now.advanced(by: .seconds(5))) != nil)
        }
    }
}

@Suite struct `Numbering events` {
    @Test(arguments: Engine.available)
    func `misses none and gives no number twice, with writers and readers at once`(on engine: Engine)
        async throws
    {
        try await withDatabase(on: engine, migrations: Schema.migrations) { database in
            let events = EventStore(database: database)
            let act = Act(by: nil, at: FakeClock().now)

            let seen = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        for number in 0..<50 {
                            let noun = Int64(writer * 50 + number + 1)
                            _ = try await database.write {
                                try $0.record("thing.happened", "thing", noun, by: act)
                            }
                        }
                        return []
                    }
                }
                for _ in 0..<2 {
                    group.addTask {
                        for _ in 0..<40 { _ = try await events.stamp(limit: 7) }
                        return []
                    }
                }
                group.addTask {
                    var last: Int64 = 0
                    var nouns: [Int64] = []
                    while nouns.count < 200 {
                        _ = try await events.stamp(limit: 20)
                        for event in try await events.after(last, limit: 30) {
                            let sequence = try #require(event.seq)
                            #expect(sequence == last + 1)
                            last = sequence
                            nouns.append(event.nounID)
                        }
                    }
                    return nouns
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }

            #expect(seen.sorted() == (1...200).map(Int64.init))
        }
    }
}
