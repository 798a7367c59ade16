import Methods
import Testing

@Suite struct `Valuing what is left of a contract` {
    /// β/(α+β) 2F1(1, β+1; α+β+1; 1/(1+d)) with β raised by the renewals, computed with 50 digits.
    @Test(arguments: [
        (0.6680883732144052, 3.806095384540781, 0, 1e-12, 61395.397369986809163),
        (0.6680883732144052, 3.806095384540781, 0, 0.01, 19.006485897853689084),
        (0.6680883732144052, 3.806095384540781, 1000, 1e-12, 2616123.0751953591172),
        (0.6680883732144052, 3.806095384540781, 100_000_000, 10, 1.0999999919161310593),
        (0.7040773340194404, 1.182043111150859, 1000, 1e-6, 20092.3390651189125),
        (1e-6, 2, 0, 1e-12, 999973369335.63138849), (0.01, 0.5, 1000, 1e-12, 817603481438.04971991),
        (0.01, 0.5, 0, 0.01, 95.123165063777214743), (0.0999, 1e-6, 0, 0.1, 0.000087767966008035590978),
        (0.0999, 1e-6, 1000, 1e-12, 134795229096.34363334), (0.1, 1, 0, 1e-6, 255368.00729171199201),
        (1, 1, 7, 1e-12, 199.30531178643699061), (1, 1, 100_000_000, 1e-12, 863408814.15713737352),
        (1.0000001, 3, 0, 1e-12, 77.392963230776003013), (2.5, 0.3, 0, 0.1, 0.17569456196419461695),
        (2.5, 0.3, 1000, 0.01, 81.813936165213548542), (30, 4, 1000, 0.1, 8.2940585643003892034),
        (150, 900, 0, 1e-12, 6.0402684563390667513), (1e4, 1e3, 0, 0.1, 0.09910794721066665516),
        (1e6, 3e6, 100_000_000, 1e-6, 102.98949507140080952), (1e9, 1, 0, 1e-6, 1.000000000999998001e-9),
        (1e9, 1, 100_000_000, 10, 0.091666667513946758606), (5, 1e-6, 0, 10, 2.031117710684660631e-7),
        (5, 1e-6, 1000, 1e-6, 249.91662541659924841), (0.3, 50, 0, 1e-12, 1052133759.561035338),
        (0.3, 50, 7, 0.1, 10.471190982857290484), (0.3, 50, 1000, 1e-6, 164481.84169063753301),
    ])
    func `is right at any age and however small the discount`(
        _ alpha: Double, _ beta: Double, _ renewals: Int, _ discount: Double, _ expected: Double
    ) throws {
        let model = try ShiftedBetaGeometric<Years>(alpha: alpha, beta: beta)

        let found = try model.discountedResidualLifetime(
            afterRenewals: renewals, at: DiscountRate(discount))

        #expect(isNear(found.value, expected, to: 1e-12))
    }

    @Test func `adds up the survival curve term by term`() throws {
        var generator = SeededGenerator(state: 30)
        for _ in 0..<40 {
            let model = try ShiftedBetaGeometric<Years>(
                alpha: .random(in: 0.05...6, using: &generator),
                beta: .random(in: 0.05...9, using: &generator))
            let discount = try DiscountRate<Years>(.random(in: 0.1...0.6, using: &generator))
            let renewals = Int.random(in: 0...20, using: &generator)
            var sum = 0.0
            var share = 1.0
            var worth = 1.0
            for next in 1...400 {
                share *= try model.retention(at: renewals + next)
                sum += share * worth
                worth *= discount.factor
            }
            let found = try model.discountedResidualLifetime(afterRenewals: renewals, at: discount)
            #expect(isNear(found.value, sum, to: 1e-12))
        }
    }

    @Test func `counts the first period of a new customer in full`() throws {
        let model = try ShiftedBetaGeometric<Years>(alpha: 0.7, beta: 1.2)
        let discount = try DiscountRate<Years>(0.1)
        let sum = try (0..<2000).reversed().reduce(0) { try $0 * discount.factor + model.survival(after: $1) }

        #expect(isNear(try model.discountedLifetime(at: discount).value, sum, to: 1e-12))
    }

    @Test func `is the plain expectation without a discount, where there is one`() throws {
        let none = try DiscountRate<Years>(0)
        let model = try ShiftedBetaGeometric<Years>(alpha: 3, beta: 2)

        #expect(isNear(try model.discountedLifetime(at: none).value, 2, to: 1e-15))
        #expect(model.expectedTenure == 2)
        let faithful = try ShiftedBetaGeometric<Years>(alpha: 1, beta: 2)
        let error = #expect(throws: OutOfRange.self) { try faithful.discountedLifetime(at: none) }
        #expect(error?.input == "discount")
    }

