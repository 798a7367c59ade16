/// Whether the first row names the columns.
struct HeaderGuess {
    let isHeader: Bool
    /// Nothing but text: no number or date tells names from values.
    let isUncertain: Bool

    init(first: [String], sampled: SampledRows) {
        let below = ColumnSamples(rows: sampled.rows.dropFirst(), count: sampled.usualCount)
        guard sampled.rows.count > 1 else {
            let isTyped = first.contains(where: CellLook.isTyped)
            (isHeader, isUncertain) = (!isTyped, true)
            return
        }
        let typed = below.values.indices.filter { $0 < first.count && below.isTyped($0) }
        if typed.contains(where: { CellLook.isTyped(first[$0]) }) {
            (isHeader, isUncertain) = (false, false)
        } else if typed.contains(where: { !CellLook.isMissing(first[$0]) }) {
            (isHeader, isUncertain) = (true, false)
        } else {
            (isHeader, isUncertain) = (Self.readsLikeNames(first, below), true)
        }
    }

    /// Names differ from each other and do not come back as values.
    private static func readsLikeNames(_ first: [String], _ below: ColumnSamples) -> Bool {
        let areNames = first.allSatisfy { !$0.isEmpty && $0.utf8.count <= 64 && !$0.contains("@") }
        guard areNames, Set(first).count == first.count else { return false }
        return !zip(first, below.values).contains { $1.contains($0) }
    }
}
