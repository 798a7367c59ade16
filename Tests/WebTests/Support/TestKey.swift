import Crypto
import HTTPTypes
import Hummingbird
import NIOCore
@testable import Web

enum TestKey {
    static let key = SymmetricKey(data: [UInt8](repeating: 7, count: 32))
}

extension TestSite {
    /// Several requests to one responder, which remembers between them.
    func ask(of responder: SiteResponder, _ uri: String, _ headers: HTTPFields) async throws -> Response {
        let head = HTTPRequest(
            method: .get, scheme: "http", authority: "desk.example", path: uri, headerFields: headers)
        let source = ApplicationRequestContextSource(channel: TestChannel.new, logger: TestSite.quiet)
        return try await responder.respond(
            to: Request(head: head, body: RequestBody(buffer: ByteBuffer())),
            context: ConnectionContext(source: source))
    }
}
