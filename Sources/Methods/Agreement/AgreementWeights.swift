/// How much two different categories count as agreeing: 1 is full agreement, 0 none.
public enum AgreementWeights: Sendable, Equatable {
    /// Only the same category agrees: for categories without an order.
    case identity
    /// 1 − |i − j| / (k − 1): each step apart costs the same.
    case linear
    /// 1 − (i − j)² / (k − 1)²: small slips cost little, large ones much. The usual choice for ordered scores.
    case quadratic
    /// The caller's own: row i, column j, each from 0 to 1, and 1 on the diagonal.
    case own([[Double]])

    /// Passes weights that fit `categories`.
    func check(for categories: Int) throws(AgreementRefusal) {
        guard case .own(let rows) = self else { return }
        guard rows.count == categories else { throw .unevenRow(rows.count) }
        for (row, weights) in rows.enumerated() {
            guard weights.count == categories else { throw .unevenRow(row) }
            for (column, weight) in weights.enumerated() {
                try AgreementRefusal.passing { () throws(OutOfRange) in
                    try OutOfRange.check(
                        weight, "weights[\(row)][\(column)]", in: (row == column ? 1 : 0)...1)
                }
            }
        }
    }

    /// The weight of categories `i` and `j` of `categories`.
    func weight(_ i: Int, _ j: Int, of categories: Int) -> Double {
        guard i != j else { return 1 }
        let apart = Double(abs(i - j)) / Double(categories - 1)
        switch self {
        case .identity: return 0
        case .linear: return 1 - apart
        case .quadratic: return 1 - apart * apart
        case .own(let rows): return rows[i][j]
        }
    }
}
