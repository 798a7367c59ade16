import Foundation
import Methods
import Testing

@Suite struct `Showing the texts behind a term` {
    private let plain = Tokenizer(minimumLength: 1)

    /// A text of so many words that holds `term` once.
    private func text(_ term: String, words: Int) -> String {
        ([term] + (1..<words).map { "w\($0)" }).joined(separator: " ")
    }

    @Test func `quotes different customers, pleasant lengths first, then in order`() throws {
        let texts = [
            text("late", words: 3), text("late", words: 20), text("late", words: 61), text("late", words: 9),
            text("late", words: 30), "nothing here",
        ]
        let customers = ["Ada", "Grace", "Linus", "Grace", "Ada", "Mallory"]
        let found = try #require(evidence(of: ["late"], in: texts, by: customers, tokenizer: plain)["late"])

        #expect(found.documents == 5 && found.customers == 3)
        // Grace's first of good length, Ada's one of good length, Linus' a word too long.
        #expect(found.quotes == [1, 4, 2])
    }

    @Test func `agrees with choosing from a sorted list`() throws {
        var generator = SeededGenerator(state: 33)
        for _ in 0..<40 {
            let count = Int.random(in: 1...40, using: &generator)
            let lengths = (0..<count).map { _ in Int.random(in: 1...80, using: &generator) }
            let customers = (0..<count).map { _ in Int.random(in: 0...8, using: &generator) }
            let texts = lengths.map { text("late", words: $0) }
            let order = (0..<count).sorted {
                let misses = [$0, $1].map { max(8 - lengths[$0], lengths[$0] - 60, 0) }
                return (misses[0], $0) < (misses[1], $1)
            }
            var seen = Set<Int>()
            let expected = order.filter { seen.insert(customers[$0]).inserted }.prefix(3)
            let found = try #require(evidence(in: texts, by: customers, tokenizer: plain)["late"])

            #expect(found.quotes == Array(expected))
            #expect(found.documents == count && found.customers == Set(customers).count)
        }
    }

    @Test func `shows only terms that enough documents of enough customers hold`() throws {
        let often = ["good fast", "good fast", "good fast", "good fast", "good fast", "bad"]
        let customers = [1, 1, 2, 2, 3, 4]
        let rare = ["slow bad bad", "slow bad", "bad", "bad", "bad", "bad good"]
        let difference = try logOdds(
            of: TermCounts(often.map(plain.terms)), against: TermCounts(rare.map(plain.terms)),
            prior: .uninformative(each: 0.1))
        let here = try evidence(in: often, by: customers, tokenizer: plain)
        let there = try evidence(in: rare, by: customers, tokenizer: plain)

        #expect(difference.firstSample(evidence: here).map(\.difference.term) == ["good", "fast"])
        #expect(difference.secondSample(evidence: there).map(\.difference.term) == ["bad"])
        let strict = EvidenceRule(documents: 5, customers: 4)
        #expect(difference.firstSample(evidence: here, rule: strict).isEmpty)
        #expect(difference.secondSample(evidence: there, rule: EvidenceRule(documents: 7)).isEmpty)
    }

    @Test func `quotes as many as asked, and none when asked for none`() throws {
        let texts = (0..<6).map { _ in text("late", words: 10) }
        for (limit, expected) in [(0, []), (1, [0]), (5, [0, 1, 2, 3, 4])] {
            let rule = EvidenceRule(quotes: limit)
            let found = try evidence(of: ["late"], in: texts, by: Array(0..<6), tokenizer: plain, rule: rule)

            #expect(found["late"]?.quotes == expected)
        }
    }

    @Test func `refuses texts without an author and rules that cannot be`() {
        #expect(throws: OutOfRange.self) { try evidence(in: ["a"], by: [Int](), tokenizer: plain) }
        #expect(throws: OutOfRange.self) {
            try evidence(in: ["a"], by: [1], tokenizer: plain, rule: EvidenceRule(quotes: -1))
        }
        #expect(throws: OutOfRange.self) {
            try evidence(in: ["a"], by: [1], tokenizer: plain, rule: EvidenceRule(quoteLength: .min...3))
        }
    }
}
