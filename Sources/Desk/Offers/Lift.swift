import Foundation
import Methods

/// How much more often two products are bought by the same customers than if neither had to do with the other.
///
/// The lift is the share who bought the other among those who bought the one, divided by the share among all:
/// L = N n₁₂ / (n₁ n₂). It is the same in either direction. Above 1 they go together.
///
/// Sources: S. Brin, R. Motwani, J. Ullman and S. Tsur, 1997, *SIGMOD Record* 26(2), 255–264 (there “interest”); the
/// variance of ln L by the delta method on the multinomial of the four cells, as in A. Agresti, *Categorical Data
/// Analysis*, section 16.1: Var(ln L) ≈ 1/n₁₂ − 1/n₁ − 1/n₂ + (2L − 1)/N.
struct Lift: Sendable, Equatable {
    /// Customers looked at, who bought the one, who bought the other, and who bought both.
    let everyone, first, second, both: Int

    /// Nil where nobody bought both, or more did than can be.
    init?(everyone: Int, first: Int, second: Int, both: Int) {
        guard both > 0, both <= first, both <= second, first <= everyone, second <= everyone,
            first - both <= everyone - second
        else { return nil }
        self.everyone = everyone
        self.first = first
        self.second = second
        self.both = both
    }

    /// Above 0.
    var ratio: Double { Double(both) / Double(first) * (Double(everyone) / Double(second)) }

    /// Of the logarithm of the ratio, 0 or more.
    var logVariance: Double {
        let cells = 1 / Double(both) - 1 / Double(first) - 1 / Double(second)
        return max(0, cells + (2 * ratio - 1) / Double(everyone))
    }

    /// The range the true lift credibly lies in: normal on the logarithm, good from about 20 common customers on.
    func interval(confidence: Double = 0.95) throws -> ClosedRange<Double> {
        let reach = try NormalDistribution.deviate(confidence: confidence) * logVariance.squareRoot()
        return ratio * exp(-reach)...ratio * exp(reach)
    }

    /// How surprising so many common customers are if the products had nothing to do with each other, 0…1: those who
    /// bought the first against those who did not. 1 where everybody bought it.
    func pValue() throws -> Double {
        guard first < everyone else { return 1 }
        let with = try ShareCount(both, of: first)
        let without = try ShareCount(second - both, of: everyone - first)
        return try ShareComparison(with, versus: without).test(.greater).pValue
    }
}
