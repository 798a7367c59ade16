/// Customers grouped by the calendar month of their first purchase, followed month by month.
///
/// Row: a month of first purchases. Column k: the calendar month k months later, so column 0 holds
/// everyone. A customer is active in a month with at least one purchase in it. Later rows are shorter, as
/// less of their time has passed; and a month still running is marked, or every cohort would seem to drop
/// at its end.
public struct CohortTriangle: Sendable, Equatable {
    /// A calendar month.
    public struct Month: Sendable, Hashable, Comparable, CustomStringConvertible {
        /// Months since January of year 0, in the Gregorian calendar.
        let number: Int

        /// The year of the Gregorian calendar; the one before year 1 is 0.
        public var year: Int { Int((Double(number) / 12).rounded(.down)) }
        /// 1 for January … 12 for December.
        public var month: Int { number - 12 * year + 1 }
        /// Such as "1997-01".
        public var description: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }

        /// Whether the left is less.
        public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
    }

    /// One cohort in one month.
    public struct Cell: Sendable, Equatable {
        /// Customers of the cohort with a purchase in the month.
        public internal(set) var active = 0
        /// What the cohort spent in the month, in minor units, refunds taken off.
        public internal(set) var spend = 0
    }

    /// Everyone whose first purchase fell into one month.
    public struct Cohort: Sendable, Equatable {
        /// The month of first purchases.
        public let month: Month
        /// One cell per month since, through the last month of the records; the first is `month` itself.
        public internal(set) var cells: [Cell]

        /// Customers in the cohort.
        public var size: Int { cells[0].active }

        /// The share of the cohort active `months` later with its 95 % range; nil before and beyond.
        public func activity(after months: Int) -> WilsonInterval? {
            cells.indices.contains(months) ? try? wilson(successes: cells[months].active, of: size) : nil
        }
    }

    /// The cohorts in order of months; months without first purchases have none.
    public let cohorts: [Cohort]
    /// The month of the last day of the records.
    public let lastMonth: Month
    /// Whether the records stop before that month does. Its cells, the last of every row, are then too low.
    public let lastMonthIsUnfinished: Bool
    /// Refunds before a customer's first purchase, or without one: counted nowhere else.
    public let unplacedRows: Int

    /// The most months from a first purchase to the end of the records.
    public static let longest = 1200

    /// Reads the triangle from purchases in any order; O(rows).
    ///
    /// - Parameters:
    ///   - rows: customer, day and amount. Days are counted from 1970-01-01 in the customer's own calendar,
    ///     10,000 years either way. Amounts are whole minor units within 10¹² of zero; one below zero is a
    ///     refund, which lowers the spend but makes nobody active.
    ///   - lastDay: the last day the records cover, whether or not anyone bought on it.
    /// - Throws: `OutOfRange` naming `day`, `amount` or `lastDay`.
    public init<Customer: Hashable>(
        rows: some Collection<(customer: Customer, day: Int, amount: Int)>, through lastDay: Int
    ) throws(OutOfRange) {
        try OutOfRange.check(Double(lastDay), "lastDay", in: -Self.daysEitherWay...Self.daysEitherWay)
        let last = Month(day: lastDay)
        var purchases = CohortPurchases(capacity: rows.count)
        var numbers: [Customer: Int] = [:]
        for row in rows {
            try OutOfRange.check(Double(row.day), "day", in: -Self.daysEitherWay...Double(lastDay))
            try OutOfRange.check(Double(row.amount), "amount", in: -1e12...1e12)
            let month = Month(day: row.day)
            let customer = numbers[row.customer] ?? numbers.count
            if customer == numbers.count { numbers[row.customer] = customer }
            // What lies too far back is let through only as a refund that will find no cohort.
            guard row.amount < 0 || last.number - month.number < Self.longest else {
                throw OutOfRange(
                    input: "day", value: Double(row.day), allowed: "within \(Self.longest) months of lastDay")
            }
            purchases.add(customer: customer, month: month.number, amount: row.amount)
        }
        lastMonth = last
        lastMonthIsUnfinished = Month(day: lastDay + 1) == last
        (cohorts, unplacedRows) = try purchases.laidOut(through: last.number)
    }

    private static let daysEitherWay = 3_652_425.0
}

