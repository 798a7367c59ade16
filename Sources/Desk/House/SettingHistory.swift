import Kernel
import Storage

/// One change of a setting: what to, when, by whom.
struct SettingChange: Sendable, Equatable {
    let name: String
    let value: String
    let from: Instant
    let setBy: Int64?
}

/// Reads what the settings were. Nothing is ever overwritten, so it is all there.
struct SettingHistory: Sendable {
    let database: any Database

    /// The latest changes, newest first.
    func latest(limit: Int = 100) async throws -> [SettingChange] {
        let query: SQL = """
            SELECT name, value, from_at, set_by FROM setting ORDER BY id DESC LIMIT \(limit)
            """
        return try await read(query)
    }

    /// What holds now and since when, by name.
    func inForce(at now: Instant) async throws -> [String: SettingChange] {
        let query: SQL = """
            SELECT name, value, from_at, set_by FROM (
                SELECT name, value, from_at, set_by,
                    row_number() OVER (PARTITION BY name ORDER BY from_at DESC, id DESC) AS place
                FROM setting WHERE from_at <= \(now)
            ) AS ranked WHERE place = 1
            """
        let changes = try await read(query)
        return Dictionary(changes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Names of the people who made changes.
    func names(of changes: [SettingChange]) async throws -> [Int64: String] {
        let ids = Array(Set(changes.compactMap(\.setBy)))
        return try await database.read { connection in
            var names: [Int64: String] = [:]
            try connection.each("SELECT id, name FROM party WHERE id IN (\(list: ids))") {
                names[try $0.int64(0)] = try $0.text(1)
            }
            return names
        }
    }

    private func read(_ query: SQL) async throws -> [SettingChange] {
        try await database.read { connection in
            try connection.all(query) {
                SettingChange(
                    name: try $0.text(0), value: try $0.text(1), from: try $0.instant(2),
                    setBy: try $0.optionalInt64(3))
            }
        }
    }
}

extension OrganisationStore {
    /// When the desk was founded: when its first setting was made.
    func foundedAt() async throws -> Instant {
        let query: SQL =
            "SELECT from_at FROM setting WHERE name = 'organisation.name' ORDER BY from_at, id LIMIT 1"
        return try await database.read { try $0.first(query) { try $0.instant(0) } }
            ?? Instant(milliseconds: 0)
    }
}
