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

    var doubts: [Ambiguity] {
        var seen: Set<String> = []
        var reported: Set<String> = []
        return names.filter { !seen.insert($0).inserted && reported.insert($0).inserted }
            .map(Ambiguity.duplicateColumnName)
    }
}
