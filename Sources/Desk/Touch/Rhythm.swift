public import Kernel
public import Storage

/// How often, on what occasion and in what way some customers hear from us without having asked.
public struct Rhythm: Sendable, Equatable, Identifiable {
    /// What makes a customer due.
    public enum Beat: Sendable, Equatable {
        /// So many months after they last bought or used something, or last heard from us in this rhythm.
        case silence(months: Int)
        /// Once a year on a date: the calendar on the first of December. The 29th of February is the 28th in other years.
        case date(month: Int, day: Int)
        /// So many days after their first occasion.
        case afterFirst(days: Int)
        /// So many days after their latest occasion, each time.
        case afterLast(days: Int)
        /// Every year on the day of their first occasion.
        case anniversary
    }

    public enum Way: String, Sendable, Codable, CaseIterable, SQLBindable {
        case call, letter, mail, gift, visit
    }

    /// Whom a rhythm is for.
    public enum Audience: Sendable, Hashable {
        /// Everyone who ever bought or used something.
        case everyone
        /// Those of a level, as it stands today.
        case level(Level)
        /// Those in a segment.
        case segment(Int64)
    }

    public let id: Int64
    public var name: String
    public var audience: Audience
    public var beat: Beat
    /// What is to be done, in words.
    public var what: String
    public var way: Way
    /// What customers may have refused: such a one is never due.
    public var purpose: Purpose
    /// How many days before its day a touch comes onto the due list.
    public var leadDays: Int
    /// How many may wait at once; who is due longest comes first.
    public var mostOpen: Int
    /// Nothing is due for days before this one.
    public var from: LocalDate
    public var isPaused: Bool
    public var plannedAt: Instant?
}

/// What a rhythm asks of a customer.
struct TouchFacts: Sendable, Equatable {
    let firstDay: LocalDate
    let lastDay: LocalDate
    /// When somebody last did or skipped a touch of this rhythm.
    var handled: LocalDate?
    /// The latest day of this rhythm that was planned for them already.
    var planned: LocalDate?
}

extension Rhythm {
    /// An occasion longer ago than this is past: nobody is congratulated a year late.
    static let grace = 30

    /// The day on which this customer is to hear from us, where it has come: on the due list today, and not planned before.
    func occurrence(for customer: TouchFacts, today: LocalDate) -> LocalDate? {
        let reach = today + leadDays
        guard let day = day(for: customer, today: today), day >= from, day <= reach else { return nil }
        if let planned = customer.planned, planned >= day { return nil }
        return day
    }

    private func day(for customer: TouchFacts, today: LocalDate) -> LocalDate? {
        switch beat {
        case .silence(let months):
            let last = max(customer.lastDay, customer.handled ?? customer.lastDay)
            // Whoever was silent long before the rhythm began is due on its first day.
            return max(last.adding(months: months), from)
        case .date(let month, let number):
            return yearly(month, number, today: today)
        case .afterFirst(let days): return fresh(customer.firstDay + days, today)
        case .afterLast(let days): return fresh(customer.lastDay + days, today)
        case .anniversary:
            let (year, month, number) = customer.firstDay.civil
            guard let day = yearly(month, number, today: today), day.civil.year > year else { return nil }
            return day
        }
    }

    private func fresh(_ day: LocalDate, _ today: LocalDate) -> LocalDate? {
        day < today + (-Rhythm.grace) ? nil : day
    }

    /// The first such date from thirty days ago on.
    private func yearly(_ month: Int, _ number: Int, today: LocalDate) -> LocalDate? {
        let year = today.civil.year
        for year in (year - 1)...(year + 1) {
            let last = LocalDate.days(inMonth: month, of: year)
            guard let day = LocalDate(year: year, month: month, day: min(number, last)) else { continue }
            if day >= today + (-Rhythm.grace) { return day }
        }
        return nil
    }

    /// Whether a waiting touch has been overtaken: they came by themselves before anyone wrote.
    func isOvertaken(_ touch: LocalDate, by customer: TouchFacts) -> Bool {
        switch beat {
        case .silence(let months): max(customer.lastDay.adding(months: months), from) > touch
        case .afterLast(let days): customer.lastDay + days > touch
        case .date, .afterFirst, .anniversary: false
        }
    }
}
