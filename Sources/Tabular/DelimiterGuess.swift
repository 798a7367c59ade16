/// Finds the delimiter with which the sample makes the most regular table.
enum DelimiterGuess {
    /// In order of trust: a tab is seldom part of a text, a comma often is.
    private static let order: [Delimiter] = [.tab, .semicolon, .pipe, .comma]
    private static let sampledRows = 200

    static func best(in sample: FileSample) throws(TableProblem) -> TableFormat {
        let plain = TableFormat(encoding: sample.encoding.encoding)
        if let named = sample.namedDelimiter { return with(named, plain) }
        let scored = candidates(in: sample)
        guard let quoted = scored.max(by: { $0.score < $1.score }) else { throw .empty }
        if quoted.score >= 0.8 { return quoted.format }
        let blanks = candidate(with(.whitespace, plain), sample)
        if blanks.score > 0.9, blanks.isTyped { return blanks.format }
        return quoted.score > 0.5 ? quoted.format : plain
    }

    /// Another delimiter that would have done nearly as well.
    static func rival(to format: TableFormat, in sample: FileSample) -> Delimiter? {
        guard sample.namedDelimiter == nil, format.delimiter != .whitespace else { return nil }
        let scored = candidates(in: sample)
        guard let chosen = scored.first(where: { $0.format.delimiter == format.delimiter }) else { return nil }
        return scored.first {
            $0.format.delimiter != format.delimiter && $0.score > 0.8 && $0.score > 0.98 * chosen.score
        }?.format.delimiter
    }

    private struct Candidate {
        var format: TableFormat
        var score: Double
        var isTyped: Bool
    }

    /// The best reading for each delimiter, with quotes or with quotes as plain text.
    private static func candidates(in sample: FileSample) -> [Candidate] {
        let hasQuotes = sample.bytes.contains(Ascii.quote)
        // `max(by:)` keeps the last of equals, so the trusted come last.
        return order.reversed().map { delimiter in
            let format = with(delimiter, TableFormat(encoding: sample.encoding.encoding))
            let quoted = candidate(format, sample)
            guard hasQuotes else { return quoted }
            var unquotedFormat = format
            unquotedFormat.quote = nil
            let unquoted = candidate(unquotedFormat, sample)
            return unquoted.score > quoted.score + 0.05 ? unquoted : quoted
        }
    }

    /// Zero for tables of one column: every text is one.
    private static func candidate(_ format: TableFormat, _ sample: FileSample) -> Candidate {
        let rows = SampledRows(of: sample, format: format, limit: sampledRows)
        guard rows.usualCount >= 2, let first = rows.rows.first else {
            return Candidate(format: format, score: 0, isTyped: false)
        }
        let typed = rows.typedShare
        let fit = first.count == rows.usualCount ? 1 : 0.9
        return Candidate(format: format, score: rows.consistency * (1 + typed) * fit, isTyped: typed > 0)
    }

    private static func with(_ delimiter: Delimiter, _ format: TableFormat) -> TableFormat {
        var format = format
        format.delimiter = delimiter
        return format
    }
}
