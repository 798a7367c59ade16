/// What can go wrong below the domain, named once for both engines.
public enum StorageError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A unique constraint said no. Carries the constraint or the columns, as the engine names them.
    case alreadyExists(String)
    /// A foreign key said no.
    case stillReferenced(String)
    /// A CHECK or NOT NULL said no.
    case refused(String)
    /// Others kept getting in first, or the server is out of connections. Worth trying again.
    case tooBusy
    /// The disk is full. Nothing of the transaction was kept.
    case diskFull
    /// The database was written by a newer version, which this one must not touch.
    case newerSchema(String)
    /// A migration that has run differs from the one of the same name here.
    case changedMigration(String)
    /// Cannot be opened or reached.
    case unreachable(String)
    case broken(String)

    public var isWorthRetrying: Bool {
        switch self {
        case .tooBusy, .unreachable, .diskFull: true
        default: false
        }
    }

    public var description: String {
        switch self {
        case .alreadyExists(let constraint): "already exists (\(constraint))"
        case .stillReferenced(let constraint): "still referenced (\(constraint))"
        case .refused(let constraint): "refused (\(constraint))"
        case .tooBusy: "the database is too busy"
        case .diskFull: "the disk is full"
        case .newerSchema(let name):
            "the database was made by a newer version of Regulars (it has \(name)); run that version"
        case .changedMigration(let name): "the migration \(name) differs from the one this database ran"
        case .unreachable(let detail): "the database cannot be reached: \(detail)"
        case .broken(let detail): "the database failed: \(detail)"
        }
    }
}
