public import Kernel

/// Settings that say since when. Nothing is overwritten: which threshold was in force on any day can be answered.
public struct SettingStore: Sendable {
    let database: any Database

    public init(database: any Database) { self.database = database }

    /// Everything in force at a moment.
    public func all(at moment: Instant) async throws -> [String: String] {
        try await database.read { try SettingStore.all(at: moment, in: $0) }
    }

    public static func all(at moment: Instant, in connection: any Connection) throws -> [String: String] {
        var settings: [String: String] = [:]
        let inForce: SQL = "SELECT name, value FROM setting WHERE from_at <= \(moment) ORDER BY from_at, id"
        try connection.each(inForce) { settings[try $0.text(0)] = try $0.text(1) }
        return settings
    }

    public static func set(_ name: String, to value: String, by act: Act, in connection: any Connection)
        throws
    {
        try connection.run(
            """
            INSERT INTO setting (name, value, from_at, set_by)
            VALUES (\(name), \(value), \(act.at), \(act.actor))
            """)
    }
}
