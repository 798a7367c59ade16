import Methods
import Testing

@Suite struct `Weighing levels that did not answer alike` {
    private func level(_ name: String, _ people: Int, _ counts: [Int]) throws -> LevelAnswers {
        LevelAnswers(
            name, people: people,
            counts: try PromoterCounts(promoters: counts[0], passives: counts[1], detractors: counts[2]))
    }

    @Test func `gives each level its part of the base`() throws {
        let score = try WeightedScore(
            [level("first", 800, [10, 10, 20]), level("regular", 200, [60, 30, 10])], method: .wald)

        // 0.8 × −25 + 0.2 × 50; variances 0.6875/40 and 0.45/100.
        #expect(abs(score.value + 10) < 1e-12)
        let variance = 0.64 * 0.6875 / 40 + 0.04 * 0.45 / 100
        #expect(abs(score.interval.standardError - 100 * variance.squareRoot()) < 1e-12)
        #expect(abs(score.correction - (-10 - 100.0 * 40 / 140)) < 1e-12)
    }

    @Test func `is the plain score when there is one level`() throws {
        for counts in [[20, 5, 9], [10, 0, 0]] {
            for method in [ScoreMethod.adjustedWald, .wald] {
                let one = try level("all", 90, counts)
                let weighted = try WeightedScore([one], method: method)
                let finite = try WeightedScore([one], method: method, isFinite: true)

                #expect(try weighted.interval == NetPromoterScore(one.counts, method: method).interval)
                #expect(
                    try finite.interval
                        == NetPromoterScore(one.counts, method: method, population: 90).interval)
                #expect(weighted.correction == 0)
            }
        }
    }

    @Test func `is the plain score when the levels answered alike`() throws {
        let alike = try [level("a", 600, [30, 15, 15]), level("b", 400, [20, 10, 10])]
        let plain = try NetPromoterScore(level("", 0, [50, 25, 25]).counts)
        let weighted = try WeightedScore(alike)

        #expect(abs(weighted.correction) < 1e-13)
        #expect(abs(weighted.interval.centre - plain.interval.centre) < 1e-12)
        #expect(abs(weighted.interval.margin - plain.interval.margin) < 1e-12)
    }

    @Test func `closes when everyone has answered`() throws {
        let score = try WeightedScore(
            [level("a", 3, [2, 1, 0]), level("b", 2, [0, 1, 1])], isFinite: true, minimumAnswers: 5)

        #expect(abs(score.value - 20) < 1e-13 && score.interval.margin == 0 && score.isShowable)
        #expect(abs(score.interval.centre - 20) < 1e-13)
    }

    @Test func `passes over a level of nobody and takes levels in any order`() throws {
        let levels = try [level("a", 500, [9, 3, 4]), level("b", 60, [9, 9, 1]), level("c", 9, [2, 1, 1])]
        let score = try WeightedScore(levels)
        let mixed = try WeightedScore([levels[2], level("none", 0, [0, 0, 0]), levels[0], levels[1]])

        #expect(abs(score.value - mixed.value) < 1e-12)
        #expect(abs(score.interval.margin - mixed.interval.margin) < 1e-12)
        #expect(abs(score.correction - mixed.correction) < 1e-12)
    }

    @Test func `covers the score of the whole base where the raw score does not`() throws {
        // Advocates are a tenth of the base but answer four times as readily.
        let truth: [(share: Double, up: Double, down: Double)] = [
            (0.5, 0.3, 0.3), (0.4, 0.5, 0.2), (0.1, 0.9, 0.02),
        ]
        let base = 100 * (0.5 * 0.0 + 0.4 * 0.3 + 0.1 * 0.88)
        var generator = SeededGenerator(state: 1979)
        var held = 0
        var rawHeld = 0
        for _ in 0..<1000 {
            var levels: [LevelAnswers] = []
            var all = [0, 0, 0]
            for (part, answers) in zip(truth, [60, 60, 80]) {
                var drawn = [0, 0, 0]
                for _ in 0..<answers {
                    let chance = Double.random(in: 0..<1, using: &generator)
                    drawn[chance < part.up ? 0 : chance < 1 - part.down ? 1 : 2] += 1
                }
                for index in 0..<3 { all[index] += drawn[index] }
                levels.append(try level("", Int(part.share * 100_000), drawn))
            }
            if try WeightedScore(levels).interval.range.contains(base) { held += 1 }
            let raw = try NetPromoterScore(level("", 1, all).counts)
            if raw.interval.range.contains(base) { rawHeld += 1 }
        }

        // Four standard errors of the simulation are 0.028.
        #expect((0.922...0.978).contains(Double(held) / 1000))
        #expect(rawHeld < 100)
    }

    @Test func `sees a change of the weighted score`() throws {
        let before = try WeightedScore([level("a", 900, [10, 10, 20]), level("b", 100, [60, 30, 10])])
        let after = try WeightedScore([level("a", 900, [25, 10, 5]), level("b", 100, [60, 30, 10])])
        let change = try ScoreChange(from: before, to: after)

        #expect(abs(change.difference - 67.5) < 1e-12)
        #expect(try #require(change.pValue) < 0.001 && change.interval.lower > 20 && change.isShowable)
    }

    @Test func `compares those who answered with those who did not`() throws {
        let mix = try ResponseMix([
            ("first", try ShareCount(30, of: 300)), ("none", try ShareCount(0, of: 0)),
            ("regular", try ShareCount(60, of: 200)),
        ])

        #expect(mix.rate.share == 0.18)
        #expect(mix.levels.map(\.partOfBase) == [0.6, 0, 0.4])
        #expect(mix.levels.compactMap(\.partOfAnswers) == [1.0 / 3, 0, 2.0 / 3])
        #expect(mix.levels[1].rate == nil && mix.levels[2].rate?.share == 0.3)
        // [[30, 270], [60, 140]]: 500 (30·140 − 270·60)² / (300·200·90·410).
        #expect(abs(try #require(mix.test.chiSquare) - 500 * 144_000_000 / 2_214_000_000.0) < 1e-11)
        #expect(mix.test.pValue < 1e-7)
    }

    @Test func `says so when nobody answered at all`() throws {
        let mix = try ResponseMix([("first", try ShareCount(0, of: 30))])

        #expect(mix.rate.share == 0 && mix.levels[0].partOfAnswers == nil && mix.test.pValue == 1)
    }

    @Test func `refuses a level of which nobody answered`() throws {
        #expect(throws: ScoreRefusal.levelWithoutAnswers("b")) {
            try WeightedScore([level("a", 500, [9, 3, 4]), level("b", 60, [0, 0, 0])])
        }
        #expect(throws: ScoreRefusal.noAnswers) { try WeightedScore([]) }
        #expect(throws: ScoreRefusal.noAnswers) { try WeightedScore([level("a", 5, [0, 0, 0])]) }
    }

    @Test func `names the input that is out of range`() throws {
        let some = try level("a", 20, [5, 5, 5])
        let causes: [(String, () throws -> Void)] = [
            ("people", { _ = try WeightedScore([level("a", 14, [5, 5, 5])]) }),
            ("people", { _ = try WeightedScore([level("a", .max, [5, 5, 5])]) }),
            ("people", { _ = try WeightedScore([level("a", -1, [0, 0, 0]), some]) }),
            ("levels", { _ = try WeightedScore([LevelAnswers](repeating: some, count: 1001)) }),
            ("confidence", { _ = try WeightedScore([some], confidence: .nan) }),
            ("minimumAnswers", { _ = try WeightedScore([some], minimumAnswers: -1) }),
        ]
        for (input, ask) in causes {
            let error = #expect(throws: ScoreRefusal.self, "\(input)") { try ask() }
            guard case .outOfRange(let cause) = error else {
                Issue.record("\(input): \(String(describing: error))")
                continue
            }
            #expect(cause.input == input)
        }
        let nobody = #expect(throws: OutOfRange.self) { try ResponseMix([]) }
        #expect(nobody?.input == "people")
        let many = try [(name: String, count: ShareCount)](
            repeating: ("", ShareCount(1, of: 2)), count: 1001)
        let crowd = #expect(throws: OutOfRange.self) { try ResponseMix(many) }
        #expect(crowd?.input == "levels")
    }
}
