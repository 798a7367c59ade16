/// The rows of a sample, read in one format.
struct SampledRows {
    private(set) var rows: [[String]] = []
    /// Rows with a problem of their own, other than the number of their cells.
    private(set) var refused = 0
    /// The number of cells most rows have.
    private(set) var usualCount = 0

    init(of sample: FileSample, format: TableFormat, limit: Int = .max) {
        var format = format
        (format.hasHeader, format.columnCount) = (false, nil)
        read(sample, format, limit: limit)
        var tally: [Int: Int] = [:]
        for row in rows { tally[row.count, default: 0] += 1 }
        usualCount = tally.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
    }

    private mutating func read(_ sample: FileSample, _ format: TableFormat, limit: Int) {
        let limits = ReadingLimits(rowBytes: ChunkDecoder.growth * FileSample.sampleBytes)
        do throws(TableProblem) {
            var stream = try RowStream(
                source: .memory(sample.bytes), format: format, columnCount: nil, limits: limits,
                offset: 0, line: 1)
            while rows.count < limit, try stream.next() {
                if !sample.isWholeFile, isCut(stream, sample) { break }
                take(stream.row)
            }
        } catch {
            // Memory cannot fail to be read.
        }
    }

    /// The last row, or one with a quote that would have closed beyond the sample.
    private func isCut(_ stream: borrowing RowStream, _ sample: FileSample) -> Bool {
        guard !rows.isEmpty else { return false }
        let row = stream.row
        return stream.isAtEnd || row.problem == .unclosedQuote && row.startOffset > sample.bytes.count / 2
    }

    private mutating func take(_ row: borrowing RowView) {
        switch row.problem {
        case nil, .wrongCellCount: rows.append(row.strings)
        default: refused += 1
        }
    }

    /// The share of rows that have the usual number of cells.
    var consistency: Double {
        let usual = rows.count { $0.count == usualCount }
        return rows.isEmpty ? 0 : Double(usual) / Double(rows.count + refused)
    }

    /// The share of cells below the first row that are numbers or dates.
    var typedShare: Double {
        var (cells, typed) = (0, 0)
        for row in rows.dropFirst(rows.count > 1 ? 1 : 0) {
            cells += row.count
            typed += row.count { CellLook.isTyped($0) }
        }
        return cells == 0 ? 0 : Double(typed) / Double(cells)
    }
}
