public import Kernel
public import Storage

/// Something a person did to tell others about us. A promoter's survey answer is none: it is willingness.
public struct AdvocacyAct: Sendable, Equatable {
    public enum Kind: String, Sendable, Codable, CaseIterable, SQLBindable {
        case referral, testimonial, review
        case referenceCall = "reference call"
        case recommendation
    }

    public let id: Int64
    public let person: ID<Party>
    public let kind: Kind
    public let day: LocalDate
    public let at: Instant?
    public let words: String
    /// 1 to 5, for a public review.
    public let rating: Int?
    /// Whether a testimonial may be shown; nil where nobody asked yet.
    public let consent: Bool?
    /// Whom a referral named.
    public let friend: String
    /// Whether it is evidence of level 3.
    public let counts: Bool

    static let columns: SQL = """
        a.id, a.person_id, a.kind, a.day, a.at, a.words, a.rating, a.consent, a.friend, a.counts
        """

    init(row: any Row) throws {
        id = try row.int64(0)
        person = try row.id(1)
        kind = try row.word(2)
        day = try row.day(3)
        at = try row.optionalInstant(4)
        words = try row.text(5)
        rating = try row.optionalInt(6)
        consent = row.isNull(7) ? nil : try row.bool(7)
        friend = try row.text(8)
        counts = try row.bool(9)
    }

    /// Whatever comes with fewer than four of five stars recommends nothing, nor does a testimonial whose author said no
    /// to showing it. What is not known counts: the act itself is on record.
    public static func counts(_ kind: Kind, rating: Int?, consent: Bool?) -> Bool {
        guard (rating ?? 5) >= 4 else { return false }
        return kind != .testimonial || consent != false
    }
}

/// An act somebody enters or a program sends.
public struct NewAct: Sendable, Equatable {
    public var person: ID<Party>
    public var kind: AdvocacyAct.Kind
    public var day: LocalDate
    public var at: Instant?
    public var words = ""
    public var rating: Int?
    public var consent: Bool?
    public var friend = ""
    public var source = "desk"
    public var outsideID: String?

    public init(person: ID<Party>, kind: AdvocacyAct.Kind, day: LocalDate) {
        self.person = person
        self.kind = kind
        self.day = day
    }
}

/// Why an act is not taken.
public enum AdvocacyRefusal: Error, Equatable, Sendable {
    case unknownPerson
    case notAPerson
    case inTheFuture
    case tooLongAgo
    case wordsTooLong
    case badRating
    case duplicate(Int64)
}
