/// The engine under `TableReader` and the preview: a window of decoded bytes that slides over a source.
struct RowStream: ~Copyable {
    private var source: ByteSource
    private let format: TableFormat
    private let limits: ReadingLimits
    private var scanner: RowScanner
    private var decoder: ChunkDecoder
    /// The window. Rows are taken from `start`; `start ..< end` is decoded and not yet used.
    private let window: UnsafeMutablePointer<UInt8>
    private var start = 0
    private var end = 0
    private var fixer: CellFixer

    /// Offset and line, in the file, of the byte at `start`.
    private var offset: Int
    private var line: Int
    private var expectsHeader: Bool
    private(set) var columnCount: Int?

    /// What the last row turned out to be.
    private var found = FoundRow()
    private(set) var isHeader = false

    init(
        source: consuming ByteSource, format: TableFormat, columnCount: Int?, limits: ReadingLimits,
        offset: Int, line: Int
    ) throws(TableProblem) {
        self.format = format
        self.columnCount = columnCount
        self.limits = limits
        self.offset = offset
        self.line = line
        expectsHeader = format.hasHeader && offset == 0
        scanner = RowScanner(format: format)
        fixer = CellFixer(quote: format.quote)
        decoder = ChunkDecoder(encoding: format.encoding)
        self.source = source
        self.source.offset = offset
        window = .allocate(capacity: limits.rowBytes + ChunkDecoder.growth * limits.chunkBytes + 16)
        if offset == 0 { try skipPreamble() }
    }

    deinit {
        window.deallocate()
        scanner.free()
        fixer.free()
    }

    var reencodedCells: Int { fixer.reencodedCells }
    var contentHash: UInt64 { source.hash.value }
    /// Whether every byte of the source has been taken.
    var isAtEnd: Bool { source.isExhausted && start == end }

    func fileFingerprint() throws(TableProblem) -> FileFingerprint? { try source.fileFingerprint() }

    /// The row the last `next()` found.
    var row: RowView {
        RowView(
            line: found.line, nextLine: line, startOffset: found.offset, endOffset: offset,
            problem: found.problem, count: found.count,
            raw: UnsafeBufferPointer(start: UnsafePointer(window + found.start), count: found.length),
            cells: UnsafePointer(scanner.cells))
    }

    /// Moves to the next row that is not blank; `false` at the end.
    mutating func next() throws(TableProblem) -> Bool {
        while true {
            let isLong = end - start > limits.rowBytes
            let limit = isLong ? start + limits.rowBytes : end
            let isLast = source.isExhausted && !isLong
            if isLast, start == end { return false }
            switch scanner.scan(window, from: start, to: limit, isLast: isLast) {
            case .row:
                if try accept() { return true }
            case .needsMore where isLong:
                try refuseLongRow(scannedTo: limit)
                return true
            case .needsMore:
                try refill()
            }
        }
    }

    /// Takes the row the scanner found. `false` when it was a blank line.
    private mutating func accept() throws(TableProblem) -> Bool {
        found = FoundRow(
            line: line, offset: offset, start: start, length: scanner.contentEnd - start,
            count: scanner.count, problem: scanner.problem)
        consume(to: scanner.rowEnd, lines: scanner.lineCount)
        if scanner.isBlankLine { return false }
        if scanner.needsFixing {
            fixer.fix(scanner.cells, count: scanner.count, isDecoded: !decoder.isIdentity)
        }
        isHeader = expectsHeader
        expectsHeader = false
        checkCellCount()
        return true
    }

    /// Empty cells beyond the last column come from a delimiter at the end of the line and mean nothing.
    private mutating func checkCellCount() {
        guard found.problem == nil else { return }
        guard let expected = columnCount else {
            columnCount = found.count
            return
        }
        guard found.count != expected else { return }
        while found.count > expected, scanner.cells[found.count - 1].count == 0 { found.count -= 1 }
        if found.count != expected {
            found.problem = .wrongCellCount(expected: expected, found: found.count)
        }
    }

    /// A row that does not end within the limit. If a quote swallowed its line end, only that line is
    /// refused and reading goes on below it; otherwise the rest of the line is skipped, never held.
    private mutating func refuseLongRow(scannedTo limit: Int) throws(TableProblem) {
        if scanner.recoverLine(window) {
            _ = try accept()
            return
        }
        found = FoundRow(
            line: line, offset: offset, start: start, length: 0, count: 0,
            problem: .rowTooLong(limit: limits.rowBytes))
        isHeader = expectsHeader
        expectsHeader = false
        try skipLine(from: max(start, limit - 1), lines: scanner.lineCount)
    }

    /// Drops bytes up to and including the next line end, however far away that is.
    private mutating func skipLine(from first: Int, lines: Int) throws(TableProblem) {
        var position = first
        while true {
            position = scanner.lineEnd(window, from: position, to: end)
            if position < end || source.isExhausted,
                let next = scanner.afterLineEnd(window, position, end, isLast: source.isExhausted)
            {
                return consume(to: next, lines: lines)
            }
            consume(to: position, lines: 0)
            try refill()
            position = start
        }
    }

    private mutating func consume(to position: Int, lines: Int) {
        offset += decoder.storedLength(UnsafeBufferPointer(start: window + start, count: position - start))
        if source.isExhausted, position == end { offset = source.size }
        start = position
        line += lines
    }

    /// Moves what is left to the front of the window and appends the next chunk.
    private mutating func refill() throws(TableProblem) {
        let rest = end - start
        if start > 0 {
            window.update(from: window + start, count: rest)
            (start, end) = (0, rest)
        }
        end += try source.decodeChunk(of: limits.chunkBytes, with: &decoder, into: window + end)
    }

    /// Steps over the byte order mark and over the `sep=;` line that Excel writes.
    private mutating func skipPreamble() throws(TableProblem) {
        let mark = format.encoding.byteOrderMark
        offset = try source.skip(mark)
        while end - start < 8, !source.isExhausted { try refill() }
        let opening = UnsafeBufferPointer(start: UnsafePointer(window + start), count: end - start)
        guard let length = SeparatorLine.length(in: opening) else { return }
        consume(to: start + length, lines: 1)
    }
}

/// Where the last row was and what it holds.
struct FoundRow {
    var line = 1
    var offset = 0
    var start = 0
    var length = 0
    var count = 0
    var problem: CellProblem?
}