/// Purchases on their way into a triangle, customers numbered from 0.
private struct CohortPurchases {
    private var customers: [Int] = []
    private var months: [Int] = []
    private var amounts: [Int] = []
    /// The month of each customer's first purchase; `Int.max` while only refunds are known.
    private var firsts: [Int] = []

    init(capacity: Int) {
        customers.reserveCapacity(capacity)
        months.reserveCapacity(capacity)
        amounts.reserveCapacity(capacity)
    }

    mutating func add(customer: Int, month: Int, amount: Int) {
        customers.append(customer)
        months.append(month)
        amounts.append(amount)
        if customer == firsts.count { firsts.append(.max) }
        if amount >= 0 { firsts[customer] = min(firsts[customer], month) }
    }

    func laidOut(through last: Int) throws(OutOfRange) -> (cohorts: [CohortTriangle.Cohort], unplaced: Int) {
        var cohorts = emptyCohorts(through: last)
        let places = Dictionary(uniqueKeysWithValues: cohorts.enumerated().map { ($1.month.number, $0) })
        var unplaced = 0
        // Whom each column has counted last: rows come customer by customer.
        var counted = [Int](repeating: -1, count: CohortTriangle.longest)
        for row in rowsByCustomer() {
            let customer = customers[row]
            guard months[row] >= firsts[customer], let place = places[firsts[customer]] else {
                unplaced += 1
                continue
            }
            let column = months[row] - firsts[customer]
            try cohorts[place].cells[column].add(amounts[row])
            if amounts[row] >= 0, counted[column] != customer {
                counted[column] = customer
                cohorts[place].cells[column].active += 1
            }
        }
        return (cohorts, unplaced)
    }

    /// A row of empty cells for every month of first purchases.
    private func emptyCohorts(through last: Int) -> [CohortTriangle.Cohort] {
        Set(firsts).subtracting([.max]).sorted().map { month in
            CohortTriangle.Cohort(
                month: CohortTriangle.Month(number: month),
                cells: Array(repeating: CohortTriangle.Cell(), count: last - month + 1))
        }
    }

    /// The row numbers sorted by customer, by counting.
    private func rowsByCustomer() -> [Int] {
        var next = [Int](repeating: 0, count: firsts.count + 1)
        for customer in customers { next[customer + 1] += 1 }
        for customer in firsts.indices { next[customer + 1] += next[customer] }
        var order = [Int](repeating: 0, count: customers.count)
        for (row, customer) in customers.enumerated() {
            order[next[customer]] = row
            next[customer] += 1
        }
        return order
    }
}

extension CohortTriangle.Cell {
    fileprivate mutating func add(_ amount: Int) throws(OutOfRange) {
        let (sum, overflow) = spend.addingReportingOverflow(amount)
        guard !overflow else {
            throw OutOfRange(input: "amount", value: Double(amount), allowed: "at most 9e18 in one cell")
        }
        spend = sum
    }
}

extension CohortTriangle.Month {
    /// The month of a day counted from 1970-01-01, in the Gregorian calendar carried both ways.
    ///
    /// Years are taken to begin in March, so that the leap day comes last; 400 of them have 146,097 days.
    init(day: Int) {
        let shifted = day + 719_468
        let cycle = Int((Double(shifted) / 146_097).rounded(.down))
        let inCycle = shifted - cycle * 146_097
        let year = (inCycle - inCycle / 1460 + inCycle / 36_524 - inCycle / 146_096) / 365
        let inYear = inCycle - (365 * year + year / 4 - year / 100)
        let sinceMarch = (5 * inYear + 2) / 153
        number = 12 * (year + 400 * cycle) + sinceMarch + 2
    }
}
