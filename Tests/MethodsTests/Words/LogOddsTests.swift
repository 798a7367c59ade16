import Foundation
import Methods
import Testing

@Suite struct `Comparing two samples of words` {
    private func counts(_ generator: inout SeededGenerator, upTo most: Int) throws -> TermCounts {
        let terms = (0..<40).map { ("term\($0)", Int.random(in: 0...most, using: &generator)) }
        return try TermCounts(counts: Dictionary(uniqueKeysWithValues: terms))
    }

    @Test func `turns around when the samples do`() throws {
        var generator = SeededGenerator(state: 2008)
        for _ in 0..<20 {
            let one = try counts(&generator, upTo: 50)
            let other = try counts(&generator, upTo: 500)
            var background = one
            try background.add(other)
            let prior = DirichletPrior.informative(background: background, strength: 100)
            let there = try logOdds(of: one, against: other, prior: prior)
            let back = try logOdds(of: other, against: one, prior: prior)
            let mirrored = Dictionary(uniqueKeysWithValues: back.terms.map { ($0.term, $0) })

            for term in there.terms {
                let mirror = try #require(mirrored[term.term])
                #expect(term.delta == -mirror.delta && abs(term.variance - mirror.variance) < 1e-15)
                #expect(term.fullVariance > term.variance)
            }
        }
    }

    /// ψ′(x) by its asymptotic series, for x above 10.
    private func trigamma(_ x: Double) -> Double {
        1 / x + 1 / (2 * x * x) + 1 / (6 * x * x * x) - 1 / (30 * x * x * x * x * x)
    }

    /// In the posterior each term's share is beta, and its logit has variance ψ′(y+α) + ψ′(n−y+…) exactly.
    @Test func `has the full variance of the posterior log-odds, to first order`() throws {
        var generator = SeededGenerator(state: 20)
        let one = try counts(&generator, upTo: 4000)
        let other = try counts(&generator, upTo: 4000)
        let found = try logOdds(of: one, against: other, prior: .uninformative(each: 50))
        for term in found.terms {
            let exact = [(term.first, found.firstTotal), (term.second, found.secondTotal)].reduce(0) {
                sum, use in
                let with = Double(use.0) + term.prior
                return sum + trigamma(with) + trigamma(Double(use.1) + found.priorTotal - with)
            }
            #expect(abs(term.fullVariance / exact - 1) < 0.02, "\(term.term)")
        }
    }

    @Test func `pulls rare words in, the more the stronger the prior`() throws {
        let one = try TermCounts(counts: ["once": 1, "often": 900, "other": 99])
        let other = try TermCounts(counts: ["often": 900, "other": 100])
        var background = one
        try background.add(other)
        let deltas = try [0.01, 1, 100, 10_000].map { strength in
            try #require(
                logOdds(
                    of: one, against: other, prior: .informative(background: background, strength: strength)
                )
                .terms.first { $0.term == "once" }
            ).delta
        }

        #expect(deltas == deltas.sorted(by: >) && (deltas.last ?? 1) < 0.2 && (deltas.first ?? 0) > 10)
    }

    @Test func `leaves out and names what the background does not know`() throws {
        let one = try TermCounts(counts: ["late": 5, "brandnew": 40, "kind": 2])
        let other = try TermCounts(counts: ["late": 2, "kind": 9, "rare": 1])
        let background = try TermCounts(counts: ["late": 70, "kind": 50, "rare": 3, "elsewhere": 1000])
        let found = try logOdds(
            of: one, against: other, prior: .informative(background: background, strength: 10, atLeast: 4))

        #expect(found.leftOut == ["brandnew", "rare"])
        #expect(found.firstTotal == 7 && found.secondTotal == 11)
        #expect(found.terms.map(\.term) == ["late", "kind"])
        #expect(abs(found.terms[0].prior - 10 * 70.0 / 120) < 1e-15)
    }

    @Test func `counts each document once, or every occurrence, as asked`() {
        let documents = [["late", "late", "late"], ["late", "kind"], []]

        #expect(TermCounts(documents).counts == ["late": 2, "kind": 1])
        #expect(TermCounts(documents).total == 3 && TermCounts(documents).documents == 3)
        #expect(TermCounts(documents, counting: .occurrences).counts == ["late": 4, "kind": 1])
        #expect(TermCounts(documents)["never"] == 0)
    }

    @Test func `stays finite at the ends of what it accepts`() throws {
        let most = 999_999_999_998
        let one = try TermCounts(counts: ["a": most, "b": 1])
        let other = try TermCounts(counts: ["b": 1, "c": 1])
        var background = try TermCounts(counts: ["a": most, "b": 1, "c": 1])
        for strength in [1e-3, 1e9] {
            let found = try logOdds(
                of: one, against: other, prior: .informative(background: background, strength: strength))
            #expect(
                found.terms.allSatisfy { $0.delta.isFinite && $0.z.isFinite && $0.zWithFullVariance.isFinite }
            )
        }
        let nothing = try logOdds(
            of: TermCounts(), against: TermCounts(["a b"].map { [$0, "c"] }),
            prior: .uninformative(each: 1e-6))
        #expect(nothing.terms.allSatisfy { $0.z.isFinite })
        #expect(throws: WordsRefusal.self) { try background.add(one) }
        #expect(background.total == 1_000_000_000_000)
    }

    @Test func `refuses samples that cannot be compared`() throws {
        let one = try TermCounts(counts: ["a": 1, "b": 2])
        let binary = TermCounts([["a", "b"]])
        #expect(throws: WordsRefusal.countedDifferently) {
            try logOdds(of: one, against: binary, prior: .uninformative(each: 0.01))
        }
        #expect(throws: WordsRefusal.countedDifferently) {
            try logOdds(of: one, against: one, prior: .informative(background: binary, strength: 1))
        }
        #expect(throws: WordsRefusal.tooFewTerms) {
            try logOdds(of: TermCounts(), against: TermCounts([["a"]]), prior: .uninformative(each: 0.01))
        }
        #expect(throws: WordsRefusal.tooFewTerms) {
            try logOdds(
                of: one, against: one,
                prior: .informative(background: TermCounts(counting: .occurrences), strength: 1))
        }
        for each in [0, -1, Double.nan, .infinity] {
            #expect(throws: WordsRefusal.self) {
                try logOdds(of: one, against: one, prior: .uninformative(each: each))
            }
            #expect(throws: WordsRefusal.self) {
                try logOdds(of: one, against: one, prior: .informative(background: one, strength: each))
            }
        }
        #expect(throws: WordsRefusal.self) {
            try logOdds(of: one, against: one, prior: .informative(background: one, strength: 1, atLeast: 0))
        }
        var mixed = one
        #expect(throws: WordsRefusal.countedDifferently) { try mixed.add(binary) }
        #expect(throws: OutOfRange.self) { try TermCounts(counts: ["a": -1]) }
        #expect(throws: OutOfRange.self) { try TermCounts(counts: ["a": .max]) }
        #expect(throws: OutOfRange.self) {
            try TermCounts(counts: ["a": 600_000_000_000, "b": 600_000_000_000])
        }
        #expect(throws: OutOfRange.self) { try TermCounts(counts: [:], documents: -1) }
    }
}
