import Methods
import Testing

@Suite struct `Listing customers at risk` {
    private let rule = Result { try AtRiskRule() }
    private let worth = Amount(minorUnits: 3600)

    @Test(arguments: [
        (0.49, 0.6, RiskFinding.Reason.low), (0.46, 0.95, .both), (0.48, 0.95, .low), (0.6, 0.95, nil),
        (0.51, 0.99, nil), (0.2, 0.9, .both),
        (0.5, 1.0, nil),
    ])
    func `goes by how low P(alive) is and how far it fell`(
        _ now: Double, _ before: Double, _ reason: RiskFinding.Reason?
    ) throws {
        let finding = try rule.get().judge(now: .estimated(now), before: .estimated(before), residual: worth)

        #expect(finding?.reason == reason)
        #expect(finding == nil || finding?.residual == worth)
    }

    @Test func `notices a fall above the threshold`() throws {
        let strict = try AtRiskRule(threshold: 0.3, drop: 0.5)

        let finding = try strict.judge(now: .estimated(0.4), before: .estimated(0.9), residual: worth)

        #expect(finding?.reason == .fell && finding?.alive == 0.4)
    }

    @Test func `judges by today alone where there is no earlier estimate`() throws {
        let rule = try rule.get()

        #expect(try rule.judge(now: .estimated(0.9), before: nil, residual: worth) == nil)
        #expect(try rule.judge(now: .estimated(0.9), before: .presumed, residual: worth) == nil)
        #expect(try rule.judge(now: .estimated(0.1), before: nil, residual: worth)?.reason == .low)
    }

    @Test func `never calls a presumed customer safe`() throws {
        let model = try BGNBD<Weeks>(r: 0.243, alpha: 4.414, a: 0.793, b: 2.426)
        let once = try PurchaseHistory<Weeks>(repeats: 0, last: 0, observed: 500)

        let alive = model.alive(once)

        #expect(alive == .presumed && alive.probability == nil && alive.factor == 1)
        let finding = try rule.get().judge(now: alive, before: nil, residual: worth)
        #expect(finding?.reason == .unknown && finding?.alive == nil)
        let modified = try MBGNBD<Weeks>(r: 0.525, alpha: 6.183, a: 0.891, b: 1.614)
        #expect(try #require(modified.alive(once).probability) < 0.2)
    }

    @Test func `sorts by the money at stake`() throws {
        let rule = try rule.get()
        let findings = try [500.0, 9000, 20].compactMap { cents in
            try rule.judge(now: .estimated(0.1), before: nil, residual: Amount(minorUnits: cents))
        }

        #expect(findings.sorted().map(\.residual.minorUnits) == [9000, 500, 20])
    }

    @Test func `names the input that is out of range`() throws {
        let rule = try rule.get()
        #expect(#expect(throws: OutOfRange.self) { try AtRiskRule(threshold: 1.2) }?.input == "threshold")
        #expect(#expect(throws: OutOfRange.self) { try AtRiskRule(drop: .nan) }?.input == "drop")
        let causes: [(String, AliveEstimate, AliveEstimate?, Double)] = [
            ("now", .estimated(.nan), nil, 1), ("before", .estimated(0.5), .estimated(2), 1),
            ("residual", .estimated(0.5), nil, .nan),
        ]
        for (input, now, before, residual) in causes {
            let error = #expect(throws: OutOfRange.self) {
                try rule.judge(now: now, before: before, residual: Amount(minorUnits: residual))
            }
            #expect(error?.input == input)
        }
    }
}

@Suite struct `Testing a model on what came after` {
    @Test func `counts only repeat purchases after the cut`() throws {
        // First purchases after the cut belong to nobody the model knew.
        let customers = try [
            PurchaseDays([0, 3, 12, 20]), PurchaseDays([1]), PurchaseDays([15, 18]), PurchaseDays([2, 40]),
        ]

        let backtest = try Backtest(customers, cut: 10, end: 30, in: Days.self)
        let report = try backtest.report(on: BGNBD<Days>(r: 0.5, alpha: 6, a: 0.9, b: 1.6), openBin: 1)

        #expect(backtest.calibration.customers == 3 && backtest.horizon == 20)
        #expect(report.bins.map(\.customers) == [2, 1] && report.bins.map(\.actual) == [0, 2])
        #expect(report.actual == 2 && report.expected > 0)
    }

    @Test func `says the same of customers in any order`() throws {
        var generator = SeededGenerator(state: 14)
        let customers = try (0..<300).map { _ in
            try PurchaseDays(
                (0...Int.random(in: 0...6, using: &generator)).map { _ in
                    Int.random(in: 0...90, using: &generator)
                })
        }
        let model = try MBGNBD<Weeks>(r: 0.5, alpha: 6, a: 0.9, b: 1.6)

        let report = try Backtest(customers, cut: 45, end: 90).report(on: model)

        #expect(
            try Backtest(customers.shuffled(using: &generator), cut: 45, end: 90).report(on: model) == report)
        let later = customers.filter { $0.days[0] <= 45 }.reduce(0) { $0 + $1.days.filter { $0 > 45 }.count }
        #expect(report.actual == later)
    }

    @Test func `has no deviation where nothing came`() throws {
        let report = try Backtest([PurchaseDays([1])], cut: 5, end: 9, in: Days.self)
            .report(on: BGNBD<Days>(r: 0.5, alpha: 6, a: 0.9, b: 1.6))

        #expect(report.deviation == nil && report.bins[1].expectedMean == nil)
    }

    @Test func `names the input that is out of range`() throws {
        let customers = try [PurchaseDays([1])]
        for (input, cut, end) in [("end", 5, 5), ("end", 5, .max), ("cut", .min, 5)] {
            let error = #expect(throws: OutOfRange.self) {
                try Backtest(customers, cut: cut, end: end, in: Days.self)
            }
            #expect(error?.input == input)
        }
        let backtest = try Backtest(customers, cut: 2, end: 5, in: Days.self)
        let model = try BGNBD<Days>(r: 0.5, alpha: 6, a: 0.9, b: 1.6)
        for bin in [0, -1, .max] {
            #expect(throws: OutOfRange.self) { try backtest.report(on: model, openBin: bin) }
        }
    }
}
