import Foundation
import Kernel
import Testing

@testable import Desk

/// SplitMix64: the same customers on every run.
struct OfferDice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
}

@Suite struct `Measuring a lift` {
    @Test func `is the share among those who bought one over the share among all`() throws {
        let lift = try #require(Lift(everyone: 1000, first: 240, second: 105, both: 61))

        #expect(abs(lift.ratio - (61.0 / 240) / (105.0 / 1000)) < 1e-12)
        let range = try lift.interval()
        #expect(range.contains(lift.ratio) && range.lowerBound > 1)
        let turned = try #require(Lift(everyone: 1000, first: 105, second: 240, both: 61))
        #expect(abs(turned.ratio - lift.ratio) < 1e-12)
        #expect(abs(turned.logVariance - lift.logVariance) < 1e-15)
    }

    /// The delta method, customer by customer: each one's pull on ln L, squared and added up.
    @Test(arguments: [
        (1000, 240, 105, 61), (60, 30, 30, 30), (500, 100, 50, 10), (90, 80, 85, 78), (40, 40, 7, 7),
    ])
    func `doubts it as much as each customer's pull on it adds up to`(
        everyone: Int, first: Int, second: Int, both: Int
    ) throws {
        let lift = try #require(Lift(everyone: everyone, first: first, second: second, both: both))
        let count = Double(everyone)
        let (p, q, r) = (Double(first) / count, Double(second) / count, Double(both) / count)
        var squares = 0.0
        for customer in 0..<everyone {
            let isFirst = customer < first
            let isSecond = customer < both || (first..<first + second - both).contains(customer)
            let isBoth = customer < both
            let pull = (isBoth ? 1 / r : 0) - (isFirst ? 1 / p : 0) - (isSecond ? 1 / q : 0) + 1
            squares += pull * pull
        }

        #expect(abs(lift.logVariance - squares / count / count) < 1e-12)
    }

    @Test func `holds the truth about as often as it says`() throws {
        var dice = OfferDice(state: 11)
        let (both, onlyFirst, onlySecond) = (0.06, 0.18, 0.06)
        let truth = both / ((both + onlyFirst) * (both + onlySecond))
        var held = 0
        for _ in 0..<1000 {
            var cells = [0, 0, 0]
            for _ in 0..<600 {
                let roll = dice.unit()
                if roll < both {
                    cells[0] += 1
                } else if roll < both + onlyFirst {
                    cells[1] += 1
                } else if roll < both + onlyFirst + onlySecond {
                    cells[2] += 1
                }
            }
            let lift = try #require(
                Lift(everyone: 600, first: cells[0] + cells[1], second: cells[0] + cells[2], both: cells[0]))
            if try lift.interval().contains(truth) { held += 1 }
        }

        // Four standard deviations of 950 in 1,000 are 28.
        #expect(abs(held - 950) < 28)
    }

    @Test(arguments: [(10, 5, 5, 0), (10, 5, 5, 6), (10, 11, 5, 5), (10, 8, 8, 5), (0, 0, 0, 0)])
    func `refuses counts that cannot be`(everyone: Int, first: Int, second: Int, both: Int) {
        #expect(Lift(everyone: everyone, first: first, second: second, both: both) == nil)
    }

    @Test func `is surprised by what chance does not do, and by nothing else`() throws {
        let sure = try #require(Lift(everyone: 1000, first: 240, second: 105, both: 61))
        let even = try #require(Lift(everyone: 1000, first: 200, second: 100, both: 20))
        let all = try #require(Lift(everyone: 50, first: 50, second: 20, both: 20))

        #expect(try sure.pValue() < 1e-9)
        #expect(try abs(even.pValue() - 0.5) < 1e-9)
        #expect(try all.pValue() == 1)
    }
}

@Suite struct `Counting baskets` {
    @Test func `counts each product once a customer, and each two together`() {
        var dice = OfferDice(state: 3)
        let baskets = (0..<400).map { _ in (0..<12).filter { _ in dice.unit() < 0.3 } }
        var count = PairCount(products: 12)
        var part = PairCount(products: 12)
        for basket in baskets.prefix(150) { count.add(basket) }
        for basket in baskets.dropFirst(150) { part.add(basket) }
        count.merge(part)

        #expect(count.everyone == 400)
        for one in 0..<12 {
            #expect(count.single[one] == baskets.filter { $0.contains(one) }.count)
            for other in 0..<one {
                #expect(
                    count.both(one, other) == baskets.filter { $0.contains(one) && $0.contains(other) }.count)
            }
        }
        var pairs = 0
        count.forEach(support: 30) { _, _, both in
            #expect(both >= 30)
            pairs += 1
        }
        #expect(pairs > 0)
    }

    @Test func `leaves whoever buys everything out of all counts`() {
        var count = PairCount(products: 200)
        count.add(Array(0..<PairCount.broad))
        count.add(Array(0...PairCount.broad))

        #expect((count.everyone, count.leftOut) == (1, 1))
        #expect(count.both(0, PairCount.broad - 1) == 1)
        #expect(count.single[PairCount.broad] == 0)
    }

    @Test func `loses no product that many bought where memory is short`() {
        var count = ProductCount()
        count.limit = 50
        var dice = OfferDice(state: 5)
        for customer in 0..<2000 {
            var part = ProductCount()
            let rare = UInt64(1000 + customer)
            let common = (0..<5).filter { _ in dice.unit() < 0.5 }.map { UInt64($0) }
            part.add(Basket((common + [rare]).map { ($0, customer) }))
            count.merge(part)
        }

        #expect(count.customers == 2000)
        #expect(count.products.count <= 50)
        #expect(Set(count.chosen(support: 500, most: 10).products) == [0, 1, 2, 3, 4])
        #expect(count.chosen(support: 500, most: 3).leftOut == 2)
    }

    @Test func `takes names that differ in case and blanks for one product`() {
        #expect(ProductNumbers.number(of: "Spade") == ProductNumbers.number(of: " SPADE "))
        #expect(ProductNumbers.number(of: "Spade") != ProductNumbers.number(of: "Spades"))
        let basket = Basket([(2, 9), (1, 5), (2, 3), (2, 7)])
        #expect(
            basket.holdings == [
                Holding(product: 1, first: 5, last: 5), Holding(product: 2, first: 3, last: 9),
            ])
    }

    @Test func `finds no habit in chance, however many pairs are tried`() throws {
        var dice = OfferDice(state: 17)
        var count = PairCount(products: 60)
        for _ in 0..<3000 { count.add((0..<60).filter { _ in dice.unit() < 0.12 }) }

        let rules = try OfferRules(count, support: 20) { _ in true }

        #expect(rules.tested == 60 * 59 / 2)
        // By chance alone some forty of them have an interval above 1.
        #expect(rules.found <= 3)
    }
}

