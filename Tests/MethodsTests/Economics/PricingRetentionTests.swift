import Methods
import Testing

@Suite struct `Pricing retention` {
    private func customers(
        _ retention: Double, discount: Double = 0.1, margin: Double = 10_000
    ) throws -> ConstantRetention<Years> {
        try ConstantRetention(
            margin: Amount(minorUnits: margin), retention: retention, discount: DiscountRate(discount))
    }

    @Test func `values a customer as the discounted sum of their margins`() throws {
        let sum = (0..<2000).reversed().reduce(0.0) { later, _ in 10_000 + later * 0.85 / 1.1 }

        #expect(isNear(try customers(0.85).lifetimeValue.minorUnits, sum, to: 1e-13))
    }

    @Test(arguments: [(0.60, 11.1), (0.80, 20.0), (0.85, 25.0), (0.90, 33.3)])
    func `gives five points the quoted worth at ten per cent`(_ retention: Double, _ percent: Double) throws {
        let gain = try customers(retention).gain(fromPoints: 5)

        #expect(abs(100 * gain.relative - percent) < 0.05)
        #expect(isNear(gain.relative, gain.perCustomer / gain.before.lifetimeValue, to: 1e-12))
    }

    @Test func `gives the same percentage whatever the margin`() throws {
        let cheap = try customers(0.8, margin: 100).gain(fromPoints: 5)
        let dear = try customers(0.8, margin: 1e9).gain(fromPoints: 5)

        #expect(cheap.relative == dear.relative)
    }

    @Test func `breaks even exactly at the stated cost of a programme`() throws {
        for retention in [0.0, 0.3, 0.6, 0.9] {
            for discount in [0, 0.01, 0.1] {
                let gain = try customers(retention, discount: discount).gain(fromPoints: 5)
                let left = try gain.net(ofCostPerPeriod: gain.breakEvenPerPeriod)
                #expect(abs(left.minorUnits) < 1e-9 * gain.after.lifetimeValue.minorUnits)
                #expect(try gain.net(ofCostPerPeriod: .zero) == gain.perCustomer)
            }
        }
    }

    @Test func `has the elasticity of its own curve`() throws {
        let here = try customers(0.8)
        let there = try customers(0.8 * 1.000001)
        let slope = (there.lifetimeValue.minorUnits / here.lifetimeValue.minorUnits - 1) / 0.000001

        #expect(isNear(here.elasticity, slope, to: 1e-5))
    }

    @Test func `draws a curve that climbs ever faster`() throws {
        let values = try customers(0).curve(over: (0...19).map { Double($0) / 20 }).map(\.lifetimeValue)
        let steps = zip(values, values.dropFirst()).map { $1 - $0 }

        #expect(values.first == Amount(minorUnits: 10_000))
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func `reaches a perpetuity when all stay, if it is discounted`() throws {
        let gain = try customers(0.95).gain(fromPoints: 5)

        #expect(gain.after.retention == 1 && gain.after.meanLife == nil)
        #expect(isNear(gain.after.lifetimeValue.minorUnits, 110_000, to: 1e-12))
        #expect(isNear(try customers(0.9, discount: 0).meanLife?.value, 10, to: 1e-14))
    }

    @Test func `takes points away too`() throws {
        let loss = try customers(0.85).gain(fromPoints: -5)

        #expect(isNear(loss.relative, 0.25 / 0.30 - 1, to: 1e-12))
        #expect(loss.perCustomer < .zero)
    }

    @Test func `names the input that is out of range`() throws {
        let attempts: [(String, () throws -> Void)] = [
            ("retention", { _ = try customers(1.1) }), ("retention", { _ = try customers(.nan) }),
            ("retention", { _ = try customers(1, discount: 0) }),
            ("margin", { _ = try customers(0.5, margin: .infinity) }),
            ("points", { _ = try customers(0.97).gain(fromPoints: 5) }),
            ("points", { _ = try customers(0.95, discount: 0).gain(fromPoints: 5) }),
            ("points", { _ = try customers(0.95).gain(fromPoints: .nan) }),
            ("retention", { _ = try customers(0.5).curve(over: [0.1, 2]) }),
            (
                "cost",
                { _ = try customers(0.5).gain(fromPoints: 1).net(ofCostPerPeriod: Amount(minorUnits: -1)) }
            ),
        ]
        for (input, attempt) in attempts {
            #expect(#expect(throws: OutOfRange.self, performing: attempt)?.input == input)
        }
    }
}
