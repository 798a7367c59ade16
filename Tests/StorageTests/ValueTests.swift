import Kernel
import Storage
import StorageTesting
import Testing

@Suite struct `Keeping values` {
    static let whole: [Int64] = [.min, .min + 1, -1, 0, 1, 1 << 53 + 1, .max]
    static let texts = [
        "", " ", "a'b\"c`d", "\\ \\n $1 %s ?", "line\nline\r\ttab", "ÄÖ ß ﷺ 漢字", "👩‍👩‍👧‍👦🏳️‍🌈", "e\u{301}",
        "\u{FFFD}\u{10FFFF}", "'; DROP TABLE thing; --", String(repeating: "ä1", count: 500_000),
    ]

    private func keep(_ values: [SQL], as column: SQL, in database: any Database) async throws {
        try await database.write { connection in
            for (number, value) in values.enumerated() {
                try connection.run("INSERT INTO thing (id, \(column)) VALUES (\(number), \(value))")
            }
        }
    }

    @Test(arguments: Engine.available)
    func `gives back every integer`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            try await keep(Self.whole.map { "\($0)" }, as: "whole", in: database)

            let found = try await database.read {
                try $0.all("SELECT whole FROM thing ORDER BY id") { try $0.int64(0) }
            }

            #expect(found == Self.whole)
        }
    }

    @Test(arguments: Engine.available)
    func `gives back every text, byte for byte`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            try await keep(Self.texts.map { "\($0)" }, as: "words", in: database)

            let found = try await database.read {
                try $0.all("SELECT words FROM thing ORDER BY id") { try $0.text(0) }
            }

            #expect(found.map { Array($0.utf8) } == Self.texts.map { Array($0.utf8) })
        }
    }

    @Test(arguments: Engine.available)
    func `finds rows by hostile text`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            try await keep(Self.texts.map { "\($0)" }, as: "words", in: database)
            for (number, text) in Self.texts.enumerated() {
                let found = try await database.read {
                    try $0.all("SELECT id FROM thing WHERE words = \(text)") { try $0.int(0) }
                }

                #expect(found == [number])
            }
        }
    }

    @Test(arguments: Engine.available)
    func `gives back every real`(on engine: Engine) async throws {
        let reals: [Double] = [
            0, -0.1, 1 / 3, .pi, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity,
            1e22,
        ]
        try await withTables(on: engine) { database in
            try await keep(reals.map { "\($0)" }, as: "number", in: database)

            let found = try await database.read {
                try $0.all("SELECT number FROM thing ORDER BY id") { try $0.real(0) }
            }

            #expect(found == reals)
        }
    }

    @Test(arguments: Engine.available)
    func `gives back bytes, none and all`(on engine: Engine) async throws {
        let bytes: [[UInt8]] = [[], [0], Array(0...255), [UInt8](repeating: 0x5C, count: 262_144)]
        try await withTables(on: engine) { database in
            try await keep(bytes.map { "\($0)" }, as: "data", in: database)

            let found = try await database.read {
                try $0.all("SELECT data FROM thing ORDER BY id") { try $0.bytes(0) }
            }

            #expect(found == bytes)
        }
    }

    @Test(arguments: Engine.available)
    func `takes a boolean as a condition`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            try await keep([true, false, nil].map { (flag: Bool?) in "\(flag)" }, as: "flag", in: database)

            let found = try await database.read { connection in
                try ["flag", "flag = \(false)", "flag IS NULL", "NOT flag"].map { (condition: SQL) in
                    try connection.all("SELECT id FROM thing WHERE \(condition)") { try $0.int(0) }
                }
            }
            let read = try await database.read {
                try $0.all("SELECT flag FROM thing WHERE flag IS NOT NULL ORDER BY id") { try $0.bool(0) }
            }
            #expect(found == [[0], [1], [2], [1]])
            #expect(read == [true, false])
        }
    }

    @Test(arguments: Engine.available)
    func `tells NULL from a value`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            let none: String? = nil
            try await database.write { connection in
                try connection.run("INSERT INTO thing (id, words, whole) VALUES (1, \(none), \(Int?.none))")
                try connection.run("INSERT INTO thing (id, words, whole) VALUES (2, \("")  , \(0))")
            }

            let found = try await database.read {
                try $0.all("SELECT words, whole FROM thing ORDER BY id") {
                    [$0.isNull(0), $0.isNull(1), try $0.optionalText(0) == nil, try $0.optionalInt(1) == nil]
                }
            }

            #expect(found == [[true, true, true, true], [false, false, false, false]])
        }
    }

    @Test(arguments: Engine.available)
    func `gives back the domain's own values`(on engine: Engine) async throws {
        enum Status: String, SQLBindable { case open, closed }
        let day = LocalDate(daysSinceEpoch: -3)
        let moment = Instant(milliseconds: -5)
        let id = ID<Status>(9)
        try await withTables(on: engine) { database in
            let found = try await database.write { connection in
                try connection.run(
                    "INSERT INTO thing (id, whole, words) VALUES (\(id), \(moment), \(Status.closed))")
                try connection.run("INSERT INTO thing (id, whole) VALUES (10, \(day))")
                let rows = try connection.first("SELECT id, whole, words FROM thing WHERE id = \(id)") {
                    (try $0.id(0, of: Status.self), try $0.instant(1), try $0.word(2, as: Status.self))
                }
                let kept = try connection.first("SELECT whole FROM thing WHERE id = 10") { try $0.day(0) }
                return (rows, kept)
            }

            #expect(found.0?.0 == id)
            #expect(found.0?.1 == moment)
            #expect(found.0?.2 == .closed)
            #expect(found.1 == day)
        }
    }

    @Test(arguments: Engine.available)
    func `refuses what only one engine could keep`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            await #expect(throws: StorageError.refused("text with a NUL")) {
                try await database.write {
                    _ = try $0.run("INSERT INTO thing (id, words) VALUES (1, \("a\0b"))")
                }
            }
            await #expect(throws: StorageError.refused("not a number")) {
                try await database.write {
                    _ = try $0.run("INSERT INTO thing (id, number) VALUES (1, \(Double.nan))")
                }
            }

            let left = try await database.count("thing")
            #expect(left == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `suits values to functions that want other types`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            let found = try await database.read { connection in
                try connection.first("SELECT substr(\("regulars"), \(2), \(3)), \(1) + \(0.5)") {
                    (try $0.text(0), try $0.real(1))
                }
            }

            #expect(found?.0 == "egu")
            #expect(found?.1 == 1.5)
        }
    }

    @Test(arguments: Engine.available)
    func `joins a list of rows from Swift`(on engine: Engine) async throws {
        try await withTables(on: engine) { database in
            try await keep(["\(10)", "\(20)", "\(30)"], as: "whole", in: database)

            let found = try await database.read { connection in
                try connection.all(
                    """
                    WITH wanted (id, name) AS (VALUES (\(0), \("a")), (\(2), \("c")))
                    SELECT wanted.name, thing.whole FROM wanted JOIN thing ON thing.id = wanted.id ORDER BY 2
                    """
                ) { "\(try $0.text(0))\(try $0.int(1))" }
            }

            #expect(found == ["a10", "c30"])
        }
    }
}
