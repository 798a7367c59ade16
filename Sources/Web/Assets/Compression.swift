import HTTPTypes
import Hummingbird
import NIOCore

/// Gzip for answers that are text and large enough to be worth it, where the browser reads it.
enum Compression {
    static let threshold = 1024

    static func compressed(_ response: Response, accepting header: String?) -> Response {
        var response = response
        guard isText(response), response.headers[.contentEncoding] == nil, response.status != .noContent,
            response.status != .notModified
        else { return response }
        response.headers[.vary] = "Accept-Encoding"
        let isLarge = response.body.contentLength.map { $0 > threshold } ?? true
        guard isLarge, accepts(header) else { return response }
        let plain = response.body
        response.headers[.contentEncoding] = "gzip"
        response.headers[.contentLength] = nil
        return Response(
            status: response.status, headers: response.headers,
            body: ResponseBody { writer in
                let gzip = GzipWriter(parent: writer, stream: try GzipStream())
                try await plain.write(gzip)
            })
    }

    /// A missing weight is 1, and a weight of 0 means no.
    static func accepts(_ header: String?) -> Bool {
        var wildcard = false
        for part in (header ?? "").lowercased().split(separator: ",") {
            let pieces = part.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            guard let name = pieces.first else { continue }
            let weight =
                pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            if name == "gzip" { return weight > 0 }
            if name == "*" { wildcard = weight > 0 }
        }
        return wildcard
    }

    /// Live events are text too, but each has to leave at once.
    private static func isText(_ response: Response) -> Bool {
        guard let type = response.headers[.contentType]?.lowercased() else { return false }
        if type.hasPrefix("text/event-stream") { return false }
        return type.hasPrefix("text/") || type.hasPrefix("application/json") || type.hasPrefix("image/svg")
            || type.hasPrefix("application/javascript") || type.hasPrefix("application/openapi")
    }
}

/// Compresses what is written through it.
private struct GzipWriter: ResponseBodyWriter {
    var parent: any ResponseBodyWriter
    let stream: GzipStream

    @concurrent mutating func write(_ buffer: ByteBuffer) async throws {
        let bytes = try stream.add(Array(buffer: buffer))
        if !bytes.isEmpty { try await parent.write(ByteBuffer(bytes: bytes)) }
    }

    @concurrent consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        try await parent.write(ByteBuffer(bytes: try stream.finish()))
        try await parent.finish(trailingHeaders)
    }
}
