import Methods
import Testing

@Suite struct `Contracts lasting` {
    /// B(α, β + t)/B(α, β) computed with 50 digits.
    @Test(arguments: [
        (0.668, 3.806, 12, 0.37804042018209043014), (0.01, 0.5, 1_000_000, 0.85423732077075049278),
        (1e4, 1e4, 50, 9.4413719421445616467e-16), (9000, 20, 3, 1.2586585436248632798e-8),
        (0.5, 1e6, 1_000_000_000, 0.031606973115125737332), (50, 2, 7, 2.660688206693754069e-8),
        (1e-6, 1e-6, 1_000_000_000_000, 0.49998589608176753469), (2, 0.001, 5, 0.000033354435595133931054),
        (700, 8000, 4000, 9.1074057209511620085e-120), (1e6, 3e8, 1000, 0.035872490408277327705),
        (1e9, 1e9, 30, 9.3132277717815753538e-10),
    ])
    func `survive as the ratio of beta functions says`(
        _ alpha: Double, _ beta: Double, _ renewals: Int, _ expected: Double
    ) throws {
        let model = try ShiftedBetaGeometric<Years>(alpha: alpha, beta: beta)

        #expect(isNear(try model.survival(after: renewals), expected, to: 1e-12))
    }

    @Test func `survive as the product of their retention rates says`() throws {
        var generator = SeededGenerator(state: 2007)
        for _ in 0..<100 {
            let model = try ShiftedBetaGeometric<Months>(
                alpha: .random(in: 0.01...20, using: &generator),
                beta: .random(in: 0.01...20, using: &generator))
            var product = 1.0
            for renewal in 1...30 {
                product *= try model.retention(at: renewal)
                #expect(isNear(try model.survival(after: renewal), product, to: 1e-12))
            }
            #expect(try model.survival(after: 0) == 1)
            #expect(isNear(1 - model.meanChurn, try model.retention(at: 1), to: 1e-12))
        }
    }

    @Test func `renew better with age, though no customer does`() throws {
        let model = try ShiftedBetaGeometric<Years>(alpha: 0.668, beta: 3.806)
        let rates = try (1...50).map { try model.retention(at: $0) }

        #expect(zip(rates, rates.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func `go on from any age as the model of those who are left`() throws {
        let model = try ShiftedBetaGeometric<Years>(alpha: 0.7, beta: 1.2)
        let left = try model.after(renewals: 5)
        let conditional = try model.survival(after: 12) / model.survival(after: 5)

        #expect(isNear(try left.survival(after: 7), conditional, to: 1e-13))
    }

    @Test func `last as long as the survival curve sums up to`() throws {
        let model = try ShiftedBetaGeometric<Years>(alpha: 3.5, beta: 2)
        let sum = try (0..<40).reduce(0) { try $0 + model.survival(after: $1) }

        #expect(isNear(try model.expectedTenure(within: 40).value, sum, to: 1e-13))
        #expect(isNear(model.expectedTenure?.value, 1.8, to: 1e-15))
        #expect(isNear(try model.expectedTenure(within: 100_000).value, 1.8, to: 1e-9))
        #expect(try model.expectedTenure(within: 0) == 0)
    }

    @Test func `last for ever on average when the faithful are too many`() throws {
        #expect(try ShiftedBetaGeometric<Years>(alpha: 1, beta: 2).expectedTenure == nil)
    }

    @Test func `behave as simulated customers with a chance of their own`() throws {
        // θ ~ Beta(2, 3) as the second smallest of four uniform numbers.
        let model = try ShiftedBetaGeometric<Months>(alpha: 2, beta: 3)
        var generator = SeededGenerator(state: 404)
        let people = 20_000
        var left = [Int](repeating: 0, count: 9)
        for _ in 0..<people {
            let uniform = (0..<4).map { _ in Double.random(in: 0..<1, using: &generator) }.sorted()
            var age = 0
            while age < 9, Double.random(in: 0..<1, using: &generator) >= uniform[1] || age == 0 {
                left[age] += 1
                age += 1
            }
        }
        // The loop above lets everyone into age 0 and rolls the die from then on.
        for age in 1..<9 {
            let share = try model.survival(after: age)
            let bound = 5 * (share * (1 - share) / Double(people)).squareRoot()
            #expect(abs(Double(left[age]) / Double(people) - share) < bound, "after \(age)")
        }
    }

    @Test func `have names for inputs out of range`() throws {
        for value in [0, -1, 1e-7, 1e10, .nan, .infinity] {
            let alpha = #expect(throws: OutOfRange.self) {
                try ShiftedBetaGeometric<Years>(alpha: value, beta: 1)
            }
            let beta = #expect(throws: OutOfRange.self) {
                try ShiftedBetaGeometric<Years>(alpha: 1, beta: value)
            }
            #expect(alpha?.input == "alpha" && beta?.input == "beta")
        }
        let model = try ShiftedBetaGeometric<Years>(alpha: 1, beta: 1)
        let attempts: [(String, () throws -> Void)] = [
            ("renewals", { _ = try model.survival(after: -1) }),
            ("renewals", { _ = try model.survival(after: .max) }),
            ("renewal", { _ = try model.retention(at: 0) }),
            ("renewals", { _ = try model.after(renewals: 2_000_000_000) }),
            ("periods", { _ = try model.expectedTenure(within: -1) }),
            ("periods", { _ = try model.expectedTenure(within: .max) }),
        ]
        for (input, attempt) in attempts {
            #expect(#expect(throws: OutOfRange.self, performing: attempt)?.input == input)
        }
    }
}
