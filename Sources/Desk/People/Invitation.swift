public import Kernel
import Storage
public import Web

/// A seat offered to somebody, by a link that works once.
public struct Invitation: Equatable, Sendable {
    public let id: Int64
    public let email: String
    public let role: Role
    public let invitedBy: ID<Agent>
    public let createdAt: Instant
    public let expiresAt: Instant
    public let withdrawnAt: Instant?
    public let usedAt: Instant?

    static let lifetime = Duration.seconds(7 * 86_400)

    static let columns: SQL = """
        i.id, i.email, i.role, i.invited_by, i.created_at, i.expires_at, i.withdrawn_at, i.used_at
        """

    init(row: any Row) throws {
        id = try row.int64(0)
        email = try row.text(1)
        role = try row.word(2)
        invitedBy = try row.id(3)
        createdAt = try row.instant(4)
        expiresAt = try row.instant(5)
        withdrawnAt = try row.optionalInstant(6)
        usedAt = try row.optionalInstant(7)
    }

    /// Why the link does not work any more; nil while it does.
    func refusal(at now: Instant) -> AgentRefusal? {
        if usedAt != nil { return .linkUsed }
        if withdrawnAt != nil { return .linkWithdrawn }
        return expiresAt <= now ? .linkExpired : nil
    }
}
