public import Kernel
public import Storage

/// Two customers made one, or one made two: what was done, by whom, and whether it was undone.
public struct Merge: Sendable, Equatable {
    public enum Kind: String, Sendable, SQLBindable { case merge, split }

    public let id: Int64
    public let kind: Kind
    /// Who stayed; of a split, who was split.
    public let kept: Int64
    /// Who went; of a split, who was split off.
    public let other: Int64
    public let keptName: String
    public let otherName: String
    /// Of a split: whether the other was made for it.
    public let made: Bool
    public let at: Instant
    public let by: Int64?
    public let byName: String?
    public let undoneAt: Instant?
    public let undoneBy: Int64?
    public let undoneByName: String?

    public var stands: Bool { undoneAt == nil }

    static let columns: SQL = """
        m.id, m.kind, m.kept_id, m.other_id, m.kept_name, m.other_name, m.made, m.at, m.by_id, a.name,
        m.undone_at, m.undone_by, u.name
        """
    static let source: SQL = """
        merging m LEFT JOIN party a ON a.id = m.by_id LEFT JOIN party u ON u.id = m.undone_by
        """

    init(row: any Row) throws {
        id = try row.int64(0)
        kind = try row.word(1)
        kept = try row.int64(2)
        other = try row.int64(3)
        keptName = try row.text(4)
        otherName = try row.text(5)
        made = try row.bool(6)
        at = try row.instant(7)
        by = try row.optionalInt64(8)
        byName = try row.optionalText(9)
        undoneAt = try row.optionalInstant(10)
        undoneBy = try row.optionalInt64(11)
        undoneByName = try row.optionalText(12)
    }
}

/// Which of each field whoever stays has afterwards. Nil leaves it to the rule: what whoever stays has, unless that is
/// nothing; preferences of both are put together.
public struct MergeChoices: Sendable, Equatable {
    public enum Side: String, Sendable, CaseIterable { case kept, other, both }

    public var name: Side?
    public var owner: Side?
    public var language: Side?
    public var zone: Side?
    public var preferences: Side?

    public init() {}

    static let fields = ["name", "owner", "language", "zone", "preferences"]

    subscript(field: String) -> Side? {
        get {
            switch field {
            case "name": name
            case "owner": owner
            case "language": language
            case "zone": zone
            default: preferences
            }
        }
        set {
            switch field {
            case "name": name = newValue
            case "owner": owner = newValue
            case "language": language = newValue
            case "zone": zone = newValue
            default: preferences = newValue
            }
        }
    }

    /// The party's row as it is to be: `kept` with what is chosen of `going`.
    func combined(_ kept: StoredRow, _ going: StoredRow) -> StoredRow {
        var row = kept
        let columns = [("owner", "owner_id"), ("language", "language"), ("zone", "zone")]
        if name == .other {
            for column in ["name", "name_key"] { row[column] = going[column] }
        }
        for (field, column) in columns where MergeChoices.takes(self[field], kept[column]) {
            if self[field] != nil || !(going[column] ?? "").isEmpty { row[column] = going[column] }
        }
        row["preferences"] = MergeChoices.words(
            preferences, kept["preferences"] ?? "", going["preferences"] ?? "")
        return row
    }

    private static func takes(_ side: Side?, _ kept: String?) -> Bool {
        side == .other || (side == nil && (kept ?? "").isEmpty)
    }

    /// Free words: chosen, or one after the other.
    static func words(_ side: Side?, _ kept: String, _ going: String) -> String {
        switch side {
        case .kept: return kept
        case .other: return going
        case .both, nil:
            if going.isEmpty || going == kept { return kept }
            return kept.isEmpty ? going : kept + "\n" + going
        }
    }
}
