/// The first 256 KiB of a file: enough to see what it is.
struct FileSample {
    static let sampleBytes = 256 << 10
    static let textCheckBytes = 64 << 10

    /// As stored, byte order mark included.
    let bytes: [UInt8]
    let fileBytes: Int
    let encoding: EncodingGuess
    /// The delimiter a `sep=;` line names.
    let namedDelimiter: Delimiter?

    var isWholeFile: Bool { bytes.count == fileBytes }

    init(path: String) throws(TableProblem) {
        let file = try SourceFile(path: path)
        fileBytes = try file.fingerprint().size
        guard fileBytes > 0 else { throw .empty }
        var space = [UInt8](repeating: 0, count: min(fileBytes, FileSample.sampleBytes))
        let got = try space.withUnsafeMutableBufferPointer { target throws(TableProblem) in
            try file.read(into: UnsafeMutableRawBufferPointer(target), at: 0)
        }
        bytes = Array(space.prefix(got))
        if let format = KnownFormat(opening: bytes) { throw .knownFormat(format) }
        encoding = EncodingGuess(bytes)
        let text = FileSample.decoded(bytes.prefix(FileSample.textCheckBytes), encoding.encoding)
        if let position = FileSample.firstUntextual(text) {
            throw .notText(offset: FileSample.storedOffset(of: position, in: text, encoding.encoding))
        }
        namedDelimiter = text.withUnsafeBufferPointer(SeparatorLine.delimiter)
    }

    /// The text without its byte order mark.
    private static func decoded(_ stored: ArraySlice<UInt8>, _ encoding: TextEncoding) -> [UInt8] {
        let mark = encoding.byteOrderMark
        let body = stored.starts(with: mark) ? stored.dropFirst(mark.count) : stored
        guard encoding != .utf8 else { return Array(body) }
        var decoder = ChunkDecoder(encoding: encoding)
        return [UInt8](unsafeUninitializedCapacity: body.count * ChunkDecoder.growth + 16) { target, count in
            guard let base = target.baseAddress else { return }
            count = body.withUnsafeBytes { decoder.decode($0, into: base, isLast: false) }
        }
    }

    private static func storedOffset(of position: Int, in text: [UInt8], _ encoding: TextEncoding) -> Int {
        text.withUnsafeBufferPointer {
            ChunkDecoder(encoding: encoding).storedLength(UnsafeBufferPointer(rebasing: $0[..<position]))
        }
    }

    /// The first NUL, or the first control character if there are suspiciously many.
    private static func firstUntextual(_ text: [UInt8]) -> Int? {
        if let position = text.firstIndex(of: 0) { return position }
        let isControl = { (byte: UInt8) in byte < 0x20 && !(0x09...0x0D).contains(byte) || byte == 0x7F }
        let controls = text.count(where: isControl)
        return controls * 50 > text.count ? text.firstIndex(where: isControl) : nil
    }
}
