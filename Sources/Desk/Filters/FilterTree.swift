public import Kernel

/// How a field is compared with a value.
public enum FilterComparison: String, Sendable, Equatable {
    case equal = ":"
    case atLeast = ":>"
    case atMost = ":<"
}

/// A value as it was understood.
public enum FilterValue: Sendable, Equatable {
    /// Nothing is known.
    case null
    case text(String)
    /// Texts that begin so.
    case prefix(String)
    case choice(String)
    /// In units of the field's last decimal.
    case number(Int64)
    case day(LocalDate)
    case truth(Bool)
    case reference(Int64)
    /// Whoever asks.
    case me
}

/// One question about one field. Its answer is yes or no, never neither: what is not known answers no to everything but
/// `null`.
public struct FilterCondition: Sendable, Equatable {
    public let field: FilterField
    public let comparison: FilterComparison
    public let value: FilterValue

    public init(_ field: FilterField, _ comparison: FilterComparison, _ value: FilterValue) {
        self.field = field
        self.comparison = comparison
        self.value = value
    }
}

/// A filter, understood: what `parse` makes of the words, and what both interpreters read.
public indirect enum FilterTree: Sendable, Equatable {
    case condition(FilterCondition)
    case all([FilterTree])
    case any([FilterTree])
    case not(FilterTree)

    /// Every condition, in the order it was written.
    public var conditions: [FilterCondition] {
        switch self {
        case .condition(let condition): [condition]
        case .all(let parts), .any(let parts): parts.flatMap(\.conditions)
        case .not(let part): part.conditions
        }
    }

    public func asks(about names: Set<String>) -> Bool {
        conditions.contains { names.contains($0.field.name) }
    }
}

extension FilterTree {
    /// The filter in words again, which parse to the same tree.
    public var text: String {
        switch self {
        case .condition(let condition): condition.text
        case .all(let parts):
            parts.map { part in
                if case .any = part { return "(\(part.text))" }
                if case .all = part { return "(\(part.text))" }
                return part.text
            }.joined(separator: " AND ")
        case .any(let parts):
            parts.map { part in
                if case .any = part { return "(\(part.text))" }
                return part.text
            }.joined(separator: " OR ")
        case .not(let part):
            switch part {
            case .condition(let condition): condition.negatedText
            case .all, .any, .not: "NOT (\(part.text))"
            }
        }
    }
}

extension FilterCondition {
    public var text: String { field.name + comparison.rawValue + valueText }

    fileprivate var negatedText: String {
        comparison == .equal ? field.name + ":!" + valueText : "NOT " + text
    }

    private var valueText: String {
        switch value {
        case .null: "null"
        case .text(let text): FilterText.quoted(text)
        case .prefix(let text): FilterText.quoted(text + "*")
        case .choice(let word): FilterText.quoted(word)
        case .number(let number): FilterText.decimal(number, decimals: decimals)
        case .day(let day): FilterText.quoted(day.description)
        case .truth(let truth): truth ? "true" : "false"
        case .reference(let id): "\(id)"
        case .me: "me"
        }
    }

    private var decimals: Int {
        if case .number(let decimals) = field.kind { return decimals }
        return 0
    }
}

/// How values are spelled.
enum FilterText {
    /// In single quotes; a quote within is written twice.
    static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

    /// `-12.5`, without decimals that say nothing.
    static func decimal(_ number: Int64, decimals: Int) -> String {
        let digits = String(number.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        var fraction = padded.suffix(decimals)
        while fraction.last == "0" { fraction.removeLast() }
        let whole = padded.dropLast(decimals)
        return (number < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// The other way; nil for what is no decimal, has too many decimals, or is beyond any amount.
    static func number(_ text: String, decimals: Int) -> Int64? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), digits.utf8.count <= 20,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard fraction.count <= decimals else { return nil }
        let zeros = String(repeating: "0", count: decimals - fraction.count)
        guard let number = Int64(parts[0] + fraction + zeros), number < 1_000_000_000_000_000 else {
            return nil
        }
        return text.hasPrefix("-") ? -number : number
    }
}
