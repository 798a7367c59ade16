/// Where bytes come from: a file, or a sample already in memory.
struct ByteSource: ~Copyable {
    /// Offset of the next byte to read.
    var offset = 0
    /// Bytes in the source when it was opened. More than that is a change, not a table.
    let size: Int
    private(set) var hash = ContentHash()
    private let file: SourceFile?
    private let memory: [UInt8]
    /// Where bytes wait that must be decoded first. Allocated when first needed.
    private var chunk = UnsafeMutableRawBufferPointer(start: nil, count: 0)

    static func file(_ file: consuming SourceFile, size: Int) -> ByteSource {
        ByteSource(file: file, memory: [], size: size)
    }

    static func memory(_ bytes: [UInt8]) -> ByteSource {
        ByteSource(file: nil, memory: bytes, size: bytes.count)
    }

    private init(file: consuming SourceFile?, memory: [UInt8], size: Int) {
        self.file = file
        self.memory = memory
        self.size = size
    }

    deinit { chunk.deallocate() }

    var isExhausted: Bool { offset >= size }

    func fileFingerprint() throws(TableProblem) -> FileFingerprint? { try file?.fingerprint() }

    /// Reads one chunk, decodes it to the place given and says how many bytes that made.
    mutating func decodeChunk(
        of count: Int, with decoder: inout ChunkDecoder, into target: UnsafeMutablePointer<UInt8>
    ) throws(TableProblem) -> Int {
        let wanted = min(count, size - offset)
        if decoder.isIdentity {
            try fill(UnsafeMutableRawBufferPointer(start: target, count: wanted))
            return wanted
        }
        let stored = space(for: wanted)
        try fill(stored)
        return decoder.decode(UnsafeRawBufferPointer(stored), into: target, isLast: isExhausted)
    }

    /// Steps over these bytes if they come next. Returns the offset after them, or where it was.
    mutating func skip(_ expected: [UInt8]) throws(TableProblem) -> Int {
        guard !expected.isEmpty, size - offset >= expected.count else { return offset }
        let before = (offset, hash)
        let found = space(for: expected.count)
        try fill(found)
        if !found.elementsEqual(expected) { (offset, hash) = before }
        return offset
    }

    private mutating func space(for count: Int) -> UnsafeMutableRawBufferPointer {
        if chunk.count < count {
            chunk.deallocate()
            chunk = .allocate(byteCount: count, alignment: 8)
        }
        return UnsafeMutableRawBufferPointer(rebasing: chunk[..<count])
    }

    private mutating func fill(_ space: UnsafeMutableRawBufferPointer) throws(TableProblem) {
        guard space.count > 0 else { return }
        if file != nil {
            let got = try readFile(into: space)
            guard got == space.count else { throw .changedWhileRead }
        } else {
            memory.withUnsafeBytes {
                space.copyMemory(from: .init(rebasing: $0[offset..<offset + space.count]))
            }
        }
        hash.add(UnsafeRawBufferPointer(space))
        offset += space.count
    }

    private func readFile(into space: UnsafeMutableRawBufferPointer) throws(TableProblem) -> Int {
        switch file {
        case .some(let file): try file.read(into: space, at: offset)
        case .none: 0
        }
    }
}
