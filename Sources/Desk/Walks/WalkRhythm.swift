import Kernel
import Storage

/// How often something is to be done: every so many days, weeks or months.
struct WalkRhythm: Sendable, Equatable {
    enum Unit: String, Sendable, CaseIterable, SQLBindable { case day, week, month }

    let every: Int
    let unit: Unit

    init(every: Int, unit: Unit) throws(PlaceRefusal) {
        guard (1...366).contains(every) else { throw .badRhythm }
        self.every = every
        self.unit = unit
    }

    /// The day it is due again after it was done. The 31st of a month becomes the last day of a shorter one.
    func next(after day: LocalDate) -> LocalDate {
        switch unit {
        case .day: day + every
        case .week: day + 7 * every
        case .month: day.adding(months: every)
        }
    }
}

/// How a walk stands on a day.
enum WalkState: String, Sendable, Equatable {
    case later, due, overdue

    init(next: LocalDate, today: LocalDate) {
        self = next > today ? .later : next == today ? .due : .overdue
    }
}
