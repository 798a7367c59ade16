import Kernel
import Storage

/// Which part of the contracts a list shows.
public enum ContractPart: String, Sendable, CaseIterable {
    /// The latest on record first.
    case all
    /// Whose promotion ends, the next first.
    case promotions
    /// Which renew or end by themselves, the next first.
    case renewals
    /// Given up and running until their end, the next first.
    case notice
}

/// A contract on a list, with its customer.
struct ContractLine: Sendable {
    let contract: Contract
    let name: String
    /// The day by which its list is sorted.
    let day: LocalDate?
}

extension ContractStore {
    /// A page of contracts; goes on behind `after`, the two numbers of the last one seen.
    func list(
        _ part: ContractPart, today: LocalDate, after: String?, limit: Int
    ) async throws -> Portion<ContractLine> {
        let parts = (after ?? "").split(separator: "~").map { Int64($0) }
        var mark: (Int64, Int64) = part == .all ? (0, .max) : (.min, 0)
        if parts.count == 2, let first = parts[0], let second = parts[1] { mark = (first, second) }
        let statement = ContractStore.statement(part, today, mark, limit + 1)
        return try await database.read { connection in
            let rows = try connection.all(statement) { row in
                (contract: try Contract(row: row), name: try row.text(22), day: try row.optionalDay(23))
            }
            let contracts = try ContractStore.priced(rows.map(\.contract), in: connection)
            let lines = zip(rows, contracts).map { ContractLine(contract: $1, name: $0.name, day: $0.day) }
            return Portion(lines, limit: limit) {
                "\($0.day?.daysSinceEpoch ?? 0)~\($0.contract.id)"
            }
        }
    }

    private static func statement(
        _ part: ContractPart, _ today: LocalDate, _ mark: (Int64, Int64), _ limit: Int
    ) -> SQL {
        let column: SQL
        let condition: SQL
        switch part {
        case .all:
            return """
                SELECT \(Contract.columns), p.name, CAST(NULL AS BIGINT) FROM contract c JOIN party p ON p.id = c.party_id
                WHERE c.id < \(mark.1) ORDER BY c.id DESC LIMIT \(limit)
                """
        case .promotions: (column, condition) = ("c.promotion_day", "c.end_day IS NULL")
        case .renewals: (column, condition) = ("c.due_day", "c.end_day IS NULL")
        case .notice: (column, condition) = ("c.end_day", "c.end_day IS NOT NULL")
        }
        return """
            SELECT \(Contract.columns), p.name, \(column) FROM contract c CROSS JOIN party p
            WHERE p.id = c.party_id AND \(column) > \(today + (part == .promotions ? -1 : 0)) AND \(condition)
                AND (\(column), c.id) > (\(mark.0), \(mark.1))
            ORDER BY \(column), c.id LIMIT \(limit)
            """
    }

    /// Moves the next renewal of contracts that have passed theirs. Answers how many there were, so that a job goes on
    /// while there are more.
    func moveDueDays(today: LocalDate, limit: Int = 500) async throws -> Int {
        try await database.write { connection in
            let passed = try connection.all(
                """
                SELECT \(Contract.columns) FROM contract c WHERE c.due_day IS NOT NULL AND c.end_day IS NULL
                    AND c.due_day <= \(today) ORDER BY c.due_day, c.id LIMIT \(limit)
                """, Contract.init)
            for contract in passed {
                try connection.run(
                    """
                    UPDATE contract SET due_day = \(contract.terms.due(after: today)) WHERE id = \(contract.id)
                    """)
            }
            return passed.count
        }
    }
}
