import Kernel
public import Storage

/// The counters from which a window's score is read without touching an answer.
///
/// Every answer is one under `all` by its score, and one by the lowest score of its part under each family it has a
/// value in. Changes are delta rows, folded by a job; what is not folded yet is counted all the same.
public enum AnswerFamily: String, Sendable, CaseIterable, SQLBindable {
    case all, source, event, visits, attribute, scale
}

/// Every statement that touches `answer_tally` and `answer_tally_delta`.
enum AnswerTallyStore {
    /// Counts the answers that `condition` selects in, or with `sign` -1 out.
    static func count(_ condition: SQL, sign: Int, in connection: any Connection) throws {
        let values: [(AnswerFamily, value: SQL, score: SQL, has: SQL)] = [
            (.all, "''", "a.score", "TRUE"), (.source, "a.source", "a.part", "TRUE"),
            (.event, "a.after_event", "a.part", "a.after_event <> ''"),
            (.visits, "CAST(a.band AS TEXT)", "a.part", "a.band IS NOT NULL"),
            (.attribute, "a.attribute", "a.part", "a.attribute <> ''"),
            (.scale, "a.scale || ' ' || a.mapping", "a.part", "a.mapping <> ''"),
        ]
        for (family, value, score, has) in values {
            try connection.run(
                """
                INSERT INTO answer_tally_delta (kind, about, family, day, value, score, n)
                SELECT a.kind, a.about, \(typed: family.rawValue), a.day, \(value), \(score),
                    count(*) * \(typed: Int64(sign))
                FROM answer a WHERE \(condition) AND \(has) GROUP BY 1, 2, 4, 5, 6
                """)
        }
    }

    /// Adds delta rows up into their cells and removes them. Answers how many there were.
    @discardableResult
    static func fold(limit: Int = 20_000, in connection: any Connection) throws -> Int {
        let last = try connection.number(
            "SELECT max(id) FROM (SELECT id FROM answer_tally_delta ORDER BY id LIMIT \(limit)) AS oldest")
        guard last > 0 else { return 0 }
        try connection.run(
            """
            INSERT INTO answer_tally (kind, about, family, day, value, score, n)
            SELECT kind, about, family, day, value, score, CAST(sum(n) AS BIGINT) FROM answer_tally_delta
            WHERE id <= \(last) GROUP BY kind, about, family, day, value, score
            ON CONFLICT (kind, about, family, day, value, score) DO UPDATE SET n = answer_tally.n + excluded.n
            """)
        return try connection.run("DELETE FROM answer_tally_delta WHERE id <= \(last)")
    }

    /// What stands in a family's cells of some days: by value, how often each score from 0 to 10 was given.
    static func cells(
        _ family: AnswerFamily, about: Answer.About, _ days: ClosedRange<LocalDate>,
        in connection: any Connection
    ) throws -> [String: [Int]] {
        func rows(_ table: SQL) -> SQL {
            """
            SELECT value, score, CAST(sum(n) AS BIGINT) FROM \(table)
            WHERE kind = 'nps' AND about = \(about) AND family = \(family)
                AND day BETWEEN \(days.lowerBound) AND \(days.upperBound) GROUP BY value, score
            """
        }
        var cells: [String: [Int]] = [:]
        for table in ["answer_tally", "answer_tally_delta"] as [SQL] {
            try connection.each(rows(table)) { row in
                let value = try row.text(0)
                cells[value, default: Array(repeating: 0, count: 11)][try row.int(1)] += try row.int(2)
            }
        }
        return cells.filter { $0.value.contains { $0 > 0 } }
    }

    /// Scores by day, all values together.
    static func byDay(
        about: Answer.About, _ days: ClosedRange<LocalDate>, in connection: any Connection
    ) throws -> [Int: [Int]] {
        var cells: [Int: [Int]] = [:]
        for table in ["answer_tally", "answer_tally_delta"] as [SQL] {
            let rows: SQL = """
                SELECT day, score, n FROM \(table) WHERE kind = 'nps' AND about = \(about) AND family = 'all'
                    AND day BETWEEN \(days.lowerBound) AND \(days.upperBound)
                """
            try connection.each(rows) { row in
                cells[try row.int(0), default: Array(repeating: 0, count: 11)][try row.int(1)] += try row.int(
                    2)
            }
        }
        return cells
    }
}

/// Adds delta rows up into the counters' cells.
struct FoldAnswers: Worker {
    let desk: Desk

    var kind: String { "fold-answers" }
    var rhythm: Duration? { .seconds(5) }

    func run(_ job: Job, holding lease: Lease) async throws {
        while try await desk.database.read({ try $0.exists("SELECT 1 FROM answer_tally_delta LIMIT 1") }) {
            let now = desk.clock.now
            let folded = try await desk.database.write { connection in
                // Publishing an import folds as well, and would have to begin again.
                let isPublishing = try connection.exists(
                    "SELECT 1 FROM job WHERE kind = 'run-import' AND state = 'running' AND lease_until >= \(now)"
                )
                return isPublishing ? 0 : try AnswerTallyStore.fold(in: connection)
            }
            guard folded > 0 else { return }
            try await lease.extend()
        }
    }
}
