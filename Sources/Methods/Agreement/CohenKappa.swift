/// How far two raters agree beyond chance: 1 always, 0 no more than chance, below 0 less.
///
/// κ = (po − pe) / (1 − pe), where po is the weighted share of agreement and pe what the two raters'
/// margins alone would give. The standard error is the large-sample one of Fleiss, Cohen and Everitt.
/// Beware the prevalence paradox: when nearly every case is in one category, κ is low however often they
/// agree; show `gwetAC(of:weights:confidence:)` beside it.
/// Sources: J. Cohen, 1960, Educational and Psychological Measurement 20, 37–46; 1968, Psychological
/// Bulletin 70, 213–220; J. L. Fleiss, J. Cohen, B. S. Everitt, 1969, Psychological Bulletin 72, 323–327.
public struct CohenKappa: Sendable, Equatable {
    /// The (weighted) share of agreement observed, po, and expected by chance, pe; 0…1.
    public let observed, expected: Double
    /// κ, at most 1.
    public let value: Double
    /// The standard error of κ: for the interval.
    public let standardError: Double
    /// The standard error if κ were 0: for the test only.
    public let nullStandardError: Double
    /// κ over `nullStandardError`; nil when that is 0, because one rater never varied.
    public let z: Double?
    /// κ plus and minus its standard error times the normal deviate, the upper end at most 1.
    public let interval: ClosedRange<Double>

    /// Landis and Koch’s word for κ.
    public var band: AgreementBand { AgreementBand(checked: value) }
}

/// Cohen’s kappa of two raters, plain or weighted, with its standard errors and interval. O(k²).
///
/// - Parameters:
///   - table: how the two sorted the same cases.
///   - weights: `identity` for plain kappa.
///   - confidence: of the interval, above 0 and below 1.
/// - Throws: `AgreementRefusal`: `chanceAgreementIsCertain` when pe = 1, `unevenRow` or `outOfRange` for
///   own weights that do not fit, `outOfRange` naming `confidence`.
public func cohenKappa(
    of table: AgreementTable, weights: AgreementWeights = .identity, confidence: Double = 0.95
) throws(AgreementRefusal) -> CohenKappa {
    try weights.check(for: table.categories)
    let deviate = try AgreementRefusal.passing { () throws(OutOfRange) in
        try NormalDistribution.deviate(confidence: confidence)
    }
    let sums = KappaSums(table, weights)
    guard sums.expectedDisagreement > 0 else { throw .chanceAgreementIsCertain }
    let value = 1 - sums.observedDisagreement / sums.expectedDisagreement
    let errors = sums.standardErrors(at: value)
    return CohenKappa(
        observed: 1 - sums.observedDisagreement, expected: 1 - sums.expectedDisagreement, value: value,
        standardError: errors.here, nullStandardError: errors.atZero,
        z: errors.atZero > 0 ? value / errors.atZero : nil,
        interval: value - deviate * errors.here...min(1, value + deviate * errors.here))
}

/// The sums over a table that kappa and its standard errors are made of. Disagreements (1 − weight) are
/// summed rather than agreements, so that perfect agreement and certain chance come out exact.
private struct KappaSums {
    let table: AgreementTable
    let weights: AgreementWeights
    let margins: (first: [Double], second: [Double])
    /// The mean weight of each row's category against the second rater, of each column's against the first.
    let rowMeans, columnMeans: [Double]
    let observedDisagreement, expectedDisagreement: Double

    init(_ table: AgreementTable, _ weights: AgreementWeights) {
        let margins = table.margins
        var observed = 0.0
        var expected = 0.0
        var rows = [Double](repeating: 0, count: table.categories)
        var columns = rows
        for (i, cells) in table.counts.enumerated() {
            for (j, cell) in cells.enumerated() {
                let weight = weights.weight(i, j, of: table.categories)
                observed += Double(cell) / Double(table.total) * (1 - weight)
                expected += margins.first[i] * margins.second[j] * (1 - weight)
                rows[i] += margins.second[j] * weight
                columns[j] += margins.first[i] * weight
            }
        }
        (self.table, self.weights, self.margins) = (table, weights, margins)
        (rowMeans, columnMeans) = (rows, columns)
        (observedDisagreement, expectedDisagreement) = (observed, expected)
    }

    /// √(Var / n) / (1 − pe), where Var is that of w − (row mean + column mean)(1 − κ) over the cells: as
    /// observed at κ, as chance would fill them at 0. Taken about the mean, so nothing cancels.
    func standardErrors(at kappa: Double) -> (here: Double, atZero: Double) {
        let agreement = 1 - observedDisagreement
        let chance = 1 - expectedDisagreement
        let mean = agreement - 2 * chance * (1 - kappa)
        var here = 0.0
        var atZero = 0.0
        for (i, cells) in table.counts.enumerated() {
            for (j, cell) in cells.enumerated() {
                let weight = weights.weight(i, j, of: table.categories)
                let means = rowMeans[i] + columnMeans[j]
                let deviation = weight - means * (1 - kappa) - mean
                here += Double(cell) / Double(table.total) * deviation * deviation
                let chanceDeviation = weight - means + chance
                atZero += margins.first[i] * margins.second[j] * chanceDeviation * chanceDeviation
            }
        }
        let scale = 1 / (sqrt(Double(table.total)) * expectedDisagreement)
        return (scale * sqrt(cleaned(here)), scale * sqrt(cleaned(atZero)))
    }

    /// A variance that is rounding and nothing else is none.
    private func cleaned(_ variance: Double) -> Double { variance < 1e-26 ? 0 : variance }
}
