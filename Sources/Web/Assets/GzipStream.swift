import CZlib

/// One gzip stream through zlib. Belongs to one writer, which feeds it from one task at a time; the class
/// only makes sure that zlib's memory is given back.
final class GzipStream {
    private var stream = z_stream()

    struct Failed: Error { let code: Int32 }

    init(level: Int32 = 6) throws {
        let gzipWindow = MAX_WBITS + 16
        let size = Int32(MemoryLayout<z_stream>.size)
        let code = deflateInit2_(
            &stream, level, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
        guard code == Z_OK else { throw Failed(code: code) }
    }

    deinit { deflateEnd(&stream) }

    func add(_ bytes: [UInt8]) throws -> [UInt8] { try run(bytes, Z_NO_FLUSH) }

    func finish() throws -> [UInt8] { try run([], Z_FINISH) }

    private func run(_ bytes: [UInt8], _ flush: Int32) throws -> [UInt8] {
        var input = bytes
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 32 * 1024)
        try input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            repeat { output += try step(&chunk, flush) } while stream.avail_out == 0
            stream.next_in = nil
        }
        return output
    }

    private func step(_ chunk: inout [UInt8], _ flush: Int32) throws -> ArraySlice<UInt8> {
        let size = chunk.count
        let code = chunk.withUnsafeMutableBufferPointer { output in
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(size)
            return deflate(&stream, flush)
        }
        guard code != Z_STREAM_ERROR else { throw Failed(code: code) }
        return chunk[..<(size - Int(stream.avail_out))]
    }

    /// All at once, as hard as it can: for files that are compressed once and served often.
    static func whole(_ bytes: [UInt8]) throws -> [UInt8] {
        let stream = try GzipStream(level: 9)
        return try stream.add(bytes) + stream.finish()
    }
}
