import Methods
import Testing

@Suite struct `Seeing a trend over groups` {
    private func groups(_ successes: [Int], _ totals: [Int]) throws -> [ShareCount] {
        try zip(successes, totals).map { try ShareCount($0, of: $1) }
    }

    /// R's `prop.trend.test` example (smokers among lung patients, Fleiss 1981): X² 8.2249, p 0.004132.
    @Test func `reproduces the smokers`() throws {
        let trend = try TrendTest(groups([83, 90, 129, 70], [86, 93, 136, 82]))
        let z = try #require(trend.statistic.z)

        #expect(abs(z * z - 8.224922285197724) < 1e-10)
        #expect(abs(trend.pValue() - 0.004131897477641454) < 1e-12)
        #expect(z < 0 && trend.pValue(.less) < 0.003)
    }

    /// statsmodels 0.15.0 `Table.test_ordinal_association`, its z times √(n/(n − 1)): it takes the
    /// variance of a sample.
    @Test func `takes positions of any spacing, and where zero lies is all the same`() throws {
        let counts = try groups([10, 9, 16, 30], [100, 80, 90, 120])
        let trend = try TrendTest(counts, positions: [0, 1, 3, 10])
        let moved = try TrendTest(counts, positions: [1e6, 1e6 + 2, 1e6 + 6, 1e6 + 20])

        #expect(abs(try #require(trend.statistic.z) - 3.227285939185156) < 1e-12)
        #expect(abs(trend.pValue(.greater) - 0.0006248525392729904) < 1e-14)
        #expect(abs(try #require(moved.statistic.z) - 3.227285939185156) < 1e-8)
    }

    @Test func `is the z test when there are two groups`() throws {
        let (early, late) = (try ShareCount(12, of: 40), try ShareCount(5, of: 44))
        let z = try #require(try ShareComparison(late, versus: early).z.z)

        #expect(abs(try #require(try TrendTest([early, late]).statistic.z) - z) < 1e-13)
    }

    @Test func `does not mind groups of nobody or the order of the groups`() throws {
        let counts = try groups([10, 9, 0, 16, 30], [100, 80, 0, 90, 120])
        let places = [0.0, 1, 2, 3, 10]
        var generator = SeededGenerator(state: 1955)
        let order = places.indices.shuffled(using: &generator)
        let mixed = try TrendTest(order.map { counts[$0] }, positions: order.map { places[$0] })

        #expect(abs(try #require(mixed.statistic.z) - 3.227285939185156) < 1e-12)
    }

    @Test func `sees nothing where nothing varies`() throws {
        for (successes, totals, positions) in [
            ([0, 0], [4, 5], [0.0, 1]), ([4, 5], [4, 5], [0, 1]), ([1, 2], [4, 5], [3, 3]),
            ([1, 0], [4, 0], [0, 1]), ([], [], []),
        ] {
            let trend = try TrendTest(groups(successes, totals), positions: positions)

            #expect(trend.statistic.z == nil && trend.pValue() == 1)
        }
    }

    /// scipy 1.17.1 `chi2_contingency(correction=False)`.
    @Test(arguments: [
        (
            [83, 90, 129, 70], [86, 93, 136, 82], 12.600411297127634, 0.005585476661627036,
            5.163727959697733
        ),
        ([10, 9, 16, 30], [100, 80, 90, 120], 10.97, 0.011889207926587144, 13.333333333333334),
        ([1, 2], [10, 12], 0.2058479532163741, 0.6500413848966478, 1.3636363636363635),
    ])
    func `tells unequal shares from equal ones`(
        _ successes: [Int], _ totals: [Int], _ chiSquare: Double, _ p: Double, _ least: Double
    ) throws {
        let found = HomogeneityTest(try groups(successes + [0], totals + [0]))

        #expect(abs(try #require(found.chiSquare) / chiSquare - 1) < 1e-12)
        #expect(found.degrees == successes.count - 1)
        #expect(abs(found.pValue / p - 1) < 1e-11)
        #expect(abs(try #require(found.leastExpected) - least) < 1e-12)
    }

    @Test func `finds nothing unequal where nothing varies`() throws {
        for counts in [[], try groups([3], [9]), try groups([0, 0], [9, 4]), try groups([9, 4], [9, 4])] {
            let found = HomogeneityTest(counts)

            #expect(found.chiSquare == nil && found.pValue == 1 && found.leastExpected == nil)
        }
    }

    @Test func `names the input that is out of range`() throws {
        let counts = try groups([1, 2], [4, 5])
        for (input, positions) in [
            ("positions.count", [0.0]), ("positions", [0, .nan]), ("positions", [0, .infinity]),
        ] {
            let error = #expect(throws: OutOfRange.self) { try TrendTest(counts, positions: positions) }
            #expect(error?.input == input)
        }
    }
}
