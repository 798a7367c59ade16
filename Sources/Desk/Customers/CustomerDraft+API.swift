import Foundation
import Kernel
import Web

extension CustomerDraft {
    /// What programs say of a contact besides its name, in Freshdesk's words.
    init(body: Body) throws {
        self.init()
        outsideID = try body.text("unique_external_id")
        preferences = body.has("preferences") ? try body.text("preferences") ?? "" : nil
        addresses = AddressWishes(
            email: try body.change("email"), otherEmails: try body.texts("other_emails"),
            phone: try body.change("phone"), mobile: try body.change("mobile"),
            twitter: try body.change("twitter_id"))
        care = CareChange(
            owner: body.has("owner_id") ? .some(try body.int("owner_id").map(Int64.init)) : nil,
            language: body.has("language") ? try body.text("language") ?? "" : nil,
            zone: body.has("time_zone") ? try body.text("time_zone") ?? "" : nil)
        tags = try body.texts("tags")
        fields = try body.object("custom_fields")
    }
}

extension Address {
    var json: JSON {
        .object([
            ("kind", .text(kind.rawValue)), ("value", .text(value)), ("network", .text(network)),
            ("label", .text(label)), ("preferred", .bool(isPreferred)),
            ("verified", .bool(verifiedAt != nil)),
        ])
    }
}

extension CustomerKnown {
    func json(for kind: Party.Kind) -> [(String, JSON)] {
        let asked = fields.filter { $0.isAsked(of: kind) }
        return [
            ("language", .text(care.language.isEmpty ? nil : care.language)),
            ("time_zone", .text(care.zone.isEmpty ? nil : care.zone)),
            ("preferences", .text(preferences.isEmpty ? nil : preferences)),
            ("owner_id", .int(care.owner?.id)),
            ("tags", .list(tags.map { .text($0.name) })),
            ("custom_fields", .object(asked.map { ($0.name, values[$0.id].json(of: $0.kind)) })),
        ]
    }
}

extension CustomValue? {
    fileprivate func json(of kind: CustomField.Kind) -> JSON {
        guard let value = self else { return .null }
        switch kind {
        case .number:
            return value.number.map { number in
                number % 1000 == 0 ? .int(number / 1000) : .real(Double(number) / 1000)
            } ?? .null
        case .tick: return .bool(value.number == 1)
        case .text, .date, .choice: return .text(value.words)
        }
    }
}
