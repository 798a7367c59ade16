import Foundation

/// Where a command reads and writes: this process's streams, or those of the command that came through the socket.
struct Terminal: Sendable {
    enum Frame: Sendable {
        case out(String)
        case say(String)
        /// A file the person asked for, written where they stand.
        case file(path: String, bytes: [UInt8])
    }

    /// The folder relative paths start from.
    let directory: String
    let columns: Int
    /// Whether a person looks at the output, who can see colour and a line that rewrites itself.
    let isInteractive: Bool
    /// Whether it shows more than ASCII: where nothing is said, or the locale is other than C or POSIX.
    let isUnicode: Bool
    let write: @Sendable (Frame) throws -> Void
    let read: @Sendable () -> String?

    func out(_ text: String) { try? write(.out(text + "\n")) }

    /// On the error stream: progress and complaints, so that output stays clean.
    func say(_ text: String, lineEnd: String = "\n") { try? write(.say(text + lineEnd)) }

    func save(_ bytes: [UInt8], at path: String) throws {
        try write(.file(path: absolute(path), bytes: bytes))
    }

    func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : directory + "/" + path
    }

    static let standard = Terminal(
        directory: FileManager.default.currentDirectoryPath,
        columns: ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init) ?? 80,
        isInteractive: isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) == 1,
        isUnicode: !["C", "POSIX"].contains(locale),
        write: { try Terminal.perform($0) },
        read: { Swift.readLine(strippingNewline: true) })

    private static var locale: String {
        let environment = ProcessInfo.processInfo.environment
        let named = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }
        return named.first { !$0.isEmpty } ?? ""
    }

    static func perform(_ frame: Frame) throws {
        switch frame {
        case .out(let text): FileHandle.standardOutput.write(Data(text.utf8))
        case .say(let text): FileHandle.standardError.write(Data(text.utf8))
        case .file(let path, let bytes):
            do {
                try Data(bytes).write(to: URL(fileURLWithPath: path))
            } catch {
                throw Failure("\(path) cannot be written: \(error.localizedDescription)")
            }
        }
    }
}
