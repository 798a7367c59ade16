import Kernel
import Methods

/// Counts purchases on their way past, customer by customer and day by day, in memory that does not grow with them.
///
/// An occasion is a day with a purchase; a refund is none, but lowers the money. Purchases in another currency than the
/// organisation's are occasions without money.
struct EconomicsCount: Sendable {
    /// Waits for a second occasion, by days: ended, and still going on at the end of the records.
    struct Waits: Sendable, Equatable {
        var ended: [Int: Int] = [:]
        var left: [Int: Int] = [:]

        mutating func add(_ days: Int, hasEnded: Bool) {
            if hasEnded { ended[days, default: 0] += 1 } else { left[days, default: 0] += 1 }
        }

        var people: Int { ended.values.reduce(0, +) + left.values.reduce(0, +) }
        var curve: KaplanMeier? { try? KaplanMeier(events: ended, censored: left) }
        var group: WatchedGroup? { try? WatchedGroup(events: ended, censored: left) }

        static func += (left: inout Waits, right: Waits) {
            left.ended.merge(right.ended, uniquingKeysWith: +)
            left.left.merge(right.left, uniquingKeysWith: +)
        }
    }

    /// Customers won in one place, and what they brought.
    struct Won: Sendable, Equatable {
        var name = ""
        var customers = 0
        var first = MarginSum()
        var later = MarginSum()
        /// Days from each first purchase to the end of the records, added up.
        var days = 0

        static func += (left: inout Won, right: Won) {
            if left.name.isEmpty || !right.name.isEmpty && right.name < left.name { left.name = right.name }
            left.customers += right.customers
            left.first += right.first
            left.later += right.later
            left.days += right.days
        }
    }

    struct Cell: Sendable, Equatable {
        var active = 0
        var spend = 0
    }

    struct Returned: Sendable, Equatable {
        var before = 0
        var again = 0
    }

    let calendar: EconomicsCalendar
    /// Customers whose first purchase falls on this day or later are counted by where they were won; nil counts none.
    let wonFrom: Int?
    /// The place each of those was won in, by customer, as far as it is known now.
    var places: [Int64: String] = [:]

    var customers = 0
    var earliest: Int?
    var all = Waits()
    var quarters: [Int: Waits] = [:]
    /// First purchases in year 0 and in year 1.
    var newcomers = [Waits(), Waits()]
    /// By month of first purchase, then by months since.
    var cohorts: [Int: [Cell]] = [:]
    /// Customers of year 1 and who of them came again in year 0, by full years since their first purchase.
    var ages = [Returned](repeating: Returned(), count: EconomicsCalendar.years)
    /// The same for each pair of years: place 0 is year 1 against year 0.
    var years = [Returned](repeating: Returned(), count: EconomicsCalendar.years - 1)
    var newThisYear = 0
    var activeThisYear = 0
    var thisYear = MarginSum()
    /// What each customer brought in year 0, where it is above nothing.
    var revenue: [Int] = []
    var largest: [EconomicsFigures.Customer] = []
    /// Who came first in year 1, and what they brought in their own first twelve months.
    var wonLastYear = 0
    var firstYearRevenue = 0
    var won: [String: Won] = [:]
    /// Purchases in other currencies, and amounts beyond belief, that no money was counted of.
    var withoutMoney = 0

    /// Places as they are written, with the form they are compared in.
    private var keys: [String: String] = [:]
    private var current: CustomerCount?
    private var rows: [(customer: Int64, day: Int, amount: Int)] = []

    init(_ calendar: EconomicsCalendar, wonFrom: Int?) {
        self.calendar = calendar
        self.wonFrom = wonFrom
    }

    /// The most one amount may be, in minor units; the triangle takes no larger one.
    static let largestAmount = 1_000_000_000_000

    /// Takes one purchase. They come ordered by customer, then by day. `isOurs` says that it is in our currency.
    mutating func add(customer: Int64, day: Int, amount: Int, isOurs: Bool = true, cost: Int? = nil) {
        guard day <= calendar.through else { return }
        if current?.customer != customer {
            close()
            current = CustomerCount(customer: customer)
        }
        let isBelievable = amount.magnitude <= EconomicsCount.largestAmount
        let hasMoney = isOurs && isBelievable
        if !hasMoney { withoutMoney += 1 }
        if !hasMoney, amount < 0 { return }
        let money = hasMoney ? amount : 0
        current?.add(
            day: day, amount: money, isOccasion: amount >= 0, cost: hasMoney ? cost : 0, calendar, &rows)
    }

    /// Ends the last customer and lays what was taken into the triangle.
    mutating func finish() throws {
        close()
        let triangle = try CohortTriangle(rows: rows, through: calendar.through)
        rows = []
        for cohort in triangle.cohorts {
            let month = cohort.month.year * 12 + cohort.month.month - 1
            let cells = cohort.cells.map { Cell(active: $0.active, spend: $0.spend) }
            EconomicsCount.lay(cells, into: &cohorts[month, default: []])
        }
        places = [:]
    }

    private static func lay(_ cells: [Cell], into row: inout [Cell]) {
        if row.isEmpty { row = [Cell](repeating: Cell(), count: cells.count) }
        for (place, cell) in cells.enumerated() {
            row[place].active += cell.active
            row[place].spend &+= cell.spend
        }
    }

    private mutating func close() {
        guard let customer = current else { return }
        current = nil
        guard let first = customer.firstDay else { return }
        customers += 1
        earliest = min(earliest ?? first, first)
        countWait(customer, first)
        countYears(customer, first)
        countMoney(customer, first)
        countWon(customer, first)
    }

