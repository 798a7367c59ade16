import ArgumentParser
import Desk
import Dispatch
import Foundation
import Kernel
import Pictures
import Storage
import StoragePostgres
import StorageSQLite
import Web

/// Where a desk's data is: a folder with the embedded database, or a PostgreSQL database.
enum Place: Sendable {
    case folder(String)
    case postgres(String)

    /// Where uploads wait and the socket lies; for PostgreSQL a folder of this machine.
    var folder: String {
        switch self {
        case .folder(let path): path
        case .postgres:
            ProcessInfo.processInfo.environment["REGULARS_FOLDER"] ?? NSHomeDirectory() + "/.regulars"
        }
    }

    var uploads: String { folder + "/uploads" }

    func openDatabase() async throws -> any Database {
        switch self {
        case .folder(let path): return try SQLiteDatabase(path: path + "/regulars.db")
        case .postgres(let url): return try await PostgresDatabase(url: url)
        }
    }
}

/// `--data`, which every command has.
struct PlaceOptions: ParsableArguments {
    @Option(
        name: .customLong("data"),
        help: "The folder that holds the desk. Or set REGULARS_DATABASE=postgres://…")
    var data: String?

    func place(from directory: String) throws -> Place {
        if let data {
            guard !data.isEmpty else { throw Failure("--data needs a folder", code: Failure.wrongWords) }
            return .folder(data.hasPrefix("/") ? data : directory + "/" + data)
        }
        if let url = ProcessInfo.processInfo.environment["REGULARS_DATABASE"], !url.isEmpty {
            guard url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") else {
                throw Failure("REGULARS_DATABASE must begin with postgres://", code: Failure.wrongWords)
            }
            return .postgres(url)
        }
        throw Failure(
            "say where the desk is: --data FOLDER, or REGULARS_DATABASE=postgres://…",
            code: Failure.wrongWords)
    }
}

/// A desk that is open: everything a command needs.
struct OpenDesk: Sendable {
    let desk: Desk
    let people: People

    static func open(_ place: Place) async throws -> OpenDesk {
        try FileManager.default.createDirectory(
            atPath: place.uploads, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let database = try await place.openDatabase()
        let clock = SystemClock()
        try await Migrator(Schema.migrations).run(on: database, at: clock.now)
        let desk = Desk(
            database: database, clock: clock, folder: place.uploads,
            rasterise: { svg, width in try await Rasterising.run { try png(svg: svg, width: width) } })
        let people = People(
            database: database, clock: clock, organisations: desk.organisations, passwords: Passwords())
        return OpenDesk(desk: desk, people: people)
    }
}

/// One process at a time has an embedded database open. The lock falls with the process, however it ends.
final class FolderLock: Sendable {
    private let descriptor: Int32

    /// Nil when another process holds it.
    init?(_ folder: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure("\(folder) cannot be made: \(error.localizedDescription)")
        }
        descriptor = Foundation.open(folder + "/regulars.lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure("\(folder) cannot be written to") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }
}

/// Drawing pixels blocks, so it happens on a thread of its own.
private enum Rasterising {
    static func run(_ draw: @escaping @Sendable () throws -> [UInt8]) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try draw() }) }
        }
    }
}
