import Kernel
import Storage

/// Why a run is not begun, or does not end.
public enum FigureRunRefusal: Error, Equatable, Sendable {
    /// Another run is being written.
    case underWay
    /// Somebody else began anew because this one did not show itself for too long.
    case takenOver
}

extension FigureStore {
    /// A run that has not shown itself for this long is dead.
    static let patience: Int64 = 300_000

    /// Begins a run, or takes up the one asked for. A dead run is put aside; its rows are swept with the next.
    func begin(day: LocalDate, at now: Instant) async throws -> Int64 {
        try await database.write { connection in
            let dead = now.milliseconds - FigureStore.patience
            try connection.run(
                "UPDATE figure_run SET state = 'failed' WHERE state = 'writing' AND touched_at < \(dead)")
            if try connection.exists("SELECT 1 FROM figure_run WHERE state = 'writing' LIMIT 1") {
                throw FigureRunRefusal.underWay
            }
            try connection.run("UPDATE figure_run SET state = 'failed' WHERE state = 'asked'")
            let id = try connection.first(
                """
                INSERT INTO figure_run (state, started_at, touched_at, day, report, outcomes, settled)
                VALUES ('writing', \(now), \(now), \(day), '', '', FALSE) RETURNING id
                """
            ) { try $0.int64(0) }
            return id ?? 0
        }
    }

    /// Appends some customers' rows to a run that is being written.
    func append(_ figures: [CustomerFigures], _ rows: [ListRow], to run: Int64) async throws {
        let now = clock.now
        let (batch, lists) = (FigureStore.batch(figures, run), ListStore.batches(rows, run))
        try await database.write { connection in
            let isOurs = try connection.run(
                "UPDATE figure_run SET touched_at = \(now) WHERE id = \(run) AND state = 'writing'")
            guard isOurs == 1 else { throw FigureRunRefusal.takenOver }
            try connection.load(batch)
            for list in lists { try connection.load(list) }
        }
    }

    private static func batch(_ figures: [CustomerFigures], _ run: Int64) -> Batch {
        func scaled(_ value: Double?, _ factor: Double) -> Int64 {
            value.map { Int64(($0 * factor).rounded()) } ?? Batch.null
        }
        return Batch(
            into: "figure", count: figures.count,
            columns: [
                ("run_id", .constant(run.sqlValue)), ("party_id", .integers(figures.map(\.party.value))),
                ("first_day", .integers(figures.map { Int64($0.firstDay.daysSinceEpoch) })),
                ("last_day", .integers(figures.map { Int64($0.lastDay.daysSinceEpoch) })),
                ("occasions", .integers(figures.map { Int64($0.occasions) })),
                ("worth", .integers(figures.map(\.worth))),
                ("gap_tenths", .optionalIntegers(figures.map { scaled($0.usualGap, 10) })),
                ("alive_millionths", .optionalIntegers(figures.map { scaled($0.alive, 1_000_000) })),
                ("before_millionths", .optionalIntegers(figures.map { scaled($0.aliveBefore, 1_000_000) })),
                (
                    "expected_thousandths",
                    .optionalIntegers(figures.map { scaled($0.expectedPurchases, 1000) })
                ),
                ("expected_worth", .optionalIntegers(figures.map { $0.expectedWorth ?? Batch.null })),
            ])
    }

    /// From here on everybody sees this run.
    func complete(_ run: Int64, _ report: FigureReport, by act: Act) async throws {
        let text = try JSONText.write(report)
        let now = clock.now
        let previous = try await latest()?.outcomes ?? []
        let outcomes = try JSONText.write(previous)
        try await database.write { connection in
            let isOurs = try connection.run(
                """
                UPDATE figure_run SET state = 'complete', finished_at = \(now), touched_at = \(now), report = \(text),
                    outcomes = \(outcomes)
                WHERE id = \(run) AND state = 'writing'
                """)
            guard isOurs == 1 else { throw FigureRunRefusal.takenOver }
            try connection.record(
                "figures.computed", "figures", run, by: act, detail: ["customers": Int64(report.customers)])
        }
    }

    /// Puts a run aside that came to nothing.
    func abandon(_ run: Int64) async throws {
        try await database.write {
            _ = try $0.run("UPDATE figure_run SET state = 'failed' WHERE id = \(run) AND state = 'writing'")
        }
    }

    /// Removes the rows of runs that nobody reads any more, some thousand customers at a time. The complete run before
    /// the current one stays until the next: a list that is being taken away is still read from it.
    func sweep(before current: Int64) async throws {
        let old: SQL = """
            SELECT id FROM figure_run WHERE id < \(current) AND state IN ('complete', 'failed') AND id <> (
                SELECT coalesce(max(id), 0) FROM figure_run WHERE id < \(current) AND state = 'complete') ORDER BY id
            """
        for run in try await database.read({ try $0.all(old) { try $0.int64(0) } }) {
            try await sweep(run)
            _ = try await database.write { try $0.run("DELETE FROM figure_run WHERE id = \(run)") }
        }
    }

    private func sweep(_ run: Int64) async throws {
        var after: Int64 = 0
        while true {
            let start = after
            let border = try await database.read { connection in
                try connection.number(
                    """
                    SELECT max(party_id) FROM (
                        SELECT party_id FROM figure WHERE run_id = \(run) AND party_id > \(start)
                        ORDER BY party_id LIMIT 20000
                    ) AS oldest
                    """)
            }
            guard border > 0 else { return }
            after = Int64(border)
            try await database.write { connection in
                try connection.run("DELETE FROM list_row WHERE run_id = \(run) AND party_id <= \(border)")
                try connection.run("DELETE FROM figure WHERE run_id = \(run) AND party_id <= \(border)")
            }
        }
    }
}
