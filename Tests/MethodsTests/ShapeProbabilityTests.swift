import Methods
import Testing

@Suite struct `Weighing the four shapes` {
    private func probabilities(_ first: Int, _ repeating: Int, _ advocate: Int) throws -> ShapeProbabilities {
        try shape(
            of: Levels(first: first, repeating: repeating, advocate: advocate), advocacyMeasured: true,
            historyBeginsInside: false, windowDays: nil, medianCycleDays: nil
        ).probabilities
    }

    /// Made with mpmath 1.3.0: the four integrals over u = ln x by its Gauss–Legendre `quad` at 22
    /// digits, the tails inside by `gammainc` (shapes under 200) or by `quad` of the density.
    @Test(arguments: [
        (0, 0, 0, [0.16666666666666666, 0.3333333333333333, 0.3333333333333333, 0.16666666666666666]),
        (1, 0, 0, [0.35044296514059736, 0.46786692104319333, 0.14955703485940264, 0.03213307895680668]),
        (0, 0, 1, [0.03213307895680668, 0.46786692104319333, 0.14955703485940264, 0.35044296514059736]),
        (0, 1, 0, [0.11742395590259597, 0.06426615791361336, 0.7008859302811946, 0.11742395590259597]),
        (2, 7, 0, [0.044616885759184315, 0.000414444864476945, 0.9538813407021173, 0.00108732867422149]),
        (0, 3, 3, [0.005276287677626305, 0.027869212586147378, 0.4947237123223737, 0.4721307874138526]),
        (12, 12, 11, [0.21040558112525598, 0.289594418874744, 0.37188062504900676, 0.12811937495099324]),
        (7, 30, 24, [6.27650337973759e-06, 3.90744843765820e-05, 0.7927560248642712, 0.207198624147972]),
        (50, 48, 5, [0.5799881733201374, 1.147466391960137e-10, 0.4200118265650491, 6.686036601018103e-14]),
        (0, 25, 60, [2.52465875790560e-21, 3.25404332950252e-09, 5.917004899885e-05, 0.9999408266969578]),
        (300, 310, 290, [0.2141987111968232, 0.1285981936104607, 0.5786823171648681, 0.07852077802784808]),
        (1000, 990, 1010, [0.1177279237322149, 0.4709552828235864, 0.2096378853366122, 0.2016789081075865]),
        (
            5000, 4900, 5100,
            [0.00947095750387468, 0.8330897421345792, 0.01327647472724538, 0.1441628256343007]
        ),
    ])
    func `agrees with thirteen-place references`(
        _ first: Int, _ repeating: Int, _ advocate: Int, _ expected: [Double]
    ) throws {
        let found = try probabilities(first, repeating, advocate)

        for (shape, value) in zip(Shape.allCases, expected) {
            #expect(abs(found[shape] - value) < 1e-13, "\(shape)")
        }
    }

    /// As above; at this size a rounding of the inputs alone moves the sixteenth place by hundreds.
    @Test(arguments: [
        (
            1_000_000, 1_000_500, 999_000,
            [0.26287852975038334, 0.09897483973998387, 0.5927294292612019, 0.04541720124843088]
        ),
        (
            100_000_000, 100_010_000, 99_995_000,
            [0.1625786791266706, 0.07717687423206247, 0.6929961240085711, 0.06724832263269581]
        ),
        (100_000_000, 99_990_000, 0, [0.7602554314235141, 0, 0.2397445685764858, 0]),
        (99_990_000, 100_000_000, 5, [0.2397445685764858, 0, 0.7602554314235141, 0]),
        (
            100_000_000, 100_000_000, 100_000_000,
            [0.16666666666666666, 0.3333333333333333, 0.3333333333333333, 0.16666666666666666]
        ),
    ])
    func `stays exact for a hundred million customers`(
        _ first: Int, _ repeating: Int, _ advocate: Int, _ expected: [Double]
    ) throws {
        let found = try probabilities(first, repeating, advocate)

        for (shape, value) in zip(Shape.allCases, expected) {
            #expect(abs(found[shape] - value) < 1e-12, "\(shape)")
        }
    }

    @Test func `keeps every probability in range and the sum at one`() throws {
        var generator = SeededGenerator(state: 2002)
        for _ in 0..<400 {
            let (first, repeating, advocate) = (generator.count(), generator.count(), generator.count())
            let found = try probabilities(first, repeating, advocate)
            let values = Shape.allCases.map { found[$0] }

            #expect(values.allSatisfy { (0...1).contains($0) }, "\(first), \(repeating), \(advocate)")
            #expect(abs(values.reduce(0, +) - 1) < 1e-14, "\(first), \(repeating), \(advocate)")
        }
    }

    @Test func `turns a pyramid upside down when base and top trade places`() throws {
        var generator = SeededGenerator(state: 17)
        for _ in 0..<200 {
            let (first, repeating, advocate) = (generator.count(), generator.count(), generator.count())
            let upright = try probabilities(first, repeating, advocate)
            let turned = try probabilities(advocate, repeating, first)

            #expect(abs(upright.pyramid - turned.inverted) < 1e-13)
            #expect(abs(upright.hourglass - turned.hourglass) < 1e-13)
            #expect(abs(upright.hexagon - turned.hexagon) < 1e-13)
        }
    }

    @Test func `agrees with the beta distribution on each pair of levels`() throws {
        var generator = SeededGenerator(state: 5)
        for _ in 0..<200 {
            let middle = generator.count()
            let nearby = Double.random(in: -3...3, using: &generator) * Double(middle + 1).squareRoot()
            let first = max(0, middle + Int(nearby))
            let advocate = generator.count()
            let found = try probabilities(first, middle, advocate)
            let toBase = try BetaDistribution(alpha: Double(middle) + 0.5, beta: Double(first) + 0.5)
            let toTop = try BetaDistribution(alpha: Double(middle) + 0.5, beta: Double(advocate) + 0.5)

            #expect(abs(try toBase.tails(at: 0.5).below - found.pyramid - found.hourglass) < 2e-12)
            #expect(abs(try toTop.tails(at: 0.5).above - found.pyramid - found.hexagon) < 2e-12)
        }
    }

    @Test func `grows surer as the same proportions hold over more people`() throws {
        var generator = SeededGenerator(state: 40)
        for _ in 0..<60 {
            let levels = (0..<3).map { _ in Int.random(in: 1...60, using: &generator) }
            guard Set(levels).count == 3 else { continue }
            let order = trueOrder(levels)
            var before = 0.0
            for scale in [1, 3, 10, 100, 10_000, 1_000_000] {
                let found = try probabilities(levels[0] * scale, levels[1] * scale, levels[2] * scale)[order]
                #expect(found >= before - 1e-12, "\(levels) × \(scale)")
                before = found
            }
            #expect(before > 0.999)
        }
    }

    @Test func `ranks equals in the order of the shapes`() throws {
        let even = try probabilities(30, 30, 30)

        #expect(even.ranking == [.hourglass, .hexagon, .pyramid, .inverted])
    }

    private func trueOrder(_ levels: [Int]) -> Shape {
        switch (levels[0] > levels[1], levels[1] > levels[2]) {
        case (true, true): .pyramid
        case (true, false): .hourglass
        case (false, true): .hexagon
        case (false, false): .inverted
        }
    }
}
