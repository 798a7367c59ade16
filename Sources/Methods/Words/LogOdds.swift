/// How much more one sample of texts uses a term than another.
public struct TermDifference: Sendable, Equatable {
    /// The term that is compared.
    public let term: String
    /// How often it was counted in the first and in the second sample, y₁ and y₂.
    public let first, second: Int
    /// The pseudo-count α added to both.
    public let prior: Double
    /// The log of the odds ratio, δ: above 0 where the first sample uses it more.
    public let delta: Double
    /// 1/(y₁ + α) + 1/(y₂ + α): the variance of δ as Monroe, Colaresi and Quinn approximate it (their eq. 20).
    public let variance: Double
    /// The variance with the two terms they leave out, 1/(n + Σα − y − α) of each sample: larger, and not
    /// negligible for a term that is a large part of a sample.
    public let fullVariance: Double

    /// δ over the root of `variance`. For ranking: beyond ±1.96 is no test when many terms are compared.
    public var z: Double { delta / variance.squareRoot() }
    /// δ over the root of `fullVariance`.
    public var zWithFullVariance: Double { delta / fullVariance.squareRoot() }
}

/// Which terms one sample of texts uses more than another.
public struct LogOdds: Sendable, Equatable {
    /// Every term compared, by z from the first sample's to the second's; ties in order of the term.
    public let terms: [TermDifference]
    /// The counts compared, n₁ and n₂, without terms left out.
    public let firstTotal, secondTotal: Int
    /// The pseudo-counts added up, Σα.
    public let priorTotal: Double
    /// Terms of either sample that the background knows too little, in order: perhaps new, and worth a look.
    public let leftOut: [String]
}

/// Compares two samples of texts term by term: log-odds ratios with a Dirichlet prior (Fightin' Words).
///
/// δ = ln((y₁ + α)/(n₁ + Σα − y₁ − α)) − ln((y₂ + α)/(n₂ + Σα − y₂ − α)) over all terms of either sample that
/// the prior admits; n and Σα are of those terms. O(vocabulary), plus sorting it.
/// Source: B. L. Monroe, M. P. Colaresi, K. M. Quinn, 2008, Political Analysis 16, 372–403.
///
/// - Parameters:
///   - first: such as what advocates wrote.
///   - second: such as what the others wrote; counted the same way.
///   - prior: the informative one ranks better; the background counted the same way too.
/// - Throws: `WordsRefusal`.
public func logOdds(
    of first: TermCounts, against second: TermCounts, prior: DirichletPrior
) throws(WordsRefusal) -> LogOdds {
    guard first.counting == second.counting else { throw .countedDifferently }
    let vocabulary = Set(first.counts.keys).union(second.counts.keys)
    let weights = try PriorWeights(prior, over: vocabulary, counting: first.counting)
    return LogOdds(first, second, weights, leftOut: vocabulary.filter { weights.shares[$0] == nil }.sorted())
}

extension LogOdds {
    init(_ first: TermCounts, _ second: TermCounts, _ weights: PriorWeights, leftOut: [String]) {
        let admitted = weights.shares.keys
        let firstTotal = admitted.reduce(0) { $0 + first[$1] }
        let secondTotal = admitted.reduce(0) { $0 + second[$1] }
        terms = weights.shares.map { term, share in
            TermDifference(
                term, Usage(first[term], of: firstTotal, weights, share),
                Usage(second[term], of: secondTotal, weights, share))
        }
        .sorted { ($1.z, $0.term) < ($0.z, $1.term) }
        (self.firstTotal, self.secondTotal, self.leftOut) = (firstTotal, secondTotal, leftOut)
        priorTotal = weights.total
    }
}

extension TermDifference {
    fileprivate init(_ term: String, _ one: Usage, _ other: Usage) {
        self.term = term
        (first, second, prior) = (one.count, other.count, one.prior)
        delta = log(one.with / one.without) - log(other.with / other.without)
        variance = 1 / one.with + 1 / other.with
        fullVariance = variance + 1 / one.without + 1 / other.without
    }
}

/// A term's count in one sample and all other terms' count, both with their pseudo-counts.
private struct Usage {
    let count: Int
    let prior, with, without: Double

    init(_ count: Int, of total: Int, _ weights: PriorWeights, _ share: Int) {
        self.count = count
        prior = weights.unit * Double(share)
        with = Double(count) + prior
        without = Double(total - count) + weights.unit * Double(weights.shareTotal - share)
    }
}
