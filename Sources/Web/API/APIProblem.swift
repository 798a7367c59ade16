import HTTPTypes
import Hummingbird
import Markup

/// An error in the shape Freshdesk's clients read.
struct APIProblem: Encodable, Sendable {
    var description: String?
    var errors: [FieldProblem]?
    var code: String?
    var message: String?

    struct FieldProblem: Encodable, Sendable {
        let field: String
        let message: String
        let code: String
    }

    /// Everything but validation: a code and a sentence.
    static func answer(_ status: HTTPResponse.Status, _ code: String, _ phrase: Phrase) -> Response {
        response(APIProblem(code: code, message: phrase.text), status)
    }

    /// 404 has no body, and says that it is not JSON: node's client would try to read it.
    static var notFound: Response {
        Response(status: .notFound, headers: [.contentType: "text/html; charset=utf-8"])
    }

    static func answer(_ refusal: any Refusal) -> Response {
        let all = (refusal as? Refusals)?.all ?? [refusal]
        let fields = all.compactMap { refusal in
            refusal.field.map { FieldProblem(field: $0, message: refusal.phrase.text, code: refusal.code) }
        }
        guard !fields.isEmpty else { return answer(refusal.apiStatus, refusal.code, refusal.phrase) }
        return response(APIProblem(description: "Validation failed", errors: fields), refusal.apiStatus)
    }

    private static func response(_ problem: APIProblem, _ status: HTTPResponse.Status) -> Response {
        let body = (try? APIFormat.encode(problem)).map { Array($0) } ?? []
        return .bytes(body, type: "application/json; charset=utf-8", status: status)
    }
}

extension Refusal {
    /// The API knows 400 where pages say 422.
    fileprivate var apiStatus: HTTPResponse.Status { status == .unprocessableContent ? .badRequest : status }
}
