import HTTPTypes
import Hummingbird
import Logging
import Markup

/// What is said when something does not work out.
extension SiteResponder {
    func answer(to error: any Error, _ request: Request, _ call: Call) async -> Response {
        switch error {
        case is NotFound: await message(.notFound, Phrase("web.error.notFound"), call, request)
        case let refusal as any Refusal: await answer(refusal, call, request)
        case let known as HTTPError where known.status.code < 500:
            await message(known.status, Phrase("web.error.badRequest"), call, request)
        default: await broken(error, request, call)
        }
    }

    private func answer(_ refusal: any Refusal, _ call: Call, _ request: Request) async -> Response {
        await inReadersLanguage(request) {
            if call.isAPI { return APIProblem.answer(refusal) }
            let page = MessagePage(status: refusal.status, sentence: refusal.phrase, canGoBack: true)
            return .page(page, in: call.bareShell, status: refusal.status)
        }
    }

    /// A sentence with a status: a page for people, Freshdesk's shape for programs.
    func message(
        _ status: HTTPResponse.Status, _ sentence: Phrase, _ call: Call, _ request: Request
    ) async -> Response {
        await inReadersLanguage(request) {
            guard call.isAPI else {
                return .page(
                    MessagePage(status: status, sentence: sentence), in: call.bareShell, status: status)
            }
            return status == .notFound
                ? APIProblem.notFound : APIProblem.answer(status, APIProblem.code(for: status), sentence)
        }
    }

    /// The world broke. The log gets everything, the page a number to ask about.
    private func broken(_ error: any Error, _ request: Request, _ call: Call) async -> Response {
        if error is CancellationError { return Response(status: .serviceUnavailable) }
        call.logger.error(
            "A request failed",
            metadata: ["error": "\(String(reflecting: error))", "method": "\(request.method)"])
        let wait = (error as? any PassingFailure)?.retryAfter
        let status = wait == nil ? HTTPResponse.Status.internalServerError : .serviceUnavailable
        var response = await inReadersLanguage(request) {
            let sentence = Phrase(wait == nil ? "web.error.broken" : "web.error.busy", .text(call.id))
            if call.isAPI {
                return APIProblem.answer(status, wait == nil ? "internal_error" : "busy", sentence)
            }
            return .page(MessagePage(status: status, sentence: sentence), in: call.bareShell, status: status)
        }
        response.headers[.retryAfter] = wait.map(String.init)
        return response
    }

    /// In the language already chosen for this request, else the best the browser asks for. Must not fail.
    private func inReadersLanguage(_ request: Request, _ answer: () -> Response) async -> Response {
        if Reader.current.formToken != nil { return answer() }
        let language = Languages.installed.choose(accepting: request.headers[.acceptLanguage])
        return Reader.$current.withValue(Reader(language: language)) { answer() }
    }
}

extension APIProblem {
    static func code(for status: HTTPResponse.Status) -> String {
        switch status.code {
        case 401: "invalid_credentials"
        case 403: "access_denied"
        case 405: "method_not_allowed"
        case 413: "too_large"
        default: "invalid_value"
        }
    }
}

extension Call {
    /// The shell where nothing is known but how it should look.
    var bareShell: Shell { Shell(theme: theme) }

    var theme: Theme {
        cookies[SetCookie.name(Theme.cookie, isSecure: isSecure)].flatMap(Theme.init) ?? .automatic
    }
}
