import Synchronization

/// Where a driver counts what it does.
package final class Tally: Sendable {
    private let counts = Mutex(Activity())

    package init() {}

    package var activity: Activity { counts.withLock { $0 } }

    package func addRead() { counts.withLock { $0.reads += 1 } }

    package func addRetry() { counts.withLock { $0.retries += 1 } }

    /// One commit that so many writes shared.
    package func addCommit(of writes: Int) {
        counts.withLock { counts in
            counts.writes += writes
            counts.commits += 1
        }
    }
}
