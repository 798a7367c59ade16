/// One customer's purchases, as far as recency, frequency and monetary value need them.
public struct PurchaseSummary: Sendable, Equatable {
    /// The day of the last purchase, on any calendar of whole days.
    public var lastDay: Int
    /// Purchase days, purchases of one day merged; 1 or more.
    public var purchases: Int
    /// What they spent in all, in whole minor units.
    public var spend: Int

    /// Checked where it is used: see `RFM.init(of:bins:ties:monetary:)`.
    public init(lastDay: Int, purchases: Int, spend: Int) {
        self.lastDay = lastDay
        self.purchases = purchases
        self.spend = spend
    }
}

/// Customers scored by recency, frequency and monetary value: a quick map of a base into segments.
///
/// Each score is the part of the ranking a customer falls into, best last; see `quantileScores` for ties.
/// Recency tells most and money least. Use it to pick whom to write to, not to say what they are worth:
/// for that, see the models of the customer base.
///
/// Source: R. C. Blattberg, B.-D. Kim & S. A. Neslin, 2008, Database Marketing, chapter 12.
public struct RFM: Sendable, Equatable {
    /// A customer's three scores, each from 1 to `bins`, the best highest.
    public struct Score: Sendable, Hashable {
        /// 1 for the part of the base that did worst, `bins` for the best.
        public let recency, frequency, monetary: Int

        /// A combination to look up in `RFM.cells`.
        public init(recency: Int, frequency: Int, monetary: Int) {
            self.recency = recency
            self.frequency = frequency
            self.monetary = monetary
        }
    }

    /// What "monetary" means.
    public enum Monetary: Sendable {
        /// Spend per purchase day: says something that frequency does not.
        case meanPerPurchase
        /// All spend: mostly repeats frequency.
        case total
    }

    /// One score per customer, in the order given.
    public let scores: [Score]
    /// How many parts each ranking was cut into.
    public let bins: Int

    /// - Parameters:
    ///   - ties: the rank that equal values share.
    ///   - monetary: which of a customer's amounts is ranked.
    ///   - customers: in any order. Day and spend within 10¹² of zero, purchases 1 to 10¹².
    ///   - bins: how many parts, 1 to 1000.
    /// - Throws: `OutOfRange` naming the input.
    public init(
        of customers: [PurchaseSummary], bins: Int = 5, ties: TieRule = .lowest,
        monetary: Monetary = .meanPerPurchase
    ) throws(OutOfRange) {
        for customer in customers {
            try OutOfRange.check(Double(customer.lastDay), "lastDay", in: -1e12...1e12)
            try OutOfRange.check(count: customer.purchases, "purchases", from: 1)
            try OutOfRange.check(Double(customer.spend), "spend", in: -1e12...1e12)
        }
        let recency = try quantileScores(of: customers.map { Double($0.lastDay) }, bins: bins, ties: ties)
        let frequency = try quantileScores(of: customers.map { Double($0.purchases) }, bins: bins, ties: ties)
        let money = customers.map { customer in
            switch monetary {
            case .meanPerPurchase: Double(customer.spend) / Double(customer.purchases)
            case .total: Double(customer.spend)
            }
        }
        let value = try quantileScores(of: money, bins: bins, ties: ties)
        scores = customers.indices.map {
            Score(recency: recency[$0], frequency: frequency[$0], monetary: value[$0])
        }
        self.bins = bins
    }

    /// How many customers have each score of one dimension; entry 0 counts score 1. Zeros are shown, so
    /// that a part left empty by ties cannot pass unseen.
    public func counts(of dimension: KeyPath<Score, Int>) -> [Int] {
        var counts = [Int](repeating: 0, count: bins)
        for score in scores { counts[score[keyPath: dimension] - 1] += 1 }
        return counts
    }

    /// How many customers share each combination of scores; combinations nobody has are absent.
    public var cells: [Score: Int] {
        scores.reduce(into: [:]) { cells, score in cells[score, default: 0] += 1 }
    }
}
