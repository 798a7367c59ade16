import HTTPTypes
import Kernel
import Markup
import Web

/// An address somebody enters or a program sends.
struct NewAddress: Sendable, Equatable {
    var kind = Address.Kind.email
    var value: String
    var network = ""
    var label = ""
    var isPreferred = false
    /// They wrote, called or answered from it.
    var isVerified = false

    /// So many are enough for anybody, and few enough to show at once.
    static let limit = 50

    var key: String { Address.key(kind, value, network: network) }

    /// The same without blanks, or the reason why it may not be.
    func checked() throws(AddressRefusal) -> NewAddress {
        var checked = self
        checked.value = value.singleLine
        checked.network = kind == .handle ? network.singleLine : ""
        checked.label = AddressLabel.code(of: label.singleLine)
        guard !checked.value.isEmpty else { throw .missing }
        guard checked.label.count <= 60, checked.label.utf8.count <= 240 else { throw .tooLong("label", 60) }
        switch kind {
        case .email:
            guard EmailAddress(checked.value) != nil else { throw .badEmail(checked.value) }
        case .phone:
            guard checked.key.count >= 3, checked.value.utf8.count <= 60 else {
                throw .badPhone(checked.value)
            }
        case .handle: try checked.checkHandle()
        }
        return checked
    }

    private func checkHandle() throws(AddressRefusal) {
        guard !network.isEmpty else { throw .networkMissing }
        guard network.count <= 40, network.utf8.count <= 160, !network.contains(":") else {
            throw .tooLong("network", 40)
        }
        guard value.count <= 100, value.utf8.count <= 400 else { throw .tooLong("value", 100) }
        guard value.contains(where: { $0 != "@" }) else { throw .missing }
    }
}

/// What an address is for. Some words are the house's and said in the reader's language; any other stands as it is.
enum AddressLabel: String, CaseIterable {
    case work, `private`, mobile, billing, assistant

    var text: String { Phrase("persons.label.\(rawValue)").text }

    static func text(of label: String) -> String { AddressLabel(rawValue: label)?.text ?? label }

    /// `Work`, or what the reader's language calls it, is `work`.
    static func code(of typed: String) -> String {
        let key = typed.searchKey
        return allCases.first { $0.rawValue == key || $0.text.searchKey == key }?.rawValue ?? typed
    }
}

/// Why an address is not taken.
enum AddressRefusal: Refusal, Equatable {
    case unknown
    case missing
    case badEmail(String)
    case badPhone(String)
    case networkMissing
    case tooLong(String, Int)
    case tooMany
    case hereAlready
    /// Two people cannot both have proved that it is theirs.
    case verifiedElsewhere(Int64)
    /// A program says whose it is; another customer has it.
    case taken(Int64)

    var status: HTTPResponse.Status {
        switch self {
        case .unknown: .notFound
        case .hereAlready, .verifiedElsewhere, .taken: .conflict
        default: .unprocessableContent
        }
    }

    var phrase: Phrase {
        switch self {
        case .unknown: Phrase("persons.address.unknown")
        case .missing: Phrase("persons.address.missing")
        case .badEmail(let text): Phrase("customer.refused.badEmail", .text(text))
        case .badPhone(let text): Phrase("customer.refused.badPhone", .text(text))
        case .networkMissing: Phrase("persons.address.networkMissing")
        case .tooLong(_, let limit): Phrase("persons.address.tooLong", .count(limit))
        case .tooMany: Phrase("persons.address.tooMany", .count(NewAddress.limit))
        case .hereAlready: Phrase("persons.address.hereAlready")
        case .verifiedElsewhere(let id): Phrase("persons.address.verifiedElsewhere", .text("\(id)"))
        case .taken(let id): Phrase("customer.refused.duplicate", .text("\(id)"))
        }
    }

    var field: String? {
        switch self {
        case .unknown: nil
        case .networkMissing: "network"
        case .tooLong(let field, _): field
        case .verifiedElsewhere: "verified"
        default: "value"
        }
    }

    var code: String {
        switch self {
        case .missing, .networkMissing: "missing_field"
        case .hereAlready, .verifiedElsewhere, .taken: "duplicate_value"
        default: "invalid_value"
        }
    }
}
