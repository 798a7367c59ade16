import CPostgres
import Storage

/// What the server answered. Owns libpq's result, and frees it when the last row that points into it is gone.
final class PostgresResult {
    /// Nil stands for an answer that never came; libpq takes it for a failed one.
    let handle: OpaquePointer?

    init(_ handle: OpaquePointer?) { self.handle = handle }

    deinit { PQclear(handle) }

    var status: ExecStatusType { PQresultStatus(handle) }

    var rowCount: Int32 { PQntuples(handle) }

    var isGood: Bool {
        switch status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE, PGRES_COPY_IN, PGRES_EMPTY_QUERY: true
        default: false
        }
    }

    /// `COMMIT`, `ROLLBACK`, `INSERT 0 5` …
    var tag: String { PQcmdStatus(handle).map { String(cString: $0) } ?? "" }

    /// How many rows a statement changed. Libpq counts the rows of a SELECT as well, which changes none.
    var changes: Int {
        guard !tag.hasPrefix("SELECT"), let count = PQcmdTuples(handle) else { return 0 }
        return Int(String(cString: count)) ?? 0
    }

    /// A part of an error by libpq's letter: `C` the SQLSTATE, `M` the message, `D` the detail, `n` the constraint,
    /// `s` the schema, `t` the table, `c` the column.
    func field(_ letter: Unicode.Scalar) -> String? {
        PQresultErrorField(handle, Int32(letter.value)).map { String(cString: $0) }
    }

    /// An empty answer with the same columns.
    func emptyCopy() -> PostgresResult? {
        PQcopyResult(handle, PG_COPYRES_ATTRS).map { PostgresResult($0) }
    }

    /// Adds the rows of another answer with the same columns.
    func append(_ other: PostgresResult) -> Bool {
        for row in 0..<other.rowCount {
            let target = rowCount
            for column in 0..<PQnfields(handle) {
                let isNull = PQgetisnull(other.handle, row, column) == 1
                let value = isNull ? nil : PQgetvalue(other.handle, row, column)
                let length = isNull ? -1 : PQgetlength(other.handle, row, column)
                guard PQsetvalue(handle, target, column, value, length) == 1 else { return false }
            }
        }
        return true
    }
}
