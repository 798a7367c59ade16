import Kernel
import Methods
import Testing

@testable import Desk

/// The count against the plainest reading of its definitions, over random histories.
@Suite struct `Counting the economics` {
    private struct Row {
        let customer: Int64
        let day: Int
        let amount: Int
    }

    private static let last = LocalDate(daysSinceEpoch: 20_453)

    private static func history(seed: UInt64) -> [Row] {
        var random = SeededRandom(seed: seed)
        let rows = (0..<600).map { _ in
            Row(
                customer: Int64.random(in: 1...60, using: &random),
                day: last.daysSinceEpoch - Int.random(in: 0...1500, using: &random),
                amount: Int.random(in: -400...3000, using: &random))
        }
        return rows.sorted { ($0.customer, $0.day, $1.amount) < ($1.customer, $1.day, $0.amount) }
    }

    /// Counted in so many parts, as stretches of customers are.
    private static func count(_ rows: [Row], parts: Int, wonFrom: Int? = nil) throws -> EconomicsCount {
        let calendar = EconomicsCalendar(through: last)
        var total = EconomicsCount(calendar, wonFrom: wonFrom)
        for part in 0..<parts {
            var count = EconomicsCount(calendar, wonFrom: wonFrom)
            for row in rows where row.customer % Int64(parts) == part {
                count.places[row.customer] = row.customer % 2 == 0 ? "Web" : "web"
                count.add(customer: row.customer, day: row.day, amount: row.amount)
            }
            try count.finish()
            total.merge(count)
        }
        return total
    }

    private static func days(_ rows: [Row]) -> [Int64: [Int]] {
        Dictionary(grouping: rows.filter { $0.amount >= 0 }, by: \.customer).mapValues {
            Set($0.map(\.day)).sorted()
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `finds the waits, years and cohorts of the definition`(seed: UInt64) throws {
        let rows = Self.history(seed: seed)
        let days = Self.days(rows)
        let count = try Self.count(rows, parts: 1)
        let calendar = count.calendar
        func bought(_ customer: [Int], _ year: Int) -> Bool {
            customer.contains(where: calendar.days(ofYear: year).contains)
        }

        #expect(count.customers == days.count)
        #expect(count.all.ended.values.reduce(0, +) == days.values.filter { $0.count > 1 }.count)
        let gaps = days.values.filter { $0.count > 1 }.map { $0[1] - $0[0] }
        #expect(count.all.ended == Dictionary(grouping: gaps, by: \.self).mapValues(\.count))
        for year in 0...2 {
            let before = days.values.filter { bought($0, year + 1) }
            #expect(count.years[year].before == before.count)
            #expect(count.years[year].again == before.filter { bought($0, year) }.count)
        }
        #expect(count.ages.map(\.before).reduce(0, +) == count.years[0].before)
        #expect(count.activeThisYear == days.values.filter { bought($0, 0) }.count)
        let whole = try CohortTriangle(
            rows: rows.map { (customer: $0.customer, day: $0.day, amount: $0.amount) },
            through: Self.last.daysSinceEpoch)
        for cohort in whole.cohorts {
            let cells = count.cohorts[cohort.month.year * 12 + cohort.month.month - 1] ?? []
            #expect(cells.map(\.active) == cohort.cells.map(\.active))
            #expect(cells.map(\.spend) == cohort.cells.map(\.spend))
        }
    }

    @Test func `is the same in one part and in seven`() throws {
        let rows = Self.history(seed: 9)
        let one = try Self.count(rows, parts: 1, wonFrom: Self.last.daysSinceEpoch - 1450)
        let seven = try Self.count(rows, parts: 7, wonFrom: Self.last.daysSinceEpoch - 1450)

        #expect(one.all == seven.all)
        #expect(one.quarters == seven.quarters)
        #expect(one.cohorts == seven.cohorts)
        #expect(one.ages == seven.ages && one.years == seven.years)
        #expect(one.revenue.sorted() == seven.revenue.sorted())
        #expect(one.largest == seven.largest)
        #expect(one.won == seven.won && one.won.keys.sorted() == ["web"])
        #expect(one.won["web"]?.customers ?? 0 > 0)
    }

    @Test func `survives amounts beyond belief and days before all counting`() throws {
        var count = EconomicsCount(EconomicsCalendar(through: Self.last), wonFrom: nil)
        let today = Self.last.daysSinceEpoch
        count.add(customer: 1, day: LocalDate.earliest.daysSinceEpoch, amount: 5)
        count.add(customer: 1, day: today, amount: Int(Money.limit) - 1)
        count.add(customer: 1, day: today + 1, amount: 7)
        count.add(customer: 2, day: today, amount: 100, isOurs: false)
        count.add(customer: 2, day: today, amount: -100, isOurs: false)
        count.add(customer: 3, day: today, amount: -100)
        for _ in 0..<5 { count.add(customer: 4, day: today, amount: 900_000_000_000) }
        try count.finish()

        #expect(count.customers == 3)
        #expect(count.withoutMoney == 3)
        #expect(count.thisYear.revenue == 4_500_000_000_000)
        let march = Self.last.monthIndex
        #expect(count.cohorts[march]?.first?.spend == 4_500_000_000_000)
    }

    @Test func `takes the margin from costs, else from the rate, else not at all`() {
        var sum = MarginSum()
        #expect(sum.margin(rate: nil) == nil)
        sum.add(9_500, cost: 5_700)
        #expect(sum.margin(rate: nil) == 3_800)
        sum.add(500, cost: nil)
        #expect(sum.margin(rate: 0.5) == 4_050)
        #expect(sum.margin(rate: nil) == 4_000)
        sum.add(1, cost: nil)
        #expect(sum.margin(rate: nil) == nil)
    }

    @Test func `counts a period of spend for its days inside`() {
        #expect(SpendCount.part(of: 3_100, 0...30, in: 10...100) == 2_100)
        #expect(SpendCount.part(of: 3_100, 0...30, in: -5...30) == 3_100)
        #expect(SpendCount.part(of: 100, 0...2, in: 0...0) == 33)
        #expect(SpendCount.part(of: Money.limit - 1, 0...3_000, in: 0...1_500) < Int(Money.limit))
    }
}

@Suite struct `Reading a period of spend` {
    @Test(arguments: [
        ("2026-02", "", "2026-02-01", "2026-02-28"), ("2024-q1", "", "2024-01-01", "2024-03-31"),
        ("2025", "", "2025-01-01", "2025-12-31"), ("2026-02-03", "", "2026-02-03", "2026-02-03"),
        ("2026-02-03", "2026-03", "2026-02-03", "2026-03-31"),
    ])
    func `knows days, months, quarters and years`(from: String, to: String, first: String, last: String)
        throws
    {
        let days = try SpendPeriod.days(from: from, to: to)

        #expect(days.lowerBound.description == first)
        #expect(days.upperBound.description == last)
    }

    @Test(arguments: ["", "2026-13", "2026-Q5", "26-01", "2026-", "-", "2026-02-30", "soon", "2026-Q"])
    func `refuses anything else`(text: String) {
        #expect(throws: SpendRefusal.badPeriod) { try SpendPeriod.days(from: text, to: "") }
    }

    @Test func `refuses a period that ends before it begins`() {
        #expect(throws: SpendRefusal.backwards) { try SpendPeriod.days(from: "2026-03", to: "2026-02") }
    }
}
