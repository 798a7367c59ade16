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
        let own = Schema.combining.first { $0.table == entry.name }
        let rule =
            own ?? CombiningRule(entry.name).with { $0.fate = entry.merge == .none ? .dropped : .moved }
        return rule.with { $0.colleagues.formUnion(Schema.colleagueColumns) }
    }
}

extension Schema {
    /// Rules of tables that need one, in no order.
    public static let combining: [CombiningRule] = [
        .party, .words, .standing, .figure("figure"), .figure("list_row"), .listEntry, .membership, .address,
        .duplicate, .agent, .touch, .offerEntry, .savedListRow, .askRow,
    ]

    /// Columns that name a colleague in whatever table they stand.
    static let colleagueColumns: Set<String> = [
        "aside_by", "answered_by", "asked_by", "assignee_id", "done_by", "found_by", "handled_by",
        "lifted_by",
        "linked_by", "mended_by", "owner_id", "placed_by", "recorded_by", "removed_by", "saved_by", "set_by",
        "settled_by", "walked_by", "worked_by",
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
    fileprivate static let party = CombiningRule("party")
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

    /// Of two that fell on one day, the one with which most was done: nobody hears from us twice.
    fileprivate static let touch = CombiningRule("touch").with { rule in
        rule.clash = { kept, going in
            let order = ["dropped", "open", "skipped", "done"]
            func place(_ row: StoredRow) -> Int { order.firstIndex(of: row["state"] ?? "") ?? 0 }
            if place(going) > place(kept) { return going.standing(in: kept, on: ["party_id"]) }
            var row = kept
            if place(going) == place(kept), row["assignee_id"] == nil {
                row["assignee_id"] = going["assignee_id"]
            }
            return row
        }
    }

    /// Of two offers of one product the one somebody worked on, else the older.
    fileprivate static let offerEntry = CombiningRule("offer_entry").with { rule in
        rule.clash = { kept, going in
            let isWorked = (kept["outcome"] != nil, going["outcome"] != nil)
            let isOlder = (going.int("entered_day") ?? .max) < (kept.int("entered_day") ?? .max)
            let wins = isWorked.0 == isWorked.1 ? isOlder : isWorked.1
            return wins ? going.standing(in: kept, on: ["party_id"]) : kept
        }
    }

    /// What was beside both names on a saved list is beside the one.
    fileprivate static let savedListRow = CombiningRule("saved_list_row").with { rule in
        rule.clash = { kept, going in
            var row = kept
            row["money"] = "\((kept.int("money") ?? 0) + (going.int("money") ?? 0))"
            return row
        }
    }

    /// Whom to ask is found anew every night.
    fileprivate static let askRow = CombiningRule("ask_row").with { rule in
        rule.mayReturn = { row, connection in
            let run = row.int("run_id") ?? 0
            return try connection.number("SELECT max(id) FROM ask_run WHERE state = 'complete'") == run
        }
    }
}

extension StoredRow {
    /// These values in the place of another row, whose number and owner stay.
    fileprivate func standing(in place: StoredRow, on columns: [String]) -> StoredRow {
        var row = self
        for column in ["id"] + columns { row[column] = place[column] }
        return row
    }
}
