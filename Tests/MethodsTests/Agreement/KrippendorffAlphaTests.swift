import Foundation
import Methods
import Testing

@Suite struct `Taking Krippendorff's alpha` {
    /// Four observers and twelve units with gaps: Krippendorff's own example (the Python package
    /// krippendorff prints it too), one row a unit.
    private var published: [[Double?]] {
        [
            [1, 1, nil, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
            [4, 4, 4, 4],
            [1, 1, 2, 1], [2, 2, 2, 2], [nil, 5, 5, 5], [nil, nil, 1, 1], [nil, 3, nil, nil],
        ]
    }

    /// krippendorff 0.9.0; published as .743, .815, .849 and .797.
    @Test(arguments: [
        (MeasurementLevel.nominal, 0.743421052631579), (.ordinal, 0.8153875037548814),
        (.interval, 0.8491071428571428), (.ratio, 0.7974027747116121),
    ])
    func `matches the published alphas with gaps`(_ level: MeasurementLevel, _ expected: Double) throws {
        #expect(abs(try krippendorffAlpha(of: Ratings(scores: published), level: level) - expected) < 1e-14)
    }

    /// Every two raters of every case, one by one.
    private func pairwise(_ cases: [[Double]], distance: (Double, Double) -> Double) -> Double {
        let pairable = cases.filter { $0.count > 1 }
        let all = pairable.flatMap(\.self)
        var observed = 0.0
        for scores in pairable {
            for (i, one) in scores.enumerated() {
                for (j, other) in scores.enumerated() where i != j {
                    observed += distance(one, other) / Double(scores.count - 1)
                }
            }
        }
        var expected = 0.0
        for (i, one) in all.enumerated() {
            for (j, other) in all.enumerated() where i != j { expected += distance(one, other) }
        }
        return 1 - observed * Double(all.count - 1) / expected
    }

    @Test func `equals the sum over every pair of raters`() throws {
        var generator = SeededGenerator(state: 2013)
        for _ in 0..<12 {
            let cases = (0..<20).map { _ in
                let centre = Double(Int.random(in: 0...6, using: &generator))
                return (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                    centre + Double(Int.random(in: 0...2, using: &generator))
                }
            }
            let all = cases.filter { $0.count > 1 }.flatMap(\.self)
            // The ordinal distance as it is defined: all ratings between, the ends counted half.
            let ordinal = { (one: Double, other: Double) in
                let between = all.count { $0 > min(one, other) && $0 < max(one, other) }
                let ends = all.count { $0 == one } + all.count { $0 == other }
                return one == other ? 0 : pow(Double(between) + Double(ends) / 2, 2)
            }
            let distances: [(MeasurementLevel, (Double, Double) -> Double)] = [
                (.nominal, { $0 == $1 ? 0 : 1 }), (.ordinal, ordinal), (.interval, { ($0 - $1) * ($0 - $1) }),
                (.ratio, { $0 == $1 ? 0 : pow(($0 - $1) / ($0 + $1), 2) }),
            ]
            let ratings = try Ratings(scores: cases.map { $0.map(Optional.some) })
            for (level, distance) in distances {
                let found = try krippendorffAlpha(of: ratings, level: level)

                #expect(abs(found - pairwise(cases, distance: distance)) < 1e-12, "\(level)")
            }
        }
    }

    @Test func `does not change with the unit of an interval scale`() throws {
        let moved = published.map { $0.map { $0.map { 1e9 + 3600 * $0 } } }

        let found = try krippendorffAlpha(of: Ratings(scores: moved), level: .interval)
        #expect(abs(found - 0.8491071428571428) < 1e-14)
    }

    @Test func `ignores cases rated once`() throws {
        let more = published + [[5, nil, nil, nil], [nil, 4]]

        for level in MeasurementLevel.allCases {
            let found = try krippendorffAlpha(of: Ratings(scores: more), level: level)
            #expect(
                abs(found - (try krippendorffAlpha(of: Ratings(scores: published), level: level))) < 1e-15)
        }
    }

