import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Web

/// The JSON object a program sent, read field by field. A field nobody asked for is refused, as Freshdesk does.
struct Body: Sendable {
    enum Value: Sendable, Decodable {
        case null
        case bool(Bool)
        /// Kept exact: money never passes through a binary fraction.
        case number(Decimal)
        case text(String)
        case list([Value])
        case object([String: Value])
        case other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if container.decodeNil() {
                self = .null
            } else if let truth = try? container.decode(Bool.self) {
                self = .bool(truth)
            } else if let number = try? container.decode(Decimal.self) {
                self = .number(number)
            } else if let list = try? container.decode([Value].self) {
                self = .list(list)
            } else if let object = try? container.decode([String: Value].self) {
                self = .object(object)
            } else {
                self = .other
            }
        }
    }

    let values: [String: Value]

    /// Reads the body and refuses fields not among `known`.
    init(of request: Request, known: Set<String>) async throws {
        values = try await request.json(as: [String: Value].self)
        let strangers = values.keys.filter { !known.contains($0) }.sorted()
        if let refusals = Refusals(strangers.map { BodyFieldRefusal.unknown(field: $0) }) { throw refusals }
    }

    func text(_ field: String) throws -> String? {
        switch values[field] {
        case nil, .null: return nil
        case .text(let text): return text.trimmed.isEmpty ? nil : text
        case .number(let number): return "\(number)"
        case .bool, .list, .object, .other: throw BodyFieldRefusal.mismatch(field: field)
        }
    }

    func required(_ field: String) throws -> String {
        guard let text = try text(field) else { throw BodyFieldRefusal.missing(field: field) }
        return text
    }

    func int(_ field: String) throws -> Int? {
        switch values[field] {
        case nil, .null: return nil
        case .number(let number):
            guard let whole = Int("\(number)") else { throw BodyFieldRefusal.mismatch(field: field) }
            return whole
        case .text(let text):
            guard let whole = Int(text) else { throw BodyFieldRefusal.mismatch(field: field) }
            return whole
        case .bool, .list, .object, .other: throw BodyFieldRefusal.mismatch(field: field)
        }
    }

    func bool(_ field: String) throws -> Bool? {
        switch values[field] {
        case nil, .null: return nil
        case .bool(let truth): return truth
        default: throw BodyFieldRefusal.mismatch(field: field)
        }
    }

    /// An amount, `19.99` or `"19.99"`, in minor units. More decimals than the currency has are refused, not rounded.
    func money(_ field: String, in currency: Currency) throws -> Int64? {
        guard let text = try text(field) else { return nil }
        guard let amount = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")),
            text.isPlainNumber
        else {
            throw BodyFieldRefusal.mismatch(field: field)
        }
        var minor = amount * Decimal(sign: .plus, exponent: currency.exponent, significand: 1)
        var whole = Decimal()
        NSDecimalRound(&whole, &minor, 0, .plain)
        guard whole == minor else {
            throw BodyFieldRefusal.tooManyDecimals(field: field, currency: currency.code)
        }
        guard abs(whole) < Decimal(Money.limit), let number = Int64("\(whole)") else {
            throw BodyFieldRefusal.tooLarge(field: field)
        }
        return number
    }

    /// A day `2026-11-22`, or a moment in the forms of the API; without a zone a moment is UTC.
    func moment(_ field: String, zone: Zone) throws -> (day: LocalDate, at: Instant?)? {
        guard let text = try text(field) else { return nil }
        guard let moment = APIMoment(text) else { throw BodyFieldRefusal.mismatch(field: field) }
        guard let at = moment.at else { return (moment.day, nil) }
        return (zone.day(of: at), at)
    }
}

extension String {
    fileprivate var isPlainNumber: Bool {
        let parts = (hasPrefix("-") ? dropFirst() : self[...]).split(
            separator: ".", omittingEmptySubsequences: false)
        return utf8.count <= 40 && (1...2).contains(parts.count)
            && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    }
}

/// Why a field of a body is not taken.
enum BodyFieldRefusal: Refusal, Equatable {
    case unknown(field: String)
    case missing(field: String)
    case mismatch(field: String)
    case tooManyDecimals(field: String, currency: String)
    case tooLarge(field: String)

    var phrase: Phrase {
        switch self {
        case .unknown: Phrase("api.field.unknown")
        case .missing: Phrase("api.field.missing")
        case .mismatch: Phrase("api.field.mismatch")
        case .tooManyDecimals(_, let currency): Phrase("api.field.tooManyDecimals", .text(currency))
        case .tooLarge: Phrase("api.field.tooLarge")
        }
    }

    var field: String? {
        switch self {
        case .unknown(let field), .missing(let field), .mismatch(let field), .tooLarge(let field),
            .tooManyDecimals(let field, _):
            field
        }
    }

    var code: String {
        switch self {
        case .unknown: "invalid_field"
        case .missing: "missing_field"
        case .mismatch: "datatype_mismatch"
        case .tooManyDecimals, .tooLarge: "invalid_value"
        }
    }
}
