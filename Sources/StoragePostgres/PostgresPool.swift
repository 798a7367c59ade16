import Dispatch
import Storage
import Synchronization

/// The connections of a database, lent to one borrower at a time; who comes when all are lent waits in line.
final class PostgresPool: Sendable {
    private struct State {
        var idle: [PostgresLink]
        var lent = 0
        var waiting: [CheckedContinuation<PostgresLink, any Error>] = []
        var isClosed = false
        var afterLast: CheckedContinuation<Void, Never>?
    }

    private let state: Mutex<State>

    /// Connections are opened when they are first needed.
    init(size: Int, at address: PostgresAddress) {
        precondition(size > 0, "a pool without connections serves nobody")
        state = Mutex(State(idle: (0..<size).map { _ in PostgresLink(address) }))
    }

    /// Runs something that blocks on a connection, away from Swift's own threads.
    func lend<T: Sendable>(_ act: @escaping @Sendable (PostgresLink) throws -> T) async throws -> T {
        let link = try await take()
        defer { giveBack(link) }
        return try await withCheckedThrowingContinuation { continuation in
            link.queue.async { continuation.resume(with: Result { try act(link) }) }
        }
    }

    private func take() async throws -> PostgresLink {
        try await withCheckedThrowingContinuation { continuation in
            let answer: Result<PostgresLink, any Error>? = state.withLock { state in
                if state.isClosed { return .failure(PostgresPool.closed) }
                guard let link = state.idle.popLast() else {
                    state.waiting.append(continuation)
                    return nil
                }
                state.lent += 1
                return .success(link)
            }
            if let answer { continuation.resume(with: answer) }
        }
    }

    private func giveBack(_ link: PostgresLink) {
        let next: (@Sendable () -> Void)? = state.withLock { state in
            if !state.waiting.isEmpty {
                let first = state.waiting.removeFirst()
                return { first.resume(returning: link) }
            }
            state.lent -= 1
            state.idle.append(link)
            guard state.lent == 0, let last = state.afterLast else { return nil }
            state.afterLast = nil
            return { last.resume() }
        }
        next?()
    }

    /// Refuses who still waits, lets who borrows finish, and disconnects.
    func close() async {
        let refused = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiting in refused { waiting.resume(throwing: PostgresPool.closed) }
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.lent > 0 { state.afterLast = continuation }
                return state.lent == 0
            }
            if isIdle { continuation.resume() }
        }
        let links = state.withLock { $0.idle }
        for link in links { link.disconnect() }
    }

    private static let closed = StorageError.unreachable("the database is closed")
}
