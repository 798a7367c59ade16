extension GammaGamma {
    /// The parameters under which the mean spends are most probable, and whether the model suits the base.
    ///
    /// - Parameters:
    ///   - spends: customers with at least one repeat purchase, in any order.
    ///   - starts: where to begin; by default (p, q, v/mean spend) = (1, 2, 1), (6, 4, 0.5) and (0.5, 6, 5).
    ///   - rule: how much the data must carry.
    /// - Throws: `FitRefusal` when it does not; `spendMovesWithFrequency` beyond `SpendRule.refused`.
    public static func fit(
        to spends: some Sequence<SpendHistory>, from starts: [Self]? = nil, rule: SpendRule = SpendRule()
    ) throws(FitRefusal) -> SpendFit {
        let spends = spends.sorted()
        let least = max(rule.leastRepeaters, 1)
        guard spends.count >= least else { throw .tooFewRepeaters(spends.count, least: least) }
        let correlation = correlation(of: spends)
        if let correlation, abs(correlation) >= rule.refused {
            throw .spendMovesWithFrequency(correlation: correlation)
        }
        let scale = spends.reduce(0) { $0 + $1.mean.minorUnits } / Double(spends.count)
        let unscaled = SIMD4(1, 1, scale, 1)
        let points: [SIMD4<Double>]? = starts.flatMap { starts in
            starts.isEmpty ? nil : starts.map { SIMD4($0.p, $0.q, $0.v.minorUnits, 1) / unscaled }
        }
        let surface = GammaGammaSurface(spends, scale: scale)
        let offset = -Double(spends.count) * log(scale)
        let peak = try MaximumLikelihood.peak(
            of: surface, from: points ?? Self.starts, customers: spends.count, offset: offset)
        let found = peak.parameters * unscaled
        let fit = try Fit(
            found, peak, customers: spends.count, distinctHistories: spends.count, offset: offset
        ).map { found throws(OutOfRange) in
            try Self(p: found[0], q: found[1], v: Amount(minorUnits: found[2]))
        }
        let isDoubtful = correlation.map { abs($0) >= rule.doubtful } ?? false
        return SpendFit(fit: fit, correlation: correlation, isIndependenceDoubtful: isDoubtful)
    }

    private static let starts = [SIMD4<Double>(1, 2, 1, 1), SIMD4(6, 4, 0.5, 1), SIMD4(0.5, 6, 5, 1)]

    private static func correlation(of spends: [SpendHistory]) -> Double? {
        let count = Double(spends.count)
        let meanRepeats = spends.reduce(0) { $0 + Double($1.repeats) } / count
        let meanSpend = spends.reduce(0) { $0 + $1.mean.minorUnits } / count
        var (repeats, spend, both) = (0.0, 0.0, 0.0)
        for history in spends {
            let (right, up) = (Double(history.repeats) - meanRepeats, history.mean.minorUnits - meanSpend)
            repeats += right * right
            spend += up * up
            both += right * up
        }
        guard repeats > 0, spend > 1e-24 * count * meanSpend * meanSpend else { return nil }
        return min(max(both / sqrt(repeats * spend), -1), 1)
    }
}

/// The Gamma-Gamma likelihood of a base: gamma functions once per distinct x, one logarithm per customer.
private struct GammaGammaSurface: Surface {
    let names = ["p", "q", "v"]

    private struct Block {
        let repeats: Double
        var totals: Range<Int>
    }

    /// x z̄ per customer, in mean spends, in blocks of equal x.
    private let totals: [Double]
    private let blocks: [Block]
    /// Σ x ln(x z̄) and Σ ln z̄.
    private let logTotals, logMeans: Double

    /// - Parameter spends: sorted.
    init(_ spends: [SpendHistory], scale: Double) {
        var blocks: [Block] = []
        var (logTotals, logMeans) = (0.0, 0.0)
        totals = spends.enumerated().map { index, spend in
            let (repeats, mean) = (Double(spend.repeats), spend.mean.minorUnits / scale)
            if blocks.last?.repeats == repeats {
                blocks[blocks.count - 1].totals = blocks[blocks.count - 1].totals.lowerBound..<index + 1
            } else {
                blocks.append(Block(repeats: repeats, totals: index..<index + 1))
            }
            logTotals += repeats * log(repeats * mean)
            logMeans += log(mean)
            return repeats * mean
        }
        self.blocks = blocks
        self.logTotals = logTotals
        self.logMeans = logMeans
    }

    func evaluate(at logs: SIMD4<Double>) -> Evaluation {
        let point = logs.exponentials
        let (p, q, v) = (point[0], point[1], point[2])
        let customers = Double(totals.count)
        var value = customers * (q * log(v) - logGamma(checked: q)) + p * logTotals - logMeans
        var slope = SIMD4(logTotals, customers * (log(v) - digamma(checked: q)), customers * q / v, 0)
        for block in blocks {
            let shape = p * block.repeats
            var (logSum, inverseSum) = (0.0, 0.0)
            for index in block.totals {
                let total = v + totals[index]
                logSum += log(total)
                inverseSum += 1 / total
            }
            let count = Double(block.totals.count)
            value += count * (logGamma(checked: shape + q) - logGamma(checked: shape)) - (shape + q) * logSum
            let joint = count * digamma(checked: shape + q) - logSum
            slope[0] += block.repeats * (joint - count * digamma(checked: shape))
            slope[1] += joint
            slope[2] -= (shape + q) * inverseSum
        }
        return Evaluation(value: -value / customers, slope: -slope * point / customers)
    }
}