    @Test func `grows with every renewal, so a mean rate for all undervalues old customers`() throws {
        let model = try ShiftedBetaGeometric<Years>(alpha: 0.668, beta: 3.806)
        let values = try (0...30).map {
            try model.discountedResidualLifetime(afterRenewals: $0, at: DiscountRate(0.1)).value
        }

        #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
        #expect(try #require(values.max()) < 11)
    }

    @Test func `refuses ages out of range`() throws {
        let model = try ShiftedBetaGeometric<Years>(alpha: 1, beta: 2)
        for renewals in [-1, 1_000_000_000, .max] {
            let error = #expect(throws: OutOfRange.self) {
                try model.discountedResidualLifetime(afterRenewals: renewals, at: DiscountRate(0.1))
            }
            #expect(error?.input == "renewals")
        }
    }
}

@Suite struct `Valuing points of retention by age` {
    private let margin = Amount(minorUnits: 10_000)

    private func worth(
        _ points: Double, at renewal: Int, margin: Amount? = nil
    ) throws -> RenewalPoints<Years> {
        try ShiftedBetaGeometric(alpha: 0.668, beta: 3.806).worth(
            ofPoints: points, atRenewal: renewal, margin: margin ?? self.margin, discount: DiscountRate(0.1))
    }

    @Test func `splits everyone's value into those who go and those who stay`() throws {
        // Before a renewal everyone is either a survivor or a leaver to be: the values must average.
        let model = try ShiftedBetaGeometric<Years>(alpha: 0.668, beta: 3.806)
        let discount = try DiscountRate<Years>(0.1)
        for renewal in 1...10 {
            let point = try worth(1, at: renewal)
            let facing = try model.after(renewals: renewal - 1).discountedLifetime(at: discount)
            let mixed =
                point.retention * point.asSurvivors.minorUnits
                + (1 - point.retention) * point.asLeavers.minorUnits
            #expect(isNear(mixed, 100 * facing.value, to: 1e-11))
            #expect(point.asLeavers < point.asSurvivors)
        }
    }

    @Test func `is five times as much for five points as for one`() throws {
        let one = try worth(1, at: 2)
        let five = try worth(5, at: 2)

        #expect(isNear(five.asLeavers / one.asLeavers, 5, to: 1e-13))
        #expect(isNear(five.asSurvivors / one.asSurvivors, 5, to: 1e-13))
        #expect(five.points == 5)
    }

    @Test func `cuts points to what is missing and says so`() throws {
        let late = try worth(5, at: 40)

        #expect(late.retention > 0.95)
        #expect(isNear(late.points, 100 * (1 - late.retention), to: 1e-12))
    }

    @Test func `agrees with simulated customers kept at random from those leaving`() throws {
        // θ ~ Beta(2, 3); at the first renewal 5 points of everyone are kept who would have left.
        let model = try ShiftedBetaGeometric<Years>(alpha: 2, beta: 3)
        let discount = try DiscountRate<Years>(0.1)
        let worth = try model.worth(
            ofPoints: 5, atRenewal: 1, margin: Amount(minorUnits: 1), discount: discount)
        var generator = SeededGenerator(state: 11)
        var leaving = 0
        var total = 0.0
        for _ in 0..<60_000 {
            let theta = (0..<4).map { _ in Double.random(in: 0..<1, using: &generator) }.sorted()[1]
            guard Double.random(in: 0..<1, using: &generator) < theta else { continue }
            leaving += 1
            // Σ (1 − θ)ʲ/(1 + d)ʲ, the discounted periods of one whose chance is known.
            total += 1 / (1 - (1 - theta) * discount.factor)
        }
        #expect(isNear(worth.asLeavers.minorUnits, 0.05 * total / Double(leaving), to: 0.02))
    }

    @Test func `names the input that is out of range`() throws {
        let attempts: [(String, () throws -> Void)] = [
            ("points", { _ = try worth(-1, at: 1) }), ("points", { _ = try worth(.nan, at: 1) }),
            ("renewal", { _ = try worth(1, at: 0) }),
            ("margin", { _ = try worth(1, at: 1, margin: Amount(minorUnits: .infinity)) }),
        ]
        for (input, attempt) in attempts {
            #expect(#expect(throws: OutOfRange.self, performing: attempt)?.input == input)
        }
    }
}
