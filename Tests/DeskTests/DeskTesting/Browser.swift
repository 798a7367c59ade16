import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Synchronization

/// A browser: keeps its cookies, and sends forms with the token of the page it saw last.
final class Browser: Sendable {
    private struct Memory {
        var cookies: [String: String]
        var formToken: String?
        var language = "en"
    }

    private let client: any TestClientProtocol
    private let memory: Mutex<Memory>

    init(_ client: any TestClientProtocol, cookies: [String: String] = [:]) {
        self.client = client
        memory = Mutex(Memory(cookies: cookies))
    }

    var cookies: [String: String] { memory.withLock { $0.cookies } }

    /// What it sends as `Accept-Language`.
    func prefer(_ language: String) { memory.withLock { $0.language = language } }

    func plant(cookie name: String, _ value: String) { memory.withLock { $0.cookies[name] = value } }

    func get(_ path: String) async throws -> Reply { try await send(.get, path) }

    /// Sends a form. Without a page seen before, it looks at the door or at its own page for a token first.
    @discardableResult
    func post(_ path: String, _ form: KeyValuePairs<String, String> = [:]) async throws -> Reply {
        let pairs = [("form_token", try await token())] + form.map { ($0.key, $0.value) }
        let body = pairs.map { "\(Browser.encoded($0.0))=\(Browser.encoded($0.1))" }.joined(separator: "&")
        return try await send(.post, path, ByteBuffer(string: body), "application/x-www-form-urlencoded")
    }

    /// Sends a form as it is, token or none.
    func postBare(_ path: String, _ body: String) async throws -> Reply {
        try await send(.post, path, ByteBuffer(string: body), "application/x-www-form-urlencoded")
    }

    /// Sends a form with files.
    func upload(
        _ path: String, _ form: KeyValuePairs<String, String> = [:], file: String, named name: String,
        _ bytes: [UInt8], type: String = "text/csv"
    ) async throws -> Reply {
        let boundary = "test-boundary-7c2f"
        var body = ByteBuffer()
        for (field, value) in [("form_token", try await token())] + form.map({ ($0.key, $0.value) }) {
            body.writeString(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n")
        }
        let disposition = "form-data; name=\"\(file)\"; filename=\"\(name)\""
        body.writeString(
            "--\(boundary)\r\nContent-Disposition: \(disposition)\r\nContent-Type: \(type)\r\n\r\n")
        body.writeBytes(bytes)
        body.writeString("\r\n--\(boundary)--\r\n")
        return try await send(.post, path, body, "multipart/form-data; boundary=\(boundary)")
    }

    /// Goes where the reply sends it, until it arrives at a page.
    func follow(_ reply: Reply) async throws -> Reply {
        var reply = reply
        for _ in 0..<10 {
            guard reply.status.kind == .redirection, let location = reply.location else { break }
            reply = try await get(location)
        }
        return reply
    }

    private func token() async throws -> String {
        if let token = memory.withLock({ $0.formToken }) { return token }
        let isSignedIn = cookies.keys.contains { $0.hasSuffix("session") }
        _ = try await follow(try await get(isSignedIn ? "/me" : "/sign-in"))
        return memory.withLock { $0.formToken } ?? ""
    }

    private func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: ByteBuffer? = nil, _ type: String? = nil
    ) async throws -> Reply {
        let (cookies, language) = memory.withLock { ($0.cookies, $0.language) }
        var headers: HTTPFields = [.acceptLanguage: language, .userAgent: "Test browser"]
        if !cookies.isEmpty {
            headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        }
        headers[.contentType] = type
        let reply = try await client.execute(uri: path, method: method, headers: headers, body: body) {
            Reply($0)
        }
        remember(reply)
        return reply
    }

    private func remember(_ reply: Reply) {
        memory.withLock { memory in
            for line in reply.headers[values: .setCookie] { Browser.keep(line, in: &memory.cookies) }
            if let token = reply.value(of: "form_token") { memory.formToken = token }
            if reply.headers[values: .setCookie].contains(where: { $0.hasPrefix("regulars-session=") }) {
                memory.formToken = nil
            }
        }
    }

    private static func keep(_ line: String, in cookies: inout [String: String]) {
        let pair = line.prefix { $0 != ";" }.split(
            separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2 else { return }
        cookies[String(pair[0])] = line.contains("Max-Age=0") ? nil : String(pair[1])
    }

    private static func encoded(_ text: String) -> String {
        var allowed = CharacterSet.alphanumerics
        allowed.insert(charactersIn: "-._~")
        return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? text
    }
}
