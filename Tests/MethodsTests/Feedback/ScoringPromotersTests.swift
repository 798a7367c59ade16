import Methods
import Testing

@Suite struct `Scoring promoters` {
    private func counts(_ promoters: Int, _ passives: Int, _ detractors: Int) throws -> PromoterCounts {
        try PromoterCounts(promoters: promoters, passives: passives, detractors: detractors)
    }

    /// From whuber's answer on CrossValidated about the margin of error of an NPS: score
    /// 33.3, variance 5/9, and with 324 answers a standard error of 4.14 and a margin of 8.12 points.
    @Test func `reproduces the published example`() throws {
        let score = try NetPromoterScore(counts(162, 108, 54), method: .wald)

        #expect(abs(score.value - 100.0 / 3) < 1e-13)
        #expect(abs(score.variance - 5.0 / 9) < 1e-15)
        #expect((score.interval.standardError * 100).rounded() == 414)
        #expect((score.interval.margin * 100).rounded() == 812)
    }

    @Test func `gives unanimous answers a real range`() throws {
        let ten = try counts(10, 0, 0)
        let adjusted = try NetPromoterScore(ten)
        let plain = try NetPromoterScore(ten, method: .wald)

        #expect(adjusted.value == 100)
        #expect(adjusted.interval.upper == 100 && adjusted.interval.lower < 50)
        #expect(plain.interval.lower == 100 && plain.interval.upper == 100)
    }

    @Test func `shows counts under thirty and a score from thirty on`() throws {
        let few = try NetPromoterScore(counts(20, 5, 4))
        let enough = try NetPromoterScore(counts(20, 5, 5))

        #expect(try few.reading == .counts(counts(20, 5, 4)))
        #expect(enough.reading == .score(50, enough.interval))
        #expect(!few.isShowable && enough.isShowable)
        #expect(try NetPromoterScore(counts(2, 0, 0), minimumAnswers: 2).isShowable)
    }

    @Test func `covers the true score about as often as it says`() throws {
        // (promoters, passives) of the truth, answers: the adjusted method holds where the plain one fails.
        for (promoters, passives, answers) in [(0.5, 0.3, 40), (0.85, 0.1, 25), (0.2, 0.3, 80)] {
            var generator = SeededGenerator(state: 2016)
            let truth = 100 * (promoters - (1 - promoters - passives))
            var held = 0
            for _ in 0..<1500 {
                let drawn = try draw(answers, promoters, passives, &generator)
                if try NetPromoterScore(drawn).interval.range.contains(truth) { held += 1 }
            }
            // Four standard errors of the simulation are 0.023.
            #expect((0.925...0.985).contains(Double(held) / 1500), "\(promoters), \(answers)")
        }
    }

    private func draw(
        _ answers: Int, _ promoters: Double, _ passives: Double, _ generator: inout SeededGenerator
    ) throws -> PromoterCounts {
        var drawn = [0, 0, 0]
        for _ in 0..<answers {
            let chance = Double.random(in: 0..<1, using: &generator)
            drawn[chance < promoters ? 0 : chance < promoters + passives ? 1 : 2] += 1
        }
        return try counts(drawn[0], drawn[1], drawn[2])
    }

