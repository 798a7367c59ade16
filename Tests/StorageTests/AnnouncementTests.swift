import Storage
import StorageTesting
import Testing

@Suite struct `Announcing` {
    @Test(arguments: Engine.available)
    func `reaches everyone who listens`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            let one = database.announcements()
            let other = database.announcements()

            await database.announce("tickets/7")

            #expect(await one.first { _ in true } == "tickets/7")
            #expect(await other.first { _ in true } == "tickets/7")
        }
    }

    @Test func `reaches the other processes on the database`() async throws {
        try await withBench(on: .postgres) { bench in
            let here = try await bench.open()
            let there = try await bench.open()
            let heard = there.announcements()

            await here.announce("it's \"quoted\" 👋")

            #expect(await heard.first { _ in true } == "it's \"quoted\" 👋")
            try await here.close()
            try await there.close()
        }
    }

    @Test(arguments: Engine.available)
    func `says a topic once, however often it is announced at one moment`(on engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            let heard = database.announcements()
            for _ in 0..<1000 { await database.announce("busy") }
            await database.announce("last")

            var topics: [String] = []
            for await topic in heard {
                topics.append(topic)
                if topic == "last" { break }
            }

            #expect(topics.last == "last")
            #expect((1...20).contains(topics.count { $0 == "busy" }), "heard \(topics.count) times")
        }
    }

    @Test(arguments: Engine.available)
    func `ends when the database is closed`(on engine: Engine) async throws {
        try await withBench(on: engine) { bench in
            let database = try await bench.open()
            let heard = database.announcements()

            try await database.close()

            var topics = heard.makeAsyncIterator()
            let next = await topics.next()
            #expect(next == nil)
        }
    }

    @Test func `is heard again after the connection was lost`() async throws {
        try await withBench(on: .postgres) { bench in
            let database = try await bench.open()
            let other = try await bench.open()
            let heard = database.announcements()
            try await other.write { connection in
                try connection.each(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE pid <> pg_backend_pid() AND datname = current_database()
                    """
                ) { _ in }
            }

            async let first = heard.first { _ in true }
            for _ in 0..<300 where other.activity.writes < 1000 {
                await database.announce("again")
                try await Task.sleep(for: .milliseconds(20))
            }

            #expect(await first == "again")
            let answer = try await database.read { try $0.number("SELECT 7") }
            #expect(answer == 7)
            try await database.close()
            try await other.close()
        }
    }
}
