public import Kernel
public import Storage

/// Our thanks for one act: due by a day, given, or left out for a reason.
public struct Thank: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable, SQLBindable { case due, thanked, skipped }

    /// How somebody was thanked.
    public enum Way: String, Sendable, CaseIterable { case call, letter, gift }

    public let id: Int64
    public let act: Int64
    public let person: ID<Party>
    public let name: String
    public let kind: AdvocacyAct.Kind
    public let actDay: LocalDate
    public let friend: String
    /// Nil where it is nobody's, or its owner's seat is closed.
    public let owner: Int64?
    public let due: LocalDate
    public let state: State
    public let way: Way?
    /// What a gift cost, in minor units of `currency`.
    public let cost: Int64?
    public let currency: String
    /// What was said, or why nothing was.
    public let note: String
    public let doneAt: Instant?
    public let doneBy: Int64?

    static let columns: SQL = """
        t.id, t.act_id, t.person_id, p.name, a.kind, t.act_day, a.friend, g.person_id, t.due_day, t.state, t.how, t.cost,
        t.currency, t.note, t.done_at, t.done_by
        """
    static let sources: SQL = """
        thank t JOIN advocacy a ON a.id = t.act_id JOIN party p ON p.id = t.person_id
        LEFT JOIN agent g ON g.person_id = t.owner_id AND NOT g.suspended
        """

    init(row: any Row) throws {
        id = try row.int64(0)
        act = try row.int64(1)
        person = try row.id(2)
        name = try row.text(3)
        kind = try row.word(4)
        actDay = try row.day(5)
        friend = try row.text(6)
        owner = try row.optionalInt64(7)
        due = try row.day(8)
        state = try row.word(9)
        way = Way(rawValue: try row.text(10))
        cost = try row.optionalInt64(11)
        currency = try row.text(12)
        note = try row.text(13)
        doneAt = try row.optionalInstant(14)
        doneBy = try row.optionalInt64(15)
    }
}

/// How one thank ended, as a colleague says it.
public enum ThankOutcome: Sendable, Equatable {
    case thanked(Thank.Way, cost: Money?, note: String)
    case skipped(reason: String)
}

/// Why a thank says no.
public enum ThankRefusal: Error, Equatable, Sendable {
    case unknown
    /// A colleague was quicker.
    case done
    case taken
    case noWay
    case noReason
    case noteTooLong
    case badCost
    case costWithoutGift
    case noDay
}

/// Which thanks are looked at.
public enum ThankPart: String, Sendable, CaseIterable { case due, mine, done }
