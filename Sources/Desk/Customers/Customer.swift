public import Kernel
public import Storage

/// A person or an organisation we know, in one id space: agents, contacts, buyers and advocates alike.
///
/// A customer is an account: a person who buys for himself, or an organisation its persons buy for.
public struct Party: Sendable, Equatable, Identifiable {
    public enum Kind: String, Sendable, Codable, SQLBindable { case person, organisation }

    public let id: ID<Party>
    public let kind: Kind
    public let name: String
    public let createdAt: Instant

    static let columns: SQL = "p.id, p.kind, p.name, p.created_at"

    init(row: any Row) throws {
        id = try row.id(0)
        kind = try row.word(1)
        name = try row.text(2)
        createdAt = try row.instant(3)
    }
}

/// A way to reach a party. Whoever answered from it has verified it; whoever merely wrote it down has claimed it.
public struct Address: Sendable, Equatable, Identifiable {
    public enum Kind: String, Sendable, Codable, CaseIterable, SQLBindable { case email, phone, handle }

    public let id: ID<Address>
    public let kind: Kind
    public let value: String
    /// Where a handle is known: `Instagram`. Empty for mail and phone.
    public let network: String
    /// A word of the house (`work`), or any other word; empty where nobody said.
    public let label: String
    /// The one to take of its kind.
    public let isPreferred: Bool
    public let verifiedAt: Instant?

    static let columns: SQL = "a.id, a.kind, a.value, a.network, a.label, a.preferred, a.verified_at"

    init(row: any Row) throws {
        id = try row.id(0)
        kind = try row.word(1)
        value = try row.text(2)
        network = try row.text(3)
        label = try row.text(4)
        isPreferred = try row.bool(5)
        verifiedAt = try row.optionalInstant(6)
    }

    var key: String { Address.key(kind, value, network: network) }

    /// The form two spellings of one address share. A handle means something only together with its network.
    public static func key(_ kind: Kind, _ value: String, network: String = "") -> String {
        switch kind {
        case .email: value.trimmed.lowercased()
        case .phone: String(value.filter { $0.isASCII && ($0.isNumber || $0 == "+") })
        case .handle: "\(network.searchKey):\(value.trimmed.drop { $0 == "@" }.lowercased())"
        }
    }
}

/// What a list shows of a customer.
public struct CustomerRow: Sendable, Equatable {
    public let party: Party
    public var level = Level.prospect
    public var email: String?
    public var firstDay: LocalDate?
    public var lastDay: LocalDate?
    public var occasions = 0
    /// Where the list continues after this row.
    var key = ""
}

/// A customer, whole: what the customer's page and the API show.
public struct CustomerRecord: Sendable {
    public let party: Party
    public let addresses: [Address]
    /// Ids other systems know this customer by.
    public let outsideIDs: [String]
    public let evidence: Evidence
    public let acts: [AdvocacyAct]
    public let totals: [Money]
    public let purchases: Int
    public let level: Level
    public let since: LocalDate?
    public let window: ClosedRange<LocalDate>
}

/// Why a customer's page says no.
public enum CustomerRefusal: Error, Equatable, Sendable {
    case unknown
    case nameMissing
    case unknownOrganisation
    case nameTooLong
    case badEmail(String)
    case badPhone(String)
    case duplicate(Int64)
    case unreachable
    /// It has departments or is one, which a person cannot.
    case hasDepartments
}
