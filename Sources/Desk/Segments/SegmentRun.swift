import Kernel
import Markup
import Storage

/// Brings a segment's members in step with its filter, portion by portion: whoever reads meanwhile sees a whole set, and
/// a run that is stopped goes on where it was.
struct SegmentRun: Sendable {
    /// Members brought in together.
    static let portion = 5_000

    let desk: Desk
    let organisation: Organisation
    /// Shows that somebody is still at work; throws where the work is no longer wanted.
    let beat: @Sendable () async throws -> Void

    private var database: any Database { desk.database }

    init(
        desk: Desk, organisation: Organisation, beat: @escaping @Sendable () async throws -> Void = {}
    ) {
        self.desk = desk
        self.organisation = organisation
        self.beat = beat
    }

    /// Somebody changed the segment while it was computed: the run is for nothing.
    struct Overtaken: Error {}

    func run(_ id: Int64) async throws {
        guard let (tree, version) = try await begin(id) else { return }
        var after = try await database.read {
            try $0.number("SELECT run_after FROM segment WHERE id = \(id)")
        }
        do {
            while let next = try await bringIn(id, tree, version: version, after: Int64(after)) {
                after = Int(next)
                try await beat()
            }
            try await finish(id, version: version)
        } catch is Overtaken { return }
        await database.announce("events")
    }

    /// The filter to run; nil where the segment is gone or its filter cannot be understood any more.
    private func begin(_ id: Int64) async throws -> (FilterTree, Int)? {
        let organisation = organisation
        let now = desk.clock.now
        return try await database.write { connection in
            guard let segment = try SegmentStore.segment(id, in: connection), !segment.isArchived else {
                return nil
            }
            let version = segment.current.version
            let fields = try FilterFields.customers(organisation, in: connection)
            do {
                let tree = try SegmentContent.tree(segment.content.filter, fields)
                try connection.run(
                    """
                    UPDATE segment SET run_members = CASE WHEN run_after IS NULL OR run_version <> \(version)
                            THEN 0 ELSE run_members END,
                        run_after = CASE WHEN run_version = \(version) THEN coalesce(run_after, 0) ELSE 0 END,
                        run_version = \(version), asked_at = NULL, problem = ''
                    WHERE id = \(id)
                    """)
                return (tree, version)
            } catch let refusal as SegmentRefusal {
                try connection.run(
                    """
                    UPDATE segment SET problem = \(refusal.phrase.key), computed_version = \(version),
                        computed_at = \(now), asked_at = NULL, run_after = NULL
                    WHERE id = \(id)
                    """)
                return nil
            }
        }
    }

    /// One portion; answers where the next begins.
    private func bringIn(
        _ id: Int64, _ tree: FilterTree, version: Int, after: Int64
    ) async throws -> Int64? {
        let (now, organisation) = (desk.clock.now, organisation)
        let found = try await database.read { connection in
            let context = try CustomerFilterContext.read(organisation, at: now, me: nil, in: connection)
            return try FilterWalk(tree, context).page(
                after: after, limit: SegmentRun.portion, reach: .job, in: connection)
        }
        try await database.write { connection in
            try SegmentRun.write(found, id, version: version, after: after, in: connection)
        }
        return found.next
    }

    private static func write(
        _ found: FilteredIDs, _ id: Int64, version: Int, after: Int64, in connection: any Connection
    ) throws {
        let end = found.next ?? .max
        let isOurs = try connection.run(
            """
            UPDATE segment SET run_after = \(end), run_members = run_members + \(found.ids.count)
            WHERE id = \(id) AND version = \(version) AND run_after = \(after) AND archived_at IS NULL
            """)
        guard isOurs == 1 else { throw Overtaken() }
        let gone: SQL = """
            DELETE FROM segment_member
            WHERE segment_id = \(id) AND party_id > \(after) AND party_id <= \(end)
            """
        try connection.run(
            found.ids.isEmpty ? gone : gone + " AND party_id NOT IN (" + "\(list: found.ids)" + ")")
        let known = Set(
            try connection.all(
                "SELECT party_id FROM segment_member WHERE segment_id = \(id) AND party_id IN (\(list: found.ids))"
            ) { try $0.int64(0) })
        let new = found.ids.filter { !known.contains($0) }
        guard !new.isEmpty else { return }
        try connection.load(
            Batch(
                into: "segment_member", count: new.count,
                columns: [("segment_id", .constant(.integer(id))), ("party_id", .integers(new))]))
    }

