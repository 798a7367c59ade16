import Methods
import Testing

@Suite struct `Paying back what a customer cost` {
    private func wait(_ cost: Double, from contribution: Double, churn: Double) throws -> Payback<Months> {
        try payback(
            of: Amount(minorUnits: cost), from: Amount(minorUnits: contribution), churn: Churn(churn))
    }

    @Test func `takes longer when customers leave meanwhile`() throws {
        #expect(try wait(30_000, from: 4000, churn: 0) == .after(7.5))
        guard case .after(let time) = try wait(30_000, from: 4000, churn: 0.02) else {
            Issue.record("300 at 40 a month and 2 % churn pays back")
            return
        }
        #expect(isNear(time.value, 8.044413401803881, to: 1e-13))
    }

    @Test func `is when the falling contributions add up to the cost`() throws {
        var generator = SeededGenerator(state: 88)
        for _ in 0..<100 {
            let churn = Double.random(in: 0.001...0.3, using: &generator)
            let months = Int.random(in: 1...60, using: &generator)
            var earned = 0.0
            var left = 1.0
            for _ in 0..<months {
                earned += 700 * left
                left *= 1 - churn
            }
            guard case .after(let time) = try wait(earned, from: 700, churn: churn) else {
                Issue.record("what \(months) months brought is paid back")
                continue
            }
            #expect(isNear(time.value, Double(months), to: 1e-6))
        }
    }

    @Test func `never comes when too many leave, which is an answer`() throws {
        #expect(try wait(50_000, from: 1200, churn: 0.03) == .never)
        #expect(try wait(1000, from: 100, churn: 0.1) == .never)
        #expect(try wait(1000, from: 0, churn: 0) == .never)
        #expect(try wait(1000, from: -5, churn: 0.1) == .never)
        #expect(try wait(1e15, from: .leastNonzeroMagnitude, churn: 0.1) == .never)
    }

    @Test func `is there at once when nothing was spent`() throws {
        #expect(try wait(0, from: 0, churn: 0.5) == .after(0))
    }

    @Test func `does not notice a churn too small to matter`() throws {
        #expect(try wait(300, from: 100, churn: .leastNonzeroMagnitude) == .after(3))
    }

    @Test func `begins with what the first order leaves`() throws {
        let left = try firstOrderContribution(
            revenue: Amount(minorUnits: 5000), grossMargin: 0.4, acquisitionCost: Amount(minorUnits: 3500))

        #expect(left == Amount(minorUnits: -1500))
    }

    @Test func `names the input that is out of range`() throws {
        let attempts: [(String, () throws -> Void)] = [
            ("cost", { _ = try wait(-1, from: 1, churn: 0) }),
            ("cost", { _ = try wait(.nan, from: 1, churn: 0) }),
            ("contribution", { _ = try wait(1, from: .infinity, churn: 0) }),
            ("churn", { _ = try wait(1, from: 1, churn: 1) }),
            (
                "grossMargin",
                { _ = try firstOrderContribution(revenue: .zero, grossMargin: 2, acquisitionCost: .zero) }
            ),
        ]
        for (input, attempt) in attempts {
            #expect(#expect(throws: OutOfRange.self, performing: attempt)?.input == input)
        }
    }
}

@Suite struct `Counting what customers cost to win` {
    private let spend = [1000, 3000, 2000, 8000].map { Amount(minorUnits: $0) }

    @Test func `sets spend against the customers it won a sales cycle later`() throws {
        let cost = try AcquisitionCost<Months>(spend: spend, won: [9, 10, 0, 4], salesCycle: 1)

        #expect(cost.perCustomer == [nil, Amount(minorUnits: 100), nil, Amount(minorUnits: 500)])
        #expect(cost.overall.map { isNear($0.minorUnits, 6000.0 / 14, to: 1e-14) } == true)
    }

    @Test func `differs from the unlagged figure when spend changes`() throws {
        let lagged = try AcquisitionCost<Months>(spend: spend, won: [9, 10, 5, 4], salesCycle: 2)
        let unlagged = try AcquisitionCost<Months>(spend: spend, won: [9, 10, 5, 4])

        #expect(isNear(lagged.overall?.minorUnits, 4000.0 / 9, to: 1e-14))
        #expect(isNear(unlagged.overall?.minorUnits, 14_000.0 / 28, to: 1e-14))
    }

    @Test func `has no figure when nobody was won`() throws {
        let cost = try AcquisitionCost<Months>(spend: spend, won: [7, 0, 0, 0], salesCycle: 1)

        #expect(cost.overall == nil && cost.perCustomer == [nil, nil, nil, nil])
    }

    @Test func `names the input that is out of range`() {
        let cases: [(String, [Amount], [Int], Int)] = [
            ("won", spend, [1], 0), ("won", [], [], 0), ("won", spend, [1, 2, 3, -4], 0),
            ("salesCycle", spend, [1, 2, 3, 4], 4), ("salesCycle", spend, [1, 2, 3, 4], -1),
            ("spend", [Amount(minorUnits: -1)], [1], 0), ("spend", [Amount(minorUnits: .nan)], [1], 0),
        ]
        for (input, spend, won, cycle) in cases {
            let error = #expect(throws: OutOfRange.self) {
                try AcquisitionCost<Months>(spend: spend, won: won, salesCycle: cycle)
            }
            #expect(error?.input == input)
        }
    }
}
