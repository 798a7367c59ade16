/// What is believed of each term's share before looking at the two samples.
public enum DirichletPrior: Sendable, Equatable {
    /// The same pseudo-count for every term, from 10⁻⁶ to 10⁶; 0.01 to 0.05 is usual. Rare words reach large
    /// ratios and small z.
    case uninformative(each: Double)
    /// Pseudo-counts in proportion to a background of texts, adding up to `strength` (10⁻³ to 10⁹): common
    /// words are held to their usual share. The background should hold both samples, or be from before them;
    /// a term it does not know, or knows less often than `atLeast` times (1 or more), is left out.
    case informative(background: TermCounts, strength: Double, atLeast: Int = 1)
}

/// The pseudo-counts as whole shares of a unit, so that what the other terms have is exact.
struct PriorWeights {
    /// Every term admitted, 1 or more.
    let shares: [String: Int]
    let shareTotal: Int
    let unit: Double

    var total: Double { unit * Double(shareTotal) }

    init(
        _ prior: DirichletPrior, over vocabulary: Set<String>, counting: TermCounts.Counting
    ) throws(WordsRefusal) {
        var shares: [String: Int] = [:]
        switch prior {
        case .uninformative(let each):
            try WordsRefusal.passing { () throws(OutOfRange) in
                try OutOfRange.check(each, "each", in: 1e-6...1e6)
            }
            for term in vocabulary { shares[term] = 1 }
        case .informative(let background, let strength, let atLeast):
            guard background.counting == counting else { throw .countedDifferently }
            try WordsRefusal.passing { () throws(OutOfRange) in
                try OutOfRange.check(strength, "strength", in: 1e-3...1e9)
                try OutOfRange.check(count: atLeast, "atLeast", from: 1)
            }
            for term in vocabulary where background[term] >= atLeast { shares[term] = background[term] }
        }
        guard shares.count > 1 else { throw .tooFewTerms }
        self.shares = shares
        shareTotal = shares.values.reduce(0, +)
        switch prior {
        case .uninformative(let each): unit = each
        case .informative(_, let strength, _): unit = strength / Double(shareTotal)
        }
    }
}
