/// Which rank equal values get: the rule that decides who lands in which fifth.
public enum TieRule: Sendable, CaseIterable {
    /// The lowest rank any of them could have: as if all came first. Half the customers with one purchase
    /// then all score 1, and the scores above stay empty until the next value starts.
    case lowest
    /// The mean of the ranks they share.
    case middle
    /// The highest rank any of them could have.
    case highest
}

/// Scores values by the fifth (or other part) of the ranking they fall into, 1 for the lowest.
///
/// score = 1 + ⌊bins (rank − 1)/n⌋, with ranks from 1 upwards in order of value. Equal values always get
/// equal scores, so parts need not be equally full and some can be empty; show the counts beside them.
///
/// - Parameters:
///   - ties: the rank that equal values share.
///   - values: any numbers but NaN.
///   - bins: how many parts, 1 to 1000; 5 are usual.
/// - Returns: one score from 1 to `bins` per value, in the order given. O(n log n).
/// - Throws: `OutOfRange` naming `bins`, or `values` for a NaN.
public func quantileScores(
    of values: [Double], bins: Int = 5, ties: TieRule = .lowest
) throws(OutOfRange) -> [Int] {
    guard (1...1000).contains(bins) else {
        throw OutOfRange(input: "bins", value: Double(bins), allowed: "from 1 to 1000")
    }
    if let odd = values.first(where: \.isNaN) {
        throw OutOfRange(input: "values", value: odd, allowed: "numbers")
    }
    let order = values.indices.sorted { values[$0] < values[$1] }
    var scores = [Int](repeating: 0, count: values.count)
    var first = 0
    while first < order.count {
        var next = first + 1
        while next < order.count, values[order[next]] == values[order[first]] { next += 1 }
        // Twice the rank less two, so that the mean of two ranks stays whole.
        let doubled =
            switch ties {
            case .lowest: 2 * first
            case .middle: first + next - 1
            case .highest: 2 * (next - 1)
            }
        let score = 1 + bins * doubled / (2 * order.count)
        for place in first..<next { scores[order[place]] = score }
        first = next
    }
    return scores
}
