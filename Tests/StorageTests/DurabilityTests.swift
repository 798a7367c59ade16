import Foundation
import Storage
import StorageSQLite
import StorageTesting
import Testing

@Suite struct `Keeping what was written` {
    @Test func `flushes every commit, and has its rules switched on`() async throws {
        try await withTables(on: .sqlite) { database in
            let settings = try await database.write { connection in
                [
                    try connection.number("PRAGMA synchronous"), try connection.number("PRAGMA foreign_keys"),
                    try connection.number("PRAGMA mmap_size"), try connection.number("PRAGMA temp_store"),
                ]
            }
            let journal = try await database.write { try $0.first("PRAGMA journal_mode") { try $0.text(0) } }

            #expect(settings == [2, 1, 0, 0])
            #expect(journal == "wal")
        }
    }

    @Test func `lets no server answer before its disk did`() async throws {
        try await withTables(on: .postgres) { database in
            let setting = try await database.read {
                try $0.first("SHOW synchronous_commit") { try $0.text(0) }
            }

            #expect(setting != "off")
        }
    }

    @Test(arguments: 1...5)
    func `has everything it said was written, however it was killed`(round: Int) async throws {
        try await withBench(on: .sqlite, migrations: [.everything]) { bench in
            let path = bench.address
            let report = path + ".report"

            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = path as String, report = report as String] in
                try await WritingUntilKilled(path: path, report: report).run()
            }

            let reported = try String(contentsOfFile: report, encoding: .utf8).split(separator: "\n")
                .compactMap { Int($0) }
            let database = try await bench.open()
            let kept = try await database.read { try $0.all("SELECT a FROM pair") { try $0.int(0) } }
            let halves = try await database.read { try $0.number("SELECT count(*) FROM pair WHERE b <> a") }
            try await database.close()
            #expect(reported.count > 10, "the writer was killed before it had written")
            #expect(Set(reported).subtracting(kept).isEmpty)
            #expect(halves == 0)
        }
    }

    @Test func `gives the log back to the file`() async throws {
        try await withBench(on: .sqlite, migrations: [.everything]) { bench in
            let database = try SQLiteDatabase(path: bench.address)
            try await database.write { _ = try $0.run("INSERT INTO parent (name) VALUES ('a')") }
            let before = try size(bench.address + "-wal")

            try await database.checkpoint()

            let after = try size(bench.address + "-wal")
            #expect(before > 0)
            #expect(after == 0)
            try await database.close()
        }
    }

    @Test(.timeLimit(.minutes(1))) func `gives the log back while others go on writing`() async throws {
        try await withBench(on: .sqlite, migrations: [.everything]) { bench in
            let database = try SQLiteDatabase(path: bench.address)
            let written = Counter()
            let writers = (0..<4).map { _ in
                Task {
                    while !Task.isCancelled {
                        let number = written.next()
                        try await database.write {
                            _ = try $0.run("INSERT INTO pair (a, b) VALUES (\(number), 0)")
                        }
                    }
                }
            }

            for _ in 0..<5 { try await database.checkpoint() }

            for writer in writers { writer.cancel() }
            for writer in writers { try await writer.value }
            let count = try await database.count("pair")
            #expect(count == written.value)
            try await database.close()
        }
    }

    private func size(_ path: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? -1
    }
}

/// A process that writes rows from eight tasks, notes each one after its write returned, and kills itself without
/// warning: at a moment nobody chose, or right behind a note, when a commit that was promised too early is still on its
/// way.
struct WritingUntilKilled: Sendable {
    let path: String
    let report: String

    func run() async throws {
        let database = try SQLiteDatabase(path: path)
        let notes = open(report, O_CREAT | O_WRONLY | O_APPEND, 0o600)
        let noted = Counter()
        let lastNote = Int.random(in: 20...1500)
        let deadline = UInt32.random(in: 150_000...600_000)
        Thread.detachNewThread {
            usleep(deadline)
            kill(getpid(), SIGKILL)
        }
        try await withThrowingTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    for number in 0... {
                        let row = number * 8 + task
                        try await database.write { connection in
                            try connection.run("INSERT INTO pair (a, b) VALUES (\(row), -1)")
                            try connection.run("UPDATE pair SET b = a WHERE a = \(row)")
                        }
                        let line = Array("\(row)\n".utf8)
                        guard write(notes, line, line.count) == line.count else { throw Mishap.stumbled }
                        if noted.next() == lastNote { kill(getpid(), SIGKILL) }
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
