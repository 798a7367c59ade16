import Foundation
import HTTPTypes
import Kernel
import Markup
import Storage
import Web

/// A question of the house's own about customers: what the desk itself does not ask.
struct CustomField: Sendable, Equatable, Identifiable {
    enum Kind: String, Sendable, CaseIterable, SQLBindable { case text, number, date, choice, tick }
    enum About: String, Sendable, CaseIterable, SQLBindable { case person, organisation, both }

    /// So many are asked at a time.
    static let limit = 50

    let id: ID<CustomField>
    /// What programs and files call it, for ever: `cf_birthday`.
    let name: String
    let label: String
    let kind: Kind
    let about: About
    let choices: [String]
    let place: Int
    let retiredAt: Instant?

    static let columns: SQL = "f.id, f.name, f.label, f.kind, f.about, f.choices, f.place, f.retired_at"

    init(row: any Row) throws {
        id = try row.id(0)
        name = try row.text(1)
        label = try row.text(2)
        kind = try row.word(3)
        about = try row.word(4)
        choices = try row.text(5).split(separator: "\n").map(String.init)
        place = try row.int(6)
        retiredAt = try row.optionalInstant(7)
    }

    func isAsked(of kind: Party.Kind) -> Bool {
        retiredAt == nil && (about == .both || about.rawValue == kind.rawValue)
    }
}

/// What stands in a field of a customer. Numbers are kept in thousandths, days as days since 1970, ticks as 0 and 1.
struct CustomValue: Sendable, Equatable {
    let words: String
    var number: Int64?

    var key: String { words.searchKey }
}

extension CustomField {
    /// What was typed as what the field holds; nil where nothing was. A file or program may have kept to another spelling
    /// of a choice.
    func read(_ typed: String) throws(CustomFieldRefusal) -> CustomValue? {
        let text = typed.singleLine
        guard !text.isEmpty else { return nil }
        switch kind {
        case .text:
            guard text.count <= 400, text.utf8.count <= 1_000 else { throw .tooLong(name) }
            return CustomValue(words: text)
        case .number: return try number(text)
        case .date:
            guard let day = LocalDate(iso: text), CustomField.days.contains(day.daysSinceEpoch) else {
                throw .badDay(name, text)
            }
            return CustomValue(words: day.description, number: Int64(day.daysSinceEpoch))
        case .choice:
            let found = choices.first { $0 == text } ?? choices.first { $0.searchKey == text.searchKey }
            guard let found else { throw .noSuchChoice(name, text) }
            return CustomValue(words: found)
        case .tick: return try tick(text)
        }
    }

    /// 1800 to 2200: beyond that a day is a slip of the pen.
    private static let days = -62_091...84_370

