import Crypto
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import NIOPosix
import Synchronization

/// A file being written in the staging folder, under a random name, readable by us alone. Writing waits on
/// the disk, so it happens on threads that may wait.
final class FileSink: Sendable {
    let path: String
    private let file: Int32
    private let progress = Mutex(Progress())

    private struct Progress {
        var size: Int64 = 0
        var hash = SHA256()
        var isClosed = false
    }

    init(in folder: String) throws {
        let name = Base64URL.encode(Secrets.random(15))
        path = "\(folder)/upload-\(name)"
        file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileSink.failure("open") }
    }

    deinit { if progress.withLock({ !$0.isClosed }) { close(file) } }

    func write(_ bytes: ArraySlice<UInt8>) async throws {
        let file = file
        try await NIOThreadPool.singleton.runIfActive {
            self.progress.withLock { progress in
                progress.size += Int64(bytes.count)
                bytes.withUnsafeBytes { progress.hash.update(bufferPointer: $0) }
            }
            try FileSink.write(bytes, to: file)
        }
    }

    private static func write(_ bytes: ArraySlice<UInt8>, to file: Int32) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write") }
            rest = rest.dropFirst(count)
        }
    }

    /// Flushes to the disk, so that what we say we have survives a power cut.
    func finish() async throws -> (path: String, size: Int64, sha256: [UInt8]) {
        let file = file
        try await NIOThreadPool.singleton.runIfActive {
            guard fsync(file) == 0 else { throw FileSink.failure("fsync") }
        }
        shut()
        return progress.withLock { (path, $0.size, Array($0.hash.finalize())) }
    }

    func discard() async {
        shut()
        unlink(path)
    }

    private func shut() {
        progress.withLock { progress in
            if !progress.isClosed { close(file) }
            progress.isClosed = true
        }
    }

    private static func failure(_ act: String) -> any Error {
        errno == ENOSPC || errno == EDQUOT ? BodyRefusal.diskFull : FileError(act: act, code: errno)
    }
}

/// `write(2)`, under a name that the method does not hide.
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(file, bytes, count)
}

/// The disk said no.
struct FileError: Error {
    let act: String
    let code: Int32
}

extension Upload {
    /// Removes what the route did not move away.
    func removeFiles() { for file in files { unlink(file.path) } }
}
