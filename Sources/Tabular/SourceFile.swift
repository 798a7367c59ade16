#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open file, closed when it goes away.
struct SourceFile: ~Copyable {
    let path: String
    private let descriptor: Int32

    init(path: String) throws(TableProblem) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        self.path = path
        guard descriptor >= 0 else { throw .unreadable(path: path, errno: errno) }
    }

    deinit { _ = close(descriptor) }

    /// Size, time and identity as the file system knows them now.
    func fingerprint() throws(TableProblem) -> FileFingerprint {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
        #if canImport(Darwin)
            let modified = status.st_mtimespec
        #else
            let modified = status.st_mtim
        #endif
        return FileFingerprint(
            size: Int(status.st_size),
            modifiedNanoseconds: Int64(modified.tv_sec) * 1_000_000_000 + Int64(modified.tv_nsec),
            inode: UInt64(status.st_ino))
    }

    /// Fills as much of `space` as the file has bytes at `offset`. Short only at the end of the file.
    func read(into space: UnsafeMutableRawBufferPointer, at offset: Int) throws(TableProblem) -> Int {
        var filled = 0
        while filled < space.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: space[filled...])
            let got = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
            if got == 0 { break }
            if got > 0 {
                filled += got
            } else if errno != EINTR {
                throw .unreadable(path: path, errno: errno)
            }
        }
        return filled
    }
}

/// What the system says about an error number: "No such file or directory".
func errorText(_ code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
