import Kernel
import Storage

/// A filter of customers as a condition of SQL over a customer `p`.
///
/// Every condition is true or false and never NULL, so that NOT means what it says, and each is answered by a look into
/// an index or into the customer's own row.
struct CustomerFilterSQL {
    /// What has to stand in the row `p`.
    static let columns: SQL = """
        c.id, c.kind, c.name_key, c.owner_id, c.language, c.zone, c.internal, c.created_at
        """

    let context: CustomerFilterContext

    func condition(_ tree: FilterTree) -> SQL {
        switch tree {
        case .condition(let condition): one(condition)
        case .all(let parts): "(" + parts.map(condition).joined(" AND ") + ")"
        case .any(let parts): "(" + parts.map(condition).joined(" OR ") + ")"
        case .not(let part): "NOT (" + condition(part) + ")"
        }
    }

    private func one(_ condition: FilterCondition) -> SQL {
        guard let field = CustomerField(rawValue: condition.field.name) else { return custom(condition) }
        switch field {
        case .name, .language, .zone, .kind, .owner, .internal, .created: return own(field, condition)
        case .level: return level(condition)
        case .firstDay, .lastDay, .silent, .occasions: return standing(field, condition)
        case .value, .expected, .alive, .overdue: return figure(field, condition)
        case .email, .phone: return address(field, condition)
        case .answer, .score: return answer(field, condition)
        case .tag, .company, .channel, .product, .list, .segment: return belonging(field, condition)
        }
    }

    /// What stands in the customer's own row.
    private func own(_ field: CustomerField, _ condition: FilterCondition) -> SQL {
        switch (field, condition.value) {
        case (.name, let value): text("p.name_key", value, condition)
        case (.language, .null): "p.language = ''"
        case (.language, let value): text("p.language", value, condition)
        case (.zone, .null): "p.zone = ''"
        case (.zone, let value): text("p.zone", value, condition)
        case (.kind, .choice(let kind)): "p.kind = \(kind)"
        case (.owner, .null): "p.owner_id IS NULL"
        case (.owner, .reference(let id)): "(p.owner_id IS NOT NULL AND p.owner_id = \(id))"
        case (.owner, .me): context.me.map { "(p.owner_id IS NOT NULL AND p.owner_id = \($0))" } ?? "FALSE"
        case (.internal, .truth(let truth)): truth ? "p.internal" : "NOT p.internal"
        case (.created, .day(let day)): moments("p.created_at", condition.comparison, day)
        default: "FALSE"
        }
    }

    func text(_ column: SQL, _ value: FilterValue, _ condition: FilterCondition) -> SQL {
        switch value {
        case .text(let text): return "\(column) = \(condition.key(text))"
        case .prefix(let text):
            let key = condition.key(text)
            return "(\(column) >= \(key) AND \(column) < \(CustomerFinding.end(key)))"
        default: return "FALSE"
        }
    }

    /// A day of the organisation's as moments.
    func moments(_ column: SQL, _ comparison: FilterComparison, _ day: LocalDate) -> SQL {
        let (start, end) = (context.zone.instant(of: day), context.zone.instant(of: day + 1))
        return switch comparison {
        case .equal: "(\(column) >= \(start) AND \(column) < \(end))"
        case .atLeast: "\(column) >= \(start)"
        case .atMost: "\(column) < \(end)"
        }
    }

    static func compared(_ column: SQL, _ comparison: FilterComparison, _ value: some SQLBindable) -> SQL {
        switch comparison {
        case .equal: "\(column) = \(value)"
        case .atLeast: "\(column) >= \(value)"
        case .atMost: "\(column) <= \(value)"
        }
    }
}

