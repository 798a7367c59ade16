import Kernel
import Storage

/// Computes the figures every night, when somebody asks, and after files were brought in or taken back.
struct ComputeFigures: Worker {
    static let kind = "compute-figures"
    /// The local hour from which a night's run may begin.
    static let hour = 2

    let desk: Desk

    var kind: String { ComputeFigures.kind }
    var rhythm: Duration? { .seconds(15) }

    func run(_ job: Job, holding lease: Lease) async throws {
        guard let organisation = try await desk.organisations.current() else { return }
        guard try await isDue(organisation) else { return }
        let run = FigureRun(desk: desk, organisation: organisation) { try await lease.extend() }
        do {
            try await withBeat(of: lease) { _ = try await run.run(by: desk.act(by: nil)) }
        } catch FigureRunRefusal.underWay {
            // A command is computing them; the next minute looks again.
        }
    }

    /// Reading a million customers takes longer than a lease, so it is kept all the while.
    private func withBeat(of lease: Lease, _ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await body() }
            group.addTask {
                while true {
                    try await Task.sleep(for: .seconds(15))
                    try await lease.extend()
                }
            }
            try await group.next()
            group.cancelAll()
        }
    }

    /// Asked for, never done, stopped on the way, done before this night began, or done before files came in or went.
    func isDue(_ organisation: Organisation) async throws -> Bool {
        let now = desk.clock.now
        let today = organisation.zone.day(of: now)
        let tonight = organisation.zone.instant(of: today, secondOfDay: ComputeFigures.hour * 3600)
        return try await desk.database.read { connection in
            let busy: SQL = "SELECT 1 FROM import WHERE state IN ('loading', 'publishing', 'undoing') LIMIT 1"
            if try connection.exists(busy) { return false }
            if try connection.exists("SELECT 1 FROM figure_run WHERE state = 'asked' LIMIT 1") { return true }
            let dead = now.milliseconds - FigureStore.patience
            let stopped: SQL =
                "SELECT 1 FROM figure_run WHERE state = 'writing' AND touched_at < \(dead) LIMIT 1"
            if try connection.exists(stopped) { return true }
            let last = try connection.first(
                "SELECT started_at FROM figure_run WHERE state = 'complete' ORDER BY id DESC LIMIT 1"
            ) { try $0.instant(0) }
            guard let last else { return try connection.exists("SELECT 1 FROM standing LIMIT 1") }
            if last < tonight, now >= tonight { return true }
            return try connection.exists(
                """
                SELECT 1 FROM import WHERE state IN ('complete', 'undone') AND kind = 'purchases'
                    AND phase_at > \(last) LIMIT 1
                """)
        }
    }
}
