import Hummingbird
import Kernel
import Markup
import Storage
import Web

/// How many jobs of a kind there are, counted up to a limit.
struct JobCount: Sendable, Equatable {
    let kind: String
    let state: Job.State
    let number: Int
    /// There may be more.
    let isCapped: Bool
    let firstAt: Instant
}

/// The queue, as far as an administrator needs to see it.
struct JobsRoutes: Sendable {
    let desk: Desk

    /// A page does not count a million rows.
    static let limit = 10_000

    var routes: [Route] {
        [
            .agent(.get, "/jobs", needs: .seeJobs, use: show),
            .agent(.post, "/jobs/:id/revival", needs: .retryJobs, use: revive),
        ]
    }

    func show(_ request: Request, in context: AgentContext) async throws -> Response {
        let page = JobsPage(
            counts: try await counts(), dead: try await desk.jobs.dead(), mayRetry: context.may(.retryJobs))
        return .page(page, in: try await desk.shell(for: context, here: "/jobs"))
    }

    func revive(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: Job.self).value
        guard try await desk.jobs.revive(id, at: desk.clock.now) else { throw NotFound() }
        let act = desk.act(by: context.person.id)
        try await desk.database.write { _ = try $0.record("job.revived", "job", id, by: act) }
        await desk.database.announce("jobs")
        return .redirect(to: "/jobs", saying: Phrase("jobs.revived"))
    }

    /// What waits and runs, by kind. The oldest ten thousand are looked at.
    private func counts() async throws -> [JobCount] {
        let limit = JobsRoutes.limit
        let query: SQL = """
            SELECT kind, state, count(*), min(run_at) FROM (
                SELECT kind, state, run_at FROM job WHERE state IN ('waiting', 'running')
                ORDER BY state, run_at, id LIMIT \(limit)
            ) AS oldest GROUP BY kind, state ORDER BY kind, state
            """
        let rows = try await desk.database.read { connection in
            try connection.all(query) {
                (
                    kind: try $0.text(0), state: try $0.word(1, as: Job.State.self), number: try $0.int(2),
                    at: try $0.instant(3)
                )
            }
        }
        let isCapped = rows.reduce(0) { $0 + $1.number } >= limit
        return rows.map {
            JobCount(kind: $0.kind, state: $0.state, number: $0.number, isCapped: isCapped, firstAt: $0.at)
        }
    }
}
