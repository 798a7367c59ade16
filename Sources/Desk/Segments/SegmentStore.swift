public import Kernel
public import Storage

/// Every statement on segments and their versions.
public struct SegmentStore: Sendable {
    /// Segments in use at the same time.
    static let limit = 200

    let database: any Database
    let clock: any WallClock

    public init(database: any Database, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    private static let columns: SQL = """
        s.id, s.sample, s.created_at, s.archived_at, s.members, s.computed_at, s.computed_version, s.asked_at, s.problem,
        v.version, v.name, v.need, v.valued, v.unique_value, v.filter, v.changed_by, v.changed_at
        """

    private static func segment(_ row: any Row) throws -> Segment {
        Segment(
            id: try row.int64(0), current: try version(row, from: 9), isSample: try row.bool(1),
            createdAt: try row.instant(2), archivedAt: try row.optionalInstant(3), members: try row.int(4),
            computedAt: try row.optionalInstant(5), computedVersion: try row.optionalInt(6),
            isAsked: !row.isNull(7), problem: try row.text(8))
    }

    private static func version(_ row: any Row, from start: Int) throws -> SegmentVersion {
        SegmentVersion(
            version: try row.int(start),
            content: SegmentContent(
                name: try row.text(start + 1), need: try row.text(start + 2), valued: try row.text(start + 3),
                uniqueValue: try row.text(start + 4), filter: try row.text(start + 5)),
            changedBy: try row.optionalInt64(start + 6), changedAt: try row.instant(start + 7))
    }

    /// Segments in use, or those put away, by name.
    public func all(archived: Bool = false) async throws -> [Segment] {
        try await database.read { try SegmentStore.all(archived: archived, in: $0) }
    }

    static func all(archived: Bool = false, in connection: any Connection) throws -> [Segment] {
        let which: SQL = archived ? "s.archived_at IS NOT NULL" : "s.archived_at IS NULL"
        return try connection.all(
            """
            SELECT \(columns) FROM segment s JOIN segment_version v ON v.segment_id = s.id AND v.version = s.version
            WHERE \(which) ORDER BY v.name_key, s.id LIMIT 500
            """, segment)
    }

    public func segment(_ id: Int64) async throws -> Segment? {
        try await database.read { try SegmentStore.segment(id, in: $0) }
    }

    static func segment(_ id: Int64, in connection: any Connection) throws -> Segment? {
        try connection.first(
            """
            SELECT \(columns) FROM segment s JOIN segment_version v ON v.segment_id = s.id AND v.version = s.version
            WHERE s.id = \(id)
            """, segment)
    }

    /// What it said before, latest first.
    public func versions(of id: Int64, before: String?, limit: Int) async throws -> Portion<SegmentVersion> {
        let border = before.flatMap { Int64($0) } ?? .max
        let rows: SQL = """
            SELECT version, name, need, valued, unique_value, filter, changed_by, changed_at FROM segment_version
            WHERE segment_id = \(id) AND version < \(border) ORDER BY version DESC LIMIT \(limit + 1)
            """
        let versions = try await database.read { try $0.all(rows) { try SegmentStore.version($0, from: 0) } }
        return Portion(versions, limit: limit) { "\($0.version)" }
    }

    /// Ids of members, ascending: the next so many after one.
    public func members(of id: Int64, after: Int64, limit: Int) async throws -> [Int64] {
        try await database.read { connection in
            try connection.all(
                """
                SELECT party_id FROM segment_member WHERE segment_id = \(id) AND party_id > \(after)
                ORDER BY party_id LIMIT \(limit)
                """
            ) { try $0.int64(0) }
        }
    }

    /// Members as a list shows them, a page at a time.
    public func page(
        of id: Int64, after: String?, limit: Int, organisation: Organisation
    ) async throws -> Portion<CustomerRow> {
        let mark = after.flatMap { Int64($0) } ?? 0
        let ids = try await members(of: id, after: mark, limit: limit + 1)
        let portion = Portion(ids, limit: limit) { "\($0)" }
        let today = organisation.zone.day(of: clock.now)
        let rows = try await database.read { connection in
            let window = try LevelStore.currentWindow(organisation, today: today, in: connection)
            return try FilteredCustomers.rows(portion.items, window: window, in: connection)
        }
        return Portion(items: rows, next: portion.next)
    }

    /// Which of these customers are members.
    func members(among ids: [Int64], of segment: Int64) async throws -> Set<Int64> {
        try await database.read { connection in
            Set(
                try connection.all(
                    """
                    SELECT party_id FROM segment_member WHERE segment_id = \(segment) AND party_id IN (\(list: ids))
                    """
                ) { try $0.int64(0) })
        }
    }
}
