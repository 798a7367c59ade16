import Foundation
import HTTPTypes
public import Hummingbird
import NIOCore

extension Request {
    /// The whole body, if it is no larger than `limit` bytes and arrives within half a minute.
    public func bytes(limit: Int) async throws -> [UInt8] {
        if let length = headers[.contentLength].flatMap({ Int64($0) }), length > Int64(limit) {
            throw BodyRefusal.tooLarge(limit: Int64(limit))
        }
        let body = body
        return try await Deadline.seconds(30).race {
            do {
                return Array(buffer: try await body.collect(upTo: limit))
            } catch is NIOTooManyBytesError {
                throw BodyRefusal.tooLarge(limit: Int64(limit))
            }
        }
    }

    /// The body as JSON. Whatever is wrong with it is `invalid_json`.
    public func json<Value: Decodable>(
        as type: Value.Type = Value.self, limit: Int = 1 << 20
    ) async throws -> Value {
        let bytes = try await bytes(limit: limit)
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw BodyRefusal.notJSON
        }
    }

    /// The type of the body in lower case, without its parameters; empty where none is given.
    var mediaType: String {
        let type = headers[.contentType]?.split(separator: ";").first ?? ""
        return type.filter { !$0.isWhitespace }.lowercased()
    }
}

/// A moment after which work on a slow client ends.
struct Deadline: Sendable {
    let duration: Duration

    static func seconds(_ count: Int) -> Deadline { Deadline(duration: .seconds(count)) }

    func race<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: duration)
                throw BodyRefusal.tooSlow
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }
}
