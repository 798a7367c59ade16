import Methods
import Testing

@Suite struct `Building a purchase history` {
    @Test func `counts from the first purchase to the last and to the end`() throws {
        let days = try PurchaseDays([10, 31, 24])

        let history = try #require(days.history(through: 52, in: Weeks.self))

        #expect(history.repeats == 2)
        #expect(history.last == 3 && history.observed == 6)
    }

    @Test func `takes several purchases of one day as one`() throws {
        let days = try PurchaseDays([7, 7, 21, 7, 21])

        #expect(days.days == [7, 21])
        #expect(
            days.history(through: 21, in: Days.self)
                == (try PurchaseHistory(repeats: 1, last: 14, observed: 14)))
    }

    @Test func `adds up the money of a day and leaves the first day out of the mean`() throws {
        let cents: [(Int, Double)] = [(3, 100), (1, 500), (3, 250), (9, 50), (20, 9999)]
        let days = try PurchaseDays(purchases: cents.map { (day: $0.0, amount: Amount(minorUnits: $0.1)) })

        #expect(days.amounts?.map(\.minorUnits) == [500, 350, 50, 9999])
        #expect(days.spend(through: 10) == (try SpendHistory(repeats: 2, mean: Amount(minorUnits: 200))))
        #expect(days.spend(through: 2) == nil)
        #expect(try PurchaseDays([1, 5]).spend(through: 9) == nil)
    }

    @Test func `has no spend to model where the repeats were free`() throws {
        let free = [(day: 0, amount: Amount(minorUnits: 10)), (day: 1, amount: Amount.zero)]

        #expect(try PurchaseDays(purchases: free).spend(through: 9) == nil)
    }

    @Test func `knows nothing of days after the end`() throws {
        let days = try PurchaseDays([10, 20, 30])

        #expect(days.history(through: 9, in: Days.self) == nil)
        #expect(days.history(through: 10, in: Days.self) == .new)
        #expect(days.history(through: 29, in: Days.self)?.repeats == 1)
        #expect(days.repeats(after: 20, through: 30) == 1)
        #expect(days.repeats(after: 0, through: 30) == 2)
        #expect(days.repeats(after: 30, through: 20) == 0)
    }

    @Test func `says the same of the days in any order`() throws {
        var generator = SeededGenerator(state: 3)
        for _ in 0..<50 {
            let days = (0..<20).map { _ in Int.random(in: 0...60, using: &generator) }

            #expect(try PurchaseDays(days) == PurchaseDays(days.shuffled(using: &generator)))
        }
    }

    @Test func `changes its unit with the numbers`() throws {
        let weeks = try PurchaseHistory<Weeks>(repeats: 3, last: 2, observed: 5)

        #expect(weeks.converted() == (try PurchaseHistory<Days>(repeats: 3, last: 14, observed: 35)))
    }

    @Test func `names the input that is out of range`() throws {
        let causes: [(String, Int, Double, Double)] = [
            ("repeats", -1, 0, 5), ("repeats", 1_000_001, 1, 5), ("last", 0, 1, 5), ("last", 2, 6, 5),
            ("last", 2, .nan, 5), ("last", 2, -1, 5), ("observed", 2, 1, .infinity), ("observed", 2, 1, -1),
            ("observed", 2, 1, .nan),
        ]
        for (input, repeats, last, observed) in causes {
            let error = #expect(throws: OutOfRange.self) {
                try PurchaseHistory<Weeks>(repeats: repeats, last: Time(last), observed: Time(observed))
            }
            #expect(error?.input == input)
        }
        #expect(#expect(throws: OutOfRange.self) { try PurchaseDays([]) }?.input == "days")
        #expect(#expect(throws: OutOfRange.self) { try PurchaseDays([0, .max]) }?.input == "day")
        #expect(#expect(throws: OutOfRange.self) { try PurchaseDays([.min]) }?.input == "day")
        let strange = [(day: 0, amount: Amount(minorUnits: .nan))]
        #expect(#expect(throws: OutOfRange.self) { try PurchaseDays(purchases: strange) }?.input == "amount")
        #expect(try PurchaseDays([1]).history(through: .max, in: Days.self) == nil)
    }

    @Test func `refuses a spend of nothing or of less`() {
        for (input, repeats, mean) in [
            ("repeats", 0, 5.0), ("mean", 1, 0), ("mean", 1, .nan), ("mean", 2, -3),
        ] {
            let error = #expect(throws: OutOfRange.self) {
                try SpendHistory(repeats: repeats, mean: Amount(minorUnits: mean))
            }
            #expect(error?.input == input)
        }
    }
}

@Suite struct `Grouping customers` {
    @Test func `counts equal histories together whatever their order`() throws {
        var generator = SeededGenerator(state: 12)
        let histories = try (0..<5000).map { _ in
            let repeats = Int.random(in: 0...3, using: &generator)
            let observed = Double(Int.random(in: 1...20, using: &generator))
            let last = repeats == 0 ? 0 : Double(Int.random(in: 0...Int(observed), using: &generator))
            return try PurchaseHistory<Weeks>(repeats: repeats, last: Time(last), observed: Time(observed))
        }

        let base = try CustomerBase(histories)

        let counts = Dictionary(histories.map { ($0, 1) }, uniquingKeysWith: +)
        #expect(base.groups.count == counts.count && counts.count < 800)
        #expect(base.groups.allSatisfy { counts[$0.history] == $0.customers })
        #expect(zip(base.groups, base.groups.dropFirst()).allSatisfy { $0.history < $1.history })
        #expect(base.customers == 5000)
        #expect(base.repeaters == histories.filter { $0.repeats > 0 }.count)
        #expect(base.repeatPurchases == histories.reduce(0) { $0 + $1.repeats })
        #expect(try CustomerBase(histories.shuffled(using: &generator)) == base)
        #expect(try CustomerBase(counted: counts.map { (history: $0.key, customers: $0.value) }) == base)
    }

    @Test func `leaves out who had not bought by the end`() throws {
        let customers = try [PurchaseDays([1, 8]), PurchaseDays([40]), PurchaseDays([1])]

        let base = try CustomerBase(customers, through: 15, in: Weeks.self)

        #expect(base.customers == 2 && base.repeaters == 1 && base.meanObserved == 2)
    }

    @Test func `is empty without anyone`() throws {
        let base = try CustomerBase<Weeks>([])

        #expect(base.customers == 0 && base.groups.isEmpty && base.meanObserved == 0)
    }

    @Test func `refuses counts of nobody and of too many`() {
        for customers in [0, -1, .max] {
            let error = #expect(throws: OutOfRange.self) {
                try CustomerBase<Weeks>(counted: [(history: .new, customers: customers)])
            }
            #expect(error?.input == "customers")
        }
        let crowd = (history: PurchaseHistory<Weeks>.new, customers: 1_000_000_000_000)
        #expect(throws: OutOfRange.self) { try CustomerBase(counted: [crowd, crowd]) }
    }
}
