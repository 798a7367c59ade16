import CZlib
import Hummingbird
import NIOCore
@testable import Web

/// Reads gzip, to see whether what was written is right.
enum Gunzip {
    struct Broken: Error {}

    static func text(_ bytes: [UInt8]) throws -> String {
        var stream = z_stream()
        guard inflateInit2_(&stream, MAX_WBITS + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else {
            throw Broken()
        }
        defer { inflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: 4 << 20)
        let code = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                return inflate(&stream, Z_FINISH)
            }
        }
        guard code == Z_STREAM_END else { throw Broken() }
        return String(decoding: output[..<Int(stream.total_out)], as: UTF8.self)
    }
}

extension ResponseBody {
    /// All that would be written.
    func collected() async throws -> ByteBuffer {
        let sink = SinkWriter()
        try await write(sink)
        return await sink.collected.bytes
    }
}

/// Keeps what is written, as a browser would.
struct SinkWriter: ResponseBodyWriter, Sendable {
    let collected = Collected()

    actor Collected {
        var bytes = ByteBuffer()
        var isFinished = false
        func add(_ buffer: ByteBuffer) { bytes.writeImmutableBuffer(buffer) }
        func finish() { isFinished = true }
        var text: String { String(buffer: bytes) }
    }

    func write(_ buffer: ByteBuffer) async throws { await collected.add(buffer) }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws { await collected.finish() }
}
