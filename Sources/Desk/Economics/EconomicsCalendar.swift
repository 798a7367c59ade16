import Kernel

/// The days that economics are counted by: years, months and quarters that end on the last day with a purchase.
///
/// Year 0 is the twelve months that end on that day, year 1 the twelve before, and so on.
struct EconomicsCalendar: Sendable, Equatable {
    /// How many years back are told apart; what lies further back is one.
    static let years = 6

    /// The last day with a purchase, never after today.
    let through: Int
    /// The first day of each year, the latest year first.
    let yearStarts: [Int]
    /// The month, counted from January of year 0, of each day from 1900 to `through`.
    private let months: [Int32]

    init(through last: LocalDate) {
        through = last.daysSinceEpoch
        yearStarts = (1...EconomicsCalendar.years).map { (last + 1).adding(months: -12 * $0).daysSinceEpoch }
        let earliest = LocalDate.earliest.daysSinceEpoch
        guard through >= earliest else {
            months = []
            return
        }
        months = (earliest...through).map { Int32(LocalDate(daysSinceEpoch: $0).monthIndex) }
    }

    /// Which year a day falls into: 0 is the latest, `years` stands for all before.
    func year(of day: Int) -> Int {
        for (year, start) in yearStarts.enumerated() where day >= start { return year }
        return EconomicsCalendar.years
    }

    func month(of day: Int) -> Int {
        Int(months[min(max(day - LocalDate.earliest.daysSinceEpoch, 0), months.count - 1)])
    }

    func days(ofYear year: Int) -> ClosedRange<Int> {
        yearStarts[year]...(year == 0 ? through : yearStarts[year - 1] - 1)
    }

    /// A customer's own first twelve months, in days.
    static let firstYearDays = 365
    /// Days of a mean month, a twelfth of 365.25.
    static let monthDays = 30.4375
}
