import Methods
import Testing

@Suite struct `Taking scores` {
    private func thirds(_ scale: ClosedRange<Int>, _ mapping: PromoterMapping?) throws -> [Int] {
        let tally = try ScoreTally(Array(scale), scale: scale)
        let counts = try PromoterCounts(tally, mapping: mapping)
        return [counts.detractors, counts.passives, counts.promoters]
    }

    @Test func `splits 0 to 10 at seven and nine`() throws {
        #expect(try thirds(0...10, nil) == [7, 2, 2])
    }

    @Test(arguments: [
        (0...10, [7, 2, 2]), (1...10, [6, 2, 2]), (1...7, [4, 2, 1]), (1...5, [3, 1, 1]),
        (0...100, [65, 20, 16]), (-2...2, [3, 1, 1]), (0...1, [1, 0, 1]),
    ])
    func `stretches other scales evenly`(_ scale: ClosedRange<Int>, _ expected: [Int]) throws {
        #expect(try thirds(scale, .stretched) == expected)
        // Against the definition: stretch, round halves upwards, split.
        let low = Double(scale.lowerBound)
        let span = Double(scale.upperBound - scale.lowerBound)
        let stretched = scale.map { ((Double($0) - low) * 10 / span + 0.5).rounded(.down) }
        #expect(stretched.count { $0 >= 9 } == expected[2])
        #expect(stretched.count { $0 < 7 } == expected[0])
    }

    @Test func `refuses every other scale without a mapping`() {
        for scale in [1...10, 1...5, 0...9, 0...11, -5...5] {
            #expect(throws: ScoreRefusal.needsMapping(scale)) { try thirds(scale, nil) }
        }
    }

    @Test func `refuses mappings that make no sense`() {
        let causes: [(ClosedRange<Int>, PromoterMapping)] = [
            (1...5, .sameNumbers), (7...10, .sameNumbers), (0...20, .sameNumbers),
            (1...5, .cut(passivesFrom: 1, promotersFrom: 5)),
            (1...5, .cut(passivesFrom: 4, promotersFrom: 4)),
            (1...5, .cut(passivesFrom: 4, promotersFrom: 6)),
            (1...5, .cut(passivesFrom: .min, promotersFrom: .max)),
        ]
        for (scale, mapping) in causes {
            #expect(throws: ScoreRefusal.mappingDoesNotFit(scale)) { try thirds(scale, mapping) }
        }
    }

    @Test func `refuses scores off the scale`() {
        for score in [-1, 11, .min, .max] {
            #expect(throws: ScoreRefusal.offScale(score: score, scale: 0...10)) {
                try ScoreTally([9, score], scale: 0...10)
            }
        }
    }

    @Test func `doubts a scale whose lowest score nobody chose`() throws {
        #expect(try ScoreTally([1, 1, 1, 1, 1, 9], scale: 0...10).doubtsScale)
        #expect(try !ScoreTally([1, 1, 1, 1, 9], scale: 0...10).doubtsScale)
        #expect(try !ScoreTally([0, 1, 1, 1, 1, 1], scale: 0...10).doubtsScale)
        #expect(try !ScoreTally([10, 9, 9, 8], scale: 0...10).doubtsScale)
    }

    @Test func `counts ranges and means`() throws {
        let tally = try ScoreTally([3, 5, 5, 4], scale: 1...5)

        #expect(tally.counts == [0, 0, 1, 1, 2])
        #expect(tally.mean == 4.25)
        #expect(tally.count(in: 4...5) == 3)
        #expect(tally.count(in: -100...3) == 1)
        #expect(tally.count(in: 6...9) == 0)
        #expect(try ScoreTally([], scale: 1...5).mean == nil)
        #expect(try ScoreTally(counts: [0, 0, 1, 1, 2], scale: 1...5) == tally)
    }

    @Test func `names the input that is out of range`() {
        let most = Int.max
        let causes: [(String, () throws -> Void)] = [
            ("scale", { _ = try ScoreTally([], scale: 3...3) }),
            ("scale", { _ = try ScoreTally([], scale: .min ... .max) }),
            ("counts.count", { _ = try ScoreTally(counts: [1, 2], scale: 1...5) }),
            ("counts", { _ = try ScoreTally(counts: [1, -2], scale: 0...1) }),
            ("counts", { _ = try ScoreTally(counts: [most, most], scale: 0...1) }),
            (
                "promoters",
                {
                    let full = [Int](repeating: 1_000_000_000_000, count: 11)
                    _ = try PromoterCounts(ScoreTally(counts: full, scale: 0...10))
                }
            ),
        ]
        for (input, ask) in causes {
            let error = #expect(throws: ScoreRefusal.self, "\(input)") { try ask() }
            guard case .outOfRange(let cause) = error else {
                Issue.record("\(input): \(String(describing: error))")
                continue
            }
            #expect(cause.input == input)
        }
    }
}
