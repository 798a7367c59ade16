import Methods

/// Who bought the one may be offered the other. Products are named by their place among those looked at.
struct OfferRule: Sendable, Equatable {
    let bought: Int
    let offered: Int
    let lift: Lift
    let range: ClosedRange<Double>
}

/// Which pairs of products are reason enough for an offer.
struct OfferRules: Sendable {
    /// At most this share of the pairs kept is expected to go together by chance alone.
    static let falseShare = 0.05
    /// The most pairs that are kept.
    static let most = 2000
    /// What was not sold for so many days is not offered any more.
    static let freshDays = 365

    /// Strongest first: by the lower end of the lift.
    private(set) var rules: [OfferRule] = []
    /// Pairs with enough common customers to be asked about.
    private(set) var tested = 0
    /// Pairs that go together; more than are kept where there are very many.
    private(set) var found = 0

    /// Keeps what goes together with the whole interval above 1, and still does when it is counted how many questions
    /// were asked. `isOffered` says of a product's place whether it may be offered.
    init(_ count: PairCount, support: Int, isOffered: (Int) -> Bool) throws {
        var asked: [(low: Int, high: Int, lift: Lift)] = []
        var pValues: [Double] = []
        try count.forEach(support: support) { low, high, both in
            guard
                let lift = Lift(
                    everyone: count.everyone, first: count.single[low], second: count.single[high], both: both
                )
            else { return }
            asked.append((low, high, lift))
            pValues.append(try lift.pValue())
        }
        tested = asked.count
        let adjusted = try benjaminiHochberg(pValues)
        var kept: [OfferRule] = []
        for (pair, value) in zip(asked, adjusted) where value <= OfferRules.falseShare {
            let range = try pair.lift.interval()
            guard range.lowerBound > 1 else { continue }
            kept.append(OfferRule(bought: pair.low, offered: pair.high, lift: pair.lift, range: range))
        }
        found = kept.count
        kept.sort {
            ($0.range.lowerBound, $1.bought, $1.offered) > ($1.range.lowerBound, $0.bought, $0.offered)
        }
        for rule in kept.prefix(OfferRules.most) {
            if isOffered(rule.offered) { rules.append(rule) }
            if isOffered(rule.bought) { rules.append(rule.turned) }
        }
    }
}

extension OfferRule {
    /// The same evidence the other way round.
    var turned: OfferRule {
        let other = Lift(
            everyone: lift.everyone, first: lift.second, second: lift.first, both: lift.both)
        return OfferRule(bought: offered, offered: bought, lift: other ?? lift, range: range)
    }
}

/// What one customer may be offered next.
struct OfferChoice: Sendable {
    /// The most offers a customer has at a time.
    static let most = 3

    let rules: [OfferRule]
    private var byBought: [Int: [Int]] = [:]

    init(_ rules: [OfferRule]) {
        self.rules = rules
        for (index, rule) in rules.enumerated() { byBought[rule.bought, default: []].append(index) }
    }

    /// The strongest reasons, each for another product, as places in `rules`. `isOut` says of a product that it is not
    /// to be offered: it was bought already, or refused.
    func best(having products: [Int], isOut: (Int) -> Bool) -> [Int] {
        var best: [Int: Int] = [:]
        for product in products {
            for index in byBought[product] ?? [] {
                let offered = rules[index].offered
                if index < best[offered] ?? .max, !isOut(offered) { best[offered] = index }
            }
        }
        return Array(best.values.sorted().prefix(OfferChoice.most))
    }
}
