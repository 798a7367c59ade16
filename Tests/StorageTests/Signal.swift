import Dispatch
import Foundation
import Storage
import Synchronization

/// Something one side raises and the other waits for. A wait that lasts half a minute is a failure, not a hang.
final class Signal: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func raise() { semaphore.signal() }

    /// From inside a transaction, which may block its thread.
    func wait() throws {
        guard semaphore.wait(timeout: .now() + 150) == .success else { throw Mishap.waitedTooLong }
    }

    /// From a test, which may not.
    func raised() async throws {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try self.wait() }) }
        }
    }
}

/// A number several tasks count up.
final class Counter: Sendable {
    private let count = Mutex(0)

    @discardableResult
    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }

    var value: Int { count.withLock { $0 } }
}

enum Memory {
    /// Bytes of this process that are in memory and its own: files shared with the page cache do not count.
    static func used() -> Int {
        guard let line = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let pages = line.split(separator: " ").compactMap { Int($0) }
        return pages.count > 2 ? (pages[1] - pages[2]) * Int(getpagesize()) : 0
    }
}
