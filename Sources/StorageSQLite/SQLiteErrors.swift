import GRDB
import GRDBSQLite
import Storage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension StorageError {
    /// What the connection's last call failed with.
    init(sqlite connection: OpaquePointer) {
        let code = sqlite3_extended_errcode(connection)
        let message = String(cString: sqlite3_errmsg(connection))
        let detail = message.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? message
        switch code {
        case StorageError.unique, StorageError.primaryKey, StorageError.rowID: self = .alreadyExists(detail)
        case StorageError.foreignKey: self = .stillReferenced(detail)
        case StorageError.check, StorageError.notNull, StorageError.trigger: self = .refused(detail)
        default: self = StorageError.rougher(code, message, connection)
        }
    }

    private static func rougher(_ code: Int32, _ message: String, _ connection: OpaquePointer) -> StorageError
    {
        switch code & 0xFF {
        case SQLITE_FULL: .diskFull
        case SQLITE_IOERR where [ENOSPC, EDQUOT].contains(sqlite3_system_errno(connection)): .diskFull
        case SQLITE_BUSY, SQLITE_LOCKED: .tooBusy
        case SQLITE_READONLY: .refused("writing where only reading is allowed")
        case SQLITE_CANTOPEN, SQLITE_NOTADB: .unreachable(message)
        default: .broken("\(message) (\(code))")
        }
    }

    /// What GRDB failed with while it opened or lent a connection.
    init(grdb error: any Error) {
        guard let error = error as? DatabaseError else {
            self = error as? StorageError ?? .broken("\(error)")
            return
        }
        let message = error.message ?? error.description
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .tooBusy
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_MISUSE: self = .unreachable("the database is closed")
        default: self = .unreachable(message)
        }
    }

    /// Extended codes are macros that Swift does not see: the kind shifted left by eight, plus SQLITE_CONSTRAINT.
    private static func constraint(_ kind: Int32) -> Int32 { SQLITE_CONSTRAINT | kind << 8 }
    private static let check = constraint(1)
    private static let foreignKey = constraint(3)
    private static let notNull = constraint(5)
    private static let primaryKey = constraint(6)
    private static let trigger = constraint(7)
    private static let unique = constraint(8)
    private static let rowID = constraint(10)
}
