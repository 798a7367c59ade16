import HTTPTypes
import Markup
import Web

/// Why relationships say no.
enum RelationRefusal: Refusal, Equatable {
    case unknown
    case notAnOrganisation
    case notAPerson
    /// Nobody is called that.
    case nobodyFound(String, field: String)
    case severalFound(String, field: String)
    case intoItself, tooDeep, tooMany
    /// The move was followed by another.
    case moveIsOver
    case noMembership
    /// They belong there again by now.
    case isMember
    case textTooLong(field: String)
    case inTheFuture
    /// A step without a volume or a percent, or one that cannot be read.
    case badVolume(field: String), badPercent(field: String)
    case sameVolume(field: String), fallingPercent(field: String)

    var status: HTTPResponse.Status { self == .unknown ? .notFound : .unprocessableContent }

    var phrase: Phrase {
        switch self {
        case .unknown: Phrase("customer.refused.unknown")
        case .notAnOrganisation: Phrase("relations.refused.notAnOrganisation")
        case .notAPerson: Phrase("relations.refused.notAPerson")
        case .nobodyFound(let text, _): Phrase("relations.refused.nobodyFound", .text(text))
        case .severalFound(let text, _): Phrase("relations.refused.severalFound", .text(text))
        case .intoItself: Phrase("relations.refused.intoItself")
        case .tooDeep: Phrase("relations.refused.tooDeep", .count(TreeRule.depth))
        case .tooMany: Phrase("relations.refused.tooMany", .count(TreeRule.size))
        case .moveIsOver: Phrase("relations.refused.moveIsOver")
        case .noMembership: Phrase("relations.refused.noMembership")
        case .isMember: Phrase("relations.refused.isMember")
        case .textTooLong: Phrase("purchase.refused.textTooLong")
        case .inTheFuture: Phrase("relations.refused.inTheFuture")
        case .badVolume: Phrase("relations.refused.badVolume")
        case .badPercent: Phrase("relations.refused.badPercent")
        case .sameVolume: Phrase("relations.refused.sameVolume")
        case .fallingPercent: Phrase("relations.refused.fallingPercent")
        }
    }

    var field: String? {
        switch self {
        case .nobodyFound(_, let field), .severalFound(_, let field), .textTooLong(let field),
            .badVolume(let field), .badPercent(let field), .sameVolume(let field), .fallingPercent(let field):
            field
        case .intoItself, .tooDeep, .tooMany: "parent_id"
        case .inTheFuture: "since"
        case .notAnOrganisation, .notAPerson: "with"
        case .unknown, .moveIsOver, .noMembership, .isMember: nil
        }
    }
}
