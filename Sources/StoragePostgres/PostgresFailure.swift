import CPostgres
import Storage

/// A statement that failed, and what the driver makes of it.
struct PostgresFailure: Error {
    enum Kind {
        /// Another transaction got in first: the body runs again.
        case conflict
        /// The connection is gone.
        case lost
        /// A write came to a server that only reads, as an old primary does after a failover.
        case standby
        /// A prepared statement outlived a change of the schema: it runs again on a new connection.
        case stale
        /// The types of the values did not suit: it runs again with the types PostgreSQL infers.
        case mistyped
        case plain
    }

    var kind: Kind
    let error: StorageError

    init(_ kind: Kind, _ error: StorageError) {
        self.kind = kind
        self.error = error
    }

    init(_ result: PostgresResult) {
        let state = result.field("C") ?? ""
        let message = result.field("M") ?? "the server said nothing"
        kind = PostgresFailure.kind(state, message)
        if kind == .plain, result.field("s") == "pg_catalog" { kind = .conflict }
        error = PostgresFailure.error(state, message, result)
    }

    private static func kind(_ state: String, _ message: String) -> Kind {
        switch state {
        case "40001", "40P01": .conflict
        // Two processes that migrate at once: the catalogue is newer than the snapshot. The second try sees it all.
        case "42P07", "42701", "42710": .conflict
        case "57P01", "57P02", "57P03": .lost
        case "25006": .standby
        case "0A000" where message.hasPrefix("cached plan"): .stale
        case "26000": .stale
        default: state.hasPrefix("08") ? .lost : .plain
        }
    }

    private static func error(_ state: String, _ message: String, _ result: PostgresResult) -> StorageError {
        switch state {
        case "23505", "23P01": .alreadyExists(result.uniqueColumns)
        case "23503": .stillReferenced(result.field("n") ?? message)
        case "23502": .refused("\(result.field("t") ?? "?").\(result.field("c") ?? "?")")
        case "23514": .refused(result.field("n") ?? message)
        case "P0001": .refused(message)
        case "25006": .refused("writing where only reading is allowed")
        case "53100": .diskFull
        case "40001", "40P01", "53300", "53400", "55P03": .tooBusy
        default:
            if state.hasPrefix("08") || state.hasPrefix("57P0") {
                .unreachable(message)
            } else {
                .broken("\(message) (\(state))")
            }
        }
    }
}

extension PostgresResult {
    /// No such function or operator, wrong type, unclear type: other types for the values might do.
    var isMistyped: Bool { ["42883", "42804", "42P18", "42725"].contains(field("C")) }

    /// `table.column, table.other`, as SQLite says it; the constraint's name where that cannot be told.
    fileprivate var uniqueColumns: String {
        let constraint = field("n") ?? "?"
        guard let table = field("t"), let detail = field("D"), let open = detail.firstIndex(of: "("),
            let close = detail.firstRange(of: ")=(")
        else { return constraint }
        let columns = detail[detail.index(after: open)..<close.lowerBound].split(separator: ", ")
        return columns.map { "\(table).\($0)" }.joined(separator: ", ")
    }
}
