public import Markup
public import Web

/// Why a filter is not understood, with the character it is about, counted from 1.
public enum FilterRefusal: Refusal, Equatable {
    case empty
    case tooLong(limit: Int)
    case tooDeep(limit: Int, at: Int)
    case tooMany(limit: Int, at: Int)
    /// `expected` is a phrase's key.
    case unexpected(found: String, at: Int, expected: String)
    case unclosed(at: Int)
    case unopened(at: Int)
    case unknownField(String, at: Int)
    case notOrdered(field: String, mark: String, at: Int)
    case neverNull(field: String, at: Int)
    case badValue(found: String, at: Int, FilterField)
    /// Freshdesk's search wants its query in double quotes.
    case unquoted
    /// There is nobody who could be meant by `me`.
    case nobodyIsMe

    public var phrase: Phrase {
        switch self {
        case .empty: Phrase("filter.refused.empty")
        case .tooLong(let limit): Phrase("filter.refused.tooLong", .count(limit))
        case .tooDeep(let limit, let place):
            Phrase("filter.refused.tooDeep", .text("\(place)"), .count(limit))
        case .tooMany(let limit, let place):
            Phrase("filter.refused.tooMany", .text("\(place)"), .count(limit))
        case .unexpected(let found, let place, let key): unexpected(found, place, key)
        case .unclosed(let place): Phrase("filter.refused.unclosed", .text("\(place)"))
        case .unopened(let place): Phrase("filter.refused.unopened", .text("\(place)"))
        case .unknownField(let name, let place):
            Phrase("filter.refused.unknownField", .text("\(place)"), .text(shown(name)))
        case .notOrdered(let field, let mark, let place):
            Phrase("filter.refused.notOrdered", .text("\(place)"), .text(field), .text(mark))
        case .neverNull(let field, let place):
            Phrase("filter.refused.neverNull", .text("\(place)"), .text(field))
        case .badValue(let found, let place, let field): badValue(found, place, field)
        case .unquoted: Phrase("filter.refused.unquoted")
        case .nobodyIsMe: Phrase("filter.refused.nobodyIsMe")
        }
    }

    private func unexpected(_ found: String, _ place: Int, _ key: String) -> Phrase {
        let wanted = Argument.text(Phrase(key).text)
        if found.isEmpty { return Phrase("filter.refused.ended", .text("\(place)"), wanted) }
        return Phrase("filter.refused.unexpected", .text("\(place)"), .text(shown(found)), wanted)
    }

    private func badValue(_ found: String, _ place: Int, _ field: FilterField) -> Phrase {
        let choices = field.choices
        let wanted =
            choices.isEmpty
            ? Phrase(field.expectation).text
            : Phrase("filter.expects.choice", .text(choices.prefix(12).joined(separator: ", "))).text
        if found.isEmpty {
            return Phrase("filter.refused.noValue", .text("\(place)"), .text(field.name), .text(wanted))
        }
        return Phrase(
            "filter.refused.badValue", .text("\(place)"), .text(shown(found)), .text(field.name),
            .text(wanted))
    }

    /// Strangers' words are repeated only as far as a sentence bears.
    private func shown(_ text: String) -> String {
        text.count <= 40 ? text : String(text.prefix(40)) + "…"
    }

    public var field: String? { "query" }
}
