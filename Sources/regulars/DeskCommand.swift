import ArgumentParser
import Desk
import Foundation
import Storage

/// A command that works on a desk. Beside a running server it is handed over to that server, whole: the database has
/// one owner, and what the command changes is seen at once.
protocol DeskCommand: AsyncParsableCommand {
    var place: PlaceOptions { get }
    /// Whether it reads a line from standard input, which then travels with it.
    var readsLine: Bool { get }
    /// Whether it may make a desk where there is none; the others refuse a folder that holds none.
    var makesPlace: Bool { get }

    func perform(on open: OpenDesk, _ terminal: Terminal) async throws
}

extension DeskCommand {
    var readsLine: Bool { false }
    var makesPlace: Bool { false }

    func run() async throws {
        let terminal = Terminal.standard
        let place = try place.place(from: terminal.directory)
        guard case .folder(let folder) = place else {
            return try await DeskCommandRun.alone(self, place, terminal)
        }
        guard makesPlace || FileManager.default.fileExists(atPath: folder + "/regulars.db") else {
            throw Failure("there is no desk in \(folder); `regulars serve --data \(folder)` would make one")
        }
        if let lock = try FolderLock(folder) {
            defer { withExtendedLifetime(lock) {} }
            return try await DeskCommandRun.alone(self, place, terminal)
        }
        let line = readsLine ? terminal.read() : nil
        let code = try CommandSocket.forward(
            Array(CommandLine.arguments.dropFirst()), line: line, to: folder, from: terminal)
        if code != 0 { throw ExitCode(code) }
    }
}

enum DeskCommandRun {
    static func alone(_ command: some DeskCommand, _ place: Place, _ terminal: Terminal) async throws {
        let open = try await OpenDesk.open(place)
        do {
            try await command.perform(on: open, terminal)
        } catch {
            try? await open.desk.database.close()
            throw error
        }
        try await open.desk.database.close()
    }
}
