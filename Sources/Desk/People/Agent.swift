public import Kernel
import Storage
public import Web

/// Someone with a seat at the desk: a person like any other, who also serves.
public struct Agent: Identifiable, Equatable, Sendable {
    /// The person's id: agents, contacts and buyers share one id space.
    public let id: ID<Agent>
    public let name: String
    public let email: String
    public let role: Role
    public let isSuspended: Bool
    /// Empty where the browser decides.
    public let language: String
    /// Empty where the organisation's holds.
    public let zone: String
    public let theme: Theme
    public let createdAt: Instant
    public let changedAt: Instant
    public let signedInAt: Instant?

    static let columns: SQL = """
        a.person_id, p.name, a.email, a.role, a.suspended, a.language, a.zone, a.theme,
        a.created_at, a.changed_at, a.signed_in_at
        """

    init(row: any Row) throws {
        id = try row.id(0)
        name = try row.text(1)
        email = try row.text(2)
        role = try row.word(3)
        isSuspended = try row.bool(4)
        language = try row.text(5)
        zone = try row.text(6)
        theme = Theme(rawValue: try row.text(7)) ?? .automatic
        createdAt = try row.instant(8)
        changedAt = try row.instant(9)
        signedInAt = try row.optionalInstant(10)
    }

    /// This person as the web knows people.
    public var colleague: Colleague {
        Colleague(id: id.value, name: name, email: email, permissions: role.permissions)
    }
}

extension Agent {
    /// Only who may invite gives roles, and nobody gives more than they have.
    func mayGive(_ given: Role) -> Bool {
        role.permissions.contains(.invitePeople) && given.rank <= role.rank
    }

    /// Whether this person decides what `other` may do.
    func mayGovern(_ other: Agent) -> Bool { mayGive(other.role) }
}

extension Role {
    /// 0 for the least powerful. Each role may do all that the ones below it may.
    var rank: Int { Role.allCases.firstIndex(of: self) ?? 0 }

    /// The roles a person with this one may give, least powerful first.
    var givable: [Role] {
        permissions.contains(.invitePeople) ? Role.allCases.filter { $0.rank <= rank } : []
    }
}
