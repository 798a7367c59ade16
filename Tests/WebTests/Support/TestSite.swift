import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Testing
@testable import Web

/// A site with the routes of a test, and people in it.
struct TestSite {
    let desk: FakeDesk
    let site: Site

    init(
        _ routes: [Route] = [], desk: FakeDesk = FakeDesk(), address: String = "http://desk.example",
        assets: Assets = Assets(files: []), live: LiveHub? = nil, readiness: (any Readiness)? = nil,
        change: (inout SiteSettings) -> Void = { _ in }
    ) throws {
        self.desk = desk
        var settings = SiteSettings(
            address: try #require(SiteAddress(address)),
            secret: SymmetricKey(data: [UInt8](repeating: 7, count: 32)),
            uploadFolder: NSTemporaryDirectory())
        change(&settings)
        site = Site(
            routes: routes, gatekeeper: desk, settings: settings, assets: assets, live: live,
            readiness: readiness)
    }

    static var quiet: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }

    func visit<Value>(_ act: @Sendable (any TestClientProtocol) async throws -> Value) async throws -> Value {
        let application = Application(responder: site.responder, logger: TestSite.quiet)
        return try await application.test(.router, act)
    }

    /// One request, answered.
    func ask(
        _ method: HTTPRequest.Method = .get, _ uri: String, _ headers: HTTPFields = [:], body: String? = nil
    ) async throws -> TestResponse {
        try await visit { client in
            try await client.execute(
                uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        }
    }

    /// The same as if it came from this address.
    func ask(
        from peer: String, _ method: HTTPRequest.Method = .get, _ uri: String, _ headers: HTTPFields = [:]
    ) async throws -> Response {
        let head = HTTPRequest(
            method: method, scheme: "http", authority: "desk.example", path: uri, headerFields: headers)
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        var context = ConnectionContext(
            source: ApplicationRequestContextSource(channel: TestChannel.new, logger: TestSite.quiet))
        context.peer = try #require(RemoteAddress(peer))
        return try await site.responder.respond(to: request, context: context)
    }
}

extension HTTPFields {
    /// A browser on which this session is open.
    static func browser(_ token: SessionToken, isSecure: Bool = false) -> HTTPFields {
        [.cookie: "\(SetCookie.name("session", isSecure: isSecure))=\(token.text)"]
    }

    static func key(_ key: String) -> HTTPFields {
        [.authorization: "Basic \(Data("\(key):X".utf8).base64EncodedString())"]
    }

    func with(_ name: HTTPField.Name, _ value: String) -> HTTPFields {
        var fields = self
        fields[name] = value
        return fields
    }

    static let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]

    static func + (one: HTTPFields, other: HTTPFields) -> HTTPFields {
        var fields = one
        fields.append(contentsOf: other)
        return fields
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
}

extension TestSite {
    /// The token a form would carry on a page shown to this session.
    func formToken(_ session: SessionToken) -> String {
        URLEncoded.encoded(FormGuard(key: site.settings.secret).token(for: session.text))
    }
}
