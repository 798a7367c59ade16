import Kernel
public import Storage
import Web

extension SegmentStore {
    /// Adds a segment and has its members computed.
    @discardableResult
    public func add(_ content: SegmentContent, organisation: Organisation, by act: Act) async throws -> Int64
    {
        try await database.write { connection in
            let fields = try FilterFields.customers(organisation, in: connection)
            return try SegmentStore.add(content.checked(fields), isSample: false, by: act, in: connection)
        }
    }

    static func add(
        _ content: SegmentContent, isSample: Bool, by act: Act, in connection: any Connection
    ) throws -> Int64 {
        try refuseTwins(of: content, besides: 0, in: connection)
        let inUse = try connection.number("SELECT count(*) FROM segment WHERE archived_at IS NULL")
        guard inUse < limit else { throw SegmentRefusal.tooMany }
        let insert: SQL = """
            INSERT INTO segment (version, sample, created_at, asked_at, run_members, members, problem)
            VALUES (1, \(isSample), \(act.at), \(act.at), 0, 0, '') RETURNING id
            """
        let id = try connection.first(insert) { try $0.int64(0) } ?? 0
        try write(content, version: 1, of: id, by: act, in: connection)
        try connection.record("segment.created", "segment", id, by: act)
        return id
    }

    /// Changes what a segment says; what it said before is kept. Saying the same again changes nothing.
    public func change(
        _ id: Int64, to content: SegmentContent, organisation: Organisation, by act: Act
    ) async throws {
        try await database.write { connection in
            let fields = try FilterFields.customers(organisation, in: connection)
            let content = try content.checked(fields)
            try SegmentStore.change(id, to: content, "segment.changed", by: act, in: connection)
        }
    }

    private static func change(
        _ id: Int64, to content: SegmentContent, _ event: String, by act: Act, in connection: any Connection
    ) throws {
        guard let segment = try segment(id, in: connection) else { throw NotFound() }
        guard !segment.isArchived else { throw SegmentRefusal.archived }
        guard content != segment.content else { return }
        try refuseTwins(of: content, besides: id, in: connection)
        let version = segment.current.version + 1
        try write(content, version: version, of: id, by: act, in: connection)
        let isSameFilter = content.filter == segment.content.filter
        try connection.run("UPDATE segment SET version = \(version) WHERE id = \(id)")
        if isSameFilter {
            // Who is in it does not change with its words.
            try connection.run(
                """
                UPDATE segment SET computed_version = \(version)
                WHERE id = \(id) AND computed_version = \(segment.current.version)
                """)
        } else {
            try connection.run(
                "UPDATE segment SET asked_at = \(act.at), run_after = NULL WHERE id = \(id)")
        }
        try connection.record(event, "segment", id, by: act, detail: ["version": Int64(version)])
    }

    /// Says again what an earlier version said, as a version of its own.
    public func restore(_ id: Int64, version: Int, organisation: Organisation, by act: Act) async throws {
        try await database.write { connection in
            let earlier: SQL = """
                SELECT name, need, valued, unique_value, filter FROM segment_version
                WHERE segment_id = \(id) AND version = \(version)
                """
            let found = try connection.first(earlier) { row in
                SegmentContent(
                    name: try row.text(0), need: try row.text(1), valued: try row.text(2),
                    uniqueValue: try row.text(3), filter: try row.text(4))
            }
            guard let found else { throw NotFound() }
            // A field it asks about may be gone by now.
            let content = try found.checked(FilterFields.customers(organisation, in: connection))
            try SegmentStore.change(id, to: content, "segment.restored", by: act, in: connection)
        }
    }

    /// Puts a segment away, or takes it out again. Nothing of it is lost.
    public func archive(_ id: Int64, _ isArchived: Bool, by act: Act) async throws {
        try await database.write { connection in
            guard let segment = try SegmentStore.segment(id, in: connection) else { throw NotFound() }
            guard segment.isArchived != isArchived else { return }
            if isArchived {
                try connection.run(
                    """
                    UPDATE segment SET archived_at = \(act.at), asked_at = NULL, run_after = NULL WHERE id = \(id)
                    """)
                try connection.record("segment.archived", "segment", id, by: act)
            } else {
                try SegmentStore.refuseTwins(of: segment.content, besides: id, in: connection)
                try connection.run(
                    "UPDATE segment SET archived_at = NULL, asked_at = \(act.at) WHERE id = \(id)")
                try connection.record("segment.returned", "segment", id, by: act)
            }
        }
    }

    /// Has the members computed anew as soon as somebody is free.
    public func ask(_ id: Int64, by act: Act) async throws {
        try await database.write { connection in
            guard let segment = try SegmentStore.segment(id, in: connection) else { throw NotFound() }
            guard !segment.isArchived else { throw SegmentRefusal.archived }
            try connection.run("UPDATE segment SET asked_at = \(act.at) WHERE id = \(id)")
        }
    }

    private static func write(
        _ content: SegmentContent, version: Int, of id: Int64, by act: Act, in connection: any Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO segment_version
                (segment_id, version, name, name_key, need, valued, unique_value, filter, changed_by, changed_at)
            VALUES (\(id), \(version), \(content.name), \(content.name.searchKey), \(content.need), \(content.valued),
                \(content.uniqueValue), \(content.filter), \(act.actor), \(act.at))
            """)
    }

    /// Two segments in use never have one name.
    private static func refuseTwins(
        of content: SegmentContent, besides id: Int64, in connection: any Connection
    ) throws {
        let twins: SQL = """
            SELECT 1 FROM segment s JOIN segment_version v ON v.segment_id = s.id AND v.version = s.version
            WHERE s.archived_at IS NULL AND v.name_key = \(content.name.searchKey) AND s.id <> \(id) LIMIT 1
            """
        if try connection.exists(twins) { throw SegmentRefusal.nameTaken }
    }

    /// Takes customers who are leaving the desk out of every segment.
    static func forget(_ parties: SQL, in connection: any Connection) throws {
        try connection.run("DELETE FROM segment_member WHERE party_id IN (\(parties))")
    }

    /// Removes the segments of the sample company.
    static func forgetSample(in connection: any Connection) throws {
        let sample: SQL = "SELECT id FROM segment WHERE sample"
        for table in ["segment_member", "segment_figure", "segment_version"] as [SQL] {
            try connection.run("DELETE FROM \(table) WHERE segment_id IN (\(sample))")
        }
        try connection.run("DELETE FROM segment WHERE sample")
    }
}
