import Methods
import Testing

@Suite struct `Measuring effort and satisfaction` {
    @Test func `reads the old effort question the other way round`() throws {
        let old = try CustomerEffort<CES1>(scores: [1, 2, 2, 4, 5])
        let new = try CustomerEffort<CES2>(scores: [7, 6, 5, 4, 2])

        #expect(old.mean == 2.8 && old.ease == 3.2)
        #expect(old.share.share == 0.6)
        #expect(new.mean == 4.8 && new.ease == 4.8)
        #expect(new.share.share == 0.6)
    }

    @Test func `keeps the versions apart by type`() throws {
        let old: Any = try CustomerEffort<CES1>(scores: [1, 2])

        #expect(!(old is CustomerEffort<CES2>))
        #expect(old is CustomerEffort<CES1>)
        #expect(CES1.name == "CES 1.0" && CES2.name == "CES 2.0")
    }

    @Test func `refuses answers of one version for the other`() throws {
        let old = try ScoreTally([1, 5], scale: 1...5)
        let new = try ScoreTally([1, 5], scale: 1...7)

        #expect(throws: ScoreRefusal.wrongScale(1...5, wanted: 1...7)) { try CustomerEffort<CES2>(old) }
        #expect(throws: ScoreRefusal.wrongScale(1...7, wanted: 1...5)) { try CustomerEffort<CES1>(new) }
        #expect(throws: ScoreRefusal.wrongScale(1...7, wanted: 1...5)) { try CustomerSatisfaction(new) }
        #expect(throws: ScoreRefusal.offScale(score: 6, scale: 1...5)) {
            try CustomerEffort<CES1>(scores: [3, 6])
        }
    }

    @Test func `reads satisfaction from the two upper boxes alone`() throws {
        let found = try CustomerSatisfaction(scores: [3, 3, 3, 4])

        #expect(found.satisfied == 1 && found.share.share == 0.25 && found.mean == 3.25)
    }

    @Test func `widens with the deviates asked for`() throws {
        let tally = try ScoreTally([1, 2, 4, 5, 5], scale: 1...5)

        #expect(try CustomerSatisfaction(tally, z: 3).share.lower < CustomerSatisfaction(tally).share.lower)
        #expect(try CustomerEffort<CES1>(tally, z: 0).share.lower == 0.4)
    }

    @Test func `refuses to measure nobody`() throws {
        #expect(throws: ScoreRefusal.noAnswers) { try CustomerSatisfaction(scores: []) }
        #expect(throws: ScoreRefusal.noAnswers) { try CustomerEffort<CES1>(scores: []) }
        #expect(throws: ScoreRefusal.offScale(score: 0, scale: 1...5)) {
            try CustomerSatisfaction(scores: [0])
        }
        #expect(throws: ScoreRefusal.self) {
            try CustomerSatisfaction(ScoreTally([4], scale: 1...5), z: .nan)
        }
    }
}
