import Methods
import Testing

@Suite struct `Restating a churn rate` {
    @Test func `compounds instead of multiplying`() throws {
        let yearly = try Churn<Months>(0.02).converted(to: Years.self)

        #expect(isNear(yearly.share, 0.21528327626520016, to: 1e-14))
        #expect(isNear(yearly.converted(to: Months.self).share, 0.02, to: 1e-14))
    }

    @Test func `agrees with multiplying out period by period`() throws {
        var generator = SeededGenerator(state: 20)
        for _ in 0..<200 {
            let churn = try Churn<Months>(Double.random(in: 0...1, using: &generator))
            let kept = (0..<12).reduce(1.0) { left, _ in left * churn.retention }

            #expect(abs(churn.converted(to: Years.self).retention - kept) < 1e-14)
            #expect(abs(try churn.remaining(after: 12) - kept) < 1e-14)
        }
    }

    @Test func `keeps the figures of a tiny rate`() throws {
        let yearly = try Churn<Months>(1e-15).converted(to: Years.self)

        #expect(isNear(yearly.share, 1.2e-14, to: 1e-13))
    }

    @Test func `knows the same half-life in any unit, but not the same mean life`() throws {
        let yearly = try Churn<Years>(0.2)
        let monthly = yearly.converted(to: Months.self)
        let halves = (try #require(yearly.halfLife), try #require(monthly.halfLife))

        #expect(isNear(halves.0.value, 3.1062837195053903))
        #expect(isNear(halves.1.converted(to: Years.self).value, halves.0.value, to: 1e-12))
        #expect(isNear(yearly.meanLife?.value, 5, to: 1e-15))
        #expect(isNear(monthly.meanLife?.value, 54.27863, to: 1e-6))
    }

    @Test func `turns a half-life back into churn`() throws {
        let lost = try Churn<Years>(halvingIn: 5)

        #expect(isNear(lost.share, 0.1294494367038759, to: 1e-14))
        #expect(isNear(lost.halfLife?.value, 5, to: 1e-14))
    }

    @Test func `has no mean life when nobody leaves, and none left when all do`() throws {
        let none = try Churn<Months>(0)
        let all = try Churn<Months>(1)

        #expect(none.halfLife == nil && none.meanLife == nil && none.hazard?.value == 0)
        #expect(none.converted(to: Years.self).share == 0)
        #expect(all.halfLife == 0 && all.meanLife == 1 && all.hazard == nil)
        #expect(all.converted(to: Years.self).share == 1)
        #expect(try all.remaining(after: 0) == 1 && all.remaining(after: 3) == 0)
        #expect(try Churn<Months>(.leastNonzeroMagnitude).meanLife == nil)
    }

    @Test func `names the input that is out of range`() throws {
        for share in [-0.1, 1.1, .nan, .infinity] {
            let error = #expect(throws: OutOfRange.self) { try Churn<Months>(share) }
            #expect(error?.input == "churn")
        }
        let time = #expect(throws: OutOfRange.self) { try Churn<Months>(0.1).remaining(after: -1) }
        let half = #expect(throws: OutOfRange.self) { try Churn<Months>(halvingIn: 0) }
        #expect(time?.input == "time" && half?.input == "half")
    }
}

@Suite struct `Restating a discount rate` {
    @Test func `compounds`() throws {
        let monthly = try DiscountRate<Years>(0.12).converted(to: Months.self)

        #expect(isNear(monthly.perPeriod, 0.009488792934583046, to: 1e-13))
        #expect(isNear(try monthly.converted(to: Years.self).perPeriod, 0.12, to: 1e-13))
    }

    @Test func `values a row of payments as their discounted sum`() throws {
        for d in [0, 1e-12, 0.01, 0.1, 10] {
            let discount = try DiscountRate<Months>(d)
            let sum = (1...36).reduce(0) { sum, _ in (sum + 100) * discount.factor }
            let value = try discount.presentValue(of: Amount(minorUnits: 100), forPeriods: 36)

            #expect(isNear(value.minorUnits, sum, to: 1e-11))
        }
        #expect(try DiscountRate<Months>(0.1).presentValue(of: Amount(minorUnits: 5), forPeriods: 0) == .zero)
    }

    @Test func `names the input that is out of range`() throws {
        for rate in [-0.1, 1e-13, 10.5, .nan, .infinity] {
            let error = #expect(throws: OutOfRange.self) { try DiscountRate<Years>(rate) }
            #expect(error?.input == "discount")
        }
        // A tenfold second would be unthinkable a year.
        #expect(throws: OutOfRange.self) { try DiscountRate<Seconds>(10).converted(to: Years.self) }
        let amount = #expect(throws: OutOfRange.self) {
            try DiscountRate<Years>(0.1).presentValue(of: Amount(minorUnits: .nan), forPeriods: 3)
        }
        let periods = #expect(throws: OutOfRange.self) {
            try DiscountRate<Years>(0.1).presentValue(of: .zero, forPeriods: -1)
        }
        #expect(amount?.input == "amount" && periods?.input == "periods")
    }
}
