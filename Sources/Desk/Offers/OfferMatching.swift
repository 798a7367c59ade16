import Kernel

/// The rows products and pairs have in the books, for one computation.
struct OfferBook: Sendable {
    /// Rows of the rules' pairs, in the order of the rules.
    var pairs: [Int64] = []
    /// The row of each product that is offered by a rule, by its place among those looked at.
    var products: [Int: Int64] = [:]
    /// Every product on record and the number it has in this run.
    var numbers: [Int64: UInt64] = [:]
}

/// An offer in the books: still open, or watched for what came of it.
struct StandingOffer: Sendable, Equatable {
    let id: Int64
    let product: Int64
    let pair: Int64
    let entered: LocalDate
    let isOpen: Bool
    let outcome: OfferOutcome?
    let workedDay: LocalDate?
}

/// What a computation changes in the books.
struct OfferChange: Sendable, Equatable {
    struct New: Sendable, Equatable {
        let party: Int64
        let product: Int64
        let pair: Int64
        let isHeld: Bool
    }

    var new: [New] = []
    /// Entries whose reason is gone, or who is not to be approached any more.
    var gone: [Int64] = []
    /// Entries whose customer bought it, by the day.
    var bought: [Int: [Int64]] = [:]
    /// Entries with a better reason now, by the pair.
    var moved: [Int64: [Int64]] = [:]

    var isEmpty: Bool { new.isEmpty && gone.isEmpty && bought.isEmpty && moved.isEmpty }
}

/// Who may be offered what, and what becomes of what they were offered. Pure.
struct OfferMatching: Sendable {
    let choice: OfferChoice
    let book: OfferBook
    /// The place of each product looked at.
    let places: [UInt64: Int]
    let day: LocalDate
    /// Days after which something bought may be offered again; 0 is never.
    let repeatAfter: Int
    let holdout: Double

    func match(
        _ party: Int64, _ basket: Basket, _ standing: [StandingOffer], isBarred: Bool,
        _ change: inout OfferChange
    ) {
        let known = Dictionary(uniqueKeysWithValues: basket.holdings.map { ($0.product, $0) })
        var open: [Int64: StandingOffer] = [:]
        for entry in standing {
            let holding = book.numbers[entry.product].flatMap { known[$0] }
            let entered = entry.entered.daysSinceEpoch
            if let holding, holding.last > entered {
                // What was bought before and again since was bought again at its last.
                let day = holding.first > entered ? holding.first : holding.last
                change.bought[day, default: []].append(entry.id)
            } else if entry.isOpen {
                if isBarred || isOver(entry) {
                    change.gone.append(entry.id)
                } else {
                    open[entry.product] = entry
                }
            }
        }
        if !isBarred { choose(party, known, open, &change) }
    }

    private func isOver(_ entry: StandingOffer) -> Bool {
        day.daysSinceEpoch - (entry.workedDay ?? entry.entered).daysSinceEpoch > OfferRun.longest
            && entry.outcome != nil
    }

    private func choose(
        _ party: Int64, _ known: [UInt64: Holding], _ open: [Int64: StandingOffer],
        _ change: inout OfferChange
    ) {
        let worked = Set(open.values.filter { $0.outcome != nil }.map(\.product))
        let having = known.keys.compactMap { places[$0] }
        let owned = Dictionary(
            known.values.compactMap { holding in places[holding.product].map { ($0, holding.last) } },
            uniquingKeysWith: max)
        let best = choice.best(having: having) { place in
            if let product = book.products[place], worked.contains(product) { return true }
            guard let last = owned[place] else { return false }
            return repeatAfter == 0 || day.daysSinceEpoch - last < repeatAfter
        }
        var wanted: Set<Int64> = worked
        for index in best {
            guard let product = book.products[choice.rules[index].offered] else { continue }
            wanted.insert(product)
            let pair = book.pairs[index]
            if let entry = open[product] {
                if entry.pair != pair { change.moved[pair, default: []].append(entry.id) }
            } else {
                let isHeld = HoldOut.isHeld(party, on: "offers", share: holdout)
                change.new.append(.init(party: party, product: product, pair: pair, isHeld: isHeld))
            }
        }
        change.gone += open.values.filter { !wanted.contains($0.product) }.map(\.id).sorted()
    }
}
