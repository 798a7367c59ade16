import Foundation
import Methods
import Testing

@Suite struct `Seeing what fades` {
    /// Six quarters of 400 advocates and 400 others; each term's share among advocates goes from the first
    /// number to the second, among others it stays.
    private func quarters(
        _ shares: [String: (from: Double, to: Double, others: Double)], _ generator: inout SeededGenerator
    ) -> [PeriodCounts] {
        (0..<6).map { quarter in
            var period = PeriodCounts(advocates: TermCounts(), others: TermCounts())
            for _ in 0..<400 {
                var (advocate, other): ([String], [String]) = ([], [])
                for (term, share) in shares.sorted(by: { $0.key < $1.key }) {
                    let now = share.from + (share.to - share.from) * Double(quarter) / 5
                    if Double.random(in: 0..<1, using: &generator) < now { advocate.append(term) }
                    if Double.random(in: 0..<1, using: &generator) < share.others { other.append(term) }
                }
                period.advocates.add(advocate)
                period.others.add(other)
            }
            return period
        }
    }

    private func background(_ periods: [PeriodCounts]) throws -> DirichletPrior {
        var all = TermCounts()
        for period in periods {
            try all.add(period.advocates)
            try all.add(period.others)
        }
        return .informative(background: all, strength: 100)
    }

    @Test func `names the delight that became an expectation, and no other`() throws {
        var generator = SeededGenerator(state: 2026)
        let periods = quarters(
            [
                "wifi": (0.4, 0.1, 0.1), "welcome": (0.3, 0.3, 0.1), "app": (0.1, 0.4, 0.1),
                "price": (0.1, 0.1, 0.3),
                "shop": (0.5, 0.5, 0.5),
            ], &generator)
        let found = try termTrends(over: periods, prior: background(periods))

        #expect(found.first?.term == "wifi" && found.last?.term == "app")
        #expect(found.filter { $0.fades() }.map(\.term) == ["wifi"])
        #expect(found.allSatisfy { $0.periods.count == 6 })
        #expect((found.first?.periods[0].z ?? 0) > 5)
    }

    @Test func `compares each quarter as a comparison of its own`() throws {
        var generator = SeededGenerator(state: 4)
        let periods = quarters(
            ["a": (0.4, 0.1, 0.2), "b": (0.3, 0.3, 0.2), "c": (0.2, 0.2, 0.1)], &generator)
        let prior = try background(periods)
        let found = try termTrends(over: periods, prior: prior, of: ["a"])

        #expect(found.map(\.term) == ["a"])
        for (place, period) in periods.enumerated() {
            let alone = try logOdds(of: period.advocates, against: period.others, prior: prior)
            #expect(alone.terms.first { $0.term == "a" } == found[0].periods[place])
        }
    }

    @Test func `has the slope of weighted least squares`() throws {
        var generator = SeededGenerator(state: 12)
        let periods = quarters(["a": (0.4, 0.1, 0.2), "b": (0.3, 0.3, 0.2)], &generator)
        for trend in try termTrends(over: periods, prior: background(periods)) {
            // The normal equations, solved by Cramer's rule.
            var (s, t, tt, d, td) = (0.0, 0.0, 0.0, 0.0, 0.0)
            for (time, period) in trend.periods.enumerated() {
                let (weight, time) = (1 / period.variance, Double(time))
                s += weight
                t += weight * time
                tt += weight * time * time
                d += weight * period.delta
                td += weight * time * period.delta
            }
            let slope = (s * td - t * d) / (s * tt - t * t)

            #expect(abs(trend.slope - slope) < 1e-12)
            #expect(abs(trend.slopeZ - slope * ((s * tt - t * t) / s).squareRoot()) < 1e-10)
        }
    }

    @Test func `calls a steady term fading about as seldom as promised`() throws {
        var generator = SeededGenerator(state: 1)
        var slopes: [Double] = []
        for _ in 0..<8 {
            let terms = (0..<8).map { ("term\($0)", (0.3, 0.3, 0.2)) }
            let periods = quarters(
                Dictionary(
                    uniqueKeysWithValues: terms.map { ($0.0, (from: $0.1.0, to: $0.1.1, others: $0.1.2)) }),
                &generator)
            slopes += try termTrends(over: periods, prior: background(periods)).map(\.slopeZ)
        }

        // 64 near-normal numbers: about 3 beyond ±1.96.
        #expect(slopes.count { abs($0) > 1.96 } <= 8)
        #expect(abs(slopes.reduce(0, +) / 64) < 0.4)
    }

    @Test func `lets an empty quarter say nothing`() throws {
        let words = TermCounts([["a", "b"], ["a"], ["a", "c"], ["b"]])
        let empty = PeriodCounts(advocates: TermCounts(), others: TermCounts())
        let full = PeriodCounts(advocates: words, others: TermCounts([["b"], ["c"]]))
        let found = try termTrends(over: [full, empty, full], prior: .uninformative(each: 0.1))

        for trend in found {
            #expect(trend.periods[1].delta == 0)
            #expect(abs(trend.slope) < 1e-12)
        }
    }

    @Test func `refuses a single period and mixed counts`() {
        let one = PeriodCounts(advocates: TermCounts([["a", "b"]]), others: TermCounts())
        let other = PeriodCounts(advocates: TermCounts(counting: .occurrences), others: TermCounts())
        let prior = DirichletPrior.uninformative(each: 0.1)

        #expect(throws: WordsRefusal.self) { try termTrends(over: [one], prior: prior) }
        #expect(throws: WordsRefusal.self) { try termTrends(over: [], prior: prior) }
        #expect(throws: WordsRefusal.countedDifferently) { try termTrends(over: [one, other], prior: prior) }
    }
}
