import Kernel
import Storage
import Tabular

/// Pass one: every row is judged, and nothing is written but what was found wrong.
extension ImportRun {
    static let refusalsKept = 10_000

    func check(_ item: Import) async throws -> Import {
        let clock = ContinuousClock()
        let start = clock.now
        let rules = try await rules(for: item)
        try item.mapping.check(kind: item.kind, columnCount: item.format.columnCount ?? .max)
        var item = try await beginChecking(item)
        var reader = try TableReader(path: item.path, format: item.format)
        let staging = item.staging(rules)
        var summary = ImportSummary()
        var portion = FilePortion(offset: 0, line: 1)
        repeat {
            portion = FilePortion(offset: portion.offset, line: portion.line)
            let wanted = max(0, ImportRun.refusalsKept - item.rowsRefused)
            try portion.read(&reader, limit: portionRows, refusalsWanted: wanted) { row throws(CellRefusal) in
                try staging.check(row, into: &summary)
            }
            summary.reencodedCells = reader.reencodedCells
            item = try await keep(portion, of: item)
            try await step(ImportProgress(item, at: store.clock.now))
        } while !portion.isLast
        try staging.judgeAll()
        guard item.rowsAccepted > 0 else { throw ImportRefusal.nothingToImport }
        summary.totals = staging.totals
        guard summary.totals.values.allSatisfy({ abs($0) <= CurrencyCache.limit }) else {
            throw ImportRefusal.amountsBeyondBelief
        }
        summary.customers = staging.customers.count
        summary.checkSeconds = start.duration(to: clock.now).seconds
        return try await endChecking(item, reader.fingerprint, summary)
    }

    func rules(for item: Import) async throws -> RowRules {
        let fields =
            item.mapping.own.isEmpty ? [] : try await FieldStore(database: database).fields()
        return try RowRules(item, zone: try await store.organisations.required().zone, fields: fields)
    }

    private func beginChecking(_ item: Import) async throws -> Import {
        let update: SQL = """
            UPDATE import SET state = 'checking', phase_at = \(store.clock.now), print = '', problem = '',
                rows_read = 0, rows_accepted = 0, rows_refused = 0, rows_known = 0, next_offset = 0, next_line = 1,
                finished_at = NULL
            WHERE id = \(item.id) AND state = \(item.state) RETURNING \(Import.columns)
            """
        let moved = try await database.write { connection in
            try connection.run("DELETE FROM import_refusal WHERE import_id = \(item.id)")
            // Rows staged before would be staged twice.
            if item.print != nil { try Staged(item).clear(in: connection) }
            return try connection.first(update, Import.init)
        }
        guard let moved else { throw ImportRefusal.takenOver }
        return moved
    }

    private func keep(_ portion: FilePortion, of item: Import) async throws -> Import {
        let update: SQL = """
            UPDATE import SET rows_read = rows_read + \(portion.rows),
                rows_accepted = rows_accepted + \(portion.accepted), rows_refused = rows_refused + \(portion.refused),
                next_offset = \(portion.offset), next_line = \(portion.line)
            WHERE id = \(item.id) AND state = 'checking' AND next_offset = \(item.nextOffset)
            RETURNING \(Import.columns)
            """
        let refusals = portion.refusals
        let moved = try await database.write { connection in
            try connection.load(ImportRun.batch(refusals, of: item))
            return try connection.first(update, Import.init)
        }
        guard let moved else { throw ImportRefusal.takenOver }
        await database.announce("imports")
        return moved
    }

    private static func batch(_ refusals: [RefusedRow], of item: Import) -> Batch {
        Batch(
            into: "import_refusal", count: refusals.count,
            columns: [
                ("import_id", .constant(.integer(item.id.value))),
                ("line", .integers(refusals.map { Int64($0.line) })),
                ("field", .texts(refusals.map(\.field))), ("reason", .texts(refusals.map(\.reason.stored))),
                ("excerpt", .texts(refusals.map(\.excerpt))),
            ])
    }

    private func endChecking(
        _ item: Import, _ print: FileFingerprint, _ summary: ImportSummary
    ) async throws -> Import {
        let update: SQL = """
            UPDATE import SET state = 'ready', print = \(Stored.text(of: print)), summary = \(Stored.text(of: summary)),
                next_offset = 0, next_line = 1, wanted = CASE WHEN wanted = 'check' THEN '' ELSE wanted END
            WHERE id = \(item.id) AND state = 'checking' AND next_offset = \(item.nextOffset)
            RETURNING \(Import.columns)
            """
        return try await store.moved(update, from: item)
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
