/// The delimiter with which the sample makes the most regular table.
struct DelimiterGuess {
    let format: TableFormat
    /// Another delimiter that would have done nearly as well.
    let rival: Delimiter?

    /// In order of trust, the least first: a comma is often part of a text, a tab seldom.
    private static let order: [Delimiter] = [.comma, .pipe, .semicolon, .tab]
    private static let sampledRows = 200

    init(_ sample: FileSample) {
        let plain = TableFormat(encoding: sample.encoding.encoding)
        if let named = sample.namedDelimiter {
            (format, rival) = (Self.with(named, plain), nil)
            return
        }
        let candidates = Self.order.map { Self.better(Self.with($0, plain), sample) }
        // `max(by:)` keeps the last of equals, the most trusted.
        guard let best = candidates.max(by: { $0.score < $1.score }), best.score > 0.8 else {
            // Blanks divide every text into words, so they come last and must bring numbers or dates.
            let blanks = Candidate(Self.with(.whitespace, plain), sample)
            (format, rival) = (blanks.score > 0.9 && blanks.isTyped ? blanks.format : plain, nil)
            return
        }
        format = best.format
        let others = candidates.filter { $0.format.delimiter != best.format.delimiter }
        rival = others.first { $0.score > 0.98 * best.score }?.format.delimiter
    }

    /// With quotes as quotes, or as plain text if that is clearly more regular.
    private static func better(_ format: TableFormat, _ sample: FileSample) -> Candidate {
        let quoted = Candidate(format, sample)
        guard sample.bytes.contains(Ascii.quote) else { return quoted }
        var plain = format
        plain.quote = nil
        let unquoted = Candidate(plain, sample)
        return unquoted.score > quoted.score + 0.05 ? unquoted : quoted
    }

    private static func with(_ delimiter: Delimiter, _ format: TableFormat) -> TableFormat {
        var format = format
        format.delimiter = delimiter
        return format
    }

    private struct Candidate {
        let format: TableFormat
        /// How regular the table is, and how much of it is numbers and dates. Zero for a single column,
        /// which every text is.
        let score: Double
        let isTyped: Bool

        init(_ format: TableFormat, _ sample: FileSample) {
            self.format = format
            let rows = SampledRows(of: sample, format: format, limit: DelimiterGuess.sampledRows)
            guard rows.usualCount >= 2, let first = rows.rows.first else {
                (score, isTyped) = (0, false)
                return
            }
            let typed = rows.typedShare
            let fit = first.count == rows.usualCount ? 1 : 0.9
            (score, isTyped) = (rows.consistency * (1 + typed) * fit, typed > 0)
        }
    }
}
