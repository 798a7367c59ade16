import Foundation
import Synchronization

/// A listening Unix socket and the connections that arrive on it.
final class SocketListener: Sendable {
    let connections: AsyncStream<SocketConnection>
    private let descriptor: Int32
    private let path: String
    private let continuation: AsyncStream<SocketConnection>.Continuation

    init(path: String) throws {
        self.path = path
        unlink(path)
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        self.descriptor = descriptor
        let mask = umask(0o177)
        let bound = SocketAddress.with(path) { bind(descriptor, $0, $1) }
        umask(mask)
        guard bound == 0, listen(descriptor, 16) == 0 else {
            throw Failure("\(path) cannot be listened on: \(String(cString: strerror(errno)))")
        }
        let (connections, continuation) = AsyncStream.makeStream(of: SocketConnection.self)
        self.connections = connections
        self.continuation = continuation
        Thread.detachNewThread {
            while true {
                let client = accept(descriptor, nil, nil)
                if client >= 0 {
                    continuation.yield(SocketConnection(client))
                } else if ![EINTR, EMFILE, ENFILE, ECONNABORTED].contains(errno) {
                    break
                }
            }
            continuation.finish()
        }
    }

    func stop() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
        unlink(path)
        continuation.finish()
    }
}

enum SocketAddress {
    /// Calls `body` with the address of a socket in the file system. Paths of over 107 bytes do not fit: -1.
    static func with(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            errno = ENAMETOOLONG
            return -1
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}

/// One end of a Unix socket that carries lines of JSON.
final class SocketConnection: Sendable {
    private struct State {
        var descriptor: Int32
        var unread: [UInt8] = []
    }

    private let state: Mutex<State>
    private let writing = Mutex(())

    init(_ descriptor: Int32) { state = Mutex(State(descriptor: descriptor)) }

    /// Nil where nobody listens.
    convenience init?(connectingTo path: String) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard SocketAddress.with(path, { connect(descriptor, $0, $1) }) == 0 else {
            Foundation.close(descriptor)
            return nil
        }
        self.init(descriptor)
    }

    private var descriptor: Int32 { state.withLock { $0.descriptor } }

    /// Waits for a line on a thread of its own.
    func readLine() async -> String? {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: self.readLineBlocking()) }
        }
    }

    func readLineBlocking() -> String? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let line = takeLine() { return line }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            state.withLock { $0.unread.append(contentsOf: buffer[..<count]) }
        }
    }

    private func takeLine() -> String? {
        state.withLock { state in
            guard let end = state.unread.firstIndex(of: 0x0A) else { return nil }
            let line = String(decoding: state.unread[..<end], as: UTF8.self)
            state.unread.removeFirst(end + 1)
            return line
        }
    }

    /// Sends what it can; a listener that went away is no reason to stop the work.
    func send(_ value: some Encodable) {
        guard var bytes = try? Array(JSONEncoder().encode(value)) else { return }
        bytes.append(0x0A)
        let descriptor = descriptor
        writing.withLock { _ in
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                if count < 0, errno == EINTR { continue }
                if count <= 0 { return }
                sent += count
            }
        }
    }

    func close() {
        state.withLock { state in
            if state.descriptor >= 0 { Foundation.close(state.descriptor) }
            state.descriptor = -1
        }
    }
}
