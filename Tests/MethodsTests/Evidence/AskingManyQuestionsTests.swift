import Methods
import Testing

@Suite struct `Asking many questions at once` {
    /// statsmodels 0.15.0 `multipletests(method="fdr_bh")`; the second row is the example of Benjamini and
    /// Hochberg's paper, where four of fifteen stay under 0.05.
    @Test(arguments: [
        (
            [0.01, 0.04, 0.03, 0.005, 0.2, 0.04, 1.0, 0.0005],
            [
                0.02666666666666667, 0.05333333333333334, 0.05333333333333334, 0.02, 0.2285714285714286,
                0.05333333333333334, 1, 0.004,
            ]
        ),
        (
            [
                0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
                0.5719,
                0.6528, 0.7590, 1,
            ],
            [
                0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714285714286, 0.06385714285714286, 0.0645,
                0.0765, 0.486, 0.5811818181818182, 0.714875, 0.7532307692307693, 0.8132142857142857, 1,
            ]
        ),
    ])
    func `adjusts as published`(_ pValues: [Double], _ expected: [Double]) throws {
        let found = try benjaminiHochberg(pValues)

        for (one, other) in zip(found, expected) { #expect(abs(one - other) < 1e-15) }
        #expect(found.count == expected.count)
    }

    @Test func `rejects what the step-up rule rejects, in the order of the input`() throws {
        var generator = SeededGenerator(state: 1995)
        for _ in 0..<300 {
            let size = Int.random(in: 1...12, using: &generator)
            // Few distinct values, so that ties are common.
            let values = (0..<size).map { _ in Double(Int.random(in: 0...20, using: &generator)) / 20 }
            let found = try benjaminiHochberg(values)
            for rate in [0.01, 0.05, 0.1, 0.25, 0.5, 1] {
                // Straight from the paper: reject the k smallest, k the largest with p₍ₖ₎ ≤ k q/m.
                let sorted = values.sorted()
                let last = sorted.indices.last {
                    sorted[$0] <= Double($0 + 1) * rate / Double(size) + 1e-12
                }
                for (value, adjusted) in zip(values, found) {
                    #expect((adjusted <= rate + 1e-9) == (last.map { value <= sorted[$0] } ?? false))
                }
            }
            for (value, adjusted) in zip(values, found) { #expect(adjusted >= value && adjusted <= 1) }
        }
    }

    @Test func `gives equal questions equal answers wherever they stand`() throws {
        let values = [0.03, 0.5, 0.03, 0.001, 0.03]
        let found = try benjaminiHochberg(values)
        var generator = SeededGenerator(state: 3)
        let order = values.indices.shuffled(using: &generator)

        #expect(found[0] == found[2] && found[2] == found[4])
        #expect(try benjaminiHochberg(order.map { values[$0] }) == order.map { found[$0] })
    }

    @Test func `does not count questions without an answer`() throws {
        let found = try benjaminiHochberg(skippingNil: [nil, 0.01, nil, 0.04])

        #expect(found == [nil, 0.02, nil, 0.04])
        #expect(try benjaminiHochberg(skippingNil: [nil, nil]) == [nil, nil])
    }

    @Test func `answers no question with no answer and one with itself`() throws {
        #expect(try benjaminiHochberg([]) == [])
        #expect(try benjaminiHochberg([0.037]) == [0.037])
    }

    @Test func `refuses what is no p-value`() {
        for value in [Double.nan, -0.001, 1.001, .infinity] {
            let error = #expect(throws: OutOfRange.self) { try benjaminiHochberg([0.5, value]) }
            #expect(error?.input == "pValues")
            #expect(throws: OutOfRange.self) { try benjaminiHochberg(skippingNil: [nil, value]) }
        }
    }
}
