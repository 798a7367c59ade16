import Storage
import StorageTesting
import Testing

@Suite struct `Loading a batch` {
    private let texts = [
        "", "\\N", "\\", "\\.", "a\tb", "a\nb\r\n", "'\"`", "👩‍👩‍👧", "\u{B}\u{8}\u{C}", "\\x41", "a\\",
    ]

    @Test(arguments: Engine.available)
    func `keeps every kind of column`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            let batch = Batch(
                into: "thing", count: texts.count,
                columns: [
                    ("id", .integers(texts.indices.map(Int64.init))),
                    ("whole", .optionalIntegers([Batch.null, .max, -1] + texts.dropFirst(3).map { _ in 7 })),
                    ("words", .texts(texts)),
                    ("flag", .constant(.boolean(true))),
                    ("number", .constant(.real(-0.25))),
                    ("data", .constant(.bytes([0, 0x5C, 0x0A, 0xFF]))),
                ])

            try await database.write { try $0.load(batch) }

            let rows = try await database.read { connection in
                try connection.all("SELECT words, whole, flag, number, data FROM thing ORDER BY id") {
                    (
                        try $0.text(0), try $0.optionalInt64(1), try $0.bool(2), try $0.real(3),
                        try $0.bytes(4)
                    )
                }
            }
            #expect(rows.map { Array($0.0.utf8) } == texts.map { Array($0.utf8) })
            #expect(rows.prefix(4).map(\.1) == [nil, .max, -1, 7])
            #expect(rows.allSatisfy { $0.2 && $0.3 == -0.25 && $0.4 == [0, 0x5C, 0x0A, 0xFF] })
        }
    }

    @Test(arguments: Engine.available)
    func `tells an absent text from an empty one`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            let batch = Batch(
                into: "thing", count: 3,
                columns: [
                    ("id", .integers([1, 2, 3])), ("words", .optionalTexts([nil, "", "\\N"])),
                    ("whole", .constant(.null)),
                ])

            try await database.write { try $0.load(batch) }

            let words = try await database.read {
                try $0.all("SELECT words, whole FROM thing ORDER BY id") {
                    [try $0.optionalText(0), try $0.optionalText(1)]
                }
            }
            #expect(words == [[nil, nil], ["", nil], ["\\N", nil]])
        }
    }

    @Test(arguments: Engine.available)
    func `keeps nothing where one row breaks a rule`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            let batch = Batch(
                into: "pair", count: 3,
                columns: [("a", .integers([1, 2, 1])), ("b", .constant(.integer(0)))])

            await #expect(throws: StorageError.alreadyExists("pair.a, pair.b")) {
                try await database.write { try $0.load(batch) }
            }

            let left = try await database.count("pair")
            #expect(left == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `refuses a text with a NUL and works on`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            let spoilt = Batch(into: "parent", count: 2, columns: [("name", .texts(["a", "b\0"]))])
            let sound = Batch(into: "parent", count: 2, columns: [("name", .texts(["a", "b"]))])

            await #expect(throws: StorageError.refused("text with a NUL")) {
                try await database.write { try $0.load(spoilt) }
            }
            try await database.write { try $0.load(sound) }

            let count = try await database.count("parent")
            #expect(count == 2)
        }
    }

    @Test(arguments: Engine.available)
    func `takes many rows, several batches, and none`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            let numbers = (0..<50_000).map(Int64.init)
            let many = Batch(
                into: "pair", count: numbers.count,
                columns: [("a", .integers(numbers)), ("b", .constant(.integer(1)))])
            let more = Batch(
                into: "pair", count: numbers.count,
                columns: [("b", .integers(numbers)), ("a", .constant(.integer(-1)))])

            try await database.write { connection in
                try connection.load(many)
                try connection.load(Batch(into: "pair", count: 0, columns: [("a", .integers([]))]))
                try connection.load(more)
            }

            let (count, sum) = try await database.read { connection in
                try connection.first("SELECT count(*), CAST(sum(a + b) AS BIGINT) FROM pair") {
                    (try $0.int(0), try $0.int(1))
                } ?? (0, 0)
            }
            #expect(count == 100_000)
            #expect(sum == 2 * (49_999 * 25_000))
        }
    }

    @Test(arguments: Engine.available)
    func `may run inside an answer that is still being read`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            try await database.write { connection in
                try connection.each(numbers(upTo: 5)) { row in
                    let number = Int64(try row.int(0))
                    try connection.load(
                        Batch(
                            into: "pair", count: 1,
                            columns: [("a", .integers([number])), ("b", .integers([0]))]))
                }
            }

            let count = try await database.count("pair")
            #expect(count == 5)
        }
    }
}
