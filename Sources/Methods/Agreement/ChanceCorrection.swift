/// The arithmetic that Gwet's, Fleiss' and Brennan–Prediger's coefficients share.
///
/// Each expects agreement pe = Σ π(c) g(c), with g a price of category c that depends on the shares π;
/// linearising it gives every case its own contribution, whose variance is that of the coefficient.
struct ChanceCorrection {
    let ratings: Ratings
    /// The agreement among each row's raters; nil where there is only one.
    let agreements: [Double?]
    /// The mean share of each category over the cases.
    let shares: [Double]
    /// How many cases were rated at all, and at least twice.
    let cases, pairable: Double
    /// The mean agreement over the cases rated at least twice.
    let observed: Double

    init(_ ratings: Ratings, _ weights: AgreementWeights) throws(AgreementRefusal) {
        var shares = [Double](repeating: 0, count: ratings.categories)
        var pairable = 0.0
        var agreed = 0.0
        let cases = Double(ratings.cases)
        let agreements = ratings.rows.map { ratings.agreement(in: $0, weights) }
        for (row, agreement) in zip(ratings.rows, agreements) {
            for entry in ratings.entries[row.entries] {
                shares[entry.category] += Double(row.times) * Double(entry.count) / Double(row.raters) / cases
            }
            guard let agreement else { continue }
            pairable += Double(row.times)
            agreed += Double(row.times) * agreement
        }
        guard pairable > 0 else { throw .nothingRatedTwice }
        (self.ratings, self.agreements, self.shares) = (ratings, agreements, shares)
        (self.cases, self.pairable) = (cases, pairable)
        observed = agreed / pairable
    }

    /// - Parameters:
    ///   - slope: how strongly pe moves when the shares do: 2 where g follows them, 0 where it is fixed.
    ///   - prices: g(c) of every category, from the shares.
    func coefficient(
        confidence: Double, slope: Double = 2, nullStandardError: Double? = nil,
        prices: ([Double]) -> [Double]
    ) throws(AgreementRefusal) -> AgreementCoefficient {
        let reach = try AgreementRefusal.passing { () throws(OutOfRange) in
            try studentDeviate(confidence: confidence, degrees: ratings.cases - 1)
        }
        let prices = prices(shares)
        let expected = zip(shares, prices).reduce(0) { $0 + $1.0 * $1.1 }
        guard 1 - expected > 1e-14 else { throw .chanceAgreementIsCertain }
        let value = 1 - (1 - observed) / (1 - expected)
        let error = reach.map { _ in standardError(about: value, expected, prices, slope: slope) }
        let interval = reach.flatMap { reach in
            error.map { value - reach * $0...min(1, value + reach * $0) }
        }
        return AgreementCoefficient(
            observed: observed, expected: expected, value: value, standardError: error, interval: interval,
            z: nullStandardError.flatMap { $0 > 0 ? value / $0 : nil })
    }

    private func standardError(
        about value: Double, _ expected: Double, _ prices: [Double], slope: Double
    ) -> Double {
        var squares = 0.0
        for (row, agreement) in zip(ratings.rows, agreements) {
            let own = agreement.map { cases / pairable * ($0 - expected) / (1 - expected) } ?? 0
            var price = 0.0
            for entry in ratings.entries[row.entries] {
                price += Double(entry.count) * prices[entry.category]
            }
            let shift = slope * (1 - value) * (price / Double(row.raters) - expected) / (1 - expected)
            let deviation = own - shift - value
            squares += Double(row.times) * deviation * deviation
        }
        let mean = squares / cases
        return mean < 1e-26 ? 0 : sqrt(mean / (cases - 1))
    }

    /// √(2 (s² − Σ πq(q − π)) / (N m (m − 1) s²)), q = 1 − π, s = Σ πq, for N cases of m ratings each.
    var fleissNullStandardError: Double? {
        guard let raters = ratings.commonRaters, raters > 1 else { return nil }
        let spread = shares.reduce(0) { $0 + $1 * (1 - $1) }
        let skew = shares.reduce(0) { $0 + $1 * (1 - $1) * (1 - 2 * $1) }
        let pairs = cases * Double(raters) * Double(raters - 1)
        return spread > 0 ? sqrt(max(0, 2 * (spread * spread - skew) / pairs)) / spread : nil
    }
}

extension AgreementWeights {
    /// The sum of all k² weights.
    func total(for categories: Int) -> Double {
        if self == .identity { return Double(categories) }
        var total = 0.0
        for i in 0..<categories {
            for j in 0..<categories { total += weight(i, j, of: categories) }
        }
        return total
    }
}

extension Ratings {
    /// How many ratings every case has; nil where cases differ.
    var commonRaters: Int? {
        guard let first = rows.first?.raters, rows.allSatisfy({ $0.raters == first }) else { return nil }
        return first
    }

    /// The share of ordered pairs of a row's raters who agree, weighted; nil where there is only one rater.
    func agreement(in row: Row, _ weights: AgreementWeights) -> Double? {
        guard row.raters > 1 else { return nil }
        var agreed = 0.0
        for one in entries[row.entries] {
            agreed += Double(one.count) * Double(one.count - 1)
            if weights == .identity { continue }
            for other in entries[row.entries] where other.category != one.category {
                let weight = weights.weight(one.category, other.category, of: categories)
                agreed += Double(one.count) * Double(other.count) * weight
            }
        }
        return agreed / (Double(row.raters) * Double(row.raters - 1))
    }
}

/// The t of a two-sided interval that holds `confidence` of Student's distribution; nil without a degree of
/// freedom. Above 10⁷ degrees the normal one.
private func studentDeviate(confidence: Double, degrees: Int) throws(OutOfRange) -> Double? {
    let normal = try NormalDistribution.deviate(confidence: confidence)
    guard degrees > 0 else { return nil }
    guard degrees <= 10_000_000 else { return normal }
    return studentDeviate(degrees: Double(degrees), massOutside: (1 - confidence) / 2)
}