    private func number(_ text: String) throws(CustomFieldRefusal) -> CustomValue {
        let plain = text.contains(".") ? text : text.replacing(",", with: ".")
        let digits = plain.hasPrefix("-") ? plain.dropFirst() : plain[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        let isNumber =
            (1...2).contains(parts.count)
            && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        guard isNumber else { throw .badNumber(name, text) }
        let decimals = parts.count == 2 ? parts[1].trimmingSuffix("0") : ""
        guard decimals.count <= 3 else { throw .tooManyDecimals(name) }
        let padded = decimals + String(repeating: "0", count: 3 - decimals.count)
        guard let number = Int64(parts[0] + padded), number < 1_000_000_000_000_000_000 else {
            throw .tooLarge(name)
        }
        let thousandths = plain.hasPrefix("-") ? -number : number
        return CustomValue(words: CustomField.decimal(thousandths), number: thousandths)
    }

    private func tick(_ text: String) throws(CustomFieldRefusal) -> CustomValue {
        switch text.searchKey {
        case "true", "yes", "1", "on", "x", "ja", "wahr": CustomValue(words: "true", number: 1)
        case "false", "no", "0", "off", "nein", "falsch": CustomValue(words: "false", number: 0)
        default: throw .badTick(name, text)
        }
    }

    /// `12.5` of 12,500 thousandths.
    static func decimal(_ thousandths: Int64) -> String {
        let digits = String(thousandths.magnitude)
        let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        let decimals = padded.suffix(3).trimmingSuffix("0")
        let whole = (thousandths < 0 ? "-" : "") + padded.dropLast(3)
        return decimals.isEmpty ? whole : "\(whole).\(decimals)"
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(_ character: Character) -> String {
        var text = String(self)
        while text.last == character { text.removeLast() }
        return text
    }
}

/// A field somebody adds or changes.
struct CustomFieldDraft: Sendable, Equatable {
    var label: String
    var kind = CustomField.Kind.text
    var about = CustomField.About.both
    var choices: [String] = []

    /// `cf_` and the words of the label: `cf_favourite_roast`.
    var name: String {
        let words = label.searchWords.map { $0.filter { $0.isASCII } }.filter { !$0.isEmpty }
        return "cf_" + (words.isEmpty ? "field" : String(words.joined(separator: "_").prefix(50)))
    }

    func checked() throws(CustomFieldRefusal) -> CustomFieldDraft {
        var checked = self
        checked.label = label.singleLine
        guard !checked.label.isEmpty else { throw .labelMissing }
        guard checked.label.count <= 80, checked.label.utf8.count <= 320 else { throw .labelTooLong }
        guard kind == .choice else {
            checked.choices = []
            return checked
        }
        var seen: Set<String> = []
        checked.choices = choices.map(\.singleLine).filter {
            !$0.isEmpty && seen.insert($0.searchKey).inserted
        }
        guard !checked.choices.isEmpty else { throw .choicesMissing }
        guard checked.choices.count <= 100,
            checked.choices.allSatisfy({ $0.count <= 100 && $0.utf8.count <= 400 })
        else { throw .choicesTooMany }
        return checked
    }
}

enum CustomFieldRefusal: Refusal, Equatable {
    case unknown(String)
    case notAsked(String, Party.Kind)
    case tooLong(String)
    case badNumber(String, String)
    case tooManyDecimals(String)
    case tooLarge(String)
    case badDay(String, String)
    case noSuchChoice(String, String)
    case badTick(String, String)
    case labelMissing, labelTooLong, choicesMissing, choicesTooMany, tooMany
    /// The name stands for another field, which may be retired.
    case nameTaken(String)

    var phrase: Phrase {
        switch self {
        case .unknown(let name): Phrase("fields.refused.unknown", .text(name))
        case .notAsked(_, .person): Phrase("fields.refused.notOfPersons")
        case .notAsked(_, .organisation): Phrase("fields.refused.notOfOrganisations")
        case .tooLong: Phrase("fields.refused.tooLong", .count(400))
        case .badNumber(_, let text): Phrase("fields.refused.badNumber", .text(text))
        case .tooManyDecimals: Phrase("fields.refused.tooManyDecimals")
        case .tooLarge: Phrase("fields.refused.tooLarge")
        case .badDay(_, let text): Phrase("fields.refused.badDay", .text(text))
        case .noSuchChoice(_, let text): Phrase("fields.refused.noSuchChoice", .text(text))
        case .badTick(_, let text): Phrase("fields.refused.badTick", .text(text))
        case .labelMissing: Phrase("fields.refused.labelMissing")
        case .labelTooLong: Phrase("fields.refused.labelTooLong", .count(80))
        case .choicesMissing: Phrase("fields.refused.choicesMissing")
        case .choicesTooMany: Phrase("fields.refused.choicesTooMany", .count(100))
        case .tooMany: Phrase("fields.refused.tooMany", .count(CustomField.limit))
        case .nameTaken(let name): Phrase("fields.refused.nameTaken", .text(name))
        }
    }

    var field: String? {
        switch self {
        case .unknown(let name), .notAsked(let name, _), .tooLong(let name), .badNumber(let name, _),
            .tooManyDecimals(let name), .tooLarge(let name), .badDay(let name, _), .noSuchChoice(let name, _),
            .badTick(let name, _):
            name
        case .labelMissing, .labelTooLong, .nameTaken: "label"
        case .choicesMissing, .choicesTooMany: "choices"
        case .tooMany: nil
        }
    }

    var code: String {
        if case .unknown = self { return "invalid_field" }
        return "invalid_value"
    }
}
