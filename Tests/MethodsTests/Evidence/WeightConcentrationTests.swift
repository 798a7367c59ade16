import Methods
import Testing

@Suite struct `Seeing how much hangs on a few` {
    @Test func `sums squares of shares and the largest shares`() throws {
        let found = try WeightConcentration(weights: [10, 50, 0, 20, 20])

        #expect(abs(found.herfindahl - 0.34) < 1e-15)
        #expect(abs(found.effectiveCount - 1 / 0.34) < 1e-14)
        #expect(try found.share(ofTop: 0) == 0)
        #expect(abs(try found.share(ofTop: 1) - 0.5) < 1e-15)
        #expect(abs(try found.share(ofTop: 2) - 0.7) < 1e-15)
        #expect(try found.share(ofTop: 99) == 1)
        #expect(found.count == 5)
    }

    @Test func `knows both extremes`() throws {
        #expect(try WeightConcentration(weights: [0, 7, 0]).herfindahl == 1)
        #expect(
            abs(try WeightConcentration(weights: [Double](repeating: 0.3, count: 40)).herfindahl - 0.025)
                < 1e-16)
    }

    @Test func `does not depend on order or unit`() throws {
        var generator = SeededGenerator(state: 1950)
        let weights = (0..<200).map { _ in Double.random(in: 0...1000, using: &generator) }
        let found = try WeightConcentration(weights: weights)
        let scaled = try WeightConcentration(weights.map { Amount(minorUnits: $0 * 4) })

        #expect(try WeightConcentration(weights: weights.shuffled(using: &generator)) == found)
        #expect(abs(scaled.herfindahl - found.herfindahl) < 1e-16)
        let sum = weights.reduce(0, +)
        let squares = weights.reduce(0) { $0 + ($1 / sum) * ($1 / sum) }
        #expect(abs(found.herfindahl - squares) < 1e-15)
    }

    @Test func `survives the largest and the smallest amounts`() throws {
        let large = try WeightConcentration(weights: [Double](repeating: 1e18, count: 1000))
        let small = try WeightConcentration(weights: [.leastNonzeroMagnitude, 0])

        #expect(abs(large.herfindahl - 0.001) < 1e-15)
        #expect(small.herfindahl == 1)
    }

    @Test func `names the input that is out of range`() {
        let causes: [(String, () throws -> Void)] = [
            ("weights", { _ = try WeightConcentration(weights: [1, -0.01]) }),
            ("weights", { _ = try WeightConcentration(weights: [.nan]) }),
            ("amounts", { _ = try WeightConcentration([Amount(minorUnits: .infinity)]) }),
            ("weights.sum", { _ = try WeightConcentration(weights: [0, 0]) }),
            ("amounts.sum", { _ = try WeightConcentration([Amount]()) }),
            ("few", { _ = try WeightConcentration(weights: [1]).share(ofTop: -1) }),
        ]
        for (input, ask) in causes {
            let error = #expect(throws: OutOfRange.self, "\(input)") { try ask() }
            #expect(error?.input == input)
        }
    }
}
