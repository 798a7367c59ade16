import Kernel

/// How large a filter may be.
public struct FilterLimits: Sendable {
    public let length: Int
    public var conditions = 30
    /// Parentheses and NOTs within each other.
    public var depth = 8

    /// What Freshdesk's search takes.
    public static let search = FilterLimits(length: 512)
    public static let saved = FilterLimits(length: 2_000)
}

extension FilterTree {
    /// Understands a filter, or says where and why not.
    ///
    /// `expression := term (OR term)*`, `term := factor (AND factor)*`, `factor := NOT factor | ( expression ) |
    /// field:value | field:>value | field:<value | field:!value`. AND binds more tightly than OR.
    public static func parse(
        _ text: String, fields: FilterFields, limits: FilterLimits = .saved
    ) throws(FilterRefusal) -> FilterTree {
        guard text.count <= limits.length else { throw .tooLong(limit: limits.length) }
        var parser = FilterParser(try FilterLexer.tokens(text), fields, limits)
        return try parser.whole()
    }
}

private struct FilterParser {
    private let tokens: [FilterToken]
    private let fields: FilterFields
    private let limits: FilterLimits
    private var position = 0
    private var conditions = 0

    init(_ tokens: [FilterToken], _ fields: FilterFields, _ limits: FilterLimits) {
        self.tokens = tokens
        self.fields = fields
        self.limits = limits
    }

    private var token: FilterToken { tokens[position] }

    private mutating func advance() {
        if position + 1 < tokens.count { position += 1 }
    }

    mutating func whole() throws(FilterRefusal) -> FilterTree {
        if token.kind == .end { throw .empty }
        let tree = try expression(depth: 0)
        guard token.kind == .end else { throw unexpected("filter.expects.connective") }
        return tree
    }

    private func unexpected(_ key: String) -> FilterRefusal {
        .unexpected(found: token.text, at: token.place, expected: key)
    }

    private mutating func expression(depth: Int) throws(FilterRefusal) -> FilterTree {
        var parts = [try term(depth: depth)]
        while token.isWord("OR") {
            advance()
            parts.append(try term(depth: depth))
        }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func term(depth: Int) throws(FilterRefusal) -> FilterTree {
        var parts = [try factor(depth: depth)]
        while token.isWord("AND") {
            advance()
            parts.append(try factor(depth: depth))
        }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func factor(depth: Int) throws(FilterRefusal) -> FilterTree {
        guard depth <= limits.depth else { throw .tooDeep(limit: limits.depth, at: token.place) }
        if token.isWord("NOT"), tokens[min(position + 1, tokens.count - 1)].isStartOfFactor {
            advance()
            return .not(try factor(depth: depth + 1))
        }
        guard token.kind == .open else { return try condition() }
        let opened = token.place
        advance()
        let inside = try expression(depth: depth + 1)
        guard token.kind == .close else {
            throw token.kind == .end ? .unopened(at: opened) : unexpected("filter.expects.closing")
        }
        advance()
        return inside
    }

    private mutating func condition() throws(FilterRefusal) -> FilterTree {
        guard case .word(let name) = token.kind, !["AND", "OR"].contains(name.uppercased()) else {
            throw unexpected("filter.expects.field")
        }
        guard let field = fields[name] else { throw .unknownField(name, at: token.place) }
        advance()
        guard case .mark(let mark) = token.kind else { throw unexpected("filter.expects.mark") }
        let markPlace = token.place
        advance()
        conditions += 1
        guard conditions <= limits.conditions else {
            throw .tooMany(limit: limits.conditions, at: markPlace)
        }
        let value = try value(of: field)
        guard let comparison = FilterComparison(rawValue: mark) else {
            return .not(.condition(FilterCondition(field, .equal, value)))
        }
        if comparison != .equal, !field.isOrdered || value == .null {
            throw .notOrdered(field: name, mark: mark, at: markPlace)
        }
        return .condition(FilterCondition(field, comparison, value))
    }

    private mutating func value(of field: FilterField) throws(FilterRefusal) -> FilterValue {
        let (text, isQuoted): (String, Bool) =
            switch token.kind {
            case .word(let word): (word, false)
            case .quoted(let text): (text, true)
            default: throw .badValue(found: token.text, at: token.place, field)
            }
        if !isQuoted, text.lowercased() == "null" {
            guard field.mayBeNull else { throw .neverNull(field: field.name, at: token.place) }
            advance()
            return .null
        }
        guard let value = FilterReading.value(text, isQuoted: isQuoted, field.kind) else {
            throw .badValue(found: token.text, at: token.place, field)
        }
        advance()
        return value
    }
}

extension FilterToken {
    /// Whether a NOT before it is a word of the language rather than a field's name.
    fileprivate var isStartOfFactor: Bool {
        switch kind {
        case .word, .open, .end: true
        case .quoted, .mark, .close: false
        }
    }
}

/// Reads one value as what its field is.
enum FilterReading {
    /// Days that are plainly mistyped are refused.
    static let years = 1900...2200

    static func value(_ text: String, isQuoted: Bool, _ kind: FilterField.Kind) -> FilterValue? {
        switch kind {
        case .text(let prefix):
            guard !text.trimmed.isEmpty, text.trimmed != "*" else { return nil }
            if prefix, text.hasSuffix("*") { return .prefix(String(text.dropLast())) }
            return .text(text)
        case .choice(let choices):
            return choices.contains(text) ? .choice(text) : nil
        case .number(let decimals):
            return FilterText.number(text, decimals: decimals).map { .number($0) }
        case .day:
            guard let day = LocalDate(iso: text), years.contains(day.civil.year) else { return nil }
            return .day(day)
        case .truth:
            switch text.lowercased() {
            case "true", "1": return .truth(true)
            case "false", "0": return .truth(false)
            default: return nil
            }
        case .reference(let me):
            if me, !isQuoted, text == "me" { return .me }
            guard let id = Int64(text), id > 0, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                return nil
            }
            return .reference(id)
        }
    }
}
