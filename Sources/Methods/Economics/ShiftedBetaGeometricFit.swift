/// Why a history of renewals does not carry a fit: the likelihood has no best point inside.
public enum ShiftedBetaGeometricRefusal<Period: TimeUnit>: Error, Sendable, Equatable {
    /// Nobody has faced a renewal yet.
    case noRenewals
    /// Every contract faced the same one renewal; how customers differ shows only from the second on.
    case oneRenewal
    /// Nobody has left, so only a bound on the loss rate can be given (Wilson's).
    case noLosses
    /// Everyone who faced a renewal left.
    case noneRenewed
    /// Losses do not slow down with age, so no spread between customers shows. One rate for all ages, given
    /// here, fits at least as well.
    case constantChurn(Churn<Period>)
    /// All losses came at one renewal and none after it, or the like: the best parameters run to the edge,
    /// where every customer either leaves at once or stays for ever.
    case atTheEdge
}

/// A fitted contract model, with what it takes to judge it.
public struct ShiftedBetaGeometricFit<Period: TimeUnit>: Sendable, Equatable {
    /// The model that makes the observed renewals most likely.
    public let model: ShiftedBetaGeometric<Period>
    /// Σ lost ln(1 − rₜ) + renewed ln rₜ at the best parameters; no binomial coefficients.
    public let logLikelihood: Double
    /// The same for one loss rate at all ages. Twice the difference is the evidence that customers differ:
    /// above 2.71 chance alone would reach it less than one time in twenty (the constant rate lies on the
    /// model's edge, hence not 3.84).
    public let constantLogLikelihood: Double
    /// Standard errors of ln α and ln β, from the expected information. Large where the data say little.
    public let logStandardErrors: (alpha: Double, beta: Double)

    /// Whether both are the same.
    public static func == (left: Self, right: Self) -> Bool {
        left.model == right.model && left.logLikelihood == right.logLikelihood
    }
}

extension ShiftedBetaGeometric {
    /// The model under which the observed renewals are most likely.
    ///
    /// Contracts still running count with every renewal they have faced, so cohorts of any age pool. The
    /// chance to leave at renewal t is 1/(1 + y), y = u + v (t − 1) with u = β/α and v = 1/α; Fisher's scoring
    /// in ln u and ln v, held back where the likelihood would fall, from five starts. O(renewals) a step.
    ///
    /// - Returns: log-likelihood within 10⁻⁹ relative of the best, parameters to about 10⁻⁸.
    /// - Throws: `ShiftedBetaGeometricRefusal` when the history does not carry two parameters.
    public static func fit(
        to history: RenewalHistory<Period>
    ) throws(ShiftedBetaGeometricRefusal<Period>) -> ShiftedBetaGeometricFit<Period> {
        let churn = try testable(history)
        let likelihood = RenewalLikelihood(history)
        let odds = churn.retention / churn.share
        let constant = likelihood.value(LineOdds(start: odds, slope: 0))
        let best = [0.01, 0.1, 1, 10, 100].map { slope in
            likelihood.maximum(from: LineOdds(start: odds, slope: odds * slope))
        }.max { $0.value < $1.value }
        guard let best, best.value > constant + 1e-9 * max(1, abs(constant)) else {
            throw .constantChurn(churn)
        }
        let alpha = 1 / best.odds.slope
        let beta = best.odds.start / best.odds.slope
        // Beyond these the curve no longer depends on how far: no spread, or nothing but spread.
        if alpha > 1e6 { throw .constantChurn(churn) }
        guard alpha > 1e-5, beta > 1e-5, beta < 1e9, let model = try? Self(alpha: alpha, beta: beta) else {
            throw .atTheEdge
        }
        guard let errors = likelihood.logErrors(at: best.odds) else { throw .atTheEdge }
        return ShiftedBetaGeometricFit(
            model: model, logLikelihood: best.value, constantLogLikelihood: constant,
            logStandardErrors: errors)
    }

    /// The pooled loss rate of a history that may carry a fit.
    private static func testable(
        _ history: RenewalHistory<Period>
    ) throws(ShiftedBetaGeometricRefusal<Period>) -> Churn<Period> {
        guard let churn = history.pooledChurn else { throw .noRenewals }
        if history.losses == 0 { throw .noLosses }
        if history.losses == history.opportunities { throw .noneRenewed }
        if history.renewals.count == 1 { throw .oneRenewal }
        return churn
    }

    /// How far the curve lies from what was observed, over the renewals followed without a gap.
    ///
    /// Ask it of renewals the fit has not seen, too: within the fit every model flatters itself.
    ///
    /// - Returns: nil when nobody was followed from the first renewal.
    public func survivalGap(to history: RenewalHistory<Period>) -> SurvivalGap? {
        var observed = 1.0
        var fitted = 1.0
        var gap = SurvivalGap(largest: 0, renewal: 0, mean: 0)
        var followed = 0
        for renewal in history.renewals where renewal.number == followed + 1 {
            let age = Double(followed)
            followed += 1
            observed *= Double(renewal.atRisk - renewal.lost) / Double(renewal.atRisk)
            fitted *= (beta + age) / (alpha + beta + age)
            let distance = abs(observed - fitted)
            gap.mean += distance
            if distance > gap.largest {
                gap.largest = distance
                gap.renewal = followed
            }
        }
        guard followed > 0 else { return nil }
        gap.mean /= Double(followed)
        return gap
    }
}

/// The distance between a fitted curve and the observed share under contract, both in shares, 0…1.
public struct SurvivalGap: Sendable, Equatable {
    /// The largest distance.
    public internal(set) var largest: Double
    /// The renewal after which the largest distance occurs.
    public internal(set) var renewal: Int
    /// The mean distance over all renewals.
    public internal(set) var mean: Double
}
