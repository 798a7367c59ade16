import GRDB
import GRDBSQLite
import Storage
import Synchronization

/// How a file is opened, and what is checked before anybody may use it.
struct SQLiteOpening {
    let path: String
    let readers: Int
    let cacheMegabytes: Int

    func open(_ sessions: SQLiteSessions) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.label = "regulars.sqlite"
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = readers
        configuration.persistentReadOnlyConnections = true
        configuration.prepareDatabase { database in
            try sessions.enrol(database)
            try database.execute(sql: "PRAGMA mmap_size = 0")
        }
        let pool = try DatabasePool(path: path, configuration: configuration)
        try pool.writeWithoutTransaction { try settle(sessions.session(of: .success($0))) }
        return pool
    }

    /// GRDB sets `synchronous=NORMAL` after its hook, which loses the last commits with the power: so FULL is set here,
    /// and read back.
    private func settle(_ writer: SQLiteSession) throws {
        for setting in settings { try writer.command(setting) }
        let synchronous = try writer.number("PRAGMA synchronous")
        let journal = try writer.first("PRAGMA journal_mode") { try $0.text(0) }
        let foreignKeys = try writer.number("PRAGMA foreign_keys")
        guard synchronous == 2, journal == "wal", foreignKeys == 1 else {
            throw StorageError.unreachable(
                "\(path) does not keep what is written: synchronous=\(synchronous), "
                    + "journal=\(journal ?? "none"), foreign keys=\(foreignKeys)")
        }
    }

    private var settings: [Storage.SQL] {
        let cache = Storage.SQL(stringLiteral: "PRAGMA cache_size = -\(cacheMegabytes * 1024)")
        return [
            "PRAGMA synchronous = FULL", "PRAGMA temp_store = DEFAULT", "PRAGMA wal_autocheckpoint = 2000",
            "PRAGMA journal_size_limit = 67108864", cache,
        ]
    }
}

/// The session of each connection GRDB has opened.
final class SQLiteSessions: Sendable {
    private let sessions = Mutex<[UInt: SQLiteSession]>([:])

    func enrol(_ database: GRDB.Database) throws {
        guard let handle = database.sqliteConnection else { return }
        let session = SQLiteSession(handle)
        sessions.withLock { $0[UInt(bitPattern: handle)] = session }
    }

    func session(of loan: Result<GRDB.Database, any Error>) throws -> SQLiteSession {
        let handle: OpaquePointer?
        do { handle = try loan.get().sqliteConnection } catch { throw StorageError(grdb: error) }
        guard let session = sessions.withLock({ $0[UInt(bitPattern: handle)] }) else {
            throw StorageError.unreachable("the database is closed")
        }
        return session
    }

    /// Waits until nobody holds a connection, empties the log into the file, and closes them all. Blocks.
    ///
    /// A log that cannot be emptied, as on a full disk, loses nothing: it is read again at the next opening.
    func close(_ pool: DatabasePool) throws {
        try pool.barrierWriteWithoutTransaction { writer in
            try? session(of: .success(writer)).checkpoint()
            let all = sessions.withLock { sessions in
                defer { sessions = [:] }
                return Array(sessions.values)
            }
            all.forEach { $0.forgetStatements() }
        }
        try pool.close()
    }
}

extension SQLiteSession {
    /// Outside a transaction only.
    func checkpoint() throws {
        guard sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil) == SQLITE_OK else {
            throw StorageError(sqlite: handle)
        }
    }
}
