/// Reads a table from disk row by row, however large it is, in a fixed amount of memory.
///
/// A reader holds no open file between passes. It remembers how the file looked when it was made and refuses
/// to read, or to finish reading, one that has changed since.
public struct TableReader: Sendable {
    public let path: String
    public let format: TableFormat
    public let limits: ReadingLimits
    /// The state of the file; its `contentHash` is known once a pass has read it from end to end.
    public private(set) var fingerprint: FileFingerprint
    /// Cells that were not valid UTF-8 in a UTF-8 file and were read as Windows-1252 instead.
    public private(set) var reencodedCells = 0
    private var columnCount: Int?

    /// - Parameter expected: the fingerprint of an earlier pass, to be sure of reading the same file again.
    public init(
        path: String, format: TableFormat, expecting expected: FileFingerprint? = nil,
        limits: ReadingLimits = ReadingLimits()
    ) throws(TableProblem) {
        fingerprint = try SourceFile(path: path).fingerprint()
        guard fingerprint.size > 0 else { throw .empty }
        if let expected {
            guard fingerprint.looksUntouched(since: expected) else { throw .changedWhileRead }
            fingerprint.contentHash = expected.contentHash
        }
        self.path = path
        self.format = format
        self.limits = limits
        columnCount = format.columnCount
    }

    /// Calls `body` for every data row, in order, until it returns `false` or the file ends.
    ///
    /// To resume after a row, pass its `endOffset` and `nextLine`. Rows that cannot be read are delivered
    /// too, with a `problem`; blank lines and the header are not.
    public mutating func forEachRow(
        fromOffset offset: Int = 0, line: Int = 1, _ body: (borrowing RowView) throws -> Bool
    ) throws {
        if offset > 0, columnCount == nil { try countColumns() }
        if offset == 0 { reencodedCells = 0 }
        var stream = try openStream(at: offset, line: line)
        defer { reencodedCells += stream.reencodedCells }
        var isWanted = true
        while isWanted, try stream.next() {
            if stream.isHeader { continue }
            isWanted = try body(stream.row)
        }
        columnCount = stream.columnCount
        try close(&stream, readFrom: offset)
    }

    private func openStream(at offset: Int, line: Int) throws(TableProblem) -> RowStream {
        let file = try SourceFile(path: path)
        guard try file.fingerprint().looksUntouched(since: fingerprint) else { throw .changedWhileRead }
        return try RowStream(
            source: .file(file, size: fingerprint.size), format: format, columnCount: columnCount,
            limits: limits, offset: offset, line: line)
    }

    /// A file that grew, shrank or was rewritten under our eyes is noticed here at the latest.
    private mutating func close(_ stream: inout RowStream, readFrom offset: Int) throws(TableProblem) {
        guard let now = try stream.fileFingerprint(), now.looksUntouched(since: fingerprint) else {
            throw .changedWhileRead
        }
        guard offset == 0, stream.isAtEnd else { return }
        let hash = stream.contentHash
        if let known = fingerprint.contentHash, known != hash { throw .changedWhileRead }
        fingerprint.contentHash = hash
    }

    /// Resuming in the middle, the first row of the file still says how many cells a row has.
    private mutating func countColumns() throws(TableProblem) {
        var stream = try openStream(at: 0, line: 1)
        _ = try stream.next()
        columnCount = stream.columnCount
    }
}

/// How much of a file is held in memory at once.
public struct ReadingLimits: Sendable, Equatable {
    /// Bytes asked of the disk at a time.
    public var chunkBytes: Int
    /// The longest row we accept, in bytes of UTF-8. Longer ones are refused and skipped.
    public var rowBytes: Int

    public init(chunkBytes: Int = 1 << 20, rowBytes: Int = 1 << 20) {
        self.chunkBytes = max(1, chunkBytes)
        self.rowBytes = min(max(1, rowBytes), 1 << 28)
    }
}
