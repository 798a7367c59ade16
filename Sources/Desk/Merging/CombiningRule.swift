import Storage

/// What becomes of one table's rows when two customers become one, where moving them is not all there is to it.
///
/// Without a rule rows are given to whoever stays; where that would make two of what may be there once, the row of whoever
/// stays is left as it is and the other goes to the journal. A feature says what else is to happen in a rule of its own,
/// named beside its table in `Schema.combining`.
public struct CombiningRule: Sendable {
    public enum Fate: Sendable {
        /// Rows change hands.
        case moved
        /// Rows of whoever goes are put aside: they are computed, and will be again.
        case dropped
        /// Counted out before and in again after, by code that knows how; see `Merging`.
        case rebuilt
    }

    typealias Clash = @Sendable (_ kept: StoredRow, _ going: StoredRow) -> StoredRow

    let table: String
    var fate = Fate.moved
    /// Columns that name colleagues, who never merge, so nobody looks there for customers.
    var colleagues: Set<String> = []
    /// What the row of whoever stays becomes, where both have one of what may be there once.
    var clash: Clash = { kept, _ in kept }
    /// Done before rows of this table move.
    var prepare: (@Sendable (inout RowMoving) throws -> Void)?
    /// Whether a row put aside may come back: what was computed since stands.
    var mayReturn: (@Sendable (StoredRow, any Connection) throws -> Bool)?

    public init(_ table: String) { self.table = table }

    func with(_ change: (inout CombiningRule) -> Void) -> CombiningRule {
        var rule = self
        change(&rule)
        return rule
    }

    /// The table's own rule, or the usual one for what it declares.
    static func of(_ entry: TableEntry) -> CombiningRule {
        if let rule = Schema.combining.first(where: { $0.table == entry.name }) { return rule }
        return CombiningRule(entry.name).with { $0.fate = entry.merge == .none ? .dropped : .moved }
    }
}

extension Schema {
    /// Rules of tables that need one, in no order.
    public static let combining: [CombiningRule] = [
        .party, .words, .standing, .figure("figure"), .figure("list_row"), .listEntry, .membership, .address,
        .duplicate, .agent,
    ]

    /// Columns that look as if they named a customer, and why merging leaves them alone.
    public static let columnsLeftAlone: [String: String] = [
        "session.person_id": "colleagues never merge",
        "api_key.person_id": "colleagues never merge",
        "invitation.person_id": "colleagues never merge",
        "import_customer.party_id": "a file on its way in, which finds its customers when it is published",
        "party_redirect.party_id": "names who is gone",
    ]
}

extension CombiningRule {
    /// Children of a department move; the row itself is changed and removed last, by `Merging`.
    fileprivate static let party = CombiningRule("party").with { $0.colleagues = ["owner_id"] }
    /// Whoever has a seat is refused.
    fileprivate static let agent = CombiningRule("agent").with { $0.fate = .rebuilt }
    fileprivate static let words = CombiningRule("party_word").with { $0.fate = .rebuilt }
    fileprivate static let standing = CombiningRule("standing").with { $0.fate = .rebuilt }

    fileprivate static func figure(_ table: String) -> CombiningRule {
        CombiningRule(table).with { rule in
            rule.fate = .dropped
            rule.mayReturn = { row, connection in
                let run = row.int("run_id") ?? 0
                return try connection.number("SELECT max(id) FROM figure_run WHERE state = 'complete'") == run
            }
        }
    }

    /// Somebody who has the customer on their list goes on having them.
    fileprivate static let listEntry = CombiningRule("list_entry").with { rule in
        rule.colleagues = ["assignee_id", "done_by"]
        rule.clash = { kept, going in
            guard kept["assignee_id"] == nil, kept["done_at"] == nil else { return kept }
            var row = kept
            for column in ["assignee_id", "assigned_at"] { row[column] = going[column] }
            return row
        }
    }

    /// Roles add up, and the longer membership counts.
    fileprivate static let membership = CombiningRule("membership").with { rule in
        rule.clash = { kept, going in
            var row = kept
            for role in ["buys", "uses", "decides", "pays"] where going.isTrue(role) { row[role] = "1" }
            if (row["title"] ?? "").isEmpty { row["title"] = going["title"] }
            if let since = going.int("since"), since < kept.int("since") ?? .max { row["since"] = "\(since)" }
            return row
        }
    }

    /// An address that one of them proved to be theirs stays proven. One address of a kind is preferred: the one that
    /// whoever stays prefers.
    fileprivate static let address = CombiningRule("address").with { rule in
        rule.clash = { kept, going in
            var row = kept
            if row["verified_at"] == nil { row["verified_at"] = going["verified_at"] }
            if (row["label"] ?? "").isEmpty { row["label"] = going["label"] }
            return row
        }
        rule.prepare = { moving in
            let rivals: SQL = """
                party_id = \(moving.from) AND preferred AND EXISTS (SELECT 1 FROM address s
                    WHERE s.party_id = \(moving.to) AND s.kind = address.kind AND s.preferred)
                """
            let shape = try moving.journal.shape("address")
            for row in try shape.rows(where: rivals, in: moving.connection) where moving.chosen == nil {
                var plain = row
                plain["preferred"] = "0"
                try moving.journal.change(shape, row, to: plain, in: moving.connection)
            }
        }
    }

    /// "They are two" was said of whoever goes, so it is true of whoever stays; suggestions are found again.
    fileprivate static let duplicate = CombiningRule("duplicate").with { rule in
        rule.prepare = { try DuplicateStore.combine(&$0) }
    }
}
