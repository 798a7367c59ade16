import Foundation
import Storage
import StorageSQLite
import StorageTesting
import Testing

@Suite struct `Running out of disk` {
    private static let heap = Batch(
        into: "thing", count: 20_000,
        columns: [
            ("id", .integers((1...20_000).map(Int64.init))),
            ("words", .constant(.text(String(repeating: "x", count: 400)))),
        ])

    @Test func `keeps nothing of a write that did not fit, and recovers`() async throws {
        try await withTables(on: .sqlite) { database in
            try await database.write { _ = try $0.run("INSERT INTO parent (name) VALUES ('before')") }
            try await database.write { try $0.script("PRAGMA max_page_count = 300;") }

            await #expect(throws: StorageError.diskFull) {
                try await database.write { try $0.load(Self.heap) }
            }

            let left = try await database.count("thing")
            #expect(left == 0)
            try await database.write { try $0.script("PRAGMA max_page_count = 1000000;") }
            try await database.write { try $0.load(Self.heap) }
            let things = try await database.count("thing")
            let parents = try await database.count("parent")
            #expect(things == 20_000)
            #expect(parents == 1)
        }
    }

    @Test(.enabled("mounting a small disk takes the rights of root") { SmallDisk.isPossible })
    func `answers on a disk that is really full`() async throws {
        let disk = try SmallDisk(megabytes: 6)
        defer { disk.unmount() }
        let path = disk.path + "/desk.sqlite"
        let database = try SQLiteDatabase(path: path)
        try await Migrator([.everything]).run(on: database, at: FakeClock().now)
        try await database.write { _ = try $0.run("INSERT INTO parent (name) VALUES ('before')") }

        await #expect(throws: StorageError.diskFull) {
            try await database.write { try $0.load(Self.heap) }
        }

        let left = try await database.count("thing")
        #expect(left == 0)
        try await database.write { _ = try $0.run("INSERT INTO parent (name) VALUES ('after')") }
        let parents = try await database.count("parent")
        #expect(parents == 2)
        try await database.close()
    }

    @Test(.enabled("mounting a small disk takes the rights of root") { SmallDisk.isPossible })
    func `fails writes while others fill the disk, and works again when they make room`() async throws {
        let disk = try SmallDisk(megabytes: 4)
        defer { disk.unmount() }
        let database = try SQLiteDatabase(path: disk.path + "/desk.sqlite")
        try await Migrator([.everything]).run(on: database, at: FakeClock().now)
        try disk.fill()

        var kept = 0
        var failure: (any Error)?
        for number in 0..<2000 where failure == nil {
            do {
                try await database.write { connection in
                    try connection.run("INSERT INTO thing (id, words) VALUES (\(number), 'x')")
                    try connection.run("INSERT INTO pair (a, b) VALUES (\(number), 0)")
                }
                kept += 1
            } catch { failure = error }
        }

        let things = try await database.count("thing")
        let pairs = try await database.count("pair")
        #expect(failure as? StorageError == .diskFull)
        #expect(things == kept)
        #expect(pairs == kept)
        disk.makeRoom()
        try await database.write { _ = try $0.run("INSERT INTO thing (id, words) VALUES (-1, 'x')") }
        let after = try await database.count("thing")
        #expect(after == kept + 1)
        try await database.close()
    }
}

/// A file system of a few megabytes, in memory.
struct SmallDisk {
    let path: String

    static let isPossible: Bool = {
        guard let disk = try? SmallDisk(megabytes: 1) else { return false }
        disk.unmount()
        return true
    }()

    init(megabytes: Int) throws {
        path = NSTemporaryDirectory() + "regulars-small-disk-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m") == 0 else {
            try? FileManager.default.removeItem(atPath: path)
            throw Mishap.stumbled
        }
    }

    func fill() throws {
        let filler = open(path + "/filler", O_CREAT | O_WRONLY, 0o600)
        defer { close(filler) }
        let block = [UInt8](repeating: 1, count: 4096)
        while write(filler, block, block.count) > 0 {}
    }

    func makeRoom() { unlink(path + "/filler") }

    func unmount() {
        umount2(path, Int32(MNT_DETACH))
        try? FileManager.default.removeItem(atPath: path)
    }
}
