import Foundation
import Methods
import Testing

@Suite struct `Estimating callers' patience` {
    @Test func `divides everyone's waiting by those who hung up`() throws {
        let patience = try Patience(answered: [0, 10, 40, 70], abandoned: [20, 60])

        #expect(patience.totalWait == 200 && patience.abandoned == 2)
        // Not 40, the mean wait of the two who hung up.
        #expect(patience.mean == 100)
    }

    @Test func `does not mind the order`() throws {
        var generator = SeededGenerator(state: 3)
        let waits = (0..<200).map { _ in Time<Seconds>(Double.random(in: 0...300, using: &generator)) }
        let ahead = try #require(try Patience(answered: waits, abandoned: Array(waits[..<50])).mean)
        let shuffled = try #require(
            try Patience(
                answered: waits.shuffled(using: &generator),
                abandoned: waits[..<50].shuffled(using: &generator)
            ).mean)

        #expect(abs(ahead.value - shuffled.value) < 1e-10)
    }

    /// From chi-square tables: 2.5 % and 97.5 % points with 20 and 22 degrees of freedom are 9.5908 and
    /// 36.7807.
    @Test func `puts the Poisson interval around it`() throws {
        let patience = try Patience(totalWait: 1000, abandoned: 10)
        let upper = try #require(patience.upper)

        #expect(abs(upper.value - 2000 / 9.5908) < 0.01)
        #expect(abs(patience.lower.value - 2000 / 36.7807) < 0.001)
    }

    @Test func `knows a lower bound where nobody hung up`() throws {
        let patience = try Patience(totalWait: 1000, abandoned: 0)

        #expect(patience.mean == nil && patience.upper == nil)
        // −ln 0.025 = 3.68888.
        #expect(abs(patience.lower.value - 1000 / 3.688_879_454) < 1e-6)
    }

    @Test func `holds the truth as often as it says`() throws {
        var generator = SeededGenerator(state: 99)
        var held = 0
        for _ in 0..<400 {
            var (answered, abandoned) = ([Time<Seconds>](), [Time<Seconds>]())
            for _ in 0..<60 {
                let ready = -60 * logarithm(&generator)
                let offered = -30 * logarithm(&generator)
                if offered < ready { answered.append(Time(offered)) } else { abandoned.append(Time(ready)) }
            }
            let patience = try Patience(answered: answered, abandoned: abandoned)
            if patience.lower < 60, patience.upper.map({ $0 > 60 }) ?? true { held += 1 }
        }

        // 95 % and, being cautious, a little more; five standard errors below is 358.
        #expect(held >= 358 && held < 400)
    }

    private func logarithm(_ generator: inout SeededGenerator) -> Double {
        log(Double.random(in: Double.leastNonzeroMagnitude..<1, using: &generator))
    }

    @Test func `names the input that is out of range`() {
        let refusals: [(String, () throws -> Void)] = [
            ("totalWait", { _ = try Patience(totalWait: 0, abandoned: 1) }),
            ("totalWait", { _ = try Patience(totalWait: Time(.nan), abandoned: 1) }),
            ("totalWait", { _ = try Patience(answered: [], abandoned: []) }),
            ("abandoned", { _ = try Patience(totalWait: 1, abandoned: -1) }),
            ("confidence", { _ = try Patience(totalWait: 1, abandoned: 1, confidence: 1) }),
            ("a wait in answered", { _ = try Patience(answered: [-1], abandoned: [3]) }),
            ("a wait in abandoned", { _ = try Patience(answered: [1], abandoned: [Time(.infinity)]) }),
        ]
        for (input, refused) in refusals {
            let error = #expect(throws: OutOfRange.self) { try refused() }
            #expect(error?.input == input)
        }
    }
}
