import Foundation
public import Kernel
public import Storage

/// Every statement on runs and figures. What is read is the latest complete run, never one still being written.
public struct FigureStore: Sendable {
    let database: any Database
    let clock: any WallClock

    public init(database: any Database, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    /// The latest complete run; nil before the first.
    public func latest() async throws -> CompletedRun? {
        try await database.read { try FigureStore.latest(in: $0) }
    }

    static func latest(in connection: any Connection) throws -> CompletedRun? {
        let latest: SQL = """
            SELECT id, finished_at, report, outcomes FROM figure_run WHERE state = 'complete' ORDER BY id DESC LIMIT 1
            """
        return try connection.first(latest) { row in
            CompletedRun(
                id: try row.int64(0), finishedAt: try row.instant(1), report: try JSONText.read(row.text(2)),
                outcomes: try JSONText.read(row.text(3)))
        }
    }

    /// The latest complete run, where its lists are not in step yet: whoever wrote it was stopped before.
    func unsettled() async throws -> CompletedRun? {
        guard let latest = try await latest() else { return nil }
        let isSettled: SQL = "SELECT 1 FROM figure_run WHERE id = \(latest.id) AND settled"
        return try await database.read { try $0.exists(isSettled) } ? nil : latest
    }

    /// What the latest complete run says of a customer, and the run itself.
    public func figures(of party: ID<Party>) async throws -> (run: CompletedRun, figures: CustomerFigures?)? {
        try await database.read { connection in
            guard let run = try FigureStore.latest(in: connection) else { return nil }
            let found = try connection.first(
                """
                SELECT \(CustomerFigures.columns) FROM figure f
                WHERE f.run_id = \(run.id) AND f.party_id = \(party)
                """
            ) { try CustomerFigures(row: $0, from: 0) }
            return (run, found)
        }
    }

    /// How the run that waits was asked for.
    func wish() async throws -> FigureOptions {
        let latest: SQL = """
            SELECT model, calibrate_until FROM figure_run WHERE state = 'asked' ORDER BY id DESC LIMIT 1
            """
        let found = try await database.read { connection in
            try connection.first(latest) { row in
                FigureOptions(
                    model: ForecastKind(rawValue: try row.text(0)), calibrateUntil: try row.optionalDay(1))
            }
        }
        return found ?? FigureOptions()
    }

    /// Whether a run is asked for or under way.
    func isUnderWay() async throws -> Bool {
        let dead = clock.now.milliseconds - FigureStore.patience
        return try await database.read {
            try $0.exists(
                """
                SELECT 1 FROM figure_run WHERE state = 'asked' OR (state = 'writing' AND touched_at >= \(dead)) LIMIT 1
                """)
        }
    }

    /// Asks for a run as soon as somebody is free. Asking twice is asking once.
    /// Asks for a run, in a particular way or as the desk decides. Whoever asks last is heard.
    func ask(_ options: FigureOptions = FigureOptions(), by act: Act) async throws {
        try await database.write { connection in
            if options != FigureOptions() {
                try connection.run("UPDATE figure_run SET state = 'failed' WHERE state = 'asked'")
            }
            try FigureStore.ask(options, by: act, in: connection)
        }
    }

    static func ask(
        _ options: FigureOptions = FigureOptions(), by act: Act, in connection: any Connection
    ) throws {
        let waits = try connection.exists("SELECT 1 FROM figure_run WHERE state = 'asked' LIMIT 1")
        guard !waits else { return }
        let id = try connection.first(
            """
            INSERT INTO figure_run (state, asked_by, started_at, touched_at, day, report, outcomes, settled, model,
                calibrate_until)
            VALUES ('asked', \(act.actor), \(act.at), \(act.at), 0, '', '', FALSE,
                \(options.model?.rawValue ?? ""), \(options.calibrateUntil)) RETURNING id
            """
        ) { try $0.int64(0) }
        try connection.record("figures.asked", "figures", id ?? 0, by: act)
        try connection.enqueue(
            ComputeFigures.kind, key: ComputeFigures.kind, at: act.at, maximumAttempts: 1_000_000)
        try connection.run(
            """
            UPDATE job SET run_at = \(act.at) WHERE unique_key = \(ComputeFigures.kind) AND state = 'waiting'
            """)
    }

    /// Takes customers who are leaving the desk out of figures and lists. Where nobody is left, nothing computed is
    /// left either. The next run, or the one asked for by whoever removes many, brings the sums in step.
    static func forget(_ parties: SQL, in connection: any Connection) throws {
        for table in ["figure", "list_row", "list_entry"] as [SQL] {
            try connection.run("DELETE FROM \(table) WHERE party_id IN (\(parties))")
        }
        guard try !connection.exists("SELECT 1 FROM standing LIMIT 1") else { return }
        try connection.run("DELETE FROM figure_run WHERE state <> 'writing'")
    }
}

/// A run whose figures are in force.
public struct CompletedRun: Sendable, Equatable {
    public let id: Int64
    public let finishedAt: Instant
    public let report: FigureReport
    /// What became of those worked on and of those left alone, by list.
    public let outcomes: [ListOutcome]
}

extension CustomerFigures {
    static let columns: SQL = """
        f.party_id, f.first_day, f.last_day, f.occasions, f.worth, f.gap_tenths, f.alive_millionths,
        f.before_millionths, f.expected_thousandths, f.expected_worth
        """
    static let columnCount = 10

    init(row: any Row, from start: Int) throws {
        func share(_ column: Int) throws -> Double? {
            try row.optionalInt64(start + column).map { Double($0) / 1_000_000 }
        }
        self.init(
            party: try row.id(start), firstDay: try row.day(start + 1), lastDay: try row.day(start + 2),
            occasions: try row.int(start + 3), worth: try row.int64(start + 4),
            usualGap: try row.optionalInt64(start + 5).map { Double($0) / 10 }, alive: try share(6),
            aliveBefore: try share(7),
            expectedPurchases: try row.optionalInt64(start + 8).map { Double($0) / 1000 },
            expectedWorth: try row.optionalInt64(start + 9))
    }
}

/// Reports as they are kept: text that no statement looks into.
enum JSONText {
    static func write(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func read<Value: Decodable>(_ text: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }
}
