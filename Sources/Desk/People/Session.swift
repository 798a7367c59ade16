public import Kernel
import Storage

/// One browser a person signed in with.
public struct Session: Equatable, Sendable {
    public let id: Int64
    public let person: ID<Agent>
    /// What the browser says it is.
    public let device: String
    /// The network address it was last seen at.
    public let place: String
    public let createdAt: Instant
    public let seenAt: Instant
    public let expiresAt: Instant

    /// Ends when nobody came for this long …
    static let idle = Duration.seconds(14 * 86_400)
    /// … and after this long in any case.
    static let lifetime = Duration.seconds(60 * 86_400)

    static let columns: SQL = "s.id, s.person_id, s.device, s.place, s.created_at, s.seen_at, s.expires_at"

    /// What makes a session good at a moment.
    static func isGood(at now: Instant) -> SQL {
        "s.expires_at > \(now) AND s.seen_at > \(now.advanced(by: .zero - idle))"
    }

    init(row: any Row) throws {
        id = try row.int64(0)
        person = try row.id(1)
        device = try row.text(2)
        place = try row.text(3)
        createdAt = try row.instant(4)
        seenAt = try row.instant(5)
        expiresAt = try row.instant(6)
    }
}