extension CustomerFilterSQL {
    private func level(_ condition: FilterCondition) -> SQL {
        guard case .choice(let word) = condition.value, let level = Level(rawValue: word) else {
            return "FALSE"
        }
        let (from, to) = (context.window.lowerBound, context.window.upperBound)
        let told: SQL = """
            (EXISTS (SELECT 1 FROM advocacy a WHERE a.person_id = p.id AND a.day >= \(from) AND a.counts)
                OR EXISTS (SELECT 1 FROM membership m JOIN advocacy a ON a.person_id = m.person_id
                    WHERE m.account_id = p.id AND a.day >= \(from) AND a.counts))
            """
        let repeats: SQL = "(s.occasions > 1 AND s.last_day >= \(from))"
        func standing(_ holds: SQL) -> SQL {
            "EXISTS (SELECT 1 FROM standing s WHERE s.party_id = p.id AND \(holds))"
        }
        switch level {
        case .advocate: return told
        case .repeating: return "(NOT \(told) AND \(standing(repeats)))"
        case .first:
            let first: SQL = "NOT \(repeats) AND s.first_day BETWEEN \(from) AND \(to)"
            return "(NOT \(told) AND \(standing(first)))"
        case .lapsed: return "(NOT \(told) AND \(standing("NOT \(repeats) AND s.first_day < \(from)")))"
        case .prospect: return "(NOT \(told) AND NOT \(standing("(\(repeats) OR s.first_day <= \(to))")))"
        }
    }

    private func standing(_ field: CustomerField, _ condition: FilterCondition) -> SQL {
        func has(_ holds: SQL) -> SQL {
            "EXISTS (SELECT 1 FROM standing s WHERE s.party_id = p.id AND \(holds))"
        }
        guard let holds = standingColumn(field, condition) else {
            return "NOT EXISTS (SELECT 1 FROM standing s WHERE s.party_id = p.id)"
        }
        guard field == .occasions, case .number(let number) = condition.value else { return has(holds) }
        // Who never came has none, which is a number.
        let none = condition.comparison.holds(0, number)
        return none ? "(\(has(holds)) OR NOT \(has("TRUE")))" : has(holds)
    }

    /// The condition on a row `s` of `standing`; nil where nothing is known.
    func standingColumn(_ field: CustomerField, _ condition: FilterCondition) -> SQL? {
        switch (field, condition.value) {
        case (.firstDay, .day(let day)): Self.compared("s.first_day", condition.comparison, day)
        case (.lastDay, .day(let day)): Self.compared("s.last_day", condition.comparison, day)
        case (.occasions, .number(let number)): Self.compared("s.occasions", condition.comparison, number)
        case (.silent, .number(let days)):
            Self.compared(
                "s.last_day", condition.comparison.reversed,
                Int64(context.window.upperBound.daysSinceEpoch) - days)
        default: nil
        }
    }

    private func figure(_ field: CustomerField, _ condition: FilterCondition) -> SQL {
        let isNull = condition.value == .null
        guard let run = context.run else { return isNull ? "TRUE" : "FALSE" }
        let number: Int64 = if case .number(let number) = condition.value { number } else { 0 }
        let column: SQL =
            switch field {
            case .value: "f.worth"
            case .expected: "f.expected_worth"
            case .alive: "f.alive_millionths"
            default: "((\(Int64(run.day.daysSinceEpoch)) - f.last_day) * 10 - f.gap_tenths)"
            }
        let known: SQL =
            switch field {
            case .expected: "f.expected_worth IS NOT NULL"
            case .alive: "f.alive_millionths IS NOT NULL"
            case .overdue: "f.gap_tenths IS NOT NULL"
            default: "TRUE"
            }
        let holds = isNull ? "TRUE" : Self.compared(column, condition.comparison, number)
        let has: SQL = """
            EXISTS (SELECT 1 FROM figure f
                WHERE f.run_id = \(run.id) AND f.party_id = p.id AND \(known) AND \(holds))
            """
        return isNull ? "NOT " + has : has
    }

    private func address(_ field: CustomerField, _ condition: FilterCondition) -> SQL {
        let kind: SQL = field == .email ? "'email'" : "'phone'"
        guard condition.value != .null else {
            return "NOT EXISTS (SELECT 1 FROM address a WHERE a.party_id = p.id AND a.kind = \(kind))"
        }
        let holds = text("a.value_key", condition.value, condition)
        return "EXISTS (SELECT 1 FROM address a WHERE a.party_id = p.id AND a.kind = \(kind) AND \(holds))"
    }