    @Test func `bootstraps the same interval from the same seed`() throws {
        let ratings = try Ratings(scores: published)
        let one = try bootstrappedAlpha(of: ratings, level: .ordinal, replicates: 500, seed: 7)
        let same = try bootstrappedAlpha(of: ratings, level: .ordinal, replicates: 500, seed: 7)
        let other = try bootstrappedAlpha(of: ratings, level: .ordinal, replicates: 500, seed: 8)

        #expect(one == same)
        #expect(one.interval != other.interval)
        #expect(one.interval.contains(one.alpha))
    }

    /// Two raters who copy a fair coin nine times in ten and else toss their own: true alpha 0.81.
    @Test func `bootstraps an interval that covers the truth about as often as promised`() throws {
        var generator = SeededGenerator(state: 81)
        var covered = 0
        for trial in 0..<100 {
            let choices = (0..<80).map { _ -> [Int?] in
                let truth = Int.random(in: 0...1, using: &generator)
                return (0..<2).map { _ in
                    Double.random(in: 0..<1, using: &generator) < 0.9
                        ? truth : Int.random(in: 0...1, using: &generator)
                }
            }
            let found = try bootstrappedAlpha(
                of: Ratings(choices: choices, categories: 2), replicates: 150, seed: UInt64(trial))
            if found.interval.contains(0.81) { covered += 1 }
        }

        #expect((86...99).contains(covered))
    }

    @Test func `counts the draws in which nothing varied`() throws {
        let found = try bootstrappedAlpha(
            of: Ratings(counts: [[2, 0], [2, 0], [2, 0], [0, 2]]), replicates: 1000, seed: 1)

        // A draw misses the one other case with (3/4)⁴ = 0.316, or takes nothing else with (1/4)⁴ = 0.004.
        #expect((270...370).contains(found.undefined))
        #expect(found.interval == 1...1)
    }

    @Test func `draws a table's cases as it draws them one by one`() throws {
        let table = try AgreementTable(counts: [[31, 12], [4, 58]])
        var choices: [[Int?]] = []
        for (i, row) in table.counts.enumerated() {
            for (j, count) in row.enumerated() { choices += [[Int?]](repeating: [i, j], count: count) }
        }

        let together = try bootstrappedAlpha(of: Ratings(table), replicates: 50, seed: 3)
        let apart = try bootstrappedAlpha(
            of: Ratings(choices: choices, categories: 2), replicates: 50, seed: 3)
        #expect(abs(together.interval.lowerBound - apart.interval.lowerBound) < 1e-12)
        #expect(abs(together.interval.upperBound - apart.interval.upperBound) < 1e-12)
    }

    @Test func `refuses what has no answer`() throws {
        let ratings = try Ratings(scores: published)
        for replicates in [0, -1, 100_001] {
            #expect(throws: AgreementRefusal.self) {
                try bootstrappedAlpha(of: ratings, replicates: replicates, seed: 1)
            }
        }
        for confidence in [0, 1, Double.nan] {
            #expect(throws: AgreementRefusal.self) {
                try bootstrappedAlpha(of: ratings, confidence: confidence, seed: 1)
            }
        }
        #expect(throws: AgreementRefusal.self) {
            try krippendorffAlpha(of: Ratings(scores: [[-1, 2], [0, 1]]), level: .ratio)
        }
        #expect(throws: AgreementRefusal.self) {
            try krippendorffAlpha(of: Ratings(choices: [[0, 1]], categories: 10_001), level: .ratio)
        }
        #expect(throws: AgreementRefusal.nothingRatedTwice) {
            try krippendorffAlpha(of: Ratings(scores: [[1], [2]]))
        }
        #expect(throws: AgreementRefusal.chanceAgreementIsCertain) {
            try krippendorffAlpha(of: Ratings(scores: [[1, 1], [2, nil]]), level: .interval)
        }
        let many = Ratings(try AgreementTable(counts: [[1_000_000_000_000, 1], [1, 1]]))
        #expect(throws: AgreementRefusal.self) { try bootstrappedAlpha(of: many, seed: 1) }
    }
}
