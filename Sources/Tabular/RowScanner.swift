/// Finds where a row and its cells end. Works on bytes that may stop in the middle of a row.
///
/// A quote that opens a cell must close before a delimiter or a line end. One that swallows line ends and
/// then does not close properly was never meant to span lines: its line alone is refused, and reading goes
/// on below it, so that one stray quote cannot eat the rest of a file.
struct RowScanner {
    enum Outcome { case row, needsMore }

    /// Where the cells of the last scanned row lie. Grown as needed, freed by the owner.
    private(set) var cells: UnsafeMutablePointer<Cell>
    private var capacity = 64
    private(set) var count = 0
    private(set) var problem: CellProblem?
    /// Where the row's text ends, and where the next row starts.
    private(set) var contentEnd = 0
    private(set) var rowEnd = 0
    /// Physical lines the row takes up.
    private(set) var lineCount = 1
    private(set) var isBlankLine = false

    private let stops: UnsafeMutablePointer<Bool>
    private let splitsAtBlanks: Bool
    private let delimiter: UInt8
    private let quote: UInt8?
    private var highBits: UInt8 = 0
    private var hasDoubled = false
    private var hasQuoted = false
    private var open: OpenQuote?

    /// A quoted cell that has not closed yet, and what to fall back to if it never does.
    private struct OpenQuote {
        let position: Int
        let cellsBefore: Int
        let linesBefore: Int
        /// Where the physical line with the opening quote ends, once we have run past it.
        var lineContentEnd = -1
        var lineEnd = -1
    }

    init(format: TableFormat) {
        cells = .allocate(capacity: capacity)
        stops = .allocate(capacity: 256)
        stops.initialize(repeating: false, count: 256)
        splitsAtBlanks = format.delimiter == .whitespace
        delimiter = format.delimiter.byte ?? Ascii.space
        quote = format.quote
        for byte in [delimiter, Ascii.lineFeed, Ascii.carriageReturn] { stops[Int(byte)] = true }
        if splitsAtBlanks { stops[Int(Ascii.tab)] = true }
    }

    func free() {
        cells.deallocate()
        stops.deallocate()
    }

    /// Whether some byte is not ASCII or some cell holds doubled quotes.
    var needsFixing: Bool { highBits >= 0x80 || hasDoubled }

    /// Reads one row from `start`. `isLast` says that nothing follows `end`.
    mutating func scan(
        _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, isLast: Bool
    ) -> Outcome {
        (count, problem, lineCount, highBits) = (0, nil, 1, 0)
        (hasDoubled, hasQuoted, isBlankLine, open) = (false, false, false, nil)
        var index = start
        while true {
            while index < end, isGap(bytes[index]) { index += 1 }
            if splitsAtBlanks, index == end || stops[Int(bytes[index])] { break }
            if index < end, bytes[index] == quote {
                switch scanQuoted(bytes, from: index, to: end, isLast: isLast) {
                case .closed(let next): index = next
                case .unfinished: return isLast ? closeAtEnd(bytes, end) : .needsMore
                case .refused: return .row
                }
            } else {
                index = scanPlain(bytes, cellStart: index, from: index, to: end)
            }
            if index == end || isLineEnd(bytes[index]) { break }
            index += 1
        }
        return finish(bytes, from: start, at: index, to: end, isLast: isLast)
    }

    /// Reads on to the next delimiter or line end.
    @inline(__always)
    private mutating func scanPlain(
        _ bytes: UnsafePointer<UInt8>, cellStart: Int, from start: Int, to end: Int
    ) -> Int {
        var index = start
        var high: UInt8 = 0
        let stops = stops
        while index < end {
            let byte = bytes[index]
            if stops[Int(byte)] { break }
            high |= byte
            index += 1
        }
        highBits |= high
        add(bytes, cellStart, index)
        return index
    }

    private enum QuotedEnd {
        case closed(Int)
        case unfinished
        case refused
    }

    private mutating func scanQuoted(
        _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, isLast: Bool
    ) -> QuotedEnd {
        hasQuoted = true
        var current = OpenQuote(position: start, cellsBefore: count, linesBefore: lineCount)
        let doubledBefore = hasDoubled
        hasDoubled = false
        defer { hasDoubled = hasDoubled || doubledBefore }
        guard let close = closingQuote(bytes, from: start + 1, to: end, isLast, &current) else {
            open = current
            return .unfinished
        }
        var after = close + 1
        if !splitsAtBlanks {
            while after < end, isGap(bytes[after]) { after += 1 }
        }
        if after == end, !isLast {
            open = current
            return .unfinished
        }
        if after == end || stops[Int(bytes[after])] {
            add(bytes, start + 1, close, isDoubled: hasDoubled)
            return .closed(after)
        }
        hasDoubled = false
        open = current
        if recoverLine(bytes) { return .refused }
        open = nil
        problem = .misplacedQuote
        return .closed(scanPlain(bytes, cellStart: start, from: after, to: end))
    }