    @Test func `leaves nothing to estimate when everyone has answered`() throws {
        let everyone = try NetPromoterScore(counts(20, 10, 10), population: 40)
        let almost = try NetPromoterScore(counts(20, 10, 10), population: 41)
        let endless = try NetPromoterScore(counts(20, 10, 10), population: 1_000_000_000_000)

        #expect(everyone.interval.lower == 25 && everyone.interval.upper == 25)
        #expect(almost.interval.range.contains(25) && almost.interval.margin < 5)
        #expect(
            abs(endless.interval.margin - (try NetPromoterScore(counts(20, 10, 10)).interval.margin)) < 1e-9)
        #expect(try NetPromoterScore(counts(1, 0, 0), population: 1).interval.margin == 0)
    }

    @Test func `asks for just as many answers as the margin takes`() throws {
        var generator = SeededGenerator(state: 382)
        for _ in 0..<200 {
            let margin = Double.random(in: 2...40, using: &generator)
            let variance = Double.random(in: 0.05...1, using: &generator)
            let population =
                Bool.random(using: &generator) ? Int.random(in: 1...5000, using: &generator) : nil
            let needed = try answersNeeded(margin: margin, variance: variance, population: population)

            #expect(reached(needed, variance, population) <= margin + 1e-9)
            if needed > 1 { #expect(reached(needed - 1, variance, population) > margin - 1e-9) }
            #expect(population.map { needed <= $0 } ?? true)
        }
        #expect(try answersNeeded(margin: 10, population: 500) == 217)
    }

    /// The margin that n of N answers give, from the definition.
    private func reached(_ answers: Int, _ variance: Double, _ population: Int?) -> Double {
        guard answers != population else { return 0 }
        let left = population.map { Double($0 - answers) / Double($0 - 1) } ?? 1
        return 195.9963984540054 * (variance / (Double(answers) / left + 3)).squareRoot()
    }

    @Test func `has no statistic when neither side has any doubt`() throws {
        let one = try NetPromoterScore(counts(10, 0, 0), method: .wald)
        let other = try NetPromoterScore(counts(0, 0, 8), method: .wald)
        let change = try ScoreChange(from: one, to: other)

        #expect(change.difference == -200 && change.z == nil && change.pValue == nil)
        #expect(!change.isShowable)
    }

    @Test func `calls a change surprising exactly when its range leaves zero out`() throws {
        var generator = SeededGenerator(state: 8)
        for _ in 0..<300 {
            let sides = try (0..<2).map { _ in
                try NetPromoterScore(draw(Int.random(in: 1...300, using: &generator), 0.5, 0.3, &generator))
            }
            let change = try ScoreChange(from: sides[0], to: sides[1], confidence: 0.9)
            let turned = try ScoreChange(from: sides[1], to: sides[0], confidence: 0.9)

            #expect(change.interval.range.contains(0) == (try #require(change.pValue) > 0.1))
            #expect(abs(change.difference + turned.difference) < 1e-12)
            #expect(abs(change.interval.lower + turned.interval.upper) < 1e-12)
        }
    }

    @Test func `survives counts as large as they come`() throws {
        let most = 1_000_000_000_000
        let score = try NetPromoterScore(counts(most, most, most), population: nil)

        #expect(score.value == 0 && score.interval.margin < 1e-3)
        #expect(try counts(most, 0, most).studentInterval().margin < 1e-3)
    }

    @Test func `names the input that is out of range`() throws {
        let some = try counts(5, 5, 5)
        let causes: [(String, () throws -> Void)] = [
            ("promoters", { _ = try counts(-1, 0, 0) }), ("passives", { _ = try counts(0, .max, 0) }),
            ("detractors", { _ = try counts(0, 0, .min) }),
            ("counts.total", { _ = try NetPromoterScore(counts(0, 0, 0)) }),
            ("confidence", { _ = try NetPromoterScore(some, confidence: 95) }),
            ("confidence", { _ = try NetPromoterScore(some, confidence: .nan) }),
            ("population", { _ = try NetPromoterScore(some, population: 14) }),
            ("minimumAnswers", { _ = try NetPromoterScore(some, minimumAnswers: -1) }),
            ("counts.total", { _ = try counts(1, 0, 0).studentInterval() }),
            ("confidence", { _ = try some.studentInterval(confidence: 0) }),
            (
                "confidence",
                {
                    _ = try ScoreChange(
                        from: NetPromoterScore(some), to: NetPromoterScore(some), confidence: 1)
                }
            ),
            ("margin", { _ = try answersNeeded(margin: 0) }),
            ("margin", { _ = try answersNeeded(margin: .nan) }),
            ("variance", { _ = try answersNeeded(margin: 5, variance: 1.1) }),
            ("confidence", { _ = try answersNeeded(margin: 5, confidence: 1) }),
            ("population", { _ = try answersNeeded(margin: 5, population: 0) }),
        ]
        for (input, ask) in causes {
            let error = #expect(throws: OutOfRange.self, "\(input)") { try ask() }
            #expect(error?.input == input)
        }
    }
}
