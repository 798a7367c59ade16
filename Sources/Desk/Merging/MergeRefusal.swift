public import HTTPTypes
import Kernel
public import Markup
public import Web

/// Why two customers are not made one, one not made two, or what was done is not undone.
public enum MergeRefusal: Error, Equatable, Sendable {
    case sameCustomer
    /// One of them is not there, or no longer.
    case unknown
    /// Whoever serves here is nobody's customer.
    case colleague
    /// A person and an organisation.
    case differentKinds
    /// Whoever is to go has whoever is to stay below them.
    case ancestor
    /// An invented customer and a real one.
    case sample
    case tooMany
    case nothingChosen
    /// A name is wanted for the customer that is split off.
    case nameMissing
    case nameTooLong
    case alreadyUndone
    /// Something done later must be undone first.
    case later(Int64)
    /// The customer who stayed was removed meanwhile.
    case gone
}

extension MergeRefusal: Refusal {
    public var status: HTTPResponse.Status {
        switch self {
        case .unknown: .notFound
        case .alreadyUndone, .later, .gone: .conflict
        default: .unprocessableContent
        }
    }

    public var phrase: Phrase {
        switch self {
        case .sameCustomer: Phrase("merging.refused.sameCustomer")
        case .unknown: Phrase("merging.refused.unknown")
        case .colleague: Phrase("merging.refused.colleague")
        case .differentKinds: Phrase("merging.refused.differentKinds")
        case .ancestor: Phrase("merging.refused.ancestor")
        case .sample: Phrase("merging.refused.sample")
        case .tooMany: Phrase("merging.refused.tooMany", .count(MergeStore.most))
        case .nothingChosen: Phrase("merging.refused.nothingChosen")
        case .nameMissing: Phrase("customer.refused.nameMissing")
        case .nameTooLong: Phrase("customer.refused.nameTooLong")
        case .alreadyUndone: Phrase("merging.refused.alreadyUndone")
        case .later(let id): Phrase("merging.refused.later", .text("\(id)"))
        case .gone: Phrase("merging.refused.gone")
        }
    }

    public var field: String? {
        switch self {
        case .sameCustomer, .unknown, .colleague, .differentKinds, .ancestor, .sample, .tooMany:
            "secondary_contact_ids"
        case .nothingChosen: "things"
        case .nameMissing, .nameTooLong: "name"
        case .alreadyUndone, .later, .gone: nil
        }
    }

    public var code: String { status == .conflict ? "inconsistent_state" : "invalid_value" }
}
