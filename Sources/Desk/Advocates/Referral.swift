public import Kernel
public import Storage

/// Somebody a customer sent to us: who they are, whether they bought, and what it was worth.
public struct Referral: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable, SQLBindable {
        /// We do not know yet which customer the friend is, or whether they are one.
        case open
        /// The friend is a customer of ours who has not bought for the first time since.
        case linked
        /// The friend's first purchase came after the referral.
        case bought
    }

    public let id: Int64
    public let act: Int64
    public let person: ID<Party>
    public let name: String
    public let day: LocalDate
    /// As the referral named them.
    public let friend: String
    public let state: State
    public let friendParty: Party?
    /// By a person, or because the address is the same.
    public let linkedHow: String
    public let firstDay: LocalDate?
    public let suggested: (id: Int64, name: String, why: String)?
    /// The friend was a customer before anybody sent them.
    public let wasCustomer: Bool
    /// What the friend spent since, each currency by itself.
    public var worth: [Money] = []

    static let columns: SQL = """
        r.id, r.act_id, r.person_id, p.name, r.day, a.friend, r.state, f.id, f.kind, f.name, f.created_at, r.linked_how,
        r.first_day, u.id, u.name, r.suggested_why, s.first_day
        """
    static let sources: SQL = """
        referral r JOIN advocacy a ON a.id = r.act_id JOIN party p ON p.id = r.person_id
        LEFT JOIN party f ON f.id = r.friend_id LEFT JOIN party u ON u.id = r.suggested_id
        LEFT JOIN standing s ON s.party_id = r.friend_id
        """

    init(row: any Row) throws {
        id = try row.int64(0)
        act = try row.int64(1)
        person = try row.id(2)
        name = try row.text(3)
        day = try row.day(4)
        friend = try row.text(5)
        state = try row.word(6)
        friendParty =
            row.isNull(7)
            ? nil
            : Party(
                id: try row.id(7), kind: try row.word(8), name: try row.text(9),
                createdAt: try row.instant(10))
        linkedHow = try row.text(11)
        firstDay = try row.optionalDay(12)
        suggested =
            row.isNull(13) ? nil : (id: try row.int64(13), name: try row.text(14), why: try row.text(15))
        wasCustomer = try row.optionalDay(16).map { [day] in $0 < day } ?? false
    }

    public static func == (one: Referral, other: Referral) -> Bool {
        one.id == other.id && one.state == other.state && one.friendParty == other.friendParty
            && one.firstDay == other.firstDay && one.suggested?.id == other.suggested?.id
            && one.worth == other.worth
    }
}

extension Party {
    init(id: Kernel.ID<Party>, kind: Kind, name: String, createdAt: Instant) {
        self.id = id
        self.kind = kind
        self.name = name
        self.createdAt = createdAt
    }
}

/// Why a friend is not linked.
public enum ReferralRefusal: Error, Equatable, Sendable {
    case unknown
    case unknownCustomer
    case themselves
    case linked
    case notLinked
    case nothingSuggested
}

/// The name and the address in what somebody wrote down of a friend: `Bob Miller <bob@example.com>, 030 1234`.
struct FriendWords: Equatable {
    var nameKey = ""
    var email: String?
    var phone: String?

    init(_ text: String) {
        var name: [String] = []
        for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == ";" }) {
            let bare = word.trimmingPrefix("<").trimmingSuffix(">").trimmingPrefix("(").trimmingSuffix(")")
            if bare.contains("@"), let address = EmailAddress(String(bare)) {
                email = email ?? Address.key(.email, address.text)
            } else {
                name.append(String(word))
            }
        }
        let digits = name.filter { FriendWords.isPhonePart($0) }.joined()
        if digits.filter(\.isNumber).count >= 6 {
            phone = Address.key(.phone, digits)
            name.removeAll(where: FriendWords.isPhonePart)
        }
        nameKey = name.joined(separator: " ").searchKey
    }

    private static func isPhonePart(_ word: String) -> Bool {
        word.contains(where: \.isNumber) && word.allSatisfy { $0.isNumber || "+-/().".contains($0) }
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(_ end: Character) -> String {
        hasSuffix(String(end)) ? String(dropLast()) : String(self)
    }
}
