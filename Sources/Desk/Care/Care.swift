import Foundation
import HTTPTypes
import Kernel
import Markup
import Storage
import Web

/// Who looks after a customer, and in which language and at what hour to speak with them.
struct Care: Sendable, Equatable {
    struct Owner: Sendable, Equatable {
        let id: Int64
        let name: String
        let isSuspended: Bool
    }

    var owner: Owner?
    /// `de`, `pt-BR`; empty where nobody said.
    var language = ""
    /// `Europe/Lisbon`; empty where nobody said.
    var zone = ""
}

/// What somebody wants of it; nil stays as it is.
struct CareChange: Sendable, Equatable {
    /// A colleague, or `.some(nil)` for nobody.
    var owner: Int64??
    var language: String?
    var zone: String?

    /// The same in its usual spelling, or the reason why it may not be.
    func checked() throws(CareRefusal) -> CareChange {
        var checked = self
        if let language {
            guard let code = CustomerLanguage.code(language) else { throw .unknownLanguage(language) }
            checked.language = code
        }
        if let zone {
            let name = zone.singleLine
            guard name.isEmpty || TimeZone(identifier: name) != nil else { throw .unknownZone(name) }
            checked.zone = name
        }
        return checked
    }
}

enum CareRefusal: Refusal, Equatable {
    case unknownColleague
    case unknownLanguage(String)
    case unknownZone(String)
    /// The very colleague who gives them away.
    case sameColleague

    var phrase: Phrase {
        switch self {
        case .unknownColleague: Phrase("persons.owner.unknown")
        case .unknownLanguage(let text): Phrase("persons.language.unknown", .text(text))
        case .unknownZone(let text): Phrase("persons.zone.unknown", .text(text))
        case .sameColleague: Phrase("persons.owner.same")
        }
    }

    var field: String? {
        switch self {
        case .unknownColleague, .sameColleague: "owner"
        case .unknownLanguage: "language"
        case .unknownZone: "zone"
        }
    }
}

/// Languages customers speak, by their code.
enum CustomerLanguage {
    static let offered = [
        "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id",
        "it",
        "ja", "ko", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk",
        "vi",
        "zh",
    ]

    /// `pt-br` is `pt-BR`; empty stays empty; nil where that is no code of a language.
    static func code(_ typed: String) -> String? {
        let text = typed.trimmed
        guard !text.isEmpty else { return "" }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let isPlain =
            text.utf8.count <= 35
            && text.utf8.allSatisfy {
                $0 == 0x2D || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF)
            }
        guard isPlain, (2...3).contains(parts[0].count), parts[0].allSatisfy(\.isLetter),
            parts.dropFirst().allSatisfy({ (2...8).contains($0.count) })
        else { return nil }
        let rest = parts.dropFirst().map { $0.count == 2 ? $0.uppercased() : String($0) }
        return ([parts[0].lowercased()] + rest).joined(separator: "-")
    }

    /// What the reader calls it: `German`.
    static func name(_ code: String) -> String {
        Locale(identifier: Reader.current.language.code).localizedString(forIdentifier: code) ?? code
    }
}

/// What the clock shows where the customer is.
struct CustomerClock {
    let zone: String
    let now: Instant

    /// `21:40`, as the reader writes times; nil where the system does not know the zone.
    var time: String? {
        guard let zone = TimeZone(identifier: zone) else { return nil }
        let date = Date(timeIntervalSince1970: Double(now.milliseconds) / 1000)
        let offset = Int64(zone.secondsFromGMT(for: date)) * 1000
        let there = Reader(language: Reader.current.language, zone: zone.identifier, offset: { _ in offset })
        return Argument.instant(now.milliseconds).text(for: there, style: .time)
    }
}
