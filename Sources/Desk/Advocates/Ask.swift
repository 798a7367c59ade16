public import Kernel
public import Storage

/// One time we asked somebody to tell others, and what they said.
public struct Ask: Sendable, Equatable {
    /// What we may ask for.
    public enum Wish: String, Sendable, CaseIterable, SQLBindable {
        case referral, testimonial
        case referenceCall = "reference call"
    }

    public enum State: String, Sendable, CaseIterable, SQLBindable {
        case open, yes, no, later
        case noReply = "no reply"
    }

    public let id: Int64
    public let person: ID<Party>
    public let name: String
    public let wish: Wish
    public let askedBy: Int64?
    public let askedDay: LocalDate
    public let state: State
    /// When to come back, where they said later.
    public let laterDay: LocalDate?
    /// Whether we still have to come back.
    public let waits: Bool
    public let answeredAt: Instant?
    public let note: String

    static let columns: SQL = """
        k.id, k.person_id, p.name, k.wish, k.asked_by, k.asked_day, k.state, k.later_day, k.waits, k.answered_at, k.note
        """

    init(row: any Row) throws {
        id = try row.int64(0)
        person = try row.id(1)
        name = try row.text(2)
        wish = try row.word(3)
        askedBy = try row.optionalInt64(4)
        askedDay = try row.day(5)
        state = try row.word(6)
        laterDay = try row.optionalDay(7)
        waits = try row.bool(8)
        answeredAt = try row.optionalInstant(9)
        note = try row.text(10)
    }
}

/// What somebody said when asked.
public enum AskAnswer: Sendable, Equatable {
    case yes, no, noReply
    case later(LocalDate)

    var state: Ask.State {
        switch self {
        case .yes: .yes
        case .no: .no
        case .noReply: .noReply
        case .later: .later
        }
    }
}

/// Why nobody is asked, or an answer not taken.
public enum AskRefusal: Error, Equatable, Sendable {
    case unknownPerson
    case notAPerson
    /// They do not want to be asked.
    case refused
    /// A colleague asked, and the answer is not here yet.
    case waiting(day: Int)
    case askedLately(day: Int)
    case later(day: Int)
    case complaint
    case unknown
    case answered
    case noWish
    case noAnswer
    case noDay
    case dayOver
    case dayTooFar
    case noteTooLong
}

/// Which askings are looked at.
public enum AskPart: String, Sendable, CaseIterable { case ready, waiting, later, all }
