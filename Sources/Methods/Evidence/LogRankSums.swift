/// The sums of the log-rank test over the days, and the quadratic form made of them.
struct LogRankSums {
    private(set) var observed: [Int]
    private(set) var expected: [Double]
    /// Covariances of observed less expected, row by row.
    private var covariance: [Double]
    private var atRisk: [Double]

    init(_ groups: [WatchedGroup]) {
        observed = [Int](repeating: 0, count: groups.count)
        expected = [Double](repeating: 0, count: groups.count)
        covariance = [Double](repeating: 0, count: groups.count * groups.count)
        atRisk = groups.map { Double($0.people) }
    }

    mutating func run(_ groups: [WatchedGroup]) {
        var days = Set<Int>()
        for group in groups {
            days.formUnion(group.ended.keys)
            days.formUnion(group.left.keys)
        }
        for day in days.sorted() { visit(day, groups) }
    }

    private mutating func visit(_ day: Int, _ groups: [WatchedGroup]) {
        var events = 0.0
        var everyone = 0.0
        for (index, group) in groups.enumerated() {
            let ended = group.ended[day] ?? 0
            observed[index] += ended
            events += Double(ended)
            everyone += atRisk[index]
        }
        if events > 0 { add(events, everyone) }
        for (index, group) in groups.enumerated() {
            atRisk[index] -= Double(group.ended[day] ?? 0) + Double(group.left[day] ?? 0)
        }
    }

    private mutating func add(_ events: Double, _ everyone: Double) {
        let count = atRisk.count
        let spread = everyone > 1 ? events * (everyone - events) / (everyone - 1) : 0
        for row in 0..<count {
            let part = atRisk[row] / everyone
            expected[row] += events * part
            for column in 0..<count {
                let other = atRisk[column] / everyone
                covariance[row * count + column] += spread * part * ((row == column ? 1 : 0) - other)
            }
        }
    }

    /// uᵀ V⁻¹ u over all held groups but the last, by Cholesky's method; nil if nothing varies.
    func chiSquare(of held: [Int]) -> Double? {
        let kept = Array(held.dropLast())
        guard !kept.isEmpty else { return nil }
        var rows: [[Double]] = []
        var solved: [Double] = []
        for group in kept {
            guard let row = factorRow(of: group, kept, rows) else { return nil }
            let known = zip(row, solved).reduce(0) { $0 + $1.0 * $1.1 }
            solved.append((Double(observed[group]) - expected[group] - known) / row[rows.count])
            rows.append(row)
        }
        return solved.reduce(0) { $0 + $1 * $1 }
    }

    /// The next row of the triangular factor of V; nil if the group varies with those before it alone.
    private func factorRow(of group: Int, _ kept: [Int], _ rows: [[Double]]) -> [Double]? {
        var row: [Double] = []
        for (column, above) in rows.enumerated() {
            let known = zip(row, above).reduce(0) { $0 + $1.0 * $1.1 }
            row.append((covariance[group * observed.count + kept[column]] - known) / above[column])
        }
        let whole = covariance[group * observed.count + group]
        let left = whole - row.reduce(0) { $0 + $1 * $1 }
        guard left > 1e-12 * whole else { return nil }
        return row + [left.squareRoot()]
    }
}
