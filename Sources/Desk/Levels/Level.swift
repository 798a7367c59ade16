public import Kernel
public import Storage

/// What a customer is to us, from evidence in a trailing window. The highest that shows is the one that counts.
public enum Level: String, Sendable, Codable, CaseIterable, SQLBindable {
    /// Known, but nothing was ever bought or used.
    case prospect
    /// Bought once or often, but not within the window.
    case lapsed
    /// Level 1: the first occasion ever fell in the window and no other followed.
    case first
    /// Level 2: an occasion in the window that was not the first.
    case repeating = "repeat"
    /// Level 3: told others in the window. Need not have bought twice, or at all.
    case advocate
}

/// The days from which a level is read: occasions (days with a purchase) and days on which the customer told others.
/// Both ascending, without repeats.
public struct Evidence: Sendable, Equatable {
    public var occasions: [LocalDate]
    public var acts: [LocalDate]

    public init(occasions: [LocalDate], acts: [LocalDate]) {
        self.occasions = occasions
        self.acts = acts
    }

    /// The level shown in the window of days `from...to`, both included.
    public func level(from: LocalDate, to: LocalDate) -> Level {
        let window = from...to
        if acts.contains(where: window.contains) { return .advocate }
        if occasions.dropFirst().contains(where: window.contains) { return .repeating }
        guard let first = occasions.first, first <= to else { return .prospect }
        return window.contains(first) ? .first : .lapsed
    }

    /// The level in the trailing window that ends at `end`, and the day since which it has held without a gap.
    ///
    /// A level is reached on the day of an occasion or an act, or on the day the evidence for a higher one left the
    /// window; those days are the only ones at which it can change.
    public func standing(at end: LocalDate, trailing months: Int) -> (level: Level, since: LocalDate?) {
        let level = level(from: LevelWindow.start(endingAt: end, months: months), to: end)
        guard level != .prospect else { return (level, nil) }
        var since: LocalDate?
        for day in changes(until: end, months: months).reversed() {
            let then = self.level(from: LevelWindow.start(endingAt: day, months: months), to: day)
            guard then == level else { break }
            since = day
        }
        return (level, since)
    }

    private func changes(until end: LocalDate, months: Int) -> [LocalDate] {
        let reached = occasions + acts
        let left = reached.map { LevelWindow.end(ofEvidenceAt: $0, months: months) + 1 }
        return Set(reached + left).filter { $0 <= end }.sorted()
    }
}

/// The trailing window of so many months that ends on a day: 12 months to 30 June begin on 1 July.
public enum LevelWindow {
    public static func start(endingAt end: LocalDate, months: Int) -> LocalDate {
        (end + 1).adding(months: -months)
    }

    /// The last day whose trailing window still holds evidence of `day`.
    static func end(ofEvidenceAt day: LocalDate, months: Int) -> LocalDate {
        var end = day.adding(months: months) + (-1)
        while start(endingAt: end + 1, months: months) <= day { end = end + 1 }
        while start(endingAt: end, months: months) > day { end = end + (-1) }
        return end
    }
}
