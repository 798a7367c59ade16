import HTTPTypes
import Hummingbird
import Logging

/// What every answer gets on its way out.
extension SiteResponder {
    func finish(_ answer: Response, _ request: Request, _ call: Call) -> Response {
        var response = answer
        response.headers[.requestID] = call.id
        passFlash(&response, request, call)
        SecurityHeaders.add(to: &response, isSecure: call.isSecure)
        if call.isAPI { response.headers[.freshdeskVersion] = "latest=v2; requested=v2" }
        response = Compression.compressed(response, accepting: request.headers[.acceptEncoding])
        return request.method == .head ? response.createHeadResponse() : response
    }

    /// A flash becomes a cookie on the redirect, and is gone once a page has shown it.
    private func passFlash(_ response: inout Response, _ request: Request, _ call: Call) {
        if let flash = response.headers[.flash] {
            response.headers[.flash] = nil
            response.headers.add(
                SetCookie(Flash.cookie, flash, lifetime: .seconds(60), isSecure: call.isSecure))
        } else if response.isPage, request.method == .get, isNavigation(request),
            call.cookies[cookieName(Flash.cookie, call)] != nil
        {
            response.headers.add(SetCookie(Flash.cookie, "", lifetime: .zero, isSecure: call.isSecure))
        }
    }

    /// A person going somewhere, not a script fetching a piece of the page again.
    private func isNavigation(_ request: Request) -> Bool {
        request.headers[.secFetchDest].map { $0 == "document" } ?? true
    }

    /// One line in the log and one more in the measures.
    func record(_ response: Response, _ request: Request, _ call: Call, _ match: RouteTree.Match?) {
        let duration = ContinuousClock.now - call.started
        let template = template(of: match)
        site.metrics.count(request.method, template, response.status, duration)
        guard !template.hasPrefix("/health") else { return }
        let milliseconds = (duration / .milliseconds(1) * 10).rounded() / 10
        call.logger.info(
            "\(request.method) \(shown(template, match)) \(response.status.code) \(milliseconds) ms",
            metadata: ["from": "\(call.remoteAddress)"])
    }

    private func template(of match: RouteTree.Match?) -> String {
        if case .route(let route, _) = match { return route.path }
        return "unmatched"
    }

    /// The path with numbers filled in. Anything else in an address may be a secret, such as an invitation.
    private func shown(_ template: String, _ match: RouteTree.Match?) -> String {
        guard case .route(_, let parameters) = match, template.contains(":") else { return template }
        let segments = Path.segments(of: template).map { segment in
            guard segment.hasPrefix(":"), let value = parameters[String(segment.dropFirst())] else {
                return segment
            }
            return Int64(value).map(String.init) ?? segment
        }
        return "/" + segments.joined(separator: "/")
    }
}
