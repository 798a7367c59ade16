/// The sampled cells of a table, column by column, without those that say "nothing".
struct ColumnSamples {
    private(set) var values: [[String]]

    /// Nine values in ten must agree before we call a column dates or numbers.
    static let agreement = 0.9

    init(rows: ArraySlice<[String]>, count: Int) {
        values = Array(repeating: [], count: count)
        for row in rows {
            for (column, cell) in row.prefix(count).enumerated() where !CellLook.isMissing(cell) {
                values[column].append(cell)
            }
        }
    }

    func kinds(dates: DateOrderGuess) -> [ColumnKind] {
        values.enumerated().map { column, cells in
            if cells.isEmpty { return .empty }
            if dates.isDate[column] { return .date }
            return Self.agree(cells, CellLook.isNumber) ? .number : .text
        }
    }

    func isTyped(_ column: Int) -> Bool { Self.agree(values[column], CellLook.isTyped) }

    static func agree(_ cells: [String], _ test: (String) -> Bool) -> Bool {
        !cells.isEmpty && Double(cells.count(where: test)) >= agreement * Double(cells.count)
    }
}
