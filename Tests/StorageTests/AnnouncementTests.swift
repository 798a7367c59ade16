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

    @Test(.timeLimit(.minutes(5))) func `is heard again after every connection was lost`() async throws {
        try await withBench(on: .postgres) { bench in
            let database = try await bench.open()
            let other = try await bench.open()
            let heard = database.announcements()
            try await loseAllConnections(but: other)

            let announcer = Task {
                while !Task.isCancelled {
                    await database.announce("again")
                    try await Task.sleep(for: .milliseconds(10))
                }
            }

            #expect(await heard.first { _ in true } == "again")
            announcer.cancel()
            let answer = try await database.read { try $0.number("SELECT 7") }
            #expect(answer == 7)
            try await database.close()
            try await other.close()
        }
    }

    /// Ends every connection to the database except the one this is asked over, and waits until they are gone.
    private func loseAllConnections(but survivor: any Database) async throws {
        let lost = try await survivor.read { connection in
            try connection.all(
                "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
            ) { try $0.int(0) }
        }
        try await survivor.write { connection in
            for pid in lost { try connection.run("SELECT pg_terminate_backend(\(pid))") }
        }
        #expect(lost.count >= 2)
        var left = lost.count
        while left > 0 {
            left = try await survivor.read {
                try $0.number("SELECT count(*) FROM pg_stat_activity WHERE pid IN (\(list: lost))")
            }
        }
    }
}
