import Kernel
import Storage

/// What a run of the figures does to the lists.
extension ListStore {
    /// Rows of a run; those left alone apart, because a batch has no column of truths.
    static func batches(_ rows: [ListRow], _ run: Int64) -> [Batch] {
        [true, false].compactMap { isHeld in
            let part = rows.filter { $0.isHeld == isHeld }
            guard !part.isEmpty else { return nil }
            return Batch(
                into: "list_row", count: part.count,
                columns: [
                    ("run_id", .constant(run.sqlValue)), ("party_id", .integers(part.map(\.party))),
                    ("list", .texts(part.map(\.list.rawValue))), ("money", .integers(part.map(\.money))),
                    ("since_day", .integers(part.map { Int64($0.since.daysSinceEpoch) })),
                    ("held", .constant(isHeld.sqlValue)),
                ])
        }
    }

    /// How many of a run's rows are of people who do not want to be approached, and the money beside them.
    func refusing(_ run: Int64) async throws -> [CustomerList: (count: Int, money: Int64)] {
        let rows: SQL = """
            SELECT r.list, count(*), CAST(sum(r.money) AS BIGINT) FROM list_row r
            WHERE r.run_id = \(run) AND NOT r.held AND \(Consent.isRefused(.offers, party: "r.party_id"))
            GROUP BY r.list
            """
        return try await database.read { connection in
            var found: [CustomerList: (count: Int, money: Int64)] = [:]
            try connection.each(rows) { row in
                guard let list = CustomerList(rawValue: try row.text(0)) else { return }
                found[list] = (try row.int(1), try row.int64(2))
            }
            return found
        }
    }

    /// When and how the customers of a range came onto the lists they are on.
    func standing(of parties: ClosedRange<Int64>) async throws -> [Int64: [CustomerList: (LocalDate, Bool)]] {
        let open: SQL = """
            SELECT party_id, list, entered_day, held FROM list_entry
            WHERE party_id BETWEEN \(parties.lowerBound) AND \(parties.upperBound) AND left_day IS NULL
            """
        return try await database.read { connection in
            var found: [Int64: [CustomerList: (LocalDate, Bool)]] = [:]
            try connection.each(open) { row in
                guard let list = CustomerList(rawValue: try row.text(1)) else { return }
                found[try row.int64(0), default: [:]][list] = (try row.day(2), try row.bool(3))
            }
            return found
        }
    }

    /// Brings the entries in step with a complete run, some thousand customers at a time. Safe to do twice.
    func settle(_ run: Int64, day: LocalDate) async throws {
        for range in try await ranges(of: run) {
            try await database.write { connection in
                try connection.run(
                    """
                    UPDATE list_entry SET left_day = \(day)
                    WHERE party_id BETWEEN \(range.lowerBound) AND \(range.upperBound) AND left_day IS NULL
                        AND NOT EXISTS (SELECT 1 FROM list_row r WHERE r.run_id = \(run)
                            AND r.party_id = list_entry.party_id AND r.list = list_entry.list)
                    """)
                try connection.run(
                    """
                    INSERT INTO list_entry (list, party_id, entered_day, held, note)
                    SELECT r.list, r.party_id, r.since_day, r.held, '' FROM list_row r
                    WHERE r.run_id = \(run) AND r.party_id BETWEEN \(range.lowerBound) AND \(range.upperBound)
                    ON CONFLICT DO NOTHING
                    """)
            }
        }
        _ = try await database.write { try $0.run("UPDATE figure_run SET settled = TRUE WHERE id = \(run)") }
    }

    /// Neighbouring ranges of ids that cover everyone, each with some thousand customers of the run.
    private func ranges(of run: Int64) async throws -> [ClosedRange<Int64>] {
        var ranges: [ClosedRange<Int64>] = []
        var start: Int64 = 0
        while true {
            let from = start
            let border = try await database.read { connection in
                try connection.number(
                    """
                    SELECT max(party_id) FROM (
                        SELECT party_id FROM list_row WHERE run_id = \(run) AND party_id >= \(from)
                        ORDER BY party_id LIMIT 20000
                    ) AS oldest
                    """)
            }
            guard border > 0 else { break }
            ranges.append(from...Int64(border))
            start = Int64(border) + 1
        }
        return ranges + [start...Int64.max]
    }

    /// What became of those whose 60 days are over: free to be called, or left alone on purpose.
    ///
    /// Everybody who entered counts, called or not: comparing only those called would leave out whoever came by
    /// themselves before a call, and count colleagues' choice of whom to call as an effect of calling.
    func outcomes(at day: LocalDate) async throws -> [ListOutcome] {
        let border = day + (-ListOutcome.days)
        let counts: SQL = """
            SELECT list, held, count(*), count(*) FILTER (WHERE EXISTS (
                SELECT 1 FROM purchase b WHERE b.account_id = e.party_id AND b.amount >= 0 AND b.kind = 'sale'
                    AND b.day > e.entered_day AND b.day <= e.entered_day + \(ListOutcome.days)))
            FROM list_entry e WHERE e.entered_day <= \(border)
            GROUP BY list, held
            """
        return try await database.read { connection in
            var found: [CustomerList: ListOutcome] = [:]
            try connection.each(counts) { row in
                guard let list = CustomerList(rawValue: try row.text(0)) else { return }
                var outcome = found[list] ?? ListOutcome(list: list)
                if try row.bool(1) {
                    (outcome.held, outcome.heldCame) = (try row.int(2), try row.int(3))
                } else {
                    (outcome.worked, outcome.workedCame) = (try row.int(2), try row.int(3))
                }
                found[list] = outcome
            }
            return CustomerList.allCases.compactMap { found[$0] }
        }
    }

    func keep(_ outcomes: [ListOutcome], of run: Int64) async throws {
        let text = try JSONText.write(outcomes)
        try await database.write {
            _ = try $0.run("UPDATE figure_run SET outcomes = \(text) WHERE id = \(run)")
        }
    }
}
