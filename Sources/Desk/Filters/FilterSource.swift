import Kernel
import Storage

/// Ids of customers from one index: all who may pass a condition, and perhaps some who do not.
struct FilterSource: Sendable {
    /// The column that names the customer.
    let column: SQL
    /// A table and a condition on it.
    let from: SQL
    /// Whether the index hands them out by id.
    let isOrdered: Bool

    /// How many there are, counted no further than the limit.
    func count(upTo limit: Int, in connection: any Connection) throws -> Int {
        try connection.number(
            "SELECT count(*) FROM (SELECT \(column) FROM \(from) LIMIT \(limit)) AS few")
    }

    func all(in connection: any Connection) throws -> [Int64] {
        try connection.all("SELECT \(column) FROM \(from)") { try $0.int64(0) }
    }

    /// The next by id, where the index has them so.
    func next(after: Int64, limit: Int, in connection: any Connection) throws -> [Int64] {
        try connection.all(
            """
            SELECT DISTINCT \(column) FROM \(from) AND \(column) > \(after) ORDER BY \(column) LIMIT \(limit)
            """
        ) { try $0.int64(0) }
    }
}

extension CustomerFilterSQL {
    /// Where the customers of one condition can be read from; nil where no index leads to them.
    func source(_ condition: FilterCondition) -> FilterSource? {
        guard condition.value != .null else { return nil }
        guard let field = CustomerField(rawValue: condition.field.name) else {
            return customSource(condition)
        }
        switch (field, condition.value) {
        case (.name, let value):
            return party("NOT serves AND " + text("name_key", value, condition), condition)
        case (.kind, .choice("organisation")): return party("kind = 'organisation'", condition)
        case (.language, let value):
            return party("language <> '' AND " + text("language", value, condition), condition)
        case (.zone, let value): return party("zone <> '' AND " + text("zone", value, condition), condition)
        case (.internal, .truth(true)): return party("internal", condition)
        case (.owner, .reference(let id)): return party("owner_id = \(id)", condition)
        case (.owner, .me): return party("owner_id = \(context.me ?? 0)", condition)
        case (.created, .day(let day)):
            let made = moments("created_at", condition.comparison, day)
            return FilterSource(column: "id", from: "party WHERE NOT serves AND \(made)", isOrdered: false)
        case (.level, .choice(let level)): return levelSource(level)
        case (.firstDay, _), (.lastDay, _), (.silent, _), (.occasions, _):
            return standingSource(field, condition)
        case (.value, .number(let number)): return worthSource(condition, number)
        default: return belongingSource(field, condition)
        }
    }

    private func party(_ holds: SQL, _ condition: FilterCondition) -> FilterSource {
        let isOrdered = if case .prefix = condition.value { false } else { true }
        return FilterSource(column: "id", from: "party WHERE \(holds)", isOrdered: isOrdered)
    }

    private func levelSource(_ level: String) -> FilterSource? {
        let (from, to) = (context.window.lowerBound, context.window.upperBound)
        switch Level(rawValue: level) {
        case .repeating:
            return FilterSource(
                column: "party_id", from: "standing WHERE last_day >= \(from)", isOrdered: false)
        case .first:
            return FilterSource(
                column: "party_id", from: "standing WHERE first_day BETWEEN \(from) AND \(to)",
                isOrdered: false)
        case .advocate:
            let told: SQL = """
                (SELECT person_id AS id FROM advocacy WHERE day >= \(from) AND counts
                UNION ALL SELECT m.account_id FROM advocacy a JOIN membership m ON m.person_id = a.person_id
                WHERE a.day >= \(from) AND a.counts) AS told WHERE TRUE
                """
            return FilterSource(column: "id", from: told, isOrdered: false)
        case .lapsed, .prospect, nil: return nil
        }
    }

    private func standingSource(_ field: CustomerField, _ condition: FilterCondition) -> FilterSource? {
        guard let holds = standingColumn(field, condition) else { return nil }
        // Who never came stands in no index.
        if field == .occasions, case .number(let number) = condition.value,
            condition.comparison.holds(0, number)
        {
            return nil
        }
        return FilterSource(
            column: "s.party_id", from: "standing s WHERE \(holds)",
            isOrdered: condition.comparison == .equal)
    }

    private func worthSource(_ condition: FilterCondition, _ number: Int64) -> FilterSource? {
        guard let run = context.run else { return nil }
        let holds = Self.compared("worth", condition.comparison, number)
        return FilterSource(
            column: "party_id", from: "figure WHERE run_id = \(run.id) AND \(holds)",
            isOrdered: condition.comparison == .equal)
    }

    private func belongingSource(_ field: CustomerField, _ condition: FilterCondition) -> FilterSource? {
        switch (field, condition.value) {
        case (.email, let value), (.phone, let value):
            let kind: SQL = field == .email ? "'email'" : "'phone'"
            let isOrdered = if case .text = value { true } else { false }
            let holds = text("value_key", value, condition)
            return FilterSource(
                column: "party_id", from: "address WHERE \(holds) AND kind = \(kind)", isOrdered: isOrdered)
        case (.tag, .text(let text)):
            let tag: SQL = "(SELECT id FROM tag WHERE name_key = \(condition.key(text)))"
            return FilterSource(
                column: "party_id", from: "party_tag WHERE tag_id = \(tag)", isOrdered: true)
        case (.company, .reference(let id)):
            return FilterSource(
                column: "person_id", from: "membership WHERE account_id = \(id)", isOrdered: true)
        case (.channel, .text(let text)):
            return FilterSource(
                column: "account_id",
                from: "purchase WHERE channel = \(condition.key(text)) AND channel <> ''",
                isOrdered: true)
        case (.product, .text(let text)):
            return FilterSource(
                column: "account_id",
                from: "purchase WHERE product = \(condition.key(text)) AND product <> ''",
                isOrdered: true)
        case (.list, .choice(let list)):
            guard let run = context.run else { return nil }
            return FilterSource(
                column: "party_id",
                from: "list_row WHERE run_id = \(run.id) AND list = \(list) AND held = FALSE",
                isOrdered: false)
        case (.answer, .choice(let word)):
            let part = Answer.Part(word: word + "s")?.rawValue ?? -1
            return FilterSource(
                column: "party_id",
                from: "answer WHERE about IN ('us', 'event') AND part = \(part) AND party_id IS NOT NULL",
                isOrdered: false)
        case (.segment, .reference(let id)):
            return FilterSource(
                column: "party_id", from: "segment_member WHERE segment_id = \(id)", isOrdered: true)
        default: return nil
        }
    }

    private func customSource(_ condition: FilterCondition) -> FilterSource? {
        let id = condition.field.number ?? 0
        let holds: SQL
        switch condition.value {
        case .number(let number):
            holds = "number IS NOT NULL AND " + Self.compared("number", condition.comparison, number)
        case .day(let day):
            holds = "number IS NOT NULL AND " + Self.compared("number", condition.comparison, day)
        case .truth(let truth): holds = "number IS NOT NULL AND number = \(truth ? 1 : 0)"
        case .text: holds = text("words_key", condition.value, condition)
        default: return nil
        }
        return FilterSource(
            column: "party_id", from: "field_value WHERE field_id = \(id) AND \(holds)",
            isOrdered: condition.comparison == .equal)
    }
}
