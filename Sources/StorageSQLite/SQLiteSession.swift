import GRDBSQLite
import Storage

/// One SQLite connection as the domain sees it.
///
/// It holds a C handle and is unchecked for that: GRDB lends each connection to one queue at a time, a session is
/// only touched inside such a loan, and `close` takes every loan at once before it lets go of the statements.
///
/// After a statement failed, nothing more runs until the transaction is rolled back. PostgreSQL insists on that;
/// SQLite would carry on, and code that relied on it would work on one engine only.
final class SQLiteSession: Connection, @unchecked Sendable {
    let engine = Engine.sqlite
    let handle: OpaquePointer
    private var statements = SQLiteStatements()
    private var failure: StorageError?

    init(_ handle: OpaquePointer) { self.handle = handle }

    func each(_ statement: SQL, _ body: (any Row) throws -> Void) throws {
        let prepared = try take(statement)
        defer { giveBack(prepared) }
        let row = SQLiteRow(handle: prepared.handle)
        while try step(prepared) { try body(row) }
    }

    @discardableResult
    func run(_ statement: SQL) throws -> Int {
        let prepared = try take(statement)
        defer { giveBack(prepared) }
        let before = sqlite3_total_changes64(handle)
        while try step(prepared) {}
        return sqlite3_total_changes64(handle) == before ? 0 : Int(sqlite3_changes64(handle))
    }

    func load(_ batch: Batch) throws {
        guard batch.count > 0 else { return }
        let prepared = try failing { try statements.take(batch.insertion, on: handle) }
        defer { giveBack(prepared) }
        try failing { try SQLiteLoad(batch, through: prepared, on: handle).run() }
    }

    func script(_ text: String) throws {
        try failing {
            guard sqlite3_exec(handle, Engine.sqlite.translate(text), nil, nil, nil) == SQLITE_OK else {
                throw StorageError(sqlite: handle)
            }
        }
    }

    private func take(_ statement: SQL) throws -> SQLiteStatement {
        try failing {
            let prepared = try statements.take(statement.text, on: handle)
            do {
                try prepared.bind(statement.values, on: handle)
            } catch {
                giveBack(prepared)
                throw error
            }
            return prepared
        }
    }

    private func step(_ prepared: SQLiteStatement) throws -> Bool {
        do { return try prepared.step(on: handle) } catch { throw remember(error) }
    }

    private func giveBack(_ prepared: SQLiteStatement) {
        prepared.rewind()
        prepared.isInUse = false
    }

    private func failing<T>(_ act: () throws -> T) throws -> T {
        if let failure { throw failure }
        do { return try act() } catch { throw remember(error) }
    }

    private func remember(_ error: any Error) -> any Error {
        failure = failure ?? (error as? StorageError)
        return error
    }

    /// For when nobody else holds the connection.
    func forgetStatements() { statements.forgetAll() }
}

/// Transactions, spoken by the driver and not by the domain.
extension SQLiteSession {
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    func command(_ statement: SQL) throws {
        failure = nil
        try run(statement)
    }

    /// Runs a body, and throws what failed in it even where the body looked away.
    func whole<T>(_ body: (any Connection) throws -> T) throws -> T {
        failure = nil
        let answer = try body(self)
        if let failure { throw failure }
        if owesForeignKeys { throw StorageError.stillReferenced("FOREIGN KEY constraint failed") }
        return answer
    }

    /// A deferred foreign key that is still open would fail the COMMIT, and with it everyone who shares it.
    private var owesForeignKeys: Bool {
        var open: Int32 = 0
        var peak: Int32 = 0
        sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &open, &peak, 0)
        return open > 0
    }

    /// Reads from one snapshot.
    func reading<T>(_ body: (any Connection) throws -> T) throws -> T {
        try command("BEGIN")
        defer { rollBack() }
        return try whole(body)
    }

    /// Never throws: where SQLite has rolled back by itself there is nothing left to undo.
    func rollBack() {
        if isInTransaction { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
        failure = nil
    }
}