    /// The quote that ends the cell; `nil` if the bytes end first.
    private mutating func closingQuote(
        _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, _ isLast: Bool,
        _ current: inout OpenQuote
    ) -> Int? {
        var index = start
        var high: UInt8 = 0
        defer { highBits |= high }
        while index < end {
            let byte = bytes[index]
            if byte == quote {
                guard index + 1 < end else { return isLast ? index : nil }
                guard bytes[index + 1] == quote else { return index }
                hasDoubled = true
                index += 2
            } else if isLineEnd(byte) {
                guard let next = afterLineEnd(bytes, index, end, isLast: isLast) else { return nil }
                if current.lineEnd < 0 { (current.lineContentEnd, current.lineEnd) = (index, next) }
                lineCount += 1
                index = next
            } else {
                high |= byte
                index += 1
            }
        }
        return nil
    }

    /// Gives up on a quoted cell that ran past its line: the row is refused up to that line's end.
    mutating func recoverLine(_ bytes: UnsafePointer<UInt8>) -> Bool {
        guard let open, open.lineEnd >= 0 else { return false }
        (count, lineCount) = (open.cellsBefore, open.linesBefore)
        add(bytes, open.position, open.lineContentEnd)
        (contentEnd, rowEnd, problem) = (open.lineContentEnd, open.lineEnd, .unclosedQuote)
        return true
    }

    /// The file ends inside quotes.
    private mutating func closeAtEnd(_ bytes: UnsafePointer<UInt8>, _ end: Int) -> Outcome {
        if recoverLine(bytes) { return .row }
        add(bytes, open?.position ?? end, end)
        (contentEnd, rowEnd, problem) = (end, end, .unclosedQuote)
        return .row
    }

    private mutating func finish(
        _ bytes: UnsafePointer<UInt8>, from start: Int, at index: Int, to end: Int, isLast: Bool
    ) -> Outcome {
        guard index < end || isLast else { return .needsMore }
        guard let next = afterLineEnd(bytes, index, end, isLast: isLast) else { return .needsMore }
        (contentEnd, rowEnd) = (index, next)
        isBlankLine = count == 0 || (count == 1 && cells[0].count == 0 && !hasQuoted)
        return .row
    }
}

extension RowScanner {
    /// Blanks to step over before a cell. A tab is a blank unless it is the delimiter.
    @inline(__always)
    private func isGap(_ byte: UInt8) -> Bool {
        byte == Ascii.space || (byte == Ascii.tab && delimiter != Ascii.tab)
    }

    @inline(__always)
    private func isLineEnd(_ byte: UInt8) -> Bool {
        byte == Ascii.lineFeed || byte == Ascii.carriageReturn
    }

    func lineEnd(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
        var index = start
        while index < end, !isLineEnd(bytes[index]) { index += 1 }
        return index
    }

    /// Past LF, CR or CRLF at `index`. `nil` after a CR whose LF may still come.
    @inline(__always)
    func afterLineEnd(_ bytes: UnsafePointer<UInt8>, _ index: Int, _ end: Int, isLast: Bool) -> Int? {
        guard index < end else { return end }
        guard bytes[index] == Ascii.carriageReturn else { return index + 1 }
        guard index + 1 < end else { return isLast ? end : nil }
        return bytes[index + 1] == Ascii.lineFeed ? index + 2 : index + 1
    }

    @inline(__always)
    private mutating func add(
        _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, isDoubled: Bool = false
    ) {
        var (start, end) = (start, end)
        while end > start, Ascii.isBlank(bytes[end - 1]) { end -= 1 }
        while start < end, Ascii.isBlank(bytes[start]) { start += 1 }
        if count == capacity { grow() }
        (cells + count).initialize(
            to: Cell(start: bytes + start, count: Int32(end - start), isDoubled: isDoubled))
        count += 1
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Cell>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: cells, count: count)
        cells.deallocate()
        (cells, capacity) = (larger, capacity * 2)
    }
}
