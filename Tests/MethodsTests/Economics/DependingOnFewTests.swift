import Methods
import Testing

@Suite struct `Depending on few customers` {
    @Test func `shows what the largest bring`() throws {
        let found = try Concentration(revenue: [100, 500, 300, 100])

        #expect(try found.share(ofTop: 1) == 0.5 && found.share(ofTop: 2) == 0.8)
        #expect(try found.share(ofTop: 0) == 0 && found.share(ofTop: 99) == 1)
        #expect(try found.revenue(ofTop: 3) == 900 && found.total == 1000)
        #expect(isNear(found.herfindahl, 0.36, to: 1e-15))
    }

    @Test func `counts equal customers as what they are`() throws {
        let found = try Concentration(revenue: Array(repeating: 7, count: 40))

        #expect(isNear(found.effectiveCustomers, 40, to: 1e-13))
    }

    @Test func `does not depend on their order`() throws {
        var generator = SeededGenerator(state: 4)
        let revenue = (0..<300).map { _ in generator.count() }

        let shuffled = try Concentration(revenue: revenue.shuffled(using: &generator))

        #expect(try shuffled == Concentration(revenue: revenue))
    }

    @Test func `says how long new business takes to replace them`() throws {
        let found = try Concentration(revenue: [100, 500, 300, 100])
        let months: Time<Months>? = try found.time(toReplaceTop: 2, newBusiness: Amount(minorUnits: 50))

        #expect(months == 16)
        #expect(try found.time(toReplaceTop: 2, newBusiness: .zero, per: Months.self) == nil)
    }

    @Test func `refuses revenue that cannot be shared out`() throws {
        for revenue in [[], [0, 0], [5, -1], [.max], [.min]] {
            let error = #expect(throws: OutOfRange.self) { try Concentration(revenue: revenue) }
            #expect(error?.input == "revenue")
        }
        let found = try Concentration(revenue: [1])
        let count = #expect(throws: OutOfRange.self) { try found.share(ofTop: -1) }
        let business = #expect(throws: OutOfRange.self) {
            try found.time(toReplaceTop: 1, newBusiness: Amount(minorUnits: .nan), per: Months.self)
        }
        #expect(count?.input == "count" && business?.input == "newBusiness")
    }
}

@Suite struct `Filling up faster than draining` {
    @Test func `counts as lost who went in the window, not before`() throws {
        let customers: [CustomerStanding] = [
            .contract(ended: true), .contract(ended: false), .aliveProbability(start: 0.9, end: 0.1),
            .aliveProbability(start: 0.1, end: 0.05), .aliveProbability(start: 0.2, end: 0.199),
            .aliveProbability(start: 0.9, end: 0.2),
        ]

        let found = try RenewalRatio(new: 6, customers: customers)

        #expect(found.lost == 3 && found.ratio == 2)
        #expect(try RenewalRatio(new: 6, customers: customers, threshold: 0.5).lost == 3)
        #expect(try RenewalRatio(new: 6, customers: customers, threshold: 0.21).lost == 3)
    }

    @Test func `puts a range on the ratio`() throws {
        let lost = Array(repeating: CustomerStanding.contract(ended: true), count: 20)
        let range = try #require(try RenewalRatio(new: 40, customers: lost).range)
        let mirrored = try #require(
            try RenewalRatio(new: 20, customers: lost + lost).range)

        #expect(range.lower < 2 && (range.upper ?? 0) > 2)
        #expect(isNear(mirrored.upper, 1 / range.lower, to: 1e-12))
    }

    @Test func `holds the true ratio of two Poisson flows about as often as promised`() throws {
        // Flows of rate 12 and 8, drawn as the arrivals of 60 and 40 intervals of chance 1/5.
        var generator = SeededGenerator(state: 21)
        var held = 0
        for _ in 0..<800 {
            let new = (0..<1200).count { _ in UInt8.random(in: .min ... .max, using: &generator) < 3 }
            let lost = (0..<800).count { _ in UInt8.random(in: .min ... .max, using: &generator) < 3 }
            let gone = Array(repeating: CustomerStanding.contract(ended: true), count: lost)
            let range = try #require(try RenewalRatio(new: new, customers: gone).range)
            if range.lower <= 1.5, range.upper ?? .infinity >= 1.5 { held += 1 }
        }
        #expect(held > 730 && held < 785)
    }

    @Test func `has no ratio when nobody went`() throws {
        let full = try RenewalRatio(new: 5, customers: [.contract(ended: false)])

        #expect(full.ratio == nil && full.range?.upper == nil)
        #expect(try #require(full.range).lower > 1)
        #expect(try RenewalRatio(new: 0, customers: []).range == nil)
    }

    @Test func `names the input that is out of range`() {
        let attempts: [(String, () throws -> Void)] = [
            ("new", { _ = try RenewalRatio(new: -1, customers: []) }),
            ("threshold", { _ = try RenewalRatio(new: 1, customers: [], threshold: 0) }),
            ("threshold", { _ = try RenewalRatio(new: 1, customers: [], threshold: .nan) }),
            (
                "aliveProbability",
                { _ = try RenewalRatio(new: 1, customers: [.aliveProbability(start: 0.5, end: 1.5)]) }
            ),
        ]
        for (input, attempt) in attempts {
            #expect(#expect(throws: OutOfRange.self, performing: attempt)?.input == input)
        }
    }
}