    /// The latest answer, whichever question it was to.
    private func answer(_ field: CustomerField, _ condition: FilterCondition) -> SQL {
        let column: SQL = field == .answer ? "a.part" : "a.score"
        let latest: SQL = """
            (SELECT \(column) FROM answer a WHERE a.party_id = p.id ORDER BY a.day DESC, a.id DESC LIMIT 1)
            """
        switch condition.value {
        case .null: return "NOT EXISTS (SELECT 1 FROM answer a WHERE a.party_id = p.id)"
        case .choice(let word):
            return "coalesce(\(latest) = \(Answer.Part(word: word + "s")?.rawValue ?? -1), FALSE)"
        case .number(let number):
            return "coalesce(\(Self.compared(latest, condition.comparison, number)), FALSE)"
        default: return "FALSE"
        }
    }

    private func custom(_ condition: FilterCondition) -> SQL {
        let id = condition.field.number ?? 0
        let holds: SQL =
            switch condition.value {
            case .null: "TRUE"
            case .number(let number):
                "v.number IS NOT NULL AND " + Self.compared("v.number", condition.comparison, number)
            case .day(let day):
                "v.number IS NOT NULL AND " + Self.compared("v.number", condition.comparison, day)
            case .truth(let truth): "v.number IS NOT NULL AND v.number = \(truth ? 1 : 0)"
            default: text("v.words_key", condition.value, condition)
            }
        let has: SQL = """
            EXISTS (SELECT 1 FROM field_value v WHERE v.party_id = p.id AND v.field_id = \(id) AND \(holds))
            """
        return condition.value == .null ? "NOT " + has : has
    }

    private func belonging(_ field: CustomerField, _ condition: FilterCondition) -> SQL {
        switch (field, condition.value) {
        case (.tag, .null): "NOT EXISTS (SELECT 1 FROM party_tag t WHERE t.party_id = p.id)"
        case (.tag, .text(let text)):
            """
            EXISTS (SELECT 1 FROM party_tag t JOIN tag g ON g.id = t.tag_id
                WHERE t.party_id = p.id AND g.name_key = \(condition.key(text)))
            """
        case (.company, .null): "NOT EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id)"
        case (.company, .reference(let id)):
            "EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id AND m.account_id = \(id))"
        case (.channel, .text(let text)):
            """
            EXISTS (SELECT 1 FROM purchase b
                WHERE b.channel = \(condition.key(text)) AND b.channel <> '' AND b.account_id = p.id)
            """
        case (.product, .text(let text)):
            """
            EXISTS (SELECT 1 FROM purchase b
                WHERE b.product = \(condition.key(text)) AND b.product <> '' AND b.account_id = p.id)
            """
        case (.list, let value): onList(value)
        case (.segment, .reference(let id)): Segments.holds(id, party: "p.id")
        default: "FALSE"
        }
    }

    /// Whoever is left alone on purpose is on no list here either.
    private func onList(_ value: FilterValue) -> SQL {
        guard let run = context.run else { return value == .null ? "TRUE" : "FALSE" }
        guard case .choice(let list) = value else {
            return """
                NOT EXISTS (SELECT 1 FROM list_row r WHERE r.run_id = \(run.id) AND r.party_id = p.id AND NOT r.held)
                """
        }
        return """
            EXISTS (SELECT 1 FROM list_row r
                WHERE r.run_id = \(run.id) AND r.party_id = p.id AND r.list = \(list) AND NOT r.held)
            """
    }
}

extension FilterComparison {
    /// The comparison of days that a comparison of days gone by is.
    var reversed: FilterComparison {
        switch self {
        case .equal: .equal
        case .atLeast: .atMost
        case .atMost: .atLeast
        }
    }

    func holds<Value: Comparable>(_ known: Value, _ asked: Value) -> Bool {
        switch self {
        case .equal: known == asked
        case .atLeast: known >= asked
        case .atMost: known <= asked
        }
    }
}
