import Foundation
import Methods
import Testing

@Suite struct `Valuing what is to come` {
    /// Made with mpmath 1.4.1: ∫ e^(−δt) (n/A) ₂F₁(n+1, a; a+B; −t/A) dt for a living customer with rate shape n,
    /// age A and chances of leaving Beta(a, B): shape, age, a, B, δ, value.
    @Test(arguments: [
        [0.243, 43.3, 0.793, 2.426, 0.0027, 1.0153010270966512],
        [7.243, 43.3, 0.793, 9.426, 0.0027, 19.73751825943905],
        [1000.243, 43.3, 0.793, 1002.426, 0.0027, 2437.5987255450286],
        [3.25, 43.5, 1.0, 5.5, 0.05, 1.2010271620087691],
        [0.25, 4.5, 0.3, 0.5, 0.0001, 53.534079436645314],
        [2.5, 10, 0.05, 3.0, 0.5, 0.4952237505592732],
        [40.0, 60.0, 200.0, 900.0, 0.01, 5.089443585320577],
    ])
    func `discounts all the future of BG/NBD`(_ row: [Double]) throws {
        let model = try BGNBD<Weeks>(r: row[0], alpha: Time(row[1]), a: row[2], b: row[3])

        #expect(abs(try model.discountedPurchases(of: .new, discount: Rate(row[4])) / row[5] - 1) < 1e-10)
    }

    /// From the reference file: the example of BTYD's man page `pnbd.DERT`, 15 per cent a year as .0027 a week.
    @Test(arguments: [
        (1, 30.0, 2.1991554497049606), (2, 30, 2.8435344060657335), (3, 30, 2.867128391206156),
        (4, 30, 2.4454100786073623), (5, 30, 1.8405019244774945), (6, 30, 1.262416471743855),
        (7, 30, 0.8096181194538377), (8, 30, 0.494803619375451), (9, 30, 0.29202470156979965),
        (10, 30, 0.16792750856605296), (7, 35, 1.8641833280713247),
    ])
    func `discounts all the future of Pareto/NBD as published`(
        _ repeats: Int, _ last: Double, _ expected: Double
    ) throws {
        let model = try ParetoNBD<Weeks>(r: 0.5629966, alpha: 12.559037, s: 0.4081095, beta: 10.5148048)
        let history = try PurchaseHistory<Weeks>(repeats: repeats, last: Time(last), observed: 77.86)

        #expect(abs(try model.discountedPurchases(of: history, discount: 0.0027) / expected - 1) < 1e-9)
    }

    @Test func `equals many small steps of the expectation`() throws {
        var generator = SeededGenerator(state: 31)
        let rate = 0.08
        for _ in 0..<3 {
            let history = try generator.history()
            for model in try generator.models() {
                var (sum, before) = (0.0, 0.0)
                for step in 1...800 {
                    let purchases = try model.expectedPurchases(of: history, within: Time(Double(step) / 4))
                    sum += (purchases - before) * exp(-rate * (Double(step) - 0.5) / 4)
                    before = purchases
                }
                let found = try model.discountedPurchases(of: history, discount: Rate(rate))

                #expect(abs(found - sum) < 2e-4 * found + 1e-12, "\(model) \(history)")
            }
        }
    }

    @Test func `takes a yearly rate only after it is turned into the model's unit`() throws {
        let model = try ParetoNBD<Weeks>(r: 0.56, alpha: 12.6, s: 0.41, beta: 10.5)
        let yearly = Rate<Years>(log(1.15))

        let found = try model.discountedPurchases(of: .new, discount: yearly.converted())

        let weekly = yearly.value / 52.178571428571431
        #expect(abs(found / (try model.discountedPurchases(of: .new, discount: Rate(weekly))) - 1) < 1e-12)
    }

    @Test func `discounts period by period to one expectation where nothing fades`() throws {
        let model = try MBGNBD<Weeks>(r: 0.525, alpha: 6.183, a: 0.891, b: 1.614)
        let history = try PurchaseHistory<Weeks>(repeats: 2, last: 30, observed: 39)
        let year = try ValueHorizon<Weeks>(period: 13, periods: 4, discountPerPeriod: 0)

        let value = try model.discountedValue(
            of: history, spend: Amount(minorUnits: 5000), over: year, margin: 0.4)

        let purchases = try model.expectedPurchases(of: history, within: 52)
        #expect(abs(value.minorUnits - 2000 * purchases) < 1e-9)
    }

    @Test func `refuses rates, horizons and margins that are none`() throws {
        let model = try BGNBD<Weeks>(r: 0.5, alpha: 6, a: 0.9, b: 1.6)
        for rate in [0, -1, .nan, .infinity] as [Double] {
            #expect(throws: OutOfRange.self) { try model.discountedPurchases(of: .new, discount: Rate(rate)) }
        }
        let causes: [(String, Double, Int, Double)] = [
            ("period", 0, 12, 0.01), ("period", .nan, 12, 0.01), ("periods", 4, 0, 0.01),
            ("periods", 4, .max, 0.01),
            ("periods", 1e6, 2000, 0.01), ("discountPerPeriod", 4, 12, -0.1),
            ("discountPerPeriod", 4, 12, .nan),
        ]
        for (input, period, periods, discount) in causes {
            let error = #expect(throws: OutOfRange.self) {
                try ValueHorizon<Weeks>(period: Time(period), periods: periods, discountPerPeriod: discount)
            }
            #expect(error?.input == input)
        }
        let horizon = try ValueHorizon<Weeks>(period: 4, periods: 12, discountPerPeriod: 0.01)
        for (spend, margin) in [(Double.nan, 1.0), (1, 2), (1, .nan)] {
            #expect(throws: OutOfRange.self) {
                try model.discountedValue(
                    of: .new, spend: Amount(minorUnits: spend), over: horizon, margin: margin)
            }
        }
    }
}