    private mutating func countWait(_ customer: CustomerCount, _ first: Int) {
        let hasEnded = customer.secondDay != nil
        let days = (customer.secondDay ?? calendar.through) - first
        all.add(days, hasEnded: hasEnded)
        quarters[calendar.month(of: first) / 3, default: Waits()].add(days, hasEnded: hasEnded)
        let year = calendar.year(of: first)
        if year < 2 { newcomers[year].add(days, hasEnded: hasEnded) }
        if year == 0 { newThisYear += 1 }
    }

    private mutating func countYears(_ customer: CustomerCount, _ first: Int) {
        if customer.isActive(inYear: 0) { activeThisYear += 1 }
        for year in years.indices where customer.isActive(inYear: year + 1) {
            years[year].before += 1
            if customer.isActive(inYear: year) { years[year].again += 1 }
        }
        guard customer.isActive(inYear: 1) else { return }
        let age = min(calendar.year(of: first) - 1, ages.count - 1)
        ages[age].before += 1
        if customer.isActive(inYear: 0) { ages[age].again += 1 }
    }

    private mutating func countMoney(_ customer: CustomerCount, _ first: Int) {
        thisYear += customer.thisYear
        let amount = customer.thisYear.revenue
        if amount > 0 {
            revenue.append(min(amount, EconomicsCount.largestAmount))
            note(EconomicsFigures.Customer(id: customer.customer, revenue: amount))
        }
        if calendar.year(of: first) == 1 {
            wonLastYear += 1
            firstYearRevenue &+= customer.firstYear
        }
    }

    private mutating func note(_ customer: EconomicsFigures.Customer) {
        if largest.count == 3, customer.revenue <= largest[2].revenue { return }
        largest.append(customer)
        largest.sort { ($0.revenue, $1.id) > ($1.revenue, $0.id) }
        if largest.count > 3 { largest.removeLast() }
    }

    private mutating func countWon(_ customer: CustomerCount, _ first: Int) {
        guard let wonFrom, first >= wonFrom else { return }
        let place = places[customer.customer] ?? ""
        var one = Won()
        one.name = place
        one.customers = 1
        one.first = customer.first
        one.later = customer.later
        one.days = calendar.through - first
        let key = keys[place] ?? place.searchKey
        keys[place] = key
        won[key, default: Won()] += one
    }
}

/// What is known so far of the customer whose purchases are passing.
private struct CustomerCount {
    let customer: Int64
    var firstDay: Int?
    var secondDay: Int?
    /// One bit for each year with an occasion.
    private var years = 0
    var thisYear = MarginSum()
    var first = MarginSum()
    var later = MarginSum()
    var firstYear = 0
    /// Where in `rows` this month's purchases and refunds lie.
    private var month = Int.min
    private var purchaseRow = -1
    private var refundRow = -1

    init(customer: Int64) { self.customer = customer }

    func isActive(inYear year: Int) -> Bool { years & (1 << year) != 0 }

    mutating func add(
        day: Int, amount: Int, isOccasion: Bool, cost: Int?, _ calendar: EconomicsCalendar,
        _ rows: inout [(customer: Int64, day: Int, amount: Int)]
    ) {
        let year = calendar.year(of: day)
        if isOccasion {
            if firstDay == nil {
                firstDay = day
            } else if secondDay == nil, day != firstDay {
                secondDay = day
            }
            years |= 1 << year
        }
        if year == 0 { thisYear.add(amount, cost: cost) }
        if let firstDay {
            if day == firstDay { first.add(amount, cost: cost) } else { later.add(amount, cost: cost) }
            if day < firstDay + EconomicsCalendar.firstYearDays { firstYear &+= amount }
        }
        layRow(day: day, amount: amount, isOccasion: isOccasion, calendar, &rows)
    }

    /// A month's purchases are one row of the triangle and its refunds another, as long as the amount is small enough.
    private mutating func layRow(
        day: Int, amount: Int, isOccasion: Bool, _ calendar: EconomicsCalendar,
        _ rows: inout [(customer: Int64, day: Int, amount: Int)]
    ) {
        let month = calendar.month(of: day)
        guard calendar.month(of: calendar.through) - month < CohortTriangle.longest else { return }
        if month != self.month {
            self.month = month
            (purchaseRow, refundRow) = (-1, -1)
        }
        let row = isOccasion ? purchaseRow : refundRow
        if row >= 0, (rows[row].amount + amount).magnitude <= EconomicsCount.largestAmount {
            rows[row].amount += amount
            return
        }
        rows.append((customer: customer, day: day, amount: amount))
        if isOccasion { purchaseRow = rows.count - 1 } else { refundRow = rows.count - 1 }
    }
}

extension EconomicsCount {
    /// Adds what was counted of other customers, both finished.
    mutating func merge(_ other: EconomicsCount) {
        customers += other.customers
        earliest = [earliest, other.earliest].compactMap(\.self).min()
        all += other.all
        for (quarter, waits) in other.quarters { quarters[quarter, default: Waits()] += waits }
        for (month, cells) in other.cohorts { EconomicsCount.lay(cells, into: &cohorts[month, default: []]) }
        for year in newcomers.indices { newcomers[year] += other.newcomers[year] }
        for age in ages.indices { ages[age] += other.ages[age] }
        for year in years.indices { years[year] += other.years[year] }
        newThisYear += other.newThisYear
        activeThisYear += other.activeThisYear
        thisYear += other.thisYear
        revenue += other.revenue
        for customer in other.largest { note(customer) }
        wonLastYear += other.wonLastYear
        firstYearRevenue &+= other.firstYearRevenue
        for (key, one) in other.won { won[key, default: Won()] += one }
        withoutMoney += other.withoutMoney
    }
}

extension EconomicsCount.Returned {
    static func += (left: inout Self, right: Self) {
        left.before += right.before
        left.again += right.again
    }
}
