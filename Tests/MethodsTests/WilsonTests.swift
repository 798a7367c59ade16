import Methods
import Testing

@Suite struct `Putting a range on a share` {
    /// From the reference file nps.json, there checked against statsmodels.
    @Test(arguments: [
        (0, 10, 0.0, 0.2775327998628892), (1, 10, 0.017876213095072868, 0.4041500267952385),
        (5, 10, 0.236593090512564, 0.7634069094874361), (10, 10, 0.7224672001371107, 1.0),
        (81, 263, 0.2552885198782742, 0.36620957698280004), (0, 1, 0.0, 0.7934506856227626),
        (50, 1000, 0.03813026239274882, 0.06531382024425081),
    ])
    func `matches the reference`(_ successes: Int, _ total: Int, _ lower: Double, _ upper: Double) throws {
        let interval = try wilson(successes: successes, of: total)

        #expect(abs(interval.lower - lower) < 1e-14)
        #expect(abs(interval.upper - upper) < 1e-14)
    }

    @Test func `always holds the share and stays within zero and one`() throws {
        var generator = SeededGenerator(state: 1927)
        for _ in 0..<500 {
            let total = generator.count() + 1
            let successes = Int.random(in: 0...total, using: &generator)
            let interval = try wilson(successes: successes, of: total)
            let mirrored = try wilson(successes: total - successes, of: total)

            #expect(interval.range.contains(interval.share))
            #expect(interval.lower >= 0 && interval.upper <= 1)
            #expect(abs(interval.lower + mirrored.upper - 1) < 1e-14)
        }
    }

    @Test func `shrinks to the share when no doubt is asked for`() throws {
        let interval = try wilson(successes: 3, of: 8, z: 0)

        #expect(interval.lower == 0.375 && interval.upper == 0.375)
    }

    @Test func `names the input that is out of range`() {
        let causes: [(String, Int, Int, Double)] = [
            ("total", 0, 0, 1.96), ("successes", -1, 5, 1.96), ("successes", 6, 5, 1.96), ("z", 1, 5, -1),
            ("z", 1, 5, .nan),
        ]
        for (input, successes, total, z) in causes {
            let error = #expect(throws: OutOfRange.self) {
                try wilson(successes: successes, of: total, z: z)
            }
            #expect(error?.input == input)
        }
    }
}