    /// Counts what the profile and the score of this segment are read from, and puts the run's date under everything.
    private func finish(_ id: Int64, version: Int) async throws {
        let (now, organisation) = (desk.clock.now, organisation)
        let figures = try await database.read {
            try SegmentCount(segment: id, organisation: organisation, now: now).figures(in: $0)
        }
        let document = try JSONText.write(figures)
        try await database.write { connection in
            let isOurs = try connection.run(
                """
                UPDATE segment SET members = run_members, computed_at = \(now), computed_version = \(version),
                    run_after = NULL, run_members = 0
                WHERE id = \(id) AND version = \(version) AND run_after IS NOT NULL AND archived_at IS NULL
                """)
            guard isOurs == 1 else { throw Overtaken() }
            try connection.run(
                """
                INSERT INTO segment_figure (segment_id, computed_at, document) VALUES (\(id), \(now), \(document))
                ON CONFLICT (segment_id) DO UPDATE SET computed_at = excluded.computed_at, document = excluded.document
                """)
        }
    }
}

/// Computes segments every night, after a change, when somebody asks, and after files came in or figures were computed.
struct ComputeSegments: Worker {
    /// The local hour from which a night's run may begin: after the figures.
    static let hour = 3

    let desk: Desk

    var kind: String { "compute-segments" }
    var rhythm: Duration? { .seconds(15) }

    func run(_ job: Job, holding lease: Lease) async throws {
        try await runAll { try await lease.extend() }
    }

    /// Whatever is due, one segment after the other.
    func runAll(_ beat: @escaping @Sendable () async throws -> Void = {}) async throws {
        guard let organisation = try await desk.organisations.current() else { return }
        let run = SegmentRun(desk: desk, organisation: organisation, beat: beat)
        var done: Set<Int64> = []
        while let id = try await due(organisation), done.insert(id).inserted {
            try await run.run(id)
            try await beat()
        }
    }

    func due(_ organisation: Organisation) async throws -> Int64? {
        let now = desk.clock.now
        let today = organisation.zone.day(of: now)
        let tonight = organisation.zone.instant(of: today, secondOfDay: ComputeSegments.hour * 3600)
        return try await desk.database.read { connection in
            guard try connection.exists("SELECT 1 FROM segment WHERE archived_at IS NULL LIMIT 1") else {
                return nil
            }
            let busy: SQL = "SELECT 1 FROM import WHERE state IN ('loading', 'publishing', 'undoing') LIMIT 1"
            if try connection.exists(busy) { return nil }
            var border = tonight <= now ? tonight.milliseconds : 0
            let latest: [SQL] = [
                "SELECT max(phase_at) FROM import WHERE state IN ('complete', 'undone')",
                "SELECT max(finished_at) FROM figure_run WHERE state = 'complete'",
            ]
            for statement in latest { border = max(border, Int64(try connection.number(statement))) }
            return try connection.first(
                """
                SELECT id FROM segment WHERE archived_at IS NULL AND (
                    asked_at IS NOT NULL OR run_after IS NOT NULL OR computed_at IS NULL
                    OR computed_version <> version OR computed_at < \(border))
                ORDER BY id LIMIT 1
                """
            ) { try $0.int64(0) }
        }
    }
}

extension Desk {
    /// Computes every segment that is not up to date, now.
    public func computeSegments() async throws { try await ComputeSegments(desk: self).runAll() }
}
