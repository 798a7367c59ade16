public import HTTPTypes
public import Markup

/// Why the body of a request cannot be taken.
public enum BodyRefusal: Refusal, Equatable {
    case tooLarge(limit: Int64)
    case tooSlow
    case notJSON
    case wrongType
    case brokenForm
    case tooManyParts
    case diskFull

    public var status: HTTPResponse.Status {
        switch self {
        case .tooLarge: .contentTooLarge
        case .tooSlow: .requestTimeout
        case .notJSON, .brokenForm, .tooManyParts: .badRequest
        case .wrongType: .unsupportedMediaType
        case .diskFull: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
        }
    }

    public var phrase: Phrase {
        switch self {
        case .tooLarge(let limit): Phrase("web.body.tooLarge", .text(BodyRefusal.size(limit)))
        case .tooSlow: Phrase("web.body.tooSlow")
        case .notJSON: Phrase("web.body.notJSON")
        case .wrongType: Phrase("web.body.wrongType")
        case .brokenForm: Phrase("web.body.brokenForm")
        case .tooManyParts: Phrase("web.body.tooManyParts")
        case .diskFull: Phrase("web.body.diskFull")
        }
    }

    public var code: String { self == .notJSON ? "invalid_json" : "invalid_value" }

    private static func size(_ bytes: Int64) -> String {
        let units: [(Int64, String)] = [(1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")]
        for (unit, name) in units where bytes >= unit { return "\(bytes / unit) \(name)" }
        return "\(bytes) B"
    }
}
