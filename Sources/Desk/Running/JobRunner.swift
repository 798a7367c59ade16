import Kernel
public import Logging
import Markup
public import ServiceLifecycle
import Storage
import Web

/// Takes due jobs from the table and does them, two at a time, until told to stop.
///
/// Any number of these may run on one database. What is under way when the process stops is left to its lease and done
/// again by whoever comes next.
public struct JobRunner: Service {
    let desk: Desk
    let workers: [String: any Worker]
    let logger: Logger

    public init(desk: Desk, workers: [any Worker], logger: Logger) {
        self.desk = desk
        self.workers = Dictionary(workers.map { ($0.kind, $0) }) { first, _ in first }
        self.logger = logger
    }

    public func run() async throws {
        for worker in workers.values { try await ask(for: worker, at: desk.clock.now) }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<2 { group.addTask { await cancelWhenGracefulShutdown { await work() } } }
        }
    }

    private func work() async {
        while !Task.isCancelled {
            do {
                if let job = try await desk.jobs.claim(Array(workers.keys), at: desk.clock.now) {
                    await perform(job)
                } else {
                    try await Task.sleep(for: .milliseconds(500))
                }
            } catch is CancellationError {
                return
            } catch {
                logger.warning("Jobs cannot be read", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: .seconds(2))
            }
        }
    }

    private func perform(_ job: Job) async {
        do {
            guard let worker = workers[job.kind] else { throw UnknownWork(kind: job.kind) }
            try await worker.run(job, holding: Lease(job: job, jobs: desk.jobs, clock: desk.clock))
            if let rhythm = worker.rhythm {
                try await desk.jobs.finish(job, againAt: desk.clock.now.advanced(by: rhythm))
            } else {
                try await desk.jobs.finish(job)
            }
        } catch is LeaseLost {
            logger.notice("A job was taken over", metadata: ["job": "\(job.kind) \(job.id)"])
        } catch is CancellationError {
            // Left to its lease.
        } catch {
            await fail(job, error)
        }
    }

    private func fail(_ job: Job, _ error: any Error) async {
        logger.error("A job failed", metadata: ["job": "\(job.kind) \(job.id)", "error": "\(error)"])
        // Work with a rhythm is never given up.
        let isWorthRetrying =
            workers[job.kind]?.rhythm != nil
            || (error as? StorageError)?.isWorthRetrying
                ?? !(error is UnknownWork || error is any Refusal)
        let reason = (error as? any Refusal)?.phrase.text ?? "\(error)"
        do {
            try await desk.jobs.fail(
                job, reason: reason, isWorthRetrying: isWorthRetrying, at: desk.clock.now)
        } catch {
            logger.error("A failed job could not be put back", metadata: ["error": "\(error)"])
        }
    }

    /// Work with a rhythm is always waiting somewhere, under a key of its own.
    private func ask(for worker: any Worker, at moment: Instant) async throws {
        guard worker.rhythm != nil else { return }
        let kind = worker.kind
        try await desk.database.write {
            try $0.enqueue(kind, key: kind, at: moment, maximumAttempts: 1_000_000)
        }
    }
}

/// A job nobody here knows how to do: it was asked for by another version.
struct UnknownWork: Error, CustomStringConvertible {
    let kind: String
    var description: String { "nobody here knows how to \(kind)" }
}
