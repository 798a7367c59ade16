import Kernel
import Methods
import Storage

/// What other parts of the desk keep: contracts that ended, contacts who did not buy, thanks that are due.
extension FindingReading {
    /// Customers looked up at once.
    private static let handful = 500

    /// Whoever had a running contract when the window began; whether any of theirs goes on at its end.
    static func standings(
        _ rows: SQL, _ window: ClosedRange<LocalDate>, in connection: any Connection
    ) throws -> [Int64: Bool] {
        var (ran, goesOn): (Set<Int64>, Set<Int64>) = ([], [])
        try connection.each(rows) { row in
            let contract = try Contract(row: row)
            let party = contract.party.value
            switch contract.state(on: window.lowerBound) {
            case .running, .notice: ran.insert(party)
            case .ahead, .ended: break
            }
            if contract.state(on: window.upperBound) != .ended { goesOn.insert(party) }
        }
        return Dictionary(uniqueKeysWithValues: ran.map { ($0, goesOn.contains($0)) })
    }

    /// The same for the customers of a stretch of figures.
    static func standings(
        _ from: Int64, _ end: Int64, of run: Int64, _ window: ClosedRange<LocalDate>,
        in connection: any Connection
    ) throws -> [Int64: Bool] {
        let rows: SQL = """
            SELECT \(Contract.columns) FROM contract c JOIN figure f ON f.run_id = \(run) AND f.party_id = c.party_id
            WHERE c.party_id > \(from) AND c.party_id <= \(end)
            """
        return try standings(rows, window, in: connection)
    }

    func contracts(_ window: ClosedRange<LocalDate>) async throws -> ContractLoss? {
        var loss = ContractLoss()
        var last: Int64 = 0
        while true {
            let from = last
            let ids: SQL = """
                SELECT party_id AS id FROM contract WHERE party_id > \(from) ORDER BY party_id
                LIMIT \(FindingReading.stretch)
                """
            guard let end = try await end(ids, after: from) else { break }
            let part = try await database.read { connection in
                try FindingReading.contracts(from, end, window, in: connection)
            }
            loss.under += part.under
            loss.ended += part.ended
            loss.unseen += part.unseen
            last = end
            try await keepGoing()
        }
        return loss.under > 0 ? loss : nil
    }

    private static func contracts(
        _ from: Int64, _ end: Int64, _ window: ClosedRange<LocalDate>, in connection: any Connection
    ) throws -> ContractLoss {
        let rows: SQL = """
            SELECT \(Contract.columns) FROM contract c WHERE c.party_id > \(from) AND c.party_id <= \(end)
            """
        let standings = try standings(rows, window, in: connection)
        let ended = standings.filter { !$0.value }.keys.sorted()
        var loss = ContractLoss(under: standings.count, ended: ended.count)
        let before = yearBefore(window)
        for start in stride(from: 0, to: ended.count, by: handful) {
            let few = Array(ended[start..<min(start + handful, ended.count)])
            loss.unseen += try connection.number(
                """
                SELECT count(*) FROM party p WHERE p.id IN (\(list: few)) AND (
                    EXISTS (SELECT 1 FROM purchase b WHERE b.account_id = p.id AND b.amount >= 0
                        AND b.day BETWEEN \(window.lowerBound) AND \(window.upperBound))
                    OR NOT EXISTS (SELECT 1 FROM purchase b WHERE b.account_id = p.id AND b.amount >= 0
                        AND b.day BETWEEN \(before.lowerBound) AND \(before.upperBound)))
                """)
        }
        return loss
    }

    /// As the visits were last counted.
    func looked() async throws -> ShareCount? {
        guard let report = try await VisitStore(database: database).latest()?.report, report.visits > 0 else {
            return nil
        }
        return try ShareCount(report.left, of: report.visits)
    }

    func thanks(_ today: LocalDate) async throws -> (due: Int, overdue: Int) {
        let totals = try await database.read {
            try AdvocacyTotals.read(today: today.daysSinceEpoch, in: $0)
        }
        return (totals.thanksDue, totals.thanksOverdue)
    }
}
