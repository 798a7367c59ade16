import Foundation
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

/// A desk in New York that takes dollars, with a folder for files.
struct ImportBench: Sendable {
    let database: any Database
    let clock = FakeClock()
    let folder: String
    let store: ImportStore

    var act: Act { Act(by: nil, at: clock.now) }

    init(_ database: any Database, folder: String) async throws {
        self.database = database
        self.folder = folder
        let organisations = OrganisationStore(database: database, clock: clock)
        try await organisations.change(
            [.organisation: "Acme", .zone: "America/New_York", .currency: "USD"],
            by: Act(by: nil, at: clock.now))
        store = ImportStore(database: database, clock: clock, organisations: organisations, folder: folder)
    }

    func file(_ name: String, _ text: String) throws -> String {
        let path = folder + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    @discardableResult
    func load(
        _ kind: ImportKind, _ text: String, _ options: ImportOptions = ImportOptions(),
        name: String = "file.csv"
    ) async throws -> ImportReport {
        let path = try file(name, text)
        clock.advance(by: .seconds(1))
        return try await ImportRun(store).run(kind, path: path, fileName: name, options: options, by: act)
    }

    func undo(_ report: ImportReport) async throws {
        clock.advance(by: .seconds(1))
        try await ImportRun(store).undo(ID(report.id), by: act)
    }

    func number(_ statement: SQL) async throws -> Int { try await database.read { try $0.number(statement) } }

    func texts(_ statement: SQL) async throws -> [String] {
        try await database.read { connection in try connection.all(statement) { try $0.text(0) } }
    }

    func rows(_ statement: SQL) async throws -> [String] {
        try await database.read { connection in
            try connection.all(statement) { row in
                try (0..<row.count).map { column in
                    if row.isNull(column) { return "-" }
                    if let number = try? row.int64(column) { return String(number) }
                    return try row.text(column)
                }.joined(separator: "|")
            }
        }
    }

    /// Everything an import may touch, as text to compare. Ids are left out where they only number rows.
    func everything() async throws -> [String] {
        var all: [String] = []
        for statement in ImportBench.contents { all += try await rows(statement) + ["--"] }
        return all
    }

    private static let contents: [SQL] = [
        "SELECT p.name, p.name_key, p.kind, p.source FROM party p ORDER BY p.name_key, p.name",
        "SELECT w.word, p.name FROM party_word w JOIN party p ON p.id = w.party_id ORDER BY w.word, p.name",
        "SELECT k.source, k.outside_id, p.name FROM party_key k JOIN party p ON p.id = k.party_id ORDER BY 1, 2",
        """
        SELECT a.name, b.name FROM membership m JOIN party a ON a.id = m.person_id JOIN party b ON b.id = m.account_id
        ORDER BY a.name, b.name
        """,
        "SELECT p.name, a.kind, a.value, a.value_key FROM address a JOIN party p ON p.id = a.party_id ORDER BY 1, 2, 3",
        """
        SELECT k.outside_id, x.day, x.at, x.amount, x.currency, x.cost, x.quantity, x.product, x.channel, x.outside_id
        FROM purchase x JOIN party_key k ON k.party_id = x.account_id
        ORDER BY k.outside_id, x.day, x.amount, x.product, x.outside_id, x.at
        """,
        """
        SELECT k.outside_id, x.day, x.kind, x.words, x.rating, x.friend, x.outside_id
        FROM advocacy x JOIN party_key k ON k.party_id = x.person_id ORDER BY k.outside_id, x.day, x.kind, x.words
        """,
        """
        SELECT k.outside_id, s.first_day, s.second_day, s.last_day, s.occasions
        FROM standing s JOIN party_key k ON k.party_id = s.party_id ORDER BY k.outside_id
        """,
        """
        SELECT family, a, b, CAST(sum(n) AS BIGINT) FROM (
            SELECT family, a, b, n FROM tally UNION ALL SELECT family, a, b, n FROM tally_delta WHERE FALSE) AS x
        GROUP BY family, a, b HAVING sum(n) <> 0 ORDER BY family, a, b
        """,
        "SELECT count(*) FROM import_purchase", "SELECT count(*) FROM import_advocacy",
    ]

    /// Whether the projections say what a count from scratch says.
    func projectionsAreRight() async throws -> Bool {
        let standings = try await rows(
            "SELECT party_id, first_day, last_day, occasions FROM standing ORDER BY party_id")
        let counted = try await rows(
            """
            SELECT account_id, min(day), max(day), count(DISTINCT day) FROM purchase WHERE amount >= 0
            GROUP BY account_id ORDER BY account_id
            """)
        return standings == counted
    }
}

func withImports<T>(on engine: Engine, _ body: (ImportBench) async throws -> T) async throws -> T {
    let folder = NSTemporaryDirectory() + "regulars-imports-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await withDatabase(on: engine, migrations: Schema.migrations) { database in
        try await body(try await ImportBench(database, folder: folder))
    }
}

/// Where real data lies, if this machine has it.
var sharedData: String {
    ProcessInfo.processInfo.environment["REGULARS_SHARED"] ?? FileManager.default.currentDirectoryPath
        + "/../shared"
}
