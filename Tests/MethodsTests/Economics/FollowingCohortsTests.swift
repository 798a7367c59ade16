import Foundation
import Methods
import Testing

@Suite struct `Following cohorts by month` {
    typealias Row = (customer: String, day: Int, amount: Int)

    /// Days from 1970 to 1 January 2024.
    private static let newYear = 19_723

    private let rows: [Row] = [
        ("ada", newYear + 3, 500), ("ada", newYear + 3, 100), ("ada", newYear + 20, 50),
        ("ada", newYear + 59, 200), ("grace", newYear + 30, 300), ("linus", newYear + 31, 400),
        ("linus", newYear + 60, -150), ("mallory", newYear + 40, -999),
    ]

    private func triangle(_ rows: [Row], through day: Int) throws -> CohortTriangle {
        try CohortTriangle(rows: rows, through: day)
    }

    @Test func `counts customers once a month and adds up their spend`() throws {
        let found = try triangle(rows, through: Self.newYear + 90)

        #expect(found.cohorts.map(\.month.description) == ["2024-01", "2024-02"])
        #expect(found.cohorts.map(\.size) == [2, 1])
        #expect(found.cohorts[0].cells.map(\.active) == [2, 1, 0])
        #expect(found.cohorts[0].cells.map(\.spend) == [950, 200, 0])
        #expect(found.lastMonth.year == 2024 && found.lastMonth.month == 3)
    }

    @Test func `lets refunds lower the spend but make nobody active`() throws {
        let found = try triangle(rows, through: Self.newYear + 90)

        #expect(found.cohorts[1].cells.map(\.active) == [1, 0])
        #expect(found.cohorts[1].cells.map(\.spend) == [400, -150])
        #expect(found.unplacedRows == 1)
    }

    @Test func `marks a last month that is not over`() throws {
        #expect(try !triangle(rows, through: Self.newYear + 90).lastMonthIsUnfinished)
        #expect(try triangle(rows, through: Self.newYear + 89).lastMonthIsUnfinished)
    }

    @Test func `puts a range on a cohort's activity`() throws {
        let cohort = try triangle(rows, through: Self.newYear + 90).cohorts[0]

        #expect(try cohort.activity(after: 1) == wilson(successes: 1, of: 2))
        #expect(cohort.activity(after: 3) == nil && cohort.activity(after: -1) == nil)
    }

    @Test func `agrees with looking every customer up by hand, in any order of rows`() throws {
        var generator = SeededGenerator(state: 1997)
        var rows: [(customer: Int, day: Int, amount: Int)] = (0..<1500).map { _ in
            (
                customer: Int.random(in: 0...200, using: &generator),
                day: Self.newYear + Int.random(in: 0...700, using: &generator),
                amount: Int.random(in: -20...100, using: &generator)
            )
        }
        let calendar = Self.calendar
        func month(_ day: Int) -> Int {
            let parts = calendar.dateComponents(
                [.year, .month], from: Date(timeIntervalSince1970: Double(day) * 86_400))
            return (parts.year ?? 0) * 12 + (parts.month ?? 0) - 1
        }
        var active: [[Int]: Set<Int>] = [:]
        var spend: [[Int]: Int] = [:]
        for (customer, own) in Dictionary(grouping: rows, by: \.customer) {
            guard let first = own.filter({ $0.amount >= 0 }).map({ month($0.day) }).min() else { continue }
            for row in own where month(row.day) >= first {
                let key = [first, month(row.day) - first]
                if row.amount >= 0 { active[key, default: []].insert(customer) }
                spend[key, default: 0] += row.amount
            }
        }

        let found = try CohortTriangle(rows: rows, through: Self.newYear + 700)
        rows.shuffle(using: &generator)

        #expect(found.cohorts.count > 10)
        for cohort in found.cohorts {
            for (column, cell) in cohort.cells.enumerated() {
                let key = [cohort.month.year * 12 + cohort.month.month - 1, column]
                #expect(cell.active == (active[key]?.count ?? 0) && cell.spend == (spend[key] ?? 0))
            }
        }
        #expect(try CohortTriangle(rows: rows, through: Self.newYear + 700) == found)
    }

    @Test(arguments: [1, -1])
    func `knows the calendar for centuries either way`(_ direction: Int) throws {
        // A walk from January 1970, month by month, through leap years and 1900, 2000, 1582 and the year 0.
        var day = 0
        for step in 0..<(direction > 0 ? 8000 : 25_000) {
            let number = direction > 0 ? step : -1 - step
            let year = Int((Double(1970 * 12 + number) / 12).rounded(.down))
            let month = 1970 * 12 + number - 12 * year + 1
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
            let first = direction > 0 ? day : day - length
            day += direction * length
            guard month < 4 else { continue }
            for edge in [first, first + length - 1] {
                let found = try triangle([], through: edge)
                #expect(found.lastMonth.year == year && found.lastMonth.month == month, "day \(edge)")
                #expect(found.lastMonthIsUnfinished == (edge == first))
            }
        }
    }

    @Test func `has no cohorts without purchases`() throws {
        let found = try triangle([("mallory", 5, -3)], through: 9)

        #expect(found.cohorts.isEmpty && found.unplacedRows == 1)
    }

    @Test func `names the input that is out of range`() throws {
        let cases: [(String, Row, Int)] = [
            ("lastDay", ("ada", 0, 1), .max), ("lastDay", ("ada", 0, 1), .min), ("day", ("ada", 10, 1), 9),
            ("day", ("ada", .min, 1), 9), ("day", ("ada", -40_000, 1), 9), ("amount", ("ada", 5, .max), 9),
            ("amount", ("ada", 5, .min), 9),
        ]
        for (input, row, day) in cases {
            let error = #expect(throws: OutOfRange.self) { try triangle([row], through: day) }
            #expect(error?.input == input)
        }
        #expect(try triangle([("ada", -3_000_000, -1)], through: 9).unplacedRows == 1)
    }

    /// Days in UTC.
    private static var calendar: Calendar {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        return calendar
    }
}
