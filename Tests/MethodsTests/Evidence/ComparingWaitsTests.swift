import Methods
import Testing

@Suite struct `Comparing how long groups wait` {
    /// Freireich et al. 1963, weeks of remission: 6-mercaptopurine and placebo.
    private func remission() throws -> [WatchedGroup] {
        [
            try WatchedGroup(
                events: [6: 3, 7: 1, 10: 1, 13: 1, 16: 1, 22: 1, 23: 1],
                censored: [6: 1, 9: 1, 10: 1, 11: 1, 17: 1, 19: 1, 20: 1, 25: 1, 32: 2, 34: 1, 35: 1]),
            try WatchedGroup(
                events: [1: 2, 2: 2, 3: 1, 4: 2, 5: 2, 8: 4, 11: 2, 12: 2, 15: 1, 17: 1, 22: 1, 23: 1],
                censored: [:]),
        ]
    }

    private func three() throws -> [WatchedGroup] {
        [
            try WatchedGroup(events: [3: 4, 8: 6, 15: 3, 40: 2], censored: [10: 5, 40: 9, 60: 11]),
            try WatchedGroup(events: [2: 6, 3: 1, 8: 9, 20: 7], censored: [12: 4, 60: 8]),
            try WatchedGroup(events: [5: 2, 15: 1, 50: 3], censored: [7: 3, 60: 20]),
        ]
    }

    /// The textbook value is 16.79; lifelines 0.30.3 `logrank_test` gives all of these digits.
    @Test func `reproduces the textbook comparison`() throws {
        let found = LogRank(try remission())

        #expect(abs(try #require(found.chiSquare) - 16.792940989216547) < 1e-10)
        #expect(abs(found.pValue / 4.168809109334511e-05 - 1) < 1e-10)
        #expect(found.observed == [9, 21])
        #expect(abs(found.expected[0] - 19.25050095) < 1e-8)
        let statistic = try #require(found.statistic)
        #expect(try #require(statistic.z) < -4 && statistic.pValue(.less) < 2.1e-5)
    }

    /// lifelines 0.30.3 `multivariate_logrank_test` and statsmodels 0.15.0 `survdiff`.
    @Test func `compares three groups`() throws {
        let found = LogRank(try three())

        #expect(abs(try #require(found.chiSquare) - 16.05283257768964) < 1e-10)
        #expect(abs(found.pValue / 0.00032671697267327694 - 1) < 1e-10)
        #expect(found.degrees == 2 && found.statistic == nil)
        #expect(found.observed == [15, 23, 6])
        let expected = [17.004135450599886, 12.434515780208546, 14.561348769191564]
        for (one, other) in zip(found.expected, expected) { #expect(abs(one - other) < 1e-12) }
    }

    @Test func `does not depend on which group comes first`() throws {
        let groups = try three()
        for order in [[1, 0, 2], [2, 1, 0], [1, 2, 0]] {
            let found = LogRank(order.map { groups[$0] })

            #expect(abs(try #require(found.chiSquare) - 16.05283257768964) < 1e-10)
        }
    }

    @Test func `gives a group nobody was at risk in no say`() throws {
        let early = try WatchedGroup(events: [:], censored: [1: 30])
        let found = LogRank(try three() + [early])

        #expect(found.degrees == 2)
        #expect(abs(try #require(found.chiSquare) - 16.05283257768964) < 1e-10)
    }

    @Test func `sees nothing where nothing varies`() throws {
        let nobody = try WatchedGroup(events: [:], censored: [:])
        let patient = try WatchedGroup(events: [:], censored: [9: 4])
        let atOnce = try WatchedGroup(events: [3: 5], censored: [:])
        for groups in [[], [patient], [patient, patient], [nobody, atOnce], [atOnce, atOnce]] {
            let found = LogRank(groups)

            #expect(found.chiSquare == nil && found.pValue == 1)
            #expect(found.observed.count == groups.count)
        }
        #expect(LogRank([patient, patient]).statistic?.z == nil)
    }

    @Test func `cries wolf one time in twenty when all wait alike`() throws {
        var generator = SeededGenerator(state: 1972)
        var alarms = 0
        let rounds = 600
        for _ in 0..<rounds {
            let groups = try [60, 90].map { size in
                var events: [Int: Int] = [:]
                var censored: [Int: Int] = [:]
                for _ in 0..<size {
                    let wait = Int.random(in: 0...40, using: &generator)
                    let watched = Int.random(in: 10...60, using: &generator)
                    if wait <= watched {
                        events[wait, default: 0] += 1
                    } else {
                        censored[watched, default: 0] += 1
                    }
                }
                return try WatchedGroup(events: events, censored: censored)
            }
            if LogRank(groups).pValue <= 0.05 { alarms += 1 }
        }

        // Four standard errors of the simulation are 0.036.
        #expect((0.014...0.086).contains(Double(alarms) / Double(rounds)))
    }

    @Test func `names the input that is out of range`() {
        let causes: [(String, [Int: Int], [Int: Int])] = [
            ("a day in events", [-1: 2], [:]), ("events on day 3", [3: -2], [:]),
            ("censored on day 4", [3: 1], [4: .max]), ("a day in censored", [:], [.min: 1]),
        ]
        for (input, events, censored) in causes {
            let error = #expect(throws: OutOfRange.self) {
                try WatchedGroup(events: events, censored: censored)
            }
            #expect(error?.input == input)
        }
    }
}
