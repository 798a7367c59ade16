import Kernel
import Storage

/// Adds delta rows up into the counters' cells. What is not folded yet is counted all the same, only slower.
struct FoldTallies: Worker {
    let desk: Desk

    var kind: String { "fold-tallies" }
    var rhythm: Duration? { .seconds(5) }

    func run(_ job: Job, holding lease: Lease) async throws {
        var folded = 1
        while folded > 0 {
            let waiting = try await desk.database.read { try $0.exists("SELECT 1 FROM tally_delta LIMIT 1") }
            guard waiting else { return }
            let now = desk.clock.now
            folded = try await desk.database.write { connection in
                // Publishing an import folds as well, and would have to begin again.
                let isPublishing = try connection.exists(
                    "SELECT 1 FROM job WHERE kind = 'run-import' AND state = 'running' AND lease_until >= \(now)"
                )
                return isPublishing ? 0 : try TallyStore.fold(in: connection)
            }
            try await lease.extend()
        }
    }
}
