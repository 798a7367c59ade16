import Kernel
import Storage
import Tabular

/// Pass two: the rows are read again and staged, the next ones while these are written.
extension ImportRun {
    /// Rows on their way into the staging tables, and where the file goes on after them.
    private struct Step: Sendable {
        let portion: FilePortion
        let batches: [Batch]
    }

    func stage(_ item: Import) async throws -> Import {
        let clock = ContinuousClock()
        let start = clock.now
        guard let print = item.print else { throw ImportRefusal.notNow(item.state) }
        let staging = item.staging(try await rules(for: item))
        try await restore(staging.customers, of: item)
        var reader = try TableReader(path: item.path, format: item.format, expecting: print)
        var item = item
        var next: Step? = try read(
            &reader, FilePortion(offset: item.nextOffset, line: item.nextLine), staging)
        while let current = next {
            let before = item
            async let written = write(current, of: before)
            next = current.portion.isLast ? nil : try read(&reader, current.portion, staging)
            item = try await written
            try await step(ImportProgress(item, at: store.clock.now))
        }
        var summary = item.summary
        summary.loadSeconds += start.duration(to: clock.now).seconds
        let update: SQL = """
            UPDATE import SET state = 'publishing', phase_at = \(store.clock.now), summary = \(Stored.text(of: summary))
            WHERE id = \(item.id) AND state = 'loading' AND next_offset = \(item.nextOffset)
            RETURNING \(Import.columns)
            """
        return try await store.moved(update, from: item)
    }

    private func read(
        _ reader: inout TableReader, _ last: FilePortion, _ staging: any RowStaging
    ) throws -> Step {
        var portion = FilePortion(offset: last.offset, line: last.line)
        try portion.read(&reader, limit: portionRows, refusalsWanted: 0) { row throws(CellRefusal) in
            try staging.stage(row)
        }
        return Step(portion: portion, batches: staging.takeBatches())
    }

    /// Keeps the rows and how far they reach in one transaction; a run that was cut off goes on behind them.
    private func write(_ current: Step, of item: Import) async throws -> Import {
        let update: SQL = """
            UPDATE import SET next_offset = \(current.portion.offset), next_line = \(current.portion.line)
            WHERE id = \(item.id) AND state = 'loading' AND next_offset = \(item.nextOffset)
            RETURNING \(Import.columns)
            """
        let moved = try await database.write { connection in
            let moved = try connection.first(update, Import.init)
            if moved != nil { for batch in current.batches { try connection.load(batch) } }
            return moved
        }
        guard let moved else { throw ImportRefusal.takenOver }
        await database.announce("imports")
        return moved
    }

    private func restore(_ customers: StagedCustomers, of item: Import) async throws {
        guard item.nextOffset > 0 else { return }
        var last = item.firstNumber - 1
        while true {
            let after = last
            let ids = try await database.read { connection in
                try connection.all(
                    """
                    SELECT outside_id FROM import_customer WHERE n > \(after) AND n <= \(item.lastNumber)
                    ORDER BY n LIMIT 50000
                    """
                ) { try $0.text(0) }
            }
            guard !ids.isEmpty else { return }
            customers.restore(ids)
            last += Int64(ids.count)
        }
    }
}
