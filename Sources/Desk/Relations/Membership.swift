import Kernel
import Storage

/// What a person does for an organisation as a customer of ours. Several may be true of one person.
enum MembershipRole: String, Sendable, CaseIterable {
    case buys, uses, decides, pays
}

/// A person in an organisation or a department: with which title, doing what, since when, and until when.
struct Membership: Sendable, Equatable {
    let person: ID<Party>
    let account: ID<Party>
    /// The other side, as seen from the customer whose page it is on.
    let name: String
    var title = ""
    var roles: Set<MembershipRole> = []
    var since: Instant
    /// Nil while it lasts.
    var endedAt: Instant?
    /// The row of a membership that is over.
    var past: Int64?

    /// Roles in the order they are asked for.
    var listed: [MembershipRole] { MembershipRole.allCases.filter(roles.contains) }

    static let columns: SQL = """
        m.person_id, m.account_id, p.name, m.title, m.buys, m.uses, m.decides, m.pays, m.since
        """

    init(row: any Row) throws {
        person = try row.id(0)
        account = try row.id(1)
        name = try row.text(2)
        title = try row.text(3)
        for (place, role) in MembershipRole.allCases.enumerated() where try row.bool(4 + place) {
            roles.insert(role)
        }
        since = try row.instant(8)
    }

    func other(than id: ID<Party>) -> ID<Party> { person == id ? account : person }
}
