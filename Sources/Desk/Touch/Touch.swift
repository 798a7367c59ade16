public import Kernel
public import Storage

/// One customer who is to hear from us on a day, and what became of it.
public struct Touch: Sendable, Equatable, Identifiable {
    public enum State: String, Sendable, Codable, CaseIterable, SQLBindable {
        case open, done, skipped
        /// Nobody's work any more: the customer came by themselves, left the audience or does not wish it.
        case dropped
    }

    public let id: Int64
    public let party: Party
    public let preferences: String
    public let rhythm: Rhythm
    /// The day the rhythm fell on.
    public let occurrence: LocalDate
    public let due: LocalDate
    public let state: State
    public let assignee: Int64?
    public let handledAt: Instant?
    public let handledBy: Int64?
    public let note: String

    static let columns: SQL = """
        \(Party.columns), p.preferences, t.id, t.occurrence, t.due_day, t.state, t.assignee_id, t.handled_at,
        t.handled_by, t.note, \(Rhythm.columns)
        """

    init(row: any Row) throws {
        party = try Party(row: row)
        preferences = try row.text(4)
        id = try row.int64(5)
        occurrence = try row.day(6)
        due = try row.day(7)
        state = try row.word(8)
        assignee = try row.optionalInt64(9)
        handledAt = try row.optionalInstant(10)
        handledBy = try row.optionalInt64(11)
        note = try row.text(12)
        rhythm = try Rhythm(row: row, from: 13)
    }
}

/// Which part of the due list is looked at.
public enum TouchPart: String, Sendable, CaseIterable {
    case due, mine, handled
}
