import CPostgres
import Dispatch
import Foundation
import Storage
import Synchronization

/// Hears what any process announces. Has a connection and a thread of its own, and connects again when it is lost.
final class PostgresListener: Sendable {
    static let channel = "regulars"
    private let link: PostgresLink
    private let noticeboard: Noticeboard
    private let isStopped = Mutex(false)
    private let bell: (read: Int32, write: Int32)
    private let ended = DispatchSemaphore(value: 0)

    init(at address: PostgresAddress, for noticeboard: Noticeboard) throws {
        link = PostgresLink(address)
        self.noticeboard = noticeboard
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw StorageError.unreachable("no pipe: too many open files") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        bell = (ends[0], ends[1])
    }

    /// Returns when announcements are heard from now on.
    func start() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let thread = Thread { [self] in
                let first = Result { try listen() }
                continuation.resume(with: first)
                if case .success = first { follow() }
                end()
            }
            thread.name = "regulars.listener"
            thread.start()
        }
    }

    private func listen() throws {
        try link.connect()
        let answer = link.execute("LISTEN \(PostgresListener.channel)")
        guard answer.isGood else { throw link.failure(answer).error }
    }

    private func follow() {
        while !isStopped.withLock({ $0 }) {
            wait(on: link.socket, milliseconds: -1)
            guard !link.consume(noticeboard.post) else { continue }
            link.disconnect()
            while !isStopped.withLock({ $0 }) {
                if (try? listen()) != nil { break }
                wait(on: -1, milliseconds: .random(in: 200...1000))
            }
        }
    }

    private func end() {
        link.disconnect()
        isStopped.withLock { isStopped in
            isStopped = true
            for end in [bell.read, bell.write] { _ = close(end) }
        }
        ended.signal()
    }

    /// Until the socket has something, the bell rings, or the time is over.
    private func wait(on socket: Int32, milliseconds: Int32) {
        var sources = [
            pollfd(fd: bell.read, events: Int16(POLLIN), revents: 0),
            pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
        ]
        poll(&sources, nfds_t(sources.count), milliseconds)
    }

    /// Tells the thread to go, and does not wait for it.
    func stop() {
        isStopped.withLock { isStopped in
            guard !isStopped else { return }
            isStopped = true
            var ring: UInt8 = 1
            _ = write(bell.write, &ring, 1)
        }
    }

    /// Blocks until the thread is gone.
    func waitForEnd() { ended.wait() }
}

/// Tells every process on the database. Has a connection of its own, because NOTIFY inside a transaction would hold up
/// everybody's commit.
final class PostgresHerald: Sendable {
    private let link: PostgresLink
    private let isClosed = Mutex(false)

    init(at address: PostgresAddress) { link = PostgresLink(address) }

    /// Blocks. A topic that cannot be told is dropped: it only says "look again".
    func tell(_ topics: [String]) {
        link.queue.sync {
            for topic in topics where !isClosed.withLock({ $0 }) {
                if !send(topic) { _ = send(topic) }
            }
        }
    }

    private func send(_ topic: String) -> Bool {
        do {
            try link.connect()
            let values = try PostgresValues([.text(PostgresListener.channel), .text(topic)])
            try link.send("SELECT pg_notify($1, $2)", values, isTyped: true)
            while let result = link.next() {
                if !result.isGood { link.disconnect() }
            }
            return !link.isBroken
        } catch {
            link.disconnect()
            return false
        }
    }

    func close() {
        isClosed.withLock { $0 = true }
        link.queue.sync { link.disconnect() }
    }
}
