import Methods
import Testing

@Suite struct `Counting a new customer's repeats` {
    /// Made with mpmath 1.4.1 at 40 digits, far into the tail.
    @Test func `matches references in body and tail`() throws {
        let better = try BGNBD<Weeks>(r: 0.243, alpha: 4.414, a: 0.793, b: 2.426)
        let modified = try MBGNBD<Weeks>(r: 0.525, alpha: 6.183, a: 0.891, b: 1.614)
        let pareto = try ParetoNBD<Weeks>(r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669)
        let cases: [(any BuyingProcess<Weeks>, [Int: Double])] = [
            (
                better,
                [
                    0: 0.5737863520960094, 1: 0.19939528083591146, 50: 3.5872653593075316e-06,
                    400: 6.673586792464449e-24,
                ]
            ),
            (
                modified,
                [
                    0: 0.582473189493289, 1: 0.1827830772875405, 2: 0.08689482567349052,
                    50: 1.0099181871944287e-06, 400: 2.3856390351947716e-30,
                ]
            ),
            (
                pareto,
                [
                    0: 0.5936250316023838, 1: 0.1655629472771755, 2: 0.08248718411631659,
                    10: 0.0041934393320804215, 50: 1.2105138546131104e-07,
                ]
            ),
        ]
        for (model, expected) in cases {
            for (count, chance) in expected {
                let found = try model.repeatCounts(within: 39, upTo: count)
                #expect(found.count == count + 1)
                #expect(abs(found[count] / chance - 1) < 1e-9, "\(model): \(count)")
            }
        }
    }

    @Test func `adds up to one, and weighted to the expectation`() throws {
        var generator = SeededGenerator(state: 10)
        for _ in 0..<8 {
            let (r, a, b) = (
                Double.random(in: 0.2...3, using: &generator), Double.random(in: 0.2...3, using: &generator),
                Double.random(in: 0.5...5, using: &generator)
            )
            let models: [any BuyingProcess<Weeks>] = [
                try BGNBD(r: r, alpha: 7, a: a, b: b), try MBGNBD(r: r, alpha: 7, a: a, b: b),
                try ParetoNBD(r: r, alpha: 7, s: a, beta: Time(4 * b)),
            ]
            for model in models {
                let counts = try model.repeatCounts(within: 30, upTo: 240)
                let mean = counts.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }

                #expect(counts.allSatisfy { (0...1).contains($0) })
                #expect(abs(counts.reduce(0, +) - 1) < 1e-9)
                #expect(abs(mean / (try model.expectedPurchases(within: 30)) - 1) < 1e-8)
            }
        }
    }

    @Test func `is certain of none in no time`() throws {
        let model = try BGNBD<Weeks>(r: 0.5, alpha: 6, a: 0.9, b: 1.6)
        let pareto = try ParetoNBD<Weeks>(r: 0.5, alpha: 6, s: 0.9, beta: 1.6)

        #expect(try model.repeatCounts(within: 0, upTo: 3) == [1, 0, 0, 0])
        #expect(try pareto.repeatCounts(within: 0, upTo: 3) == [1, 0, 0, 0])
        for most in [-1, 10_001, .max] {
            #expect(throws: OutOfRange.self) { try model.repeatCounts(within: 1, upTo: most) }
        }
        #expect(throws: OutOfRange.self) { try pareto.repeatCounts(within: Time(.nan), upTo: 1) }
    }
}
