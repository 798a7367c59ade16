import Kernel
import Web

/// What one row of the builder asks.
enum FilterRowComparison: String, CaseIterable, Sendable {
    case equal = "is"
    case different = "not"
    case atLeast = "least"
    case atMost = "most"
    case unknown
    case known

    /// Which make sense for a field.
    static func all(of field: FilterField) -> [FilterRowComparison] {
        var all: [FilterRowComparison] = [.equal, .different]
        if field.isOrdered { all += [.atLeast, .atMost] }
        if field.mayBeNull { all += [.unknown, .known] }
        return all
    }

    var needsValue: Bool { self != .unknown && self != .known }
}

/// A row of the builder, as somebody chose and typed it.
struct FilterRow: Sendable, Equatable {
    var group: Int
    var field: FilterField
    var comparison: FilterRowComparison
    var value: String

    /// The row in words of the language. What was typed is not looked at: the parser says what is wrong with it.
    var text: String {
        switch comparison {
        case .unknown: "\(field.name):null"
        case .known: "\(field.name):!null"
        case .equal: field.name + ":" + spelled
        case .different: field.name + ":!" + spelled
        case .atLeast: field.name + ":>" + spelled
        case .atMost: field.name + ":<" + spelled
        }
    }

    private var spelled: String {
        if case .reference = field.kind, value.trimmed == "me" { return "me" }
        return FilterText.quoted(value.trimmed)
    }
}

/// The rows of the builder: groups of conditions that all hold, and of the groups one at least.
struct FilterRows: Sendable, Equatable {
    var rows: [FilterRow]
    /// How many groups there are, those without a row included.
    var groups: Int

    static let rowLimit = 30

    /// The rows of a filter; nil where it is richer than rows can show.
    init?(_ tree: FilterTree?) {
        guard let tree else {
            self.init(rows: [], groups: 1)
            return
        }
        let parts = if case .any(let parts) = tree { parts } else { [tree] }
        var rows: [FilterRow] = []
        for (group, part) in parts.enumerated() {
            let conditions = if case .all(let conditions) = part { conditions } else { [part] }
            for condition in conditions {
                guard let row = FilterRow(condition, group: group) else { return nil }
                rows.append(row)
            }
        }
        self.init(rows: rows, groups: parts.count)
    }

    init(rows: [FilterRow], groups: Int) {
        self.rows = rows
        self.groups = max(1, groups)
    }

    /// The rows as the form sends them: `field`, `is`, `value` and `group`, once for each row in its order.
    init(_ query: Query, fields: FilterFields) {
        func values(_ name: String) -> [String] { Array(query.values(name).prefix(FilterRows.rowLimit)) }
        let (names, comparisons, typed, groups) = (
            values("field"), values("is"), values("value"), values("group")
        )
        var rows: [FilterRow] = []
        for (index, name) in names.enumerated() {
            guard let field = fields[name] else { continue }
            let comparison = comparisons.indices.contains(index) ? comparisons[index] : ""
            rows.append(
                FilterRow(
                    group: groups.indices.contains(index)
                        ? min(max(Int(groups[index]) ?? 0, 0), FilterRows.rowLimit) : 0, field: field,
                    comparison: FilterRowComparison(rawValue: comparison) ?? .equal,
                    value: typed.indices.contains(index) ? String(typed[index].prefix(300)) : ""))
        }
        let said = (try? query.int("groups", in: 1...FilterRows.rowLimit)) ?? 1
        self.init(rows: rows, groups: max(said, (rows.map(\.group).max() ?? 0) + 1))
    }

    func rows(of group: Int) -> [(index: Int, row: FilterRow)] {
        rows.enumerated().filter { $0.element.group == group }.map { (index: $0.offset, row: $0.element) }
    }

    /// The filter in words; empty without rows.
    var text: String {
        (0..<groups).map { group in rows(of: group).map(\.row.text).joined(separator: " AND ") }
            .filter { !$0.isEmpty }.joined(separator: " OR ")
    }

    /// What a button of the builder does: `add-0` with the field chosen in `new-0`, `remove-3`, `group`.
    mutating func act(_ button: String, _ query: Query, fields: FilterFields) {
        let words = button.split(separator: "-")
        let number = words.count == 2 ? Int(words[1]) : nil
        switch (words.first, number) {
        case ("add", let group?):
            guard let field = fields[query.text("new-\(group)")], rows.count < FilterRows.rowLimit,
                (0..<groups).contains(group)
            else { return }
            let comparison: FilterRowComparison = field.isOrdered ? .atLeast : .equal
            rows.append(FilterRow(group: group, field: field, comparison: comparison, value: ""))
        case ("remove", let index?): if rows.indices.contains(index) { rows.remove(at: index) }
        case ("group", nil): groups = min(groups + 1, FilterRows.rowLimit)
        default: break
        }
    }
}

extension FilterRow {
    /// Nil for what is no single condition.
    fileprivate init?(_ tree: FilterTree, group: Int) {
        let (condition, isNegated): (FilterCondition, Bool)
        switch tree {
        case .condition(let one): (condition, isNegated) = (one, false)
        case .not(.condition(let one)) where one.comparison == .equal: (condition, isNegated) = (one, true)
        default: return nil
        }
        let comparison: FilterRowComparison =
            switch (condition.comparison, condition.value, isNegated) {
            case (.equal, .null, let isNegated): isNegated ? .known : .unknown
            case (.equal, _, let isNegated): isNegated ? .different : .equal
            case (.atLeast, _, _): .atLeast
            case (.atMost, _, _): .atMost
            }
        self.init(
            group: group, field: condition.field, comparison: comparison, value: condition.plainValue)
    }
}

extension FilterCondition {
    /// The value as one would type it into a field of its own.
    fileprivate var plainValue: String {
        switch value {
        case .null: ""
        case .text(let text), .choice(let text): text
        case .prefix(let text): text + "*"
        case .number, .truth, .reference, .me: String(text.drop { $0 != ":" }.drop { ":><".contains($0) })
        case .day(let day): day.description
        }
    }
}
