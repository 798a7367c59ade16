import Kernel
import Storage
import Synchronization

/// Databases that have been migrated once, by the migrations they have.
final class Templates: Sendable {
    private let made = Mutex<[String: Task<String, any Error>]>([:])

    /// The address of the template for these migrations. `make` is asked once for each list, whoever comes first.
    func address(
        for migrations: [Migration], make: @escaping @Sendable (_ number: Int) async throws -> String
    ) async throws -> String {
        let key = migrations.map { "\($0.name)\u{0}\($0.script)" }.joined(separator: "\u{0}")
        let task = made.withLock { made in
            if let task = made[key] { return task }
            let number = made.count
            let task = Task { try await make(number) }
            made[key] = task
            return task
        }
        return try await task.value
    }

    /// Migrates a new database and closes it, so that it can be copied.
    static func migrate(_ database: any Database, _ migrations: [Migration]) async throws {
        do {
            try await Migrator(migrations).run(on: database, at: SystemClock().now)
        } catch {
            try? await database.close()
            throw error
        }
        try await database.close()
    }
}
