extension TableReader {
    /// Looks at the start of a file and says what table it seems to be.
    public static func preview(path: String) throws(TableProblem) -> TablePreview {
        let sample = try FileSample(path: path)
        var format = try DelimiterGuess.best(in: sample)
        let all = SampledRows(of: sample, format: format)
        guard let first = all.rows.first else { throw .empty }
        let rest = ColumnSamples(rows: all.rows.dropFirst(), usualCount: all.usualCount)
        let header = HeaderGuess(first: first, below: rest, isOnlyRow: all.rows.count == 1)
        format.hasHeader = header.isHeader

        let rows = header.isHeader ? Array(all.rows.dropFirst()) : all.rows
        let names = ColumnNames(header: header.isHeader ? first : [], usualCount: all.usualCount)
        let columns = ColumnSamples(rows: rows[...], usualCount: names.names.count)
        format.columnCount = names.names.count
        let dates = DateOrderGuess(columns: columns, names: header.isHeader ? names.names : nil)
        let kinds = columns.kinds(dates: dates)
        let decimals = DecimalMarkGuess(columns: columns, kinds: kinds, delimiter: format.delimiter)
        format.dateOrder = dates.fileOrder
        format.decimalComma = decimals.isComma

        var doubts = names.doubts + dates.doubts + decimals.doubts
        if header.isUncertain { doubts.append(.headerUncertain) }
        if let other = DelimiterGuess.rival(to: format, in: sample) { doubts.append(.delimiterAmbiguous(other)) }
        if sample.encoding.isMixed { doubts.append(.encodingMixed) }
        let ragged = rows.count { !names.accepts(cellCount: $0.count) } + all.refused
        if ragged > 0 { doubts.append(.raggedRows(count: ragged)) }
        return TablePreview(
            format: format, header: names.names, kinds: kinds, dateOrders: dates.orders,
            rows: Array(rows.prefix(20)), columnCount: names.names.count, ambiguities: doubts,
            fileBytes: sample.fileBytes)
    }
}

/// The names of the columns, with numbers for those that have none.
struct ColumnNames {
    let names: [String]

    /// Tables written by R have no name above their first column, the row names.
    init(header: [String], usualCount: Int) {
        var cells = header
        if header.count + 1 == usualCount, !header.isEmpty { cells.insert("", at: 0) }
        while cells.count > usualCount, cells.last == "" { cells.removeLast() }
        let count = max(cells.count, usualCount)
        cells += Array(repeating: "", count: count - cells.count)
        names = cells.enumerated().map { $1.isEmpty ? "Column \($0 + 1)" : $1 }
    }

    func accepts(cellCount: Int) -> Bool { cellCount == names.count }

    var doubts: [Ambiguity] {
        var seen: Set<String> = []
        var reported: Set<String> = []
        return names.filter { !seen.insert($0).inserted && reported.insert($0).inserted }
            .map(Ambiguity.duplicateColumnName)
    }
}
