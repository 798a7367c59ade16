import Kernel
import Storage

/// Removes sessions nobody can use any more. Safe to run twice.
struct SweepSessions: Worker {
    let people: People

    var kind: String { "sweep-sessions" }
    var rhythm: Duration? { .seconds(86_400) }

    func run(_ job: Job, holding lease: Lease) async throws {
        while try await people.sessions.sweep(at: people.clock.now) > 0 { try await lease.extend() }
    }
}
