extension ShareComparison {
    /// Fisher's exact test: the chance of a table as extreme, all four margins given.
    ///
    /// The two-sided p-value adds up every table no more probable than the one at hand (to 10⁻⁷, so that
    /// rounding cannot part equals), as R and scipy do. Good to about 10⁻¹¹ relative; 0 stands for less
    /// than 10⁻³⁰⁰. Takes steps in proportion to √n.
    ///
    /// - Throws: `OutOfRange` naming `first.total` when both totals are so large, some 10⁹ and more with
    ///   successes to match, that it would take millions of steps; z is as good there.
    public func fisher(_ alternative: Alternative = .twoSided) throws(OutOfRange) -> Double {
        guard HypergeometricWalk.variance(first, second) < 1e9 else {
            throw OutOfRange(
                input: "first.total", value: Double(first.total), allowed: "few enough to go through tables")
        }
        return exactPValue(alternative)
    }

    /// The same for those who know that the walk is short.
    func exactPValue(_ alternative: Alternative) -> Double {
        var walk = HypergeometricWalk(first, second)
        walk.run()
        return walk.pValue(alternative)
    }
}

/// Walks over every table with the same margins, outwards from the most probable one.
///
/// Weights are relative to that table, and one follows from its neighbour by a ratio, so there are no
/// factorials and nothing cancels. The walk ends where weights underflow.
private struct HypergeometricWalk {
    private let observed: Int
    private let drawn, marked, rest: Int
    private let mode: Int
    private let threshold: Double
    private var all = 0.0
    private var atLeast = 0.0
    private var atMost = 0.0
    private var noLikelier = 0.0

    init(_ first: ShareCount, _ second: ShareCount) {
        observed = first.successes
        drawn = first.total
        marked = first.successes + second.successes
        rest = second.total
        mode = Self.mode(drawn, marked, rest)
        var weight = 1.0
        var count = mode
        while count < observed, weight > 0 {
            weight *= Self.ratio(count, drawn, marked, rest)
            count += 1
        }
        while count > observed, weight > 0 {
            count -= 1
            weight /= Self.ratio(count, drawn, marked, rest)
        }
        threshold = weight * (1 + 1e-7)
    }

    /// The most probable count, or for totals beyond 10¹⁵ one next to it, which does as well.
    private static func mode(_ drawn: Int, _ marked: Int, _ rest: Int) -> Int {
        let part = (Double(marked) + 1) / (Double(drawn) + Double(rest) + 2)
        return min(max(Int((Double(drawn) + 1) * part), marked - rest, 0), drawn, marked)
    }

    /// The variance of the first count, all margins given.
    static func variance(_ first: ShareCount, _ second: ShareCount) -> Double {
        let (successes, total) = ShareCount.sum([first, second])
        let part = Double(first.total) / total * (Double(second.total) / total)
        return part * successes * (total - successes) / max(1, total - 1)
    }

    /// Weight of `count + 1` over weight of `count`.
    private static func ratio(_ count: Int, _ drawn: Int, _ marked: Int, _ rest: Int) -> Double {
        let up = Double(marked - count) * Double(drawn - count)
        return up / (Double(count + 1) * Double(rest - marked + count + 1))
    }

    mutating func run() {
        var weight = 1.0
        var count = mode
        let highest = min(drawn, marked)
        while weight > 0 {
            add(weight, at: count)
            guard count < highest else { break }
            weight *= Self.ratio(count, drawn, marked, rest)
            count += 1
        }
        weight = 1
        count = mode
        let lowest = max(0, marked - rest)
        while count > lowest {
            count -= 1
            weight /= Self.ratio(count, drawn, marked, rest)
            guard weight > 0 else { break }
            add(weight, at: count)
        }
    }

    private mutating func add(_ weight: Double, at count: Int) {
        all += weight
        if count >= observed { atLeast += weight }
        if count <= observed { atMost += weight }
        if weight <= threshold { noLikelier += weight }
    }

    func pValue(_ alternative: Alternative) -> Double {
        switch alternative {
        case .twoSided: min(1, noLikelier / all)
        case .greater: min(1, atLeast / all)
        case .less: min(1, atMost / all)
        }
    }
}
