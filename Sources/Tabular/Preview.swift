extension TableReader {
    /// Looks at the start of a file and says what table it seems to be.
    public static func preview(path: String) throws(TableProblem) -> TablePreview {
        try TablePreview(of: FileSample(path: path))
    }
}

extension TablePreview {
    init(of sample: FileSample) throws(TableProblem) {
        let delimiter = DelimiterGuess(sample)
        let sampled = SampledRows(of: sample, format: delimiter.format)
        guard let first = sampled.rows.first else { throw .empty }
        let top = HeaderGuess(first: first, sampled: sampled)
        let names = ColumnNames(header: top.isHeader ? first : [], usualCount: sampled.usualCount)
        let data = sampled.rows.dropFirst(top.isHeader ? 1 : 0)
        let columns = ColumnSamples(rows: data, count: names.names.count)
        let dates = DateOrderGuess(columns: columns, names: top.isHeader ? names.names : nil)
        kinds = columns.kinds(dates: dates)
        let decimals = DecimalMarkGuess(columns: columns, kinds: kinds, delimiter: delimiter.format.delimiter)

        format = delimiter.format
        format.hasHeader = top.isHeader
        format.columnCount = names.names.count
        format.dateOrder = dates.fileOrder
        format.decimalComma = decimals.isComma
        header = names.names
        columnCount = names.names.count
        dateOrders = dates.orders
        rows = Array(data.prefix(20))
        fileBytes = sample.fileBytes

        ambiguities = names.doubts + dates.doubts + decimals.doubts
        if top.isUncertain { ambiguities.append(.headerUncertain) }
        if let rival = delimiter.rival { ambiguities.append(.delimiterAmbiguous(rival)) }
        if sample.encoding.isMixed { ambiguities.append(.encodingMixed) }
        let ragged = data.count { $0.count != names.names.count } + sampled.refused
        if ragged > 0 { ambiguities.append(.raggedRows(count: ragged)) }
    }
}
