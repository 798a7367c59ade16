import Foundation
import Storage
import StorageSQLite

/// Lends SQLite files in a temporary folder that goes when the test process does.
final class SQLiteBenches: Sendable {
    static let shared = SQLiteBenches()
    private let templates = Templates()

    func lend<T>(_ migrations: [Migration], _ body: (Bench) async throws -> T) async throws -> T {
        let template = try await templates.address(for: migrations) { number in
            let path = TestFolder.path + "/template-\(number).sqlite"
            try await Templates.migrate(SQLiteDatabase(path: path), migrations)
            return path
        }
        let folder = TestFolder.path + "/" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/desk.sqlite"
        try FileManager.default.copyItem(atPath: template, toPath: path)
        return try await body(Bench(engine: .sqlite, address: path))
    }
}

/// The folder of this test process, removed at its end.
enum TestFolder {
    static let path: String = {
        let path = NSTemporaryDirectory() + "regulars-tests-\(ProcessInfo.processInfo.processIdentifier)"
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            preconditionFailure("no temporary folder for tests: \(error)")
        }
        atexit { try? FileManager.default.removeItem(atPath: TestFolder.path) }
        return path
    }()
}
