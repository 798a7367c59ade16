/// Whether amounts use a decimal comma, judged by the values that can only be read one way.
struct DecimalMarkGuess {
    let isComma: Bool
    private(set) var doubts: [Ambiguity] = []

    init(columns: ColumnSamples, kinds: [ColumnKind], delimiter: Delimiter) {
        var total = (comma: 0, point: 0)
        var open: [Int] = []
        for (column, cells) in columns.values.enumerated() where kinds[column] == .number {
            let votes = Self.votes(cells)
            (total.comma, total.point) = (total.comma + votes.comma, total.point + votes.point)
            if votes.comma > 0, votes.point > 0 { doubts.append(.decimalMarkMixed(column: column)) }
            if votes.comma + votes.point == 0, votes.open > 0 { open.append(column) }
        }
        if total.comma != total.point {
            isComma = total.comma > total.point
        } else {
            isComma = !open.isEmpty && delimiter == .semicolon
        }
        guard total.comma + total.point == 0 else { return }
        doubts += open.map(Ambiguity.decimalMarkAmbiguous)
    }

    private static func votes(_ cells: [String]) -> (comma: Int, point: Int, open: Int) {
        var votes = (comma: 0, point: 0, open: 0)
        for cell in cells where cell.utf8.contains(where: { $0 == Ascii.comma || $0 == Ascii.dot }) {
            let (point, comma) = (
                CellLook.isNumber(cell, decimalComma: false), CellLook.isNumber(cell, decimalComma: true)
            )
            votes.comma += comma && !point ? 1 : 0
            votes.point += point && !comma ? 1 : 0
            votes.open += point && comma ? 1 : 0
        }
        return votes
    }
}
