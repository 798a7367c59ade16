import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore

/// A program that calls the API with a key, or with an address and a password.
struct Program: Sendable {
    private let client: any TestClientProtocol
    private let authorization: String?

    init(_ client: any TestClientProtocol, user: String, password: String = "X") {
        self.client = client
        authorization = "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
    }

    /// A program without credentials.
    init(_ client: any TestClientProtocol) {
        self.client = client
        authorization = nil
    }

    func get(_ path: String) async throws -> Reply { try await send(.get, path) }

    func post(_ path: String, _ json: String = "{}") async throws -> Reply {
        try await send(.post, path, json)
    }

    func put(_ path: String, _ json: String = "{}") async throws -> Reply { try await send(.put, path, json) }

    func delete(_ path: String) async throws -> Reply { try await send(.delete, path) }

    func send(_ method: HTTPRequest.Method, _ path: String, _ json: String? = nil) async throws -> Reply {
        var headers: HTTPFields = [:]
        headers[.authorization] = authorization
        if json != nil { headers[.contentType] = "application/json" }
        let body = json.map { ByteBuffer(string: $0) }
        return try await client.execute(uri: path, method: method, headers: headers, body: body) { Reply($0) }
    }
}
