public import HTTPTypes
public import Markup
public import Web

/// Why the desk says no to something about its people.
public enum AgentRefusal: Refusal, Equatable {
    /// Somebody must remain who can change settings and let people in.
    case lastAdministrator
    case roleAboveOwn
    case ownSuspension
    case addressTaken
    case wrongPassword
    case wrongSignIn
    case wrongSetUpCode
    case linkUsed, linkExpired, linkWithdrawn
    case tooManyKeys(Int)

    public var phrase: Phrase {
        switch self {
        case .lastAdministrator: Phrase("people.refusal.lastAdministrator")
        case .roleAboveOwn: Phrase("people.refusal.roleAboveOwn")
        case .ownSuspension: Phrase("people.refusal.ownSuspension")
        case .addressTaken: Phrase("people.refusal.addressTaken")
        case .wrongPassword: Phrase("people.refusal.wrongPassword")
        case .wrongSignIn: Phrase("people.refusal.wrongSignIn")
        case .wrongSetUpCode: Phrase("setup.refusal.code")
        case .linkUsed: Phrase("people.refusal.linkUsed")
        case .linkExpired: Phrase("people.refusal.linkExpired")
        case .linkWithdrawn: Phrase("people.refusal.linkWithdrawn")
        case .tooManyKeys(let limit): Phrase("people.refusal.tooManyKeys", .count(limit))
        }
    }

    public var status: HTTPResponse.Status {
        switch self {
        case .roleAboveOwn: .forbidden
        case .lastAdministrator, .ownSuspension, .addressTaken, .tooManyKeys: .conflict
        case .linkUsed, .linkExpired, .linkWithdrawn: .gone
        default: .unprocessableContent
        }
    }

    public var field: String? {
        switch self {
        case .addressTaken: "email"
        case .roleAboveOwn: "role"
        case .wrongPassword: "current"
        case .wrongSetUpCode: "code"
        default: nil
        }
    }
}
