public import HTTPTypes
public import Markup

/// The business says no, in a sentence a person can act on. A page shows it calmly, the API as Freshdesk
/// would.
public protocol Refusal: Error {
    var status: HTTPResponse.Status { get }
    var phrase: Phrase { get }
    /// The field of the form or body that is at fault, if one is.
    var field: String? { get }
    /// The API's word for it, such as `invalid_value`.
    var code: String { get }
}

extension Refusal {
    public var status: HTTPResponse.Status { .unprocessableContent }
    public var field: String? { nil }

    public var code: String {
        switch status.code {
        case 401: "invalid_credentials"
        case 403: "access_denied"
        case 409: "inconsistent_state"
        default: "invalid_value"
        }
    }
}

/// Something broke, and what broke can tell whether trying again soon may help. Then the answer is 503 with a
/// `Retry-After` instead of 500.
public protocol PassingFailure: Error {
    /// Whole seconds to wait before trying again; nil where waiting does not help.
    var retryAfter: Int? { get }
}

/// What was asked for is not there, or not for these eyes: the answer is the same.
public struct NotFound: Error, Sendable, Hashable {
    public init() {}
}

/// Several refusals at once, so that a form is corrected in one go.
public struct Refusals: Refusal {
    public let all: [any Refusal]

    /// Nil where there is nothing to refuse.
    public init?(_ all: [any Refusal]) {
        if all.isEmpty { return nil }
        self.all = all
    }

    public var status: HTTPResponse.Status { all.first?.status ?? .unprocessableContent }
    public var phrase: Phrase { all.first?.phrase ?? Phrase("web.refusal.unreadable") }
    public var field: String? { all.first?.field }
    public var code: String { all.first?.code ?? "invalid_value" }
}

/// Why a field of a form cannot be taken.
public enum FieldRefusal: Refusal, Equatable {
    case missing(field: String)
    case unreadable(field: String)
    case tooLong(field: String, limit: Int)

    public var phrase: Phrase {
        switch self {
        case .missing: Phrase("web.field.missing")
        case .unreadable: Phrase("web.field.unreadable")
        case .tooLong(_, let limit): Phrase("web.field.tooLong", .count(limit))
        }
    }

    public var field: String? {
        switch self {
        case .missing(let field), .unreadable(let field), .tooLong(let field, _): field
        }
    }

    public var code: String {
        switch self {
        case .missing: "missing_field"
        case .unreadable, .tooLong: "invalid_value"
        }
    }
}
