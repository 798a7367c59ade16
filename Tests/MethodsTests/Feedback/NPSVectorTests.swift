import Methods
import Testing

@Suite(
    .enabled(
        if: NPSVectors.isHere,
        "shared/vectors/nps.json is not here; set REGULARS_SHARED to check against it"))
struct `Matching the reference scores` {
    let vectors: NPSVectors

    init() throws { vectors = try NPSVectors() }

    private func counts(_ counts: [Int]) throws -> PromoterCounts {
        try PromoterCounts(promoters: counts[0], passives: counts[1], detractors: counts[2])
    }

    private func expect(_ found: ScoreInterval, _ expected: NPSVectors.Interval, _ name: String) {
        #expect(agrees(found.standardError, expected.se), "\(name)")
        #expect(agrees(found.lower, expected.lo) && agrees(found.upper, expected.hi), "\(name)")
        if let centre = expected.nps_adj ?? expected.nps ?? expected.mean {
            #expect(agrees(found.centre, centre), "\(name)")
        }
        if let margin = expected.moe { #expect(agrees(found.margin, margin), "\(name)") }
    }

    @Test func `finds every score and each of its ranges`() throws {
        try #require(vectors.cases.count == 8)
        for expected in vectors.cases {
            let counts = try counts([expected.promoters, expected.passives, expected.detractors])
            let plain = try NetPromoterScore(counts, method: .wald)
            let adjusted = try NetPromoterScore(counts)
            let narrow = try NetPromoterScore(counts, confidence: 0.9)

            #expect(agrees(adjusted.value, try #require(expected.wald95.nps)))
            #expect(agrees(plain.variance, try #require(expected.wald95.variance)))
            expect(plain.interval, expected.wald95, expected.name)
            expect(adjusted.interval, expected.adjusted_wald95, expected.name)
            expect(narrow.interval, expected.adjusted_wald90, expected.name)
            if let student = expected.trinomial_t95 {
                expect(try counts.studentInterval(), student, expected.name)
            } else {
                #expect(throws: OutOfRange.self) { try counts.studentInterval() }
            }
        }
    }

    @Test func `counts scores, in any order`() throws {
        try #require(vectors.from_scores.count == 3)
        var generator = SeededGenerator(state: 10)
        for expected in vectors.from_scores {
            let tally = try ScoreTally(expected.scores, scale: 0...10)
            let counts = try PromoterCounts(tally)

            #expect(
                try counts
                    == self.counts([expected.promoters, expected.passives, expected.detractors]))
            #expect(agrees(try NetPromoterScore(counts).value, expected.nps))
            #expect(try ScoreTally(expected.scores.shuffled(using: &generator), scale: 0...10) == tally)
        }
    }

    @Test func `measures the change between two periods`() throws {
        try #require(vectors.two_sample.count == 3)
        for pair in vectors.two_sample {
            for (method, expected) in [(ScoreMethod.wald, pair.wald), (.adjustedWald, pair.adjusted_wald)] {
                let later = try NetPromoterScore(counts(pair.a), method: method)
                let earlier = try NetPromoterScore(counts(pair.b), method: method)
                let change = try ScoreChange(from: earlier, to: later)

                #expect(agrees(change.difference, pair.wald.difference))
                #expect(agrees(change.interval.centre, expected.difference))
                #expect(agrees(change.interval.standardError, expected.se))
                #expect(agrees(try #require(change.z), expected.z))
                #expect(agrees(try #require(change.pValue), expected.p_two_sided))
                #expect(agrees(change.interval.lower, expected.lo95))
                #expect(agrees(change.interval.upper, expected.hi95))
            }
        }
    }

    @Test func `knows how many answers a margin takes`() throws {
        try #require(vectors.n_for_margin.rows.count == 30)
        for row in vectors.n_for_margin.rows {
            let found = try answersNeeded(
                margin: row.moe_points, variance: row.variance, confidence: row.conf)
            #expect(found == row.n, "\(row.moe_points) points, \(row.variance), \(row.conf)")
        }
    }

    @Test func `narrows with a finite population`() throws {
        let example = vectors.finite_population.example
        let endless = try NetPromoterScore(counts(example.counts), method: .wald)
        let finite = try NetPromoterScore(counts(example.counts), method: .wald, population: example.N)

        #expect(agrees(endless.interval.standardError, example.se_infinite))
        #expect(agrees(finite.interval.standardError, example.se_fpc))
    }

    @Test func `measures satisfaction`() throws {
        try #require(vectors.csat_top2.count == 3)
        for expected in vectors.csat_top2 {
            let found = try CustomerSatisfaction(scores: expected.scores_1_5)

            #expect(found.satisfied == expected.top2 && found.tally.total == expected.n)
            #expect(agrees(100 * found.share.share, expected.csat_pct))
            #expect(agrees(100 * found.share.lower, expected.wilson95_pct[0]))
            #expect(agrees(100 * found.share.upper, expected.wilson95_pct[1]))
            #expect(agrees(found.mean, expected.mean))
        }
    }

    @Test func `measures effort`() throws {
        try #require(vectors.ces2.count == 2)
        for expected in vectors.ces2 {
            let found = try CustomerEffort<CES2>(scores: expected.scores_1_7)

            #expect(agrees(found.mean, expected.mean))
            #expect(agrees(100 * found.share.share, expected.pct_agree_5_7))
            #expect(agrees(100 * found.share.lower, expected.wilson95_pct[0]))
            #expect(agrees(100 * found.share.upper, expected.wilson95_pct[1]))
        }
    }

    @Test func `puts Wilson's range on a share`() throws {
        try #require(vectors.wilson95.count == 7)
        for expected in vectors.wilson95 {
            let found = try wilson(successes: expected.k, of: expected.n)

            #expect(agrees(found.lower, expected.lo) && agrees(found.upper, expected.hi))
        }
    }

    @Test func `scores groups of customers by their visits`() throws {
        try #require(vectors.botanic_by_visits.count == 6)
        for expected in vectors.botanic_by_visits {
            let found = try NetPromoterScore(
                counts([expected.promoters, expected.passives, expected.detractors]))

            #expect(agrees(found.value, expected.nps))
            #expect(agrees(found.interval.lower, expected.adjusted_wald95[0]))
            #expect(agrees(found.interval.upper, expected.adjusted_wald95[1]))
        }
    }
}
