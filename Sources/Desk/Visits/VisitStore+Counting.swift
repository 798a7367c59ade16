import Kernel
import Storage

/// What the job that counts visits reads and writes.
extension VisitStore {
    struct Kept: Sendable {
        let report: VisitReport
        let computedAt: Instant
        let marker: String
    }

    func latest() async throws -> Kept? {
        let row = try await database.read { connection in
            try connection.first(
                "SELECT document, computed_at, marker FROM visit_report WHERE name = 'current'"
            ) { (try $0.text(0), try $0.instant(1), try $0.text(2)) }
        }
        guard let row else { return nil }
        return Kept(report: try Stored.value(of: row.0), computedAt: row.1, marker: row.2)
    }

    /// Different text, other counts.
    func marker() async throws -> String {
        try await database.read { connection in
            let last = try connection.number("SELECT max(id) FROM visit")
            let settled = try connection.number(
                "SELECT max(settled_at) FROM visit WHERE settled_at IS NOT NULL")
            let open = try connection.number("SELECT count(*) FROM visit WHERE state = 'open'")
            return "\(last).\(settled).\(open)"
        }
    }

    @discardableResult
    func count(today: LocalDate, at now: Instant) async throws -> VisitReport {
        let marker = try await marker()
        try await recognise()
        let report = try await database.read { try VisitStore.report(today, in: $0) }
        let document = Stored.text(of: report)
        try await database.write { connection in
            _ = try connection.run(
                """
                INSERT INTO visit_report (name, computed_at, marker, document)
                VALUES ('current', \(now), \(marker), \(document))
                ON CONFLICT (name) DO UPDATE SET computed_at = excluded.computed_at, document = excluded.document,
                    marker = excluded.marker
                """)
        }
        await database.announce("events")
        return report
    }

    /// Finds the customers whom visitors have become, by the address they left.
    private func recognise() async throws {
        _ = try await database.write {
            try $0.run(
                """
                UPDATE visit SET party_id = (
                    SELECT min(a.party_id) FROM address a JOIN party p ON p.id = a.party_id
                    WHERE a.value_key = visit.reach_key AND NOT p.serves)
                WHERE party_id IS NULL AND reach_key <> '' AND 1 = (
                    SELECT count(DISTINCT a.party_id) FROM address a JOIN party p ON p.id = a.party_id
                    WHERE a.value_key = visit.reach_key AND NOT p.serves)
                """)
        }
    }

    private static func report(_ today: LocalDate, in connection: any Connection) throws -> VisitReport {
        var report = VisitReport()
        report.day = today
        let from = today + (1 - VisitReport.days)
        let sums: SQL = """
            SELECT count(*), count(*) FILTER (WHERE v.left_way),
                count(*) FILTER (WHERE v.left_way AND v.party_id IS NOT NULL AND EXISTS (SELECT 1 FROM purchase b
                    WHERE b.account_id = v.party_id AND b.day > v.day AND b.amount >= 0)),
                count(*) FILTER (WHERE v.state = 'done'), count(*) FILTER (WHERE v.state = 'skipped'),
                count(*) FILTER (WHERE v.state = 'open')
            FROM visit v WHERE v.day >= \(from) AND v.day <= \(today)
            """
        try connection.each(sums) { row in
            (report.visits, report.left, report.bought) = (try row.int(0), try row.int(1), try row.int(2))
            (report.done, report.skipped, report.open) = (try row.int(3), try row.int(4), try row.int(5))
        }
        let channels: SQL = """
            SELECT min(v.channel), count(*), count(*) FILTER (WHERE v.left_way) FROM visit v
            WHERE v.day >= \(from) AND v.day <= \(today) GROUP BY v.channel_key
            ORDER BY count(*) DESC, min(v.channel) LIMIT \(VisitReport.most)
            """
        let colleagues: SQL = """
            SELECT coalesce(min(p.name), ''), count(*), count(*) FILTER (WHERE v.left_way) FROM visit v
            LEFT JOIN party p ON p.id = v.recorded_by
            WHERE v.day >= \(from) AND v.day <= \(today) GROUP BY v.recorded_by
            ORDER BY count(*) DESC, min(p.name) LIMIT \(VisitReport.most)
            """
        func lines(_ statement: SQL) throws -> [VisitReport.Line] {
            try connection.all(statement) {
                VisitReport.Line(name: try $0.text(0), visits: try $0.int(1), left: try $0.int(2))
            }
        }
        report.channels = try lines(channels)
        report.colleagues = try lines(colleagues)
        return report
    }
}

/// Counts visits every minute in which any came or was followed up, and every night.
struct CountVisits: Worker {
    let desk: Desk

    var kind: String { "count-visits" }
    var rhythm: Duration? { .seconds(60) }

    func run(_ job: Job, holding lease: Lease) async throws {
        guard let organisation = try await desk.organisations.current() else { return }
        let store = VisitStore(database: desk.database)
        let (now, zone) = (desk.clock.now, organisation.zone)
        if let kept = try await store.latest() {
            let night = zone.instant(of: zone.day(of: now), secondOfDay: 3 * 3600)
            let isNight = kept.computedAt < night && now >= night
            let marker = try await store.marker()
            guard isNight || marker != kept.marker else { return }
        }
        try await store.count(today: zone.day(of: now), at: now)
    }
}
