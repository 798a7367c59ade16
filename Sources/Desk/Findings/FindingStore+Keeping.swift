import Kernel
import Storage

/// Brings the books in step with a report, and lets people set findings aside.
extension FindingStore {
    /// Writes what was found in one step. Doing it twice changes nothing: a finding that stands stays the same row.
    func keep(
        _ report: FindingReport, marker: String, day: LocalDate, milliseconds: Int, by act: Act
    ) async throws {
        let document = Stored.text(
            of: FindingState.Document(
                gaps: report.gaps, measures: report.measures, milliseconds: milliseconds))
        try await database.write { connection in
            let open = try standing(in: connection)
            for finding in report.findings {
                if let row = open[Key(finding)] {
                    try renew(row, finding, report.window, day, by: act, in: connection)
                } else {
                    try add(finding, report.window, day, by: act, in: connection)
                }
            }
            let found = Set(report.findings.map(Key.init))
            for (key, row) in open where !found.contains(key) {
                try connection.run("UPDATE finding SET gone_at = \(act.at) WHERE id = \(row.id)")
                try connection.record("finding.gone", "finding", row.id, by: act)
            }
            try connection.run(
                """
                INSERT INTO finding_state (scope, computed_at, marker, day, from_day, to_day, document)
                VALUES (\(scope), \(act.at), \(marker), \(day), \(report.window.lowerBound),
                    \(report.window.upperBound), \(document))
                ON CONFLICT (scope) DO UPDATE SET computed_at = excluded.computed_at, day = excluded.day,
                    from_day = excluded.from_day, to_day = excluded.to_day, document = excluded.document,
                    marker = CASE WHEN finding_state.marker = 'asked' THEN 'asked' ELSE excluded.marker END
                """)
        }
        await database.announce("events")
    }

    /// From here on whoever asks, asks for another look than the one that begins.
    func begin() async throws {
        _ = try await database.write {
            try $0.run("UPDATE finding_state SET marker = 'begun' WHERE scope = \(scope)")
        }
    }

    private struct Key: Hashable {
        let kind: String
        let subject: String

        init(_ finding: Finding) { (kind, subject) = (finding.kind.rawValue, finding.subject) }
        init(_ kind: String, _ subject: String) { (self.kind, self.subject) = (kind, subject) }
    }

    private struct Standing {
        let id: Int64
        let variant: String
        let asideMeasure: Double?
    }

    private func standing(in connection: any Connection) throws -> [Key: Standing] {
        var open: [Key: Standing] = [:]
        try connection.each(
            """
            SELECT id, kind, subject, variant, aside_measure FROM finding WHERE scope = \(scope) AND gone_at IS NULL
            """
        ) { row in
            open[Key(try row.text(1), try row.text(2))] = Standing(
                id: try row.int64(0), variant: try row.text(3), asideMeasure: try row.optionalReal(4))
        }
        return open
    }

    private func add(
        _ finding: Finding, _ window: ClosedRange<LocalDate>, _ day: LocalDate, by act: Act,
        in connection: any Connection
    ) throws {
        let insert: SQL = """
            INSERT INTO finding (scope, kind, subject, variant, weight, measure, evidence, document, day, from_day,
                to_day, first_seen_at, seen_at)
            VALUES (\(scope), \(finding.kind.rawValue), \(finding.subject), \(finding.variant), \(finding.weight),
                \(finding.measure), \(finding.evidence), \(Stored.text(of: finding.document)), \(day),
                \(window.lowerBound), \(window.upperBound), \(act.at), \(act.at))
            RETURNING id
            """
        let id = try connection.first(insert) { try $0.int64(0) } ?? 0
        try connection.record("finding.raised", "finding", id, by: act)
    }

    private func renew(
        _ row: Standing, _ finding: Finding, _ window: ClosedRange<LocalDate>, _ day: LocalDate, by act: Act,
        in connection: any Connection
    ) throws {
        try connection.run(
            """
            UPDATE finding SET variant = \(finding.variant), weight = \(finding.weight), measure = \(finding.measure),
                evidence = \(finding.evidence), document = \(Stored.text(of: finding.document)), day = \(day),
                from_day = \(window.lowerBound), to_day = \(window.upperBound), seen_at = \(act.at)
            WHERE id = \(row.id)
            """)
        guard let old = row.asideMeasure,
            KeptFinding.hasChanged(from: (row.variant, old), to: (finding.variant, finding.measure))
        else { return }
        try clear(row.id, in: connection)
        try connection.record("finding.returned", "finding", row.id, by: act)
    }

    private func clear(_ id: Int64, in connection: any Connection) throws {
        try connection.run(
            """
            UPDATE finding SET aside_at = NULL, aside_by = NULL, aside_reason = NULL, aside_measure = NULL
            WHERE id = \(id)
            """)
    }
}

extension FindingStore {
    /// Folds a finding away until it changes. Nil where there is no such finding.
    func setAside(_ id: Int64, reason: String, by act: Act) async throws -> KeptFinding? {
        let reason = reason.trimmed
        guard !reason.isEmpty else { throw FindingRefusal.reasonMissing }
        guard reason.count <= FindingStore.reasonLimit else { throw FindingRefusal.reasonTooLong }
        guard let known = try await find(id), known.finding.kind != .lever else { return nil }
        guard known.gone == nil else { throw FindingRefusal.gone }
        try await database.write { connection in
            let changed = try connection.run(
                """
                UPDATE finding SET aside_at = \(act.at), aside_by = \(act.actor), aside_reason = \(reason),
                    aside_measure = measure WHERE id = \(id) AND gone_at IS NULL
                """)
            if changed > 0 { try connection.record("finding.set_aside", "finding", id, by: act) }
        }
        await database.announce("events")
        return try await find(id)
    }

    /// Puts a finding back among the others. Nil where there is no such finding.
    func takeUp(_ id: Int64, by act: Act) async throws -> KeptFinding? {
        guard let known = try await find(id) else { return nil }
        guard known.aside != nil else { return known }
        try await database.write { connection in
            try clear(id, in: connection)
            try connection.record("finding.taken_up", "finding", id, by: act)
        }
        await database.announce("events")
        return try await find(id)
    }
}
