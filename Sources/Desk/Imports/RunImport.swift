import Kernel
import Storage

/// Brings an import to where somebody wants it.
///
/// One import at a time: what was asked for later looks again a little later. Nothing would break if two ran at once,
/// but they would take each other's disk.
struct RunImport: Worker {
    let desk: Desk

    var kind: String { ImportRun.order }

    func run(_ job: Job, holding lease: Lease) async throws {
        guard try await isFirst(job) else { return try await putBack(job) }
        let store = ImportStore(desk)
        try await withThrowingTaskGroup { group in
            group.addTask { try await RunImport.hold(lease) }
            group.addTask { try await RunImport.advance(ID(job.argument), in: store) }
            // The lease is held until it is lost or the work is done.
            try await group.next()
            group.cancelAll()
        }
    }

    /// What people can do something about stands with the import by now, and the job is done.
    private static func advance(_ id: ID<Import>, in store: ImportStore) async throws {
        do {
            try await ImportRun(store) { _ in try Task.checkCancellation() }.advance(id)
        } catch {
            guard let item = try await store.find(id), item.state.isRunning else { return }
            if case ImportRefusal.takenOver = error { return }
            throw error
        }
    }

    private static func hold(_ lease: Lease) async throws {
        while true {
            try await Task.sleep(for: .seconds(15))
            try await lease.extend()
        }
    }

    private func isFirst(_ job: Job) async throws -> Bool {
        let now = desk.clock.now
        return try await desk.database.read { connection in
            try !connection.exists(
                """
                SELECT 1 FROM job WHERE kind = \(ImportRun.order) AND state = 'running' AND id < \(job.id)
                    AND lease_until >= \(now) LIMIT 1
                """)
        }
    }

    private func putBack(_ job: Job) async throws {
        let later = desk.clock.now.advanced(by: .seconds(3))
        try await desk.database.write {
            try $0.enqueue(ImportRun.order, argument: job.argument, at: later, maximumAttempts: 100)
        }
    }
}

extension ImportStore {
    init(_ desk: Desk) {
        self.init(
            database: desk.database, clock: desk.clock, organisations: desk.organisations, folder: desk.folder
        )
    }
}