@Suite struct `Choosing an offer` {
    private func rule(_ bought: Int, _ offered: Int, both: Int) throws -> OfferRule {
        let lift = try #require(Lift(everyone: 1000, first: 200, second: 100, both: both))
        return OfferRule(bought: bought, offered: offered, lift: lift, range: try lift.interval())
    }

    private func matching(repeatAfter: Int = 0, holdout: Double = 0) throws -> OfferMatching {
        let rules = [
            try rule(0, 1, both: 90), try rule(0, 2, both: 80), try rule(5, 2, both: 70),
            try rule(0, 3, both: 60), try rule(0, 4, both: 50),
        ]
        var book = OfferBook()
        book.pairs = [10, 11, 12, 13, 14]
        for place in 0..<6 {
            book.products[place] = Int64(100 + place)
            book.numbers[Int64(100 + place)] = UInt64(place)
        }
        return OfferMatching(
            choice: OfferChoice(rules), book: book,
            places: Dictionary(uniqueKeysWithValues: (0..<6).map { (UInt64($0), $0) }),
            day: LocalDate(daysSinceEpoch: 1000),
            repeatAfter: repeatAfter, holdout: holdout)
    }

    private func change(
        _ matching: OfferMatching, _ purchases: [(product: UInt64, day: Int)],
        _ standing: [StandingOffer] = [], isBarred: Bool = false
    ) -> OfferChange {
        var change = OfferChange()
        matching.match(7, Basket(purchases), standing, isBarred: isBarred, &change)
        return change
    }

    private func entry(
        _ product: Int64, entered: Int = 900, outcome: OfferOutcome? = nil, isOpen: Bool = true
    ) -> StandingOffer {
        StandingOffer(
            id: product, product: product, pair: product - 91, entered: LocalDate(daysSinceEpoch: entered),
            isOpen: isOpen, outcome: outcome,
            workedDay: outcome.map { _ in LocalDate(daysSinceEpoch: entered) })
    }

    @Test func `offers the three surest, each product once, and nothing bought already`() throws {
        #expect(change(try matching(), [(0, 1)]).new.map(\.product) == [101, 102, 103])
        #expect(change(try matching(), [(0, 1), (5, 1)]).new.map(\.pair) == [10, 11, 13])
        #expect(change(try matching(), [(0, 1), (2, 5)]).new.map(\.product) == [101, 103, 104])
        #expect(change(try matching(), [(3, 1)]).isEmpty)
    }

    @Test func `offers again what was bought long ago where a setting says so`() throws {
        let bought: [(product: UInt64, day: Int)] = [(0, 1), (1, 600)]
        #expect(change(try matching(repeatAfter: 365), bought).new.map(\.product) == [101, 102, 103])
        #expect(change(try matching(repeatAfter: 500), bought).new.map(\.product) == [102, 103, 104])
    }

    @Test func `offers nothing to whoever may not be approached, and takes back what stood`() throws {
        let found = change(try matching(), [(0, 1)], [entry(101)], isBarred: true)
        #expect(found.new.isEmpty)
        #expect(found.gone == [101])
    }

    @Test func `never offers again what was declined this year`() throws {
        let declined = change(try matching(), [(0, 1)], [entry(101, outcome: .declined)])
        #expect(declined.new.map(\.product) == [102, 103, 104] && declined.gone.isEmpty)
        let longAgo = change(try matching(), [(0, 1)], [entry(101, entered: 600, outcome: .declined)])
        #expect(longAgo.gone == [101])
    }

    @Test func `notes the day it was bought, and keeps what still stands`() throws {
        let bought = change(try matching(), [(0, 1), (1, 950)], [entry(101), entry(102)])
        #expect(bought.bought == [950: [101]])
        #expect(bought.gone.isEmpty && bought.new.map(\.product) == [103, 104])
        let late = change(try matching(), [(0, 1), (1, 950)], [entry(101, isOpen: false)])
        #expect(late.bought == [950: [101]])
        let before = change(try matching(), [(0, 1), (1, 900)], [entry(101)])
        #expect(before.bought.isEmpty && before.gone == [101])
    }

    @Test func `leaves some alone to compare with`() throws {
        let matching = try matching(holdout: 0.5)
        var change = OfferChange()
        for party in 1...400 as ClosedRange<Int64> {
            matching.match(party, Basket([(0, 1)]), [], isBarred: false, &change)
        }
        let held = Set(change.new.filter(\.isHeld).map(\.party))
        #expect(abs(held.count - 200) < 50)
        #expect(change.new.count == 1200)
        #expect(change.new.allSatisfy { $0.isHeld == held.contains($0.party) })
    }
}
