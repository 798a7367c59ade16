import Kernel
import Methods
import Storage

/// Every statement on desired profiles. A version is never changed: the next one stands beside it.
struct DesiredStore: Sendable {
    let database: any Database

    private static let columns: SQL = "id, first, repeating, advocate, from_day, reason, set_by, set_at"

    /// The wish that holds on a day; nil where there is none, or none any more.
    static func inForce(at day: LocalDate, in connection: any Connection) throws -> DesiredVersion? {
        let latest: SQL = """
            SELECT \(columns) FROM desired_profile WHERE from_day <= \(day) ORDER BY from_day DESC, id DESC LIMIT 1
            """
        guard let version = try connection.first(latest, DesiredVersion.init), version.levels != nil else {
            return nil
        }
        return version
    }

    func inForce(at day: LocalDate) async throws -> DesiredVersion? {
        try await database.read { try DesiredStore.inForce(at: day, in: $0) }
    }

    /// The latest versions, and the names of who set them.
    func versions(limit: Int = 50) async throws -> (versions: [DesiredVersion], names: [Int64: String]) {
        try await database.read { connection in
            let versions = try connection.all(
                """
                SELECT \(DesiredStore.columns) FROM desired_profile ORDER BY from_day DESC, id DESC LIMIT \(limit)
                """, DesiredVersion.init)
            let people = Array(Set(versions.compactMap(\.setBy)))
            return (versions, try FindingStore.names(of: people, in: connection))
        }
    }

    @discardableResult
    func set(_ new: NewDesired, by act: Act) async throws -> DesiredVersion {
        let version = try await database.write { connection in
            try DesiredStore.add(new.levels, from: new.from, reason: new.reason, by: act, in: connection)
        }
        await database.announce("events")
        return version
    }

    /// From this day on none is wanted. False where none is.
    func remove(from day: LocalDate, by act: Act) async throws -> Bool {
        let removed = try await database.write { connection in
            guard try DesiredStore.inForce(at: day, in: connection) != nil else { return false }
            _ = try DesiredStore.add(nil, from: day, reason: "", by: act, in: connection)
            return true
        }
        if removed { await database.announce("events") }
        return removed
    }

    private static func add(
        _ levels: Levels?, from day: LocalDate, reason: String, by act: Act, in connection: any Connection
    ) throws -> DesiredVersion {
        let insert: SQL = """
            INSERT INTO desired_profile (first, repeating, advocate, from_day, reason, set_by, set_at)
            VALUES (\(levels.map { Int64($0.first) }), \(levels.map { Int64($0.repeating) }),
                \(levels.map { Int64($0.advocate) }), \(day), \(reason), \(act.actor), \(act.at))
            RETURNING \(columns)
            """
        guard let version = try connection.first(insert, DesiredVersion.init) else {
            throw StorageError.broken("a desired profile was written without an id")
        }
        try connection.record(
            levels == nil ? "desired.removed" : "desired.set", "desired", version.id, by: act)
        return version
    }
}

extension DesiredVersion {
    init(row: any Row) throws {
        id = try row.int64(0)
        levels =
            row.isNull(1)
            ? nil
            : Levels(first: try row.int(1), repeating: try row.int(2), advocate: try row.int(3))
        from = try row.day(4)
        reason = try row.text(5)
        setBy = try row.optionalInt64(6)
        setAt = try row.instant(7)
    }
}
